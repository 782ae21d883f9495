//! How check and resolve grow with the number of pages, and how the whole build does.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};
use mdbook_driver::MDBook;
use mdbook_preprocessor::PreprocessorContext;

use crate::arguments::Plan;
use crate::book::{For, Stock};
use crate::build::grouped;
use crate::computer;
use crate::program::{build, memory, timed};
use crate::record::{Case, Record};
use crate::sides::alone;

const SIZES: [usize; 5] = [100, 300, 1_000, 3_000, 10_000];
const SIZES_OF_A_TRIAL: [usize; 3] = [30, 100, 300];

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    let stock = Stock::of(&plan.root)?;
    let load = computer::load();
    let (mut resolved, mut built) = (Vec::new(), Vec::new());
    for &pages in plan.sizes(&SIZES, &SIZES_OF_A_TRIAL) {
        let folder = tempfile::tempdir()?;
        let book = folder.path().join("book");
        stock.write(&book, pages, For::Us)?;
        let question = folder.path().join("question.json");
        ask(&book, &question)?;
        let name = format!("{} pages", grouped(pages));
        let our_memory = memory(&build(&book), &[0])?;
        let with_size = |case: Case| Case {
            size: Some(pages),
            ..case
        };
        resolved.push(with_size(alone(&name, plan.runs, || resolve(&question))?));
        let case = alone(&name, plan.runs, || timed(&mut build(&book), &[0]))?;
        built.push(Case {
            our_memory,
            ..with_size(case)
        });
    }
    Record {
        id: "growth",
        title: "Check and resolve, from a hundred pages to ten thousand",
        plain: "Pages are read, held against every rule, and their directives replaced by what they stand for: \
                samples, sources, headers. What mdBook makes of them comes after.",
        unit: "seconds",
        ours: "shelf preprocess, as mdBook calls it",
        peer: None,
        conditions: vec![
            "It includes what mdBook's way of calling costs: the book goes in and out as JSON.".to_owned(),
            load.clone(),
        ],
        cases: resolved,
    }
    .write(plan)?;
    Record {
        id: "growth-build",
        title: "The whole build, from a hundred pages to ten thousand",
        plain: "The same pages become a website with a search index.",
        unit: "seconds",
        ours: "cargo shelf build --no-kit --samples recorded",
        peer: None,
        conditions: vec![load],
        cases: built,
    }
    .write(plan)
}

/// What mdBook would say to us about a book.
fn ask(book: &Path, question: &Path) -> Result<()> {
    let loaded = MDBook::load(book)?;
    let context =
        PreprocessorContext::new(book.to_owned(), loaded.config.clone(), "html".to_owned());
    serde_json::to_writer(File::create(question)?, &(context, loaded.book))?;
    Ok(())
}

fn resolve(question: &Path) -> Result<f64> {
    let answer = tempfile::NamedTempFile::new()?;
    let mut shelf = Command::new(env!("CARGO_BIN_EXE_shelf"));
    shelf
        .arg("preprocess")
        .stdin(File::open(question)?)
        .stdout(answer.reopen()?);
    let seconds = timed_to_a_file(&mut shelf)?;
    ensure!(
        fs::metadata(answer.path())?.len() > 0,
        "shelf preprocess gave nothing back"
    );
    Ok(seconds)
}

/// Like `timed`, for a command whose output goes elsewhere.
fn timed_to_a_file(command: &mut Command) -> Result<f64> {
    let start = std::time::Instant::now();
    let status = command.stderr(std::process::Stdio::null()).status()?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(seconds)
}
