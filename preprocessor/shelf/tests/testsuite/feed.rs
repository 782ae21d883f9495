//! What another website takes over, and every version of what it took.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::book::Book;

/// Whether there is a `git`, which CI has to have.
fn has_git() -> bool {
    let found = Command::new("git").arg("--version").output();
    let has = found.is_ok_and(|found| found.status.success());
    assert!(has || std::env::var_os("CI").is_none(), "there is no git");
    if !has {
        eprintln!("SKIPPED: there is no git on this machine");
    }
    has
}

fn git(folder: &Path, day: &str, args: &[&str]) {
    let moment = format!("{day}T12:00:00Z");
    let done = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(["-c", "commit.gpgsign=false"])
        .args(args)
        .env("GIT_AUTHOR_DATE", &moment)
        .env("GIT_COMMITTER_DATE", &moment)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{args:?}: {said}");
}

fn commit(book: &Book, day: &str) {
    git(book.root(), day, &["add", "src", "content", "book.toml"]);
    git(book.root(), day, &["commit", "--quiet", "--message", "m"]);
}

/// A book whose one question is a piece that may be quoted.
fn quoted() -> Book {
    let book = Book::recorded();
    let head = "kind     = \"incident\"\nsays = \"A stranger calls on the PACS.\"\n\
                messages = [\"A stranger calls.\", \"The PACS answers.\", \"Ask who calls.\"]\n\
                action = \"Ask who calls.\"\n\
                avoid = [\"Not \\\"all is well\\\": nobody knows.\", \"Not \\\"all is lost\\\": nobody knows.\"]";
    let waive = "[[waive]]\nrule = \"words/length\"\nreason = \"A fixture.\"\n[review]";
    book.edit("src/answers/exposed.md", "kind     = \"page\"", head)
        .edit("src/answers/exposed.md", "[review]", waive);
    let plain = book.read("src/plain.md") + "\nSee [the question](answers/exposed.md).\n";
    book.write("src/plain.md", &plain);
    book
}

/// The same with a page of versions, and a piece of which there are two.
fn kept() -> Option<Book> {
    let book = quoted();
    if !has_git() {
        return None;
    }
    let plain = book.read("src/plain.md") + "\n{{#versions}}\n";
    book.write("src/plain.md", &plain);
    git(book.root(), "2026-01-01", &["init", "--quiet"]);
    commit(&book, "2026-01-01");
    let text = book.read("src/answers/exposed.md") + "\nOne more sentence.\n";
    book.write("src/answers/exposed.md", &text);
    commit(&book, "2026-01-03");
    Some(book)
}

fn build(book: &Book) {
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
}

fn feed(book: &Book) -> Value {
    serde_json::from_str(&book.read("book/feed/faq.json")).unwrap()
}

#[test]
fn each_version_of_a_piece_lies_beside_the_page_that_tells_of_it() {
    let Some(book) = kept() else { return };
    build(&book);
    let page = book.read("book/plain.html");
    for words in [
        "Since 3 January 2026",
        "From 1 January 2026 until 3 January 2026",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let links: Vec<&str> = page
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.starts_with("versions/"))
        .collect();
    assert_eq!(links.len(), 3, "{links:?}");
    let [new, old, _] = links.as_slice() else {
        panic!()
    };
    assert!(
        book.read(&format!("book/{new}"))
            .contains("One more sentence.")
    );
    assert!(
        !book
            .read(&format!("book/{old}"))
            .contains("One more sentence.")
    );
    let item = &feed(&book)["items"][0];
    assert_eq!(item["changed"], "2026-01-03");
    assert_eq!(feed(&book)["day"], "2026-01-03");
    assert_eq!(feed(&book)["changed_since_commit"], false);

    let made = || ["feed", "versions"].map(|folder| book.files(&format!("book/{folder}")));
    let before = made();
    build(&book);
    assert!(before == made());
}

#[test]
fn a_book_without_history_is_built_and_says_so() {
    let Some(book) = kept() else { return };
    let build = ["build", "--samples", "recorded"];
    book.run_without("git", &build).assert_exit(0);
    let page = book.read("book/plain.html");
    assert!(
        page.contains("not known") && page.contains("git is not installed"),
        "{page}"
    );
    assert!(!book.root().join("book/versions").exists());
    assert_eq!(feed(&book)["commit"], Value::Null);
    assert_eq!(feed(&book)["items"][0]["changed"], Value::Null);
}

#[test]
fn a_shallow_copy_says_that_versions_are_missing() {
    let Some(book) = kept() else { return };
    let from = format!("file://{}", book.root().display());
    git(
        book.root(),
        "2026-01-04",
        &["clone", "--quiet", "--depth", "1", &from, "copy"],
    );
    book.run(&["--book", "copy", "build", "--samples", "recorded"])
        .assert_exit(0);
    let page = book.read("copy/book/plain.html");
    assert!(page.contains("older versions are missing"), "{page}");
}

#[test]
fn what_changed_since_a_day_is_told_by_commits_and_notes() {
    let Some(book) = kept() else { return };
    let since = |day: &str| {
        let ran = book.run(&["feed", "--since", day, "--format", "json"]);
        ran.assert_exit(0);
        let listing: Value = serde_json::from_str(&ran.stdout()).unwrap();
        let count = |key: &str| listing[key].as_array().unwrap().len();
        [count("new"), count("changed"), count("withdrawn")]
    };
    assert_eq!(since("2026-01-01"), [1, 0, 0]);
    assert_eq!(since("2026-01-02"), [0, 1, 0]);
    // What editors noted counts without a commit.
    assert_eq!(since("2026-11-22"), [0, 1, 0]);
    assert_eq!(since("2026-11-23"), [0, 0, 0]);
    let told = book.run(&["feed", "--since", "2026-01-02"]).stdout();
    assert!(told.contains("Changed: 1 piece"), "{told}");
    assert!(
        told.contains("2026-11-22: The first answer is here."),
        "{told}"
    );
    let without = book.run_without("git", &["feed", "--since", "2026-01-02"]);
    without.assert_exit(0);
    assert!(without.stderr().contains("git is not installed"));
}

#[test]
fn what_changed_since_a_feed_is_told_by_digests() {
    let book = quoted();
    build(&book);
    book.write("kept.json", &book.read("book/feed/faq.json"));
    let since = |file: &str| {
        let ran = book.run(&["feed", "--since", file, "--format", "json"]);
        ran.assert_exit(0);
        serde_json::from_str::<Value>(&ran.stdout()).unwrap()
    };
    let same = since("kept.json");
    assert_eq!(
        (same["by"].as_str(), &same["changed"]),
        (Some("digests"), &Value::Array(Vec::new()))
    );
    let text = book.read("src/answers/exposed.md");
    // A day is no change, and a word is one.
    book.write(
        "src/answers/exposed.md",
        &text.replacen("checked = 2026-11-22", "checked = 2026-11-21", 1),
    );
    assert_eq!(since("kept.json")["changed"], Value::Array(Vec::new()));
    book.write("src/answers/exposed.md", &(text + "\nOne more sentence.\n"));
    let changed = since("kept.json");
    assert_eq!(changed["changed"][0]["id"], "exposed", "{changed}");
}

#[test]
fn what_is_neither_a_day_nor_a_feed_is_refused() {
    let book = Book::recorded();
    book.write("other.json", "{\"version\": 7}");
    for (args, wanted) in [
        (&["feed"][..], "--since"),
        (&["feed", "--since", "2026-13-40"], "neither a day"),
        (&["feed", "--since", "nowhere.json"], "neither a day"),
        (&["feed", "--since", "src"], "neither a day"),
        (&["feed", "--since", "book.toml"], "no feed of questions"),
        (&["feed", "--since", "other.json"], "the form 7"),
    ] {
        let ran = book.run(args);
        ran.assert_exit(2);
        assert!(ran.stderr().contains(wanted), "{args:?}: {}", ran.stderr());
    }
}
