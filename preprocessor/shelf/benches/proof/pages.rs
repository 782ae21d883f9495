//! What a page costs those who open it, as the browser test counts it.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::arguments::Plan;
use crate::program::{clone, find, printed, shelf};
use crate::record::{Case, Record};

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    let node = find("node")?;
    let tests = plan.root.join("theme/tests");
    ensure!(
        tests.join("node_modules").is_dir(),
        "the browser tests are not installed; ci/test installs them"
    );
    let folder = tempfile::tempdir()?;
    let book = folder.path().join("book");
    clone(&plan.root, &book)?;
    let mut build = shelf(&book);
    build.args(["build", "--samples", "recorded", "--output"]);
    printed(build.arg(plan.root.join("book")))?;
    let note = tempfile::NamedTempFile::new()?;
    let mut test = Command::new(node);
    test.args(["--test", "budget.test.mjs"]).current_dir(&tests);
    // The test may fail, where a page is too large: what it counted is what counts here.
    let said = test.env("SHELF_PROOF", note.path()).output()?;
    let counted: Value = serde_json::from_str(&fs::read_to_string(note.path())?)
        .with_context(|| String::from_utf8_lossy(&said.stdout).into_owned())?;
    let pages = counted.as_array().context("the test noted no list")?;
    let largest = |key: &str| {
        let figures = pages.iter().filter_map(|page| page[key].as_f64());
        figures
            .max_by(f64::total_cmp)
            .context("the test visited no page")
    };
    let record = |id: &str, title: &str, unit: &str, name: &str, figure: f64| {
        let mut case = Case::new(name);
        case.ours.push(figure);
        Record {
            id,
            title,
            plain: "Chromium opens every page in a window of its own, and everything that the page asks for is \
                    counted.",
            unit,
            ours: "node --test theme/tests/budget.test.mjs",
            peer: None,
            conditions: vec![format!("{} pages.", pages.len())],
            cases: vec![case],
        }
        .write(plan)
    };
    let kilobytes = largest("bytes")? / 1_000.0;
    record(
        "page-weight",
        "What a page weighs",
        "kilobytes",
        "the largest page",
        kilobytes,
    )?;
    record(
        "page-requests",
        "What a page asks for",
        "count",
        "the page with most requests",
        largest("requests")?,
    )
}
