//! Each rule on small books that keep it, break it, or nearly break it.
//!
//! A book is a file `tests/rules/<rule>/<what it provokes>.book`: one or more files, each after a
//! line `=== path`. What a book leaves out, [`DEFAULTS`] supplies. Two markers keep books short:
//! `%words 640%` stands for 640 words of plain prose, `%repeat 9 Text.%` for that text nine times.
//!
//! A book named `passes…` or `near-miss…` must have no finding of its rule. Every other book breaks
//! it, and all its findings stand beside it in a file `.findings`. To accept them as they are now:
//! `SNAPSHOTS=overwrite cargo test -p editorial --test rules`, then read the difference.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use editorial::{Day, Finding, RULES, Shelf, check};
use snapbox::Data;
use snapbox::assert::{Assert, DEFAULT_ACTION_ENV};
use snapbox::data::DataFormat;

/// The day on which every book is checked.
const TODAY: &str = "2026-11-22";

/// Rules that only a build can break.
const OF_THE_BUILD: [&str; 11] = [
    "checklist/one-page",
    "checklist/unprintable",
    "kit/unprintable",
    "mdbook/warning",
    "sample/claim-failed",
    "sample/invalid",
    "sample/not-run",
    "sample/notice-lost",
    "sample/recording",
    "site/security-expired",
    "slide/overflow",
];

/// Files that a book has without bringing them. Without one of its own, its summary lists every page.
const DEFAULTS: [(&str, &str); 4] = [
    (
        "content/sources.toml",
        "[[source]]\nkey = \"ps3.15\"\ntitle = \"Security Profiles\"\npublisher = \"NEMA\"\n\
         verified = \"seen\"\nopened = 2026-11-22\n\
         [[source]]\nkey = \"unread\"\ntitle = \"Unread\"\npublisher = \"Nobody\"\n\
         verified = \"not-verified\"\n",
    ),
    (
        "content/terms.toml",
        "[[term]]\nterm = \"TLS\"\nplain = \"Encryption on the line.\"\n\
         [[term]]\nterm = \"confidentiality\"\nplain = \"Keeping a secret.\"\n",
    ),
    (
        "content/names.toml",
        "[[name]]\nname = \"Toolkit\"\nclass = \"illustration\"\n\
         [[name]]\nname = \"Counters\"\nclass = \"research\"\n\
         [[name]]\nname = \"Breached\"\nclass = \"incident\"\n\
         [[name]]\nname = \"Müller Imaging\"\nclass = \"never\"\n\
         [[name]]\nname = \"Maker\"\nclass = \"never\"\n",
    ),
    (
        "content/words.txt",
        "alle\nals\nda\ndort\nFür\nGröße\nGrößer\nGrüße\nheißt\nhier\nHöhe\nkurz\nLeser\n\
         Liste\nmehr\nNoch\nOhne\nschließen\nSchlüssel\nsteht\nund\nWarum\nzählt\nÄrger\n\
         Über\n",
    ),
];

/// Sentences of ten words each.
const PLAIN: [&str; 3] = [
    "The archive keeps every image until a doctor asks again.",
    "Two machines greet each other before they send any picture.",
    "A lock keeps strangers out, and nobody forgets the date.",
];

#[test]
fn every_rule_has_a_book_that_keeps_it_one_that_breaks_it_and_a_near_miss() {
    let mut wanted = BTreeSet::new();
    for rule in RULES
        .iter()
        .filter(|rule| !OF_THE_BUILD.contains(&rule.name))
    {
        let folder = rule.name.replace('/', "-");
        for name in ["passes", "fails", "near-miss"] {
            let book = books_folder().join(&folder).join(format!("{name}.book"));
            assert!(book.is_file(), "{} has no {name}.book", rule.name);
        }
        wanted.insert(folder);
    }
    let found: BTreeSet<String> = names_in(&books_folder());
    assert_eq!(found, wanted, "folders and rules differ");
}

#[test]
fn every_book_provokes_what_its_name_says() {
    let mut failures = String::new();
    for folder in names_in(&books_folder()) {
        let folder = books_folder().join(folder);
        for name in names_in(&folder) {
            if let Some(name) = name.strip_suffix(".book")
                && let Err(failure) = judge(&folder, name)
            {
                writeln!(failures, "{}/{name}: {failure}", folder.display()).unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_list_of_findings_belongs_to_a_book() {
    for folder in names_in(&books_folder()) {
        let folder = books_folder().join(folder);
        for name in names_in(&folder) {
            let path = folder.join(&name);
            let is_used = match name.strip_suffix(".findings") {
                Some(book) => path.with_extension("book").is_file() && !must_pass(book),
                None => name.ends_with(".book"),
            };
            assert!(is_used, "{} is of no use", path.display());
        }
    }
}

#[test]
fn ten_different_breakages_in_ten_files_are_reported_in_one_run() {
    let findings = findings(&fs::read_to_string("tests/ten-breakages.book").unwrap());
    let rules: BTreeSet<_> = findings.iter().map(|finding| finding.rule).collect();
    let files: BTreeSet<_> = findings.iter().map(|finding| &finding.path).collect();
    let listed = list(&findings);
    assert_eq!(
        (findings.len(), rules.len(), files.len()),
        (10, 10, 10),
        "{listed}"
    );
    accept(&listed, Path::new("tests/ten-breakages.findings")).unwrap();
}

/// Whether the book `name` does what it should.
fn judge(folder: &Path, name: &str) -> Result<(), String> {
    let book = fs::read_to_string(folder.join(format!("{name}.book"))).unwrap();
    let findings = findings(&book);
    let rule = folder.file_name().unwrap().to_string_lossy();
    let is_broken = findings
        .iter()
        .any(|finding| finding.rule.replace('/', "-") == rule);
    let listed = list(&findings);
    match (must_pass(name), is_broken) {
        (true, true) => Err(format!("the rule should be kept\n{listed}")),
        (true, false) => Ok(()),
        (false, false) => Err(format!("the rule should be broken\n{listed}")),
        (false, true) => accept(&listed, &folder.join(format!("{name}.findings"))),
    }
}

fn must_pass(name: &str) -> bool {
    name.starts_with("passes") || name.starts_with("near-miss")
}

/// Compares what was found with the file that says what should be.
fn accept(found: &str, path: &Path) -> Result<(), String> {
    let wanted = Data::read_from(path, Some(DataFormat::Text)).raw();
    Assert::new()
        .action_env(DEFAULT_ACTION_ENV)
        .try_eq(None, Data::text(found), wanted)
        .map_err(|error| error.to_string())
}

fn list(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(|found| {
            format!(
                "{}:{}:{}: {}[{}]: {}\n    help: {}\n",
                found.path.display(),
                found.line,
                found.column,
                found.severity,
                found.rule,
                found.problem,
                found.help
            )
        })
        .collect()
}

/// Writes the book to a folder of its own and checks it there.
fn findings(book: &str) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let mut files: BTreeMap<String, String> = DEFAULTS
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    let brought = files_of(book);
    files.insert("src/SUMMARY.md".to_owned(), summary(brought.keys()));
    files.extend(brought);
    for (path, text) in &files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match text.trim() {
            "%absent%" => {}
            "%no text%" => fs::write(path, b"Gr\xfc\xdfe\n").unwrap(),
            _ => fs::write(path, text).unwrap(),
        }
    }
    let shelf = Shelf::read(folder.path(), Day::parse(TODAY).unwrap()).unwrap();
    let findings = check(&shelf);
    for found in &findings {
        let file = shelf
            .files()
            .find(|file| file.path() == found.path)
            .unwrap();
        assert!(file.text().get(found.span.clone()).is_some(), "{found:?}");
    }
    findings
}

fn files_of(book: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for part in format!("\n{book}").split("\n=== ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        let text = if text.is_empty() || text.ends_with('\n') {
            text.to_owned()
        } else {
            format!("{text}\n")
        };
        files.insert(path.trim().to_owned(), expanded(&text));
    }
    files
}

fn summary<'a>(paths: impl Iterator<Item = &'a String>) -> String {
    let mut summary = "# Summary\n\n".to_owned();
    for page in paths.filter_map(|path| path.strip_prefix("src/")) {
        if page.ends_with(".md") {
            writeln!(summary, "- [{page}]({page})").unwrap();
        }
    }
    summary
}

/// The text with its markers replaced.
fn expanded(text: &str) -> String {
    let Some((before, rest)) = text.split_once("%words ").or(text.split_once("%repeat ")) else {
        return text.to_owned();
    };
    let (inside, after) = rest.split_once('%').unwrap();
    let words = match inside.split_once(' ') {
        Some((times, said)) => [said].repeat(times.parse().unwrap()).join(" "),
        None => plain_words(inside.parse().unwrap()),
    };
    format!("{}{words}{}", expanded(before), expanded(after))
}

fn plain_words(count: usize) -> String {
    let words: Vec<&str> = PLAIN.iter().flat_map(|line| line.split(' ')).collect();
    let mut text: Vec<&str> = words.iter().copied().cycle().take(count).collect();
    let last = text.pop().unwrap_or_default();
    text.push(last.trim_end_matches('.'));
    text.join(" ") + "."
}

fn books_folder() -> PathBuf {
    PathBuf::from("tests/rules")
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}
