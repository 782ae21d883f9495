//! What was seen, as a file of `content/proof/`. Nothing derived stands in it: medians and ratios are worked out
//! by whoever reads it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use anyhow::{Context, Result};
use editorial::Series;
use toml::Value;

use crate::arguments::Plan;
use crate::computer;

/// What was measured under one name.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) size: Option<usize>,
    pub(crate) ours: Vec<f64>,
    pub(crate) peer: Vec<f64>,
    pub(crate) our_memory: Option<u64>,
    pub(crate) peer_memory: Option<u64>,
}

impl Case {
    pub(crate) fn new(name: &str) -> Case {
        Case {
            name: name.to_owned(),
            size: None,
            ours: Vec::new(),
            peer: Vec::new(),
            our_memory: None,
            peer_memory: None,
        }
    }
}

/// A measure on its way to its file.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) plain: &'a str,
    pub(crate) unit: &'a str,
    pub(crate) ours: &'a str,
    pub(crate) peer: Option<&'a str>,
    pub(crate) conditions: Vec<String>,
    pub(crate) cases: Vec<Case>,
}

impl Record<'_> {
    /// Writes it beside the old file and puts it in its place.
    pub(crate) fn write(&self, plan: &Plan) -> Result<()> {
        fs::create_dir_all(&plan.output)?;
        let path = plan.output.join(format!("{}.toml", self.id));
        let mut file = tempfile::NamedTempFile::new_in(&plan.output)?;
        file.write_all(self.text(plan)?.as_bytes())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file()
                .set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        file.persist(&path)
            .with_context(|| format!("cannot write {}", path.display()))?;
        for case in &self.cases {
            self.say(case);
        }
        eprintln!("Wrote {}", path.display());
        Ok(())
    }

    fn say(&self, case: &Case) {
        let median = |figures: &[f64]| Series::new(figures.to_vec()).map(|series| series.median());
        let ours = median(&case.ours).unwrap_or(f64::NAN);
        match (self.peer, median(&case.peer)) {
            (Some(peer), Some(theirs)) => println!(
                "{}, {}: ours {ours:.4}, {peer} {theirs:.4} {}; ours / peer {:.3}",
                self.id,
                case.name,
                self.unit,
                ours / theirs
            ),
            _ => println!("{}, {}: {ours:.4} {}", self.id, case.name, self.unit),
        }
    }

    fn text(&self, plan: &Plan) -> Result<String> {
        let mut text = String::from(
            "# Written by cargo bench -p shelf --bench proof. Not for editing: words about it go into content/proof.toml.\n",
        );
        let mut line = |key: &str, value: Value| writeln!(text, "{key} = {value}");
        line("title", self.title.into())?;
        line("plain", self.plain.into())?;
        line("ours", self.ours.into())?;
        if let Some(peer) = self.peer {
            line("peer", peer.into())?;
        }
        line("unit", self.unit.into())?;
        if plan.quick {
            line("quick", true.into())?;
        }
        let today: Value = Value::Datetime(computer::today().parse()?);
        line("date", today)?;
        line("commit", computer::commit(&plan.root)?.into())?;
        let unoptimised = "Our program was compiled without optimisation.".to_owned();
        let unoptimised = cfg!(debug_assertions).then_some(unoptimised);
        let conditions = self.conditions.iter().cloned().chain(unoptimised);
        let conditions: Vec<Value> = conditions.map(Value::from).collect();
        line("conditions", Value::Array(conditions))?;
        text.push_str(&format!("\n[machine]\n{}", computer::describe()?));
        for case in &self.cases {
            write!(
                text,
                "\n[[case]]\nname = {}\n",
                Value::from(case.name.as_str())
            )?;
            if let Some(size) = case.size {
                writeln!(text, "size = {size}")?;
            }
            writeln!(text, "ours = {}", list(&case.ours))?;
            if !case.peer.is_empty() {
                writeln!(text, "peer = {}", list(&case.peer))?;
            }
            for (key, memory) in [
                ("our-memory", case.our_memory),
                ("peer-memory", case.peer_memory),
            ] {
                if let Some(memory) = memory {
                    writeln!(text, "{key} = {memory}")?;
                }
            }
        }
        Ok(text)
    }
}

/// Times to the hundredth of a millisecond; whole numbers as they are.
fn list(figures: &[f64]) -> String {
    let figures: Vec<String> = figures
        .iter()
        .map(|figure| match figure.fract() == 0.0 {
            true => format!("{figure:.0}"),
            false => format!("{figure:.5}"),
        })
        .collect();
    format!("[{}]", figures.join(", "))
}
