//! What happens to the website when something breaks. Every test here stands in the table of
//! `src/editors/faults.md`, and every name in that table is a test here.

mod content;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod signals;
#[cfg(target_os = "linux")]
mod system;
#[cfg(target_os = "linux")]
mod tools;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::book::Book;

/// The build of every test that needs no live sample.
const RECORDED: [&str; 3] = ["build", "--samples", "recorded"];

/// A book with its website, as it stood before the fault.
struct Standing {
    book: Book,
    site: BTreeMap<PathBuf, Vec<u8>>,
}

impl Standing {
    fn new() -> Standing {
        Standing::of(Book::recorded())
    }

    fn of(book: Book) -> Standing {
        book.run(&RECORDED).assert_exit(0);
        let site = book.files("book");
        Standing { book, site }
    }

    /// Runs the build, which ends with this status, says these words and leaves the old website.
    fn refuses(&self, status: i32, words: &[&str]) {
        let ran = self.book.run(&RECORDED);
        ran.assert_exit(status);
        let said = ran.stderr();
        for word in words {
            assert!(said.contains(word), "no {word:?} in: {said}");
        }
        assert!(said.contains("the website is as it was"), "{said}");
        self.stands();
    }

    /// The old website is there to the byte, and nothing beside it.
    fn stands(&self) {
        assert!(
            self.site == self.book.files("book"),
            "it is another website"
        );
        assert_eq!(leftovers(self.book.root()), Vec::<String>::new());
    }
}

/// What a build made for itself below a folder and did not take away again.
fn leftovers(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_ours = |name: &String| name.starts_with(".book.") || name.ends_with(".new");
    names.filter(is_ours).collect()
}

/// What a command said and how it ended; a panic is never an answer.
fn told(command: &mut Command) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    (status.code(), said)
}

/// The processes of whose command line or folder this path is a part.
#[cfg(target_os = "linux")]
fn running_at(path: &Path) -> Vec<String> {
    let path = path.to_string_lossy();
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let found = processes.filter_map(|entry| {
        let place = entry.path();
        let call = fs::read(place.join("cmdline")).ok()?;
        let call = String::from_utf8_lossy(&call).replace('\0', " ");
        let folder = fs::read_link(place.join("cwd")).unwrap_or_default();
        let concerns = call.contains(&*path) || folder.to_string_lossy().contains(&*path);
        concerns.then_some(call)
    });
    found.collect()
}

/// Waits until nothing runs there any more.
#[cfg(target_os = "linux")]
fn assert_nothing_runs_at(path: &Path) {
    let patience = std::time::Instant::now();
    loop {
        let left = running_at(path);
        if left.is_empty() {
            return;
        }
        assert!(patience.elapsed().as_secs() < 20, "still there: {left:?}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// The names of the tests in a file of this family.
fn tests_in(text: &str) -> BTreeSet<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_test = |line: &&[&str]| line[0] == "#[test]";
    let names = lines.windows(2).filter(is_test).filter_map(|pair| {
        let name = pair[1].strip_prefix("fn ")?;
        Some(name.split_once('(')?.0.to_owned())
    });
    names.collect()
}

/// The names in the last column of the tables of a page, which writes them as words.
fn names_in_tables(page: &str) -> BTreeSet<String> {
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let cells = rows.filter_map(|row| row.trim_end_matches([' ', '|']).rsplit_once("| "));
    let names = cells.map(|(_, cell)| cell).filter(|cell| *cell != "Test");
    names.map(|name| name.replace(' ', "_")).collect()
}

#[test]
fn the_page_about_faults_tells_exactly_those_that_are_tested() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let family = folder.join("tests/testsuite/faults");
    let mut tests = BTreeSet::new();
    for entry in fs::read_dir(family).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        tests.extend(tests_in(&text));
    }
    let page = fs::read_to_string(folder.join("../../src/editors/faults.md")).unwrap();
    let told = names_in_tables(&page);
    assert!(tests.len() > 20, "{tests:?}");
    let missing: Vec<_> = tests.difference(&told).collect();
    let invented: Vec<_> = told.difference(&tests).collect();
    assert!(missing.is_empty(), "not on the page: {missing:#?}");
    assert!(invented.is_empty(), "no such test: {invented:#?}");
    let text = "#[test]\nfn one_fault() {\n}\nfn helper() {}\n";
    assert_eq!(tests_in(text), BTreeSet::from(["one_fault".to_owned()]));
    let page = "| Fault | Test |\n|---|---|\n| `x` breaks | one fault |\n";
    assert_eq!(
        names_in_tables(page),
        BTreeSet::from(["one_fault".to_owned()])
    );
}
