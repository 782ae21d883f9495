//! mdBook's preprocessor protocol, spoken by hand and by stock mdBook.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::book::{Book, Ran};

/// Asks the preprocessor to resolve chapters, as mdBook does.
pub(crate) fn ask(book: &Book, renderer: &str, chapters: &[(&str, &str)]) -> Ran {
    let items: Vec<Value> = chapters
        .iter()
        .map(|(path, content)| {
            json!({"Chapter": {
                "name": path, "content": content, "number": null, "sub_items": [],
                "path": path, "source_path": path, "parent_names": []
            }})
        })
        .collect();
    let context = json!({
        "root": book.root(),
        "config": {
            "book": {"title": "T", "src": "src"},
            "preprocessor": {"shelf": {"samples": "recorded"}},
        },
        "renderer": renderer,
        "mdbook_version": "0.5.4",
    });
    let input = json!([context, {"items": items}]).to_string();
    book.run_with(&["preprocess"], &input)
}

/// What it made of one of them.
pub(crate) fn content(ran: &Ran, index: usize) -> String {
    let book: Value = serde_json::from_str(&ran.stdout()).unwrap();
    book["items"][index]["Chapter"]["content"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn every_renderer_is_supported() {
    let book = Book::new();
    book.run(&["preprocess", "supports", "html"]).assert_exit(0);
    book.run(&["preprocess", "supports", "epub"]).assert_exit(0);
    book.run(&["preprocess", "sings", "html"]).assert_exit(2);
}

#[test]
fn a_page_with_nothing_of_ours_passes_byte_for_byte() {
    let book = Book::recorded();
    let odd = "# Odd \r\n\r\n* a\n+ b\n\n\ttab  \n&amp; ü \u{feff} `{{#sample x}}`\n\n~~~\n{{#rules}}\n~~~\n\\{{#include y}}\n| a|b |\n|-|-|\n";
    for (path, page) in [("odd.md", odd), ("plain.md", &book.read("src/plain.md"))] {
        for renderer in ["html", "epub"] {
            let ran = ask(&book, renderer, &[(path, page)]);
            ran.assert_exit(0);
            assert_eq!(content(&ran, 0), page);
        }
    }
}

#[test]
fn the_website_gets_figures_and_others_get_text() {
    let book = Book::recorded();
    let page = book.read("src/answers/exposed.md");
    let ran = ask(&book, "html", &[("answers/exposed.md", &page)]);
    ran.assert_exit(0);
    assert!(content(&ran, 0).contains("<figure class=\"sample\""));

    let ran = ask(&book, "epub", &[("answers/exposed.md", &page)]);
    ran.assert_exit(0);
    let plain = content(&ran, 0);
    assert!(
        !plain.contains("<figure") && !plain.contains("<div"),
        "{plain}"
    );
    assert!(
        plain.contains("```text\n$ probe 192.0.2.10:11112"),
        "{plain}"
    );
    assert!(
        plain.contains("Draft: nobody but its writers has reviewed this page"),
        "{plain}"
    );
    assert!(
        plain.contains("[^a.source]: *A \\*title\\* with \\<b\\>marks\\</b\\>*"),
        "{plain}"
    );
}

#[test]
fn findings_go_to_standard_error_and_no_book_comes_back() {
    let book = Book::recorded();
    book.edit("src/answers/exposed.md", "[^b-source]", "[^c-source]");
    let ran = ask(&book, "html", &[]);
    ran.assert_exit(1);
    assert_eq!(ran.stdout(), "");
    assert!(
        ran.stderr().contains("error[source/unknown]"),
        "{}",
        ran.stderr()
    );
}

#[test]
fn stock_mdbook_gives_the_same_pages() {
    if Command::new("mdbook").arg("--version").output().is_err() {
        assert!(
            std::env::var_os("CI").is_none(),
            "mdbook is not installed; ci/install does it"
        );
        eprintln!("SKIPPED: mdbook is not installed");
        return;
    }
    let book = Book::recorded();
    book.run(&["build", "--samples", "recorded", "--output", "ours"])
        .assert_exit(0);
    let binary = Path::new(env!("CARGO_BIN_EXE_shelf"));
    let command = format!(
        "command = \"{} preprocess\"\nsamples = \"recorded\"\nafter",
        binary.display()
    );
    book.edit("book.toml", "after", &command);
    let stock = Command::new("mdbook")
        .args(["build", "--dest-dir", "theirs"])
        .current_dir(book.root())
        .env("SHELF_TODAY", "2026-11-22")
        .output()
        .unwrap();
    assert!(
        stock.status.success(),
        "{}",
        String::from_utf8_lossy(&stock.stderr)
    );
    let (ours, theirs) = (book.files("ours"), book.files("theirs"));
    let pages = |files: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| {
        files
            .iter()
            .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"))
            .filter(|(path, _)| !path.ends_with("toc.html"))
            .map(|(path, bytes)| (path.clone(), text_of(bytes)))
            .collect::<Vec<_>>()
    };
    let (ours, theirs) = (pages(&ours), pages(&theirs));
    assert!(ours.len() >= 3);
    assert_eq!(ours, theirs);
}

/// The text of a page. What stands around it differs: the released mdbook brings its own search.
fn text_of(bytes: &[u8]) -> String {
    let page = String::from_utf8_lossy(bytes);
    let (_, main) = page.split_once("<main>").expect("a page has a text");
    let (text, _) = main.split_once("</main>").expect("a text has an end");
    text.to_owned()
}
