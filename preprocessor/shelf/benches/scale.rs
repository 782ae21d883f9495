//! How a build grows: the book of this repository, with a thousand copies and more of one of its answers, each
//! with a recorded sample of its own.
//!
//! `ci/scale` runs it; `ci/scale 100 1000 3000` says how many copies. Every build is a process of its own, whose
//! time and highest memory are taken. Prints TOML: each size, how that grows from the last but one to the last,
//! and what it says about a larger book, which is called an estimate.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// The answer that is copied, and its sample.
const ANSWER: &str = "why-no-mandate";
const SAMPLE: &str = "known-device-with-certificate";
/// How many copies there are where nobody says.
const SIZES: [usize; 3] = [100, 300, 1_000];
/// What the estimate is for: so many pages, and so many languages.
const PAGES: f64 = 10_000.0;
const LANGUAGES: f64 = 30.0;

/// What a build took.
#[derive(Debug, Clone, Copy)]
struct Took {
    pages: usize,
    seconds: f64,
    processor_seconds: f64,
    megabytes: f64,
}

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        SIZES.to_vec()
    } else {
        sizes
    };
    let mut all = Vec::new();
    for copies in sizes {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book");
        let pages = write(&book, copies);
        let recorded = record(&book, copies);
        let took = build(&book, &folder.path().join("site"), pages);
        println!(
            "[[size]]\npages = {}\nsamples = {copies}\nseconds = {:.1}\nprocessor-seconds = {:.1}\nhighest-memory-mb = {:.0}\nseconds-to-run-the-samples-live = {recorded:.1}\n",
            took.pages, took.seconds, took.processor_seconds, took.megabytes
        );
        all.push(took);
    }
    estimate(&all);
}

/// What the two largest sizes say about larger books.
fn estimate(all: &[Took]) {
    let [.., before, last] = all else { return };
    println!("[growth]");
    println!("cores = {}", thread::available_parallelism().unwrap());
    println!("from-pages = {}\nto-pages = {}", before.pages, last.pages);
    let time = exponent(before, last, |took| took.seconds);
    let work = exponent(before, last, |took| took.processor_seconds);
    println!("time-exponent = {time:.2}\nprocessor-time-exponent = {work:.2}");
    let times = PAGES / last.pages as f64;
    // By the work, which other programs on the machine disturb less.
    let seconds = last.seconds * times.powf(work);
    println!("estimate-for-{PAGES:.0}-pages-seconds = {seconds:.0}");
    // Memory is what the program takes in any case, and so much for each page.
    let more = (last.megabytes - before.megabytes) / (last.pages - before.pages) as f64;
    println!("memory-kb-a-page = {:.0}", more * 1024.0);
    let megabytes = last.megabytes + more * (PAGES - last.pages as f64);
    println!("estimate-for-{PAGES:.0}-pages-mb = {megabytes:.0}");
    let languages = last.seconds * LANGUAGES;
    println!(
        "estimate-for-{LANGUAGES:.0}-languages-of-{}-pages-seconds = {languages:.0}",
        last.pages
    );
}

/// How a value grows with the pages: 1 where it grows as they do.
fn exponent(before: &Took, last: &Took, value: impl Fn(&Took) -> f64) -> f64 {
    let pages = last.pages as f64 / before.pages as f64;
    (value(last) / value(before)).ln() / pages.ln()
}

/// Writes the book with so many copies, and says how many pages it has.
fn write(book: &Path, copies: usize) -> usize {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::create_dir(book).unwrap();
    let parts = ["book.toml", "src", "content", "theme"].map(|part| real.join(part));
    run(Command::new("cp").arg("-r").args(parts).arg(book));
    fs::remove_dir_all(book.join("theme/tests")).unwrap();

    let read = |place: String| fs::read_to_string(book.join(place)).unwrap();
    let answer = read(format!("src/answers/{ANSWER}.md"));
    let sample = read(format!("content/samples/{SAMPLE}.toml"));
    let mut summary = read("src/SUMMARY.md".to_owned());
    let mut addresses = read("content/addresses.txt".to_owned());
    summary.push_str("\n# Copies\n\n");
    for n in 1..=copies {
        let id = format!("copy-{n:05}");
        let next = format!("copy-{:05}", n % copies + 1);
        let page = answer
            .replace(
                "mandate security?\"",
                &format!("mandate security, asked again as {id}?\""),
            )
            .replace(
                &format!("{{{{#sample {SAMPLE}}}}}"),
                &format!("{{{{#sample {id}}}}}"),
            );
        // Every page is linked to from another: the first link of a copy leads to the next one.
        let (before, rest) = page.split_once("](").unwrap();
        let (_, after) = rest.split_once(')').unwrap();
        let page = format!("{before}]({next}.md){after}");
        fs::write(book.join(format!("src/answers/{id}.md")), page).unwrap();
        fs::write(book.join(format!("content/samples/{id}.toml")), &sample).unwrap();
        writeln!(summary, "- [Why no mandate, {id}](answers/{id}.md)").unwrap();
        writeln!(addresses, "answers/{id}.html").unwrap();
    }
    let mut lines: Vec<&str> = addresses.lines().collect();
    // Two lines of explanation, then the addresses in their order.
    lines[2..].sort_unstable();
    fs::write(book.join("content/addresses.txt"), lines.join("\n") + "\n").unwrap();
    fs::write(book.join("src/SUMMARY.md"), &summary).unwrap();
    summary.matches(".md)").count()
}

/// Runs the sample of each copy, and keeps what it shows; in portions, as long as a command line may be.
fn record(book: &Path, copies: usize) -> f64 {
    let start = Instant::now();
    let ids: Vec<String> = (1..=copies).map(|n| format!("copy-{n:05}")).collect();
    for portion in ids.chunks(1_000) {
        let mut shelf = Command::new(env!("CARGO_BIN_EXE_shelf"));
        shelf.arg("--book").arg(book).args(["samples", "record"]);
        run(shelf.args(portion));
    }
    start.elapsed().as_secs_f64()
}

/// Builds it, and looks at the process until it ends.
fn build(book: &Path, site: &Path, pages: usize) -> Took {
    let start = Instant::now();
    let mut shelf = Command::new(env!("CARGO_BIN_EXE_shelf"));
    shelf.arg("--book").arg(book);
    shelf.args(["build", "--samples", "recorded", "--no-kit", "--output"]);
    let log = fs::File::create(book.join("log")).unwrap();
    let mut child = shelf.arg(site).stderr(log).spawn().unwrap();
    let mut took = Took {
        pages,
        seconds: 0.0,
        processor_seconds: 0.0,
        megabytes: 0.0,
    };
    let ended = loop {
        took.look(child.id());
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        thread::sleep(Duration::from_millis(20));
    };
    took.seconds = start.elapsed().as_secs_f64();
    let said = fs::read_to_string(book.join("log")).unwrap();
    assert!(ended.success(), "{said}");
    took
}

impl Took {
    /// Takes what the system tells of a process so far.
    fn look(&mut self, process: u32) {
        /// Of a second, on Linux.
        const TICKS: f64 = 100.0;
        let read = |file: &str| fs::read_to_string(format!("/proc/{process}/{file}"));
        let text = read("status").unwrap_or_default();
        let highest = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = highest.and_then(|rest| rest.trim().split(' ').next()?.parse().ok());
        self.megabytes = self.megabytes.max(kilobytes.unwrap_or(0.0) / 1024.0);
        // After the name, which stands in brackets: the 12th and 13th word are time in the program and the system.
        let text = read("stat").unwrap_or_default();
        let words = text.rsplit_once(") ").map_or("", |(_, words)| words);
        let ticks = words.split(' ').skip(11).take(2);
        let ticks: f64 = ticks.filter_map(|word| word.parse::<f64>().ok()).sum();
        self.processor_seconds = self.processor_seconds.max(ticks / TICKS);
    }
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}
