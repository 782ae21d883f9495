//! All samples live, against the slowest of them alone.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::arguments::Plan;
use crate::computer;
use crate::program::{clone, shelf};
use crate::record::Record;
use crate::sides::in_turn;

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let book = folder.path().join("book");
    clone(&plan.root, &book)?;
    let (slowest, count) = slowest(&book.join("content/recordings"))?;
    let load = computer::load();
    let mut all = shelf(&book);
    let mut one = shelf(&book);
    // A machine without the scanners cannot run all of them, and says which are missing.
    let case = in_turn(
        &format!("{count} samples"),
        plan.runs,
        all.args(["samples", "run"]),
        (one.args(["samples", "run", &slowest]), &[0]),
    )?;
    Record {
        id: "samples",
        title: "All samples live, beside the slowest of them alone",
        plain: "Every scanner looks at its server, and every claim is judged. The slowest sample shows a device \
                that makes its callers wait.",
        unit: "seconds",
        ours: "cargo shelf samples run",
        peer: Some(&format!("cargo shelf samples run {slowest}")),
        conditions: vec!["Samples that need a private network each have their own.".to_owned(), load],
        cases: vec![case],
    }
    .write(plan)
}

/// The sample that took longest when it was recorded, and how many there are.
fn slowest(recordings: &Path) -> Result<(String, usize)> {
    let mut slowest = None;
    let mut count = 0;
    for entry in fs::read_dir(recordings)? {
        let path = entry?.path();
        let recording: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
        let steps = recording["steps"].as_array().into_iter().flatten();
        let tenths: u64 = steps.filter_map(|step| step["tenths"].as_u64()).sum();
        slowest = slowest.max(Some((tenths, editorial::stem(&path))));
        count += 1;
    }
    let (_, id) = slowest.context("there are no recordings")?;
    Ok((id, count))
}
