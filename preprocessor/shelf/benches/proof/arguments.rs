//! What is to be measured, and how often.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// As many runs as a median should rest on.
const RUNS: usize = 10;
const RUNS_OF_A_TRIAL: usize = 2;

/// What is to be measured, and how often.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Only these; all where none is named.
    measures: Vec<String>,
    /// How often each side is run and counted.
    pub(crate) runs: usize,
    /// Whether this only tries the bench out: few runs, small books.
    pub(crate) quick: bool,
    /// Where the results go.
    pub(crate) output: PathBuf,
    /// The book in whose repository we stand.
    pub(crate) root: PathBuf,
}

impl Plan {
    pub(crate) fn read(words: &[String], known: &[&str]) -> Result<Plan> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = root.canonicalize().context("cannot find the book")?;
        let mut plan = Plan {
            measures: Vec::new(),
            runs: 0,
            quick: false,
            output: root.join("content/proof"),
            root,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().context(format!("{word} needs a value"));
            match word.as_str() {
                // Cargo says so to every bench.
                "--bench" => {}
                "--quick" => plan.quick = true,
                "--runs" => plan.runs = value()?.parse().context("--runs takes a number")?,
                "--output" => plan.output = std::path::absolute(value()?)?,
                name if known.contains(&name) => plan.measures.push(name.to_owned()),
                other => bail!(
                    "nobody knows \"{other}\"; use: {}, --runs N, --quick, --output DIR",
                    known.join(", ")
                ),
            }
        }
        if plan.runs == 0 {
            plan.runs = if plan.quick { RUNS_OF_A_TRIAL } else { RUNS };
        }
        Ok(plan)
    }

    pub(crate) fn wants(&self, measure: &str) -> bool {
        self.measures.is_empty() || self.measures.iter().any(|wanted| wanted == measure)
    }

    /// The sizes to measure at: fewer and smaller ones in a trial.
    pub(crate) fn sizes<'a>(&self, full: &'a [usize], trial: &'a [usize]) -> &'a [usize] {
        if self.quick { trial } else { full }
    }

    /// Where `ci/bench` puts a peer that is no program of Debian.
    pub(crate) fn peer(&self, path: &str) -> PathBuf {
        self.root.join("target/bench").join(path)
    }
}
