//! The website behind nginx, with the settings that the build made, while `ci/publish` switches it; and how long
//! a page takes, against a bare file of the same bytes from the same nginx without our settings.
//!
//! `ci/load` runs it. Loopback only, and bounded: 20,000 requests of 16 readers while it is switched, 20,000
//! without rest, each at most 60 seconds, then ten rounds of 500 requests of either side. Prints what it found as
//! TOML; ends with 1 where a reader met an error or a mixture.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "../tests/testsuite/load/mod.rs"]
mod load;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use load::{Bounds, Connection, Met, Nginx, Release, load};

/// Readers who rest between pages, so that the switches fall among them.
const SWITCHED: Bounds = Bounds {
    readers: 16,
    requests: 20_000,
    switches: 9,
    rest: Duration::from_millis(150),
    most: Duration::from_secs(60),
};
/// As fast as both sides can.
const RESTLESS: Bounds = Bounds {
    switches: 0,
    rest: Duration::ZERO,
    ..SWITCHED
};
/// Rounds of each side, whose medians count.
const RUNS: usize = 10;
/// Requests of a round.
const ROUND: usize = 500;
/// The page that is compared with a bare file: one of common length.
const PAGE: &str = "answers/ae-titles.html";

fn main() -> ExitCode {
    if Nginx::program().is_none() {
        eprintln!("skipped: nginx is not installed; ci/install does it");
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let releases = [
        build(root, "one", None),
        build(root, "two", Some(OTHER_LOOK)),
    ];
    publish(root, "one");
    fs::create_dir(root.join("bare")).unwrap();
    // The ending makes no difference to it: only the settings are missing.
    fs::copy(root.join("one").join(PAGE), root.join("bare/page.html")).unwrap();
    let nginx = Nginx::start(root);

    let switched = load(nginx.port, &releases, SWITCHED, |n| {
        publish(root, ["one", "two"][n % 2]);
    });
    let restless = load(nginx.port, &releases, RESTLESS, |_| {});
    tell_load("switched", &switched, SWITCHED);
    tell_load("restless", &restless, RESTLESS);
    publish(root, "one");
    tell_page(&rounds(&nginx));

    let mut bad = 0;
    for met in [&switched, &restless] {
        for found in met.errors.iter().chain(&met.mixtures) {
            eprintln!("{found}");
            bad = 1;
        }
    }
    ExitCode::from(bad)
}

/// What the second release looks like, so that its style sheets have other names.
const OTHER_LOOK: &str = "\n.elsewhere { color: var(--ink); }\n";

/// Builds the book of this repository into a folder, with a look and a sentence more where one is given.
fn build(root: &Path, name: &str, more: Option<&str>) -> Release {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let copy = root.join("book");
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir(&copy).unwrap();
    let parts = ["book.toml", "src", "content", "theme"].map(|part| book.join(part));
    run(Command::new("cp").arg("-r").args(parts).arg(&copy));
    let _ = fs::remove_dir_all(copy.join("theme/tests"));
    if let Some(more) = more {
        let style = copy.join("theme/css/text.css");
        fs::write(&style, fs::read_to_string(&style).unwrap() + more).unwrap();
        let page = copy.join("src/how-we-know.md");
        let text = fs::read_to_string(&page).unwrap();
        fs::write(&page, text + "\nThis is the other release.\n").unwrap();
    }
    let site = root.join(name);
    let mut shelf = Command::new(env!("CARGO_BIN_EXE_shelf"));
    shelf.arg("--book").arg(&copy);
    shelf.args(["build", "--samples", "recorded", "--no-kit", "--output"]);
    run(shelf.arg(&site));
    Release::read(&site)
}

fn publish(root: &Path, site: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ci/publish");
    run(Command::new(script).args(["www", site]).current_dir(root));
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}

/// The median of each round in microseconds: of the page with our settings, and of the bare file.
fn rounds(nginx: &Nginx) -> Vec<[f64; 2]> {
    let mut page = Connection::new(nginx.port);
    let mut bare = Connection::new(nginx.bare);
    let page_address = format!("/{PAGE}");
    (0..RUNS)
        .map(|_| {
            let ours = round(&mut page, &page_address);
            [ours, round(&mut bare, "/page.html")]
        })
        .collect()
}

fn round(connection: &mut Connection, address: &str) -> f64 {
    let mut times = Vec::new();
    for _ in 0..ROUND {
        let start = Instant::now();
        let (status, _) = connection.get(address).unwrap();
        times.push(start.elapsed().as_secs_f64() * 1e6);
        assert_eq!(status, 200);
    }
    at(&mut times, 0.5)
}

/// The value below which that share of all lies.
fn at(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    // In bounds: the share is at most 1.
    values[(last as f64 * share) as usize]
}

fn tell_load(id: &str, met: &Met, bounds: Bounds) {
    let mut latencies: Vec<f64> = met.latencies.iter().map(Duration::as_secs_f64).collect();
    let seconds = met.took.as_secs_f64();
    println!("[{id}]");
    println!(
        "what = \"nginx serves the website to {} readers at once, who keep nothing; ci/publish switches it meanwhile as often as stated\"",
        bounds.readers
    );
    println!(
        "goal = \"no error, and no page with styles, scripts or pictures of another release\""
    );
    println!("requests = {}", met.requests);
    println!("visits = {}", met.visits);
    println!("switches = {}", met.switches);
    println!("releases-seen = {}", met.seen.len());
    println!("errors = {}", met.errors.len());
    println!("mixtures = {}", met.mixtures.len());
    println!("seconds = {seconds:.1}");
    println!("requests-per-second = {:.0}", met.requests as f64 / seconds);
    println!("latency-median-ms = {:.2}", at(&mut latencies, 0.5) * 1e3);
    println!(
        "latency-99-in-100-ms = {:.2}\n",
        at(&mut latencies, 0.99) * 1e3
    );
}

fn tell_page(rounds: &[[f64; 2]]) {
    let mut ours: Vec<f64> = rounds.iter().map(|round| round[0]).collect();
    let mut bare: Vec<f64> = rounds.iter().map(|round| round[1]).collect();
    let mut ratios: Vec<f64> = rounds.iter().map(|round| round[0] / round[1]).collect();
    println!("[page]");
    println!("what = \"{PAGE} by one connection, with our settings\"");
    println!("peer = \"the same bytes from the same nginx, without them\"");
    println!("unit = \"microseconds\"");
    println!("runs = {RUNS}");
    println!("requests-in-a-run = {ROUND}");
    println!("median = {:.0}", at(&mut ours, 0.5));
    println!("peer-median = {:.0}", at(&mut bare, 0.5));
    println!("ratio = {:.2}", at(&mut ratios, 0.5));
}
