//! The first build on a machine that has the sources and nothing compiled.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::arguments::Plan;
use crate::computer;
use crate::program::{clone, own_cargo};
use crate::record::Record;
use crate::sides::alone;

/// A cold build takes minutes, and varies little.
const RUNS: usize = 3;
/// A dependency that takes longer is named.
const LONG: f64 = 20.0;

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    let load = computer::load();
    let mut slow = Vec::new();
    let runs = if plan.quick { 1 } else { plan.runs.min(RUNS) };
    let case = alone("cargo shelf build", runs, || {
        let folder = tempfile::tempdir_in(plan.root.join("target"))?;
        let book = folder.path().join("book");
        clone(&plan.root, &book)?;
        let seconds = build(&book)?;
        slow = slowest(&book.join("target/cargo-timings"))?;
        Ok(seconds)
    })?;
    let mut conditions = vec![
        "The clone has no folder target; the sources of all crates were there already, so nothing was loaded.".to_owned(),
        "Samples run live, where the programs are installed.".to_owned(),
    ];
    conditions.push(match slow.as_slice() {
        [] => format!("No crate took more than {LONG:.0} seconds."),
        slow => format!(
            "Crates that took more than {LONG:.0} seconds in the last run: {}.",
            slow.join(", ")
        ),
    });
    conditions.push(load);
    Record {
        id: "cold",
        title: "The first build",
        plain: "A fresh clone is compiled and makes the website, as on a machine that has Rust and nothing of ours.",
        unit: "seconds",
        ours: "cargo shelf build",
        peer: None,
        conditions,
        cases: vec![case],
    }
    .write(plan)
}

fn build(book: &Path) -> Result<f64> {
    let mut cargo = Command::new("cargo");
    // What `cargo shelf build` stands for, with a note of how long each crate took.
    cargo.args([
        "run",
        "--quiet",
        "--offline",
        "--locked",
        "--timings",
        "-p",
        "shelf",
        "--",
        "build",
    ]);
    let start = Instant::now();
    let output = own_cargo(&mut cargo).current_dir(book).output()?;
    let seconds = start.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the cold build failed: {said}");
    ensure!(
        book.join("book/index.html").is_file(),
        "the cold build made no website"
    );
    Ok(seconds)
}

/// The crates that took long, with their seconds, the longest first.
fn slowest(timings: &Path) -> Result<Vec<String>> {
    let page = fs::read_dir(timings)?.filter_map(|entry| Some(entry.ok()?.path()));
    let page = page.min().context("cargo noted no times")?;
    let page = fs::read_to_string(page)?;
    let units = page
        .split_once("const UNIT_DATA = ")
        .context("cargo noted no times")?
        .1;
    let mut units = serde_json::Deserializer::from_str(units).into_iter::<Value>();
    let units = units.next().context("cargo noted no times")??;
    let mut slow: Vec<(f64, String)> = units
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|unit| {
            let seconds = unit["duration"].as_f64()?;
            let (name, version) = (unit["name"].as_str()?, unit["version"].as_str()?);
            (seconds > LONG).then(|| (seconds, format!("{name} {version} ({seconds:.0} s)")))
        })
        .collect();
    slow.sort_by(|one, other| other.0.total_cmp(&one.0));
    Ok(slow.into_iter().map(|(_, text)| text).collect())
}
