//! The whole kit, side by side with pandoc: the same pieces as PDF, DOCX and plain text.
//!
//! `cargo bench -p shelf --bench kit` needs pandoc and one of its PDF engines in the PATH: typst, weasyprint
//! or pdflatex, whichever is there first. Ours reads and checks the whole book each time, and lists its files.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How often each side is run; the median counts.
const RUNS: usize = 5;
/// The engines that pandoc can be given, the fastest first.
const ENGINES: [&str; 3] = ["typst", "weasyprint", "pdflatex"];

fn main() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Some(engine) = ENGINES.into_iter().find(|engine| answers(engine)) else {
        eprintln!("skipped: none of {ENGINES:?} is in the PATH");
        return;
    };
    if !answers("pandoc") {
        eprintln!("skipped: pandoc is not in the PATH");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pieces = pieces(&book, folder.path());
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 1..=RUNS {
        ours.push(timed(|| make_kit(&book, &folder.path().join("kit"))));
        theirs.push(timed(|| {
            pieces.iter().for_each(|piece| convert(piece, engine))
        }));
        eprintln!(
            "run {run} of {RUNS}: ours {:?}, pandoc {:?}",
            ours[run - 1],
            theirs[run - 1]
        );
    }
    let files = fs::read_to_string(folder.path().join("kit/SHA256SUMS")).unwrap();
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "{} pieces; ours {ours:?} for all {} files, pandoc with {engine} {theirs:?} for {}; pandoc / ours: {:.1}",
        pieces.len(),
        files.lines().count(),
        pieces.len() * 3,
        theirs.as_secs_f64() / ours.as_secs_f64()
    );
}

fn answers(program: &str) -> bool {
    let mut command = Command::new(program);
    let command = command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn make_kit(book: &Path, output: &Path) {
    let mut shelf = Command::new(env!("CARGO_BIN_EXE_shelf"));
    shelf
        .arg("--book")
        .arg(book)
        .arg("kit")
        .arg("--output")
        .arg(output);
    run(shelf.args(["--format=pdf", "--format=word", "--format=text"]));
}

/// The Markdown of every piece, as the feed has it.
fn pieces(book: &Path, folder: &Path) -> Vec<PathBuf> {
    let site = folder.join("site");
    let mut shelf = Command::new(env!("CARGO_BIN_EXE_shelf"));
    shelf
        .arg("--book")
        .arg(book)
        .args(["build", "--samples", "recorded", "--output"]);
    run(shelf.arg(&site));
    let feed = fs::read_to_string(site.join("feed/faq.json")).unwrap();
    let feed: Value = serde_json::from_str(&feed).unwrap();
    let items = feed["items"].as_array().unwrap();
    let pieces = items.iter().map(|item| {
        let text = |key: &str| item[key].as_str().unwrap_or_default();
        let body = item["body"]["markdown"].as_str().unwrap();
        let path = folder.join(format!("{}.md", text("id")));
        fs::write(
            &path,
            format!("% {}\n\n{}\n\n{body}", text("question"), text("answer")),
        )
        .unwrap();
        path
    });
    pieces.collect()
}

fn convert(piece: &Path, engine: &str) {
    let with = |arguments: &[&str], ending: &str| {
        let mut pandoc = Command::new("pandoc");
        pandoc
            .args(arguments)
            .arg(piece)
            .arg("-o")
            .arg(piece.with_extension(ending));
        run(&mut pandoc);
    };
    with(&["--standalone", &format!("--pdf-engine={engine}")], "pdf");
    with(&["--standalone"], "docx");
    with(&["--standalone", "--to=plain"], "txt");
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
