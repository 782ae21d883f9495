//! The rules alone, against linters of prose.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::arguments::Plan;
use crate::book::{For, Stock};
use crate::build::grouped;
use crate::computer;
use crate::program::{number, shelf, version};
use crate::record::Record;
use crate::sides::in_turn;

struct Linter {
    id: &'static str,
    title: &'static str,
    name: &'static str,
    program: &'static str,
    question: &'static str,
    before: &'static [&'static str],
}

const LINTERS: [Linter; 2] = [
    Linter {
        id: "check-proselint",
        title: "Checking pages, beside proselint",
        name: "proselint",
        program: "python/bin/proselint",
        question: "version",
        before: &["check"],
    },
    Linter {
        id: "check-write-good",
        title: "Checking pages, beside write-good",
        name: "write-good",
        program: "node/node_modules/.bin/write-good",
        question: "--version",
        before: &[],
    },
];

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    let stock = Stock::of(&plan.root)?;
    for linter in &LINTERS {
        if let Err(error) = against(linter, plan, &stock) {
            eprintln!("SKIPPED {}: {error:#}", linter.id);
        }
    }
    Ok(())
}

fn against(linter: &Linter, plan: &Plan, stock: &Stock) -> Result<()> {
    let program = plan.peer(linter.program);
    let version = version(&program, &[linter.question])?;
    let load = computer::load();
    let mut cases = Vec::new();
    for &pages in plan.sizes(&[10, 100, 1_000], &[10, 30]) {
        let folder = tempfile::tempdir()?;
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        stock.write(&ours, pages, For::Us)?;
        stock.write(&theirs, pages, For::Mdbook)?;
        let entries = fs::read_dir(theirs.join("src/pages"))?;
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        files.sort();
        let mut peer = Command::new(&program);
        peer.args(linter.before).args(&files);
        // A linter that finds something says so with its exit status: the number of findings, or 1.
        let said = peer.output()?;
        ensure!(!said.stdout.is_empty(), "{} printed nothing", linter.name);
        let good: Vec<i32> = (0..=255).collect();
        let mut check = shelf(&ours);
        let mut case = in_turn(
            &format!("{} pages", grouped(pages)),
            plan.runs,
            check.arg("check"),
            (&mut peer, &good),
        )?;
        case.size = Some(pages);
        cases.push(case);
    }
    Record {
        id: linter.id,
        title: linter.title,
        plain: "Both read the same generated pages in one call. Ours holds them against all its rules, and \
                against their sources and samples. The rules are not the same, so this compares costs, not worth.",
        unit: "seconds",
        ours: "cargo shelf check",
        peer: Some(&format!("{} {}", linter.name, number(&version))),
        conditions: vec![load],
        cases,
    }
    .write(plan)
}
