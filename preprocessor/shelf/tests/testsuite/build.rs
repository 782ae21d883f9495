//! `cargo shelf build`.

use std::fs;

use crate::book::Book;

#[test]
fn a_build_makes_the_website_with_live_samples() {
    let book = Book::new();
    let ran = book.run(&["build"]);
    ran.assert_exit(0);
    assert!(
        ran.stderr().contains("3 samples live and 0 recorded"),
        "{}",
        ran.stderr()
    );
    let page = book.read("book/answers/exposed.html");
    assert!(page.contains("Run live for this page"), "{page}");
    assert!(page.contains("(picture archiving and communication system)"));
    assert!(page.contains("Draft: nobody but its writers has reviewed this page"));
    assert!(book.root().join("book/index.html").is_file());
}

#[test]
fn nothing_at_all_means_build() {
    let book = Book::new();
    book.run(&[]).assert_exit(0);
    assert!(book.root().join("book/index.html").is_file());
}

#[test]
fn two_recorded_builds_are_the_same_to_the_byte() {
    let book = Book::recorded();
    book.run(&["build", "--samples", "recorded", "--output", "one"])
        .assert_exit(0);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    book.run(&["build", "--samples", "recorded", "--output", "two"])
        .assert_exit(0);
    let (one, two) = (book.files("one"), book.files("two"));
    assert!(one.len() > 10);
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        two.keys().collect::<Vec<_>>()
    );
    for (path, bytes) in &one {
        assert!(two[path] == *bytes, "{} differs", path.display());
    }
}

#[test]
fn a_build_that_fails_leaves_the_old_website_as_it_was() {
    let book = Book::recorded();
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let before = book.files("book");
    book.edit("src/answers/exposed.md", "[^b-source]", "[^c-source]");
    let ran = book.run(&["build", "--samples", "recorded"]);
    ran.assert_exit(1);
    assert!(
        ran.stderr().contains("the website is as it was"),
        "{}",
        ran.stderr()
    );
    assert!(before == book.files("book"));
    let leftovers = fs::read_dir(book.root()).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with(".book.")
    });
    assert_eq!(leftovers.count(), 0);
}

#[test]
fn a_scene_that_refutes_a_claim_stops_the_build_at_the_page_and_the_line() {
    let book = Book::new();
    book.edit(
        "content/scenes/open-archive.toml",
        "calling   = \"any\"",
        "calling   = [\"CT1\"]",
    );
    let ran = book.run(&["build"]);
    ran.assert_exit(1);
    let said = ran.stderr();
    assert!(said.contains("error[sample/claim-failed]"), "{said}");
    assert!(
        said.contains("claimed: association accepted; observed: rejected"),
        "{said}"
    );
    assert!(said.contains("src/answers/exposed.md:14:1"), "{said}");
    assert!(!book.root().join("book").exists());
}

#[test]
fn a_recording_is_not_shown_for_a_scene_that_has_changed() {
    let book = Book::recorded();
    book.edit("content/scenes/open-archive.toml", "SYN-0003", "SYN-0004");
    let ran = book.run(&["build", "--samples", "recorded"]);
    ran.assert_exit(1);
    assert!(
        ran.stderr().contains("error[sample/recording]"),
        "{}",
        ran.stderr()
    );
    // A live build would show today's scene, but the recording beside it is a memory of another.
    book.run(&["build"]).assert_exit(1);
    book.run(&["samples", "record"]).assert_exit(0);
    book.run(&["build"]).assert_exit(0);
}

#[test]
fn a_recording_that_somebody_edited_is_not_shown() {
    let book = Book::recorded();
    book.edit(
        "content/recordings/stranger.json",
        "3 patients",
        "9 patients",
    );
    let ran = book.run(&["build", "--samples", "recorded"]);
    ran.assert_exit(1);
    assert!(ran.stderr().contains("changed by hand"), "{}", ran.stderr());
}

#[test]
fn a_notice_without_its_line_stops_the_build() {
    let book = Book::new();
    book.edit(
        "content/samples/stranger.toml",
        "line = \"3 patients\"",
        "line = \"4 patients\"",
    );
    let ran = book.run(&["build"]);
    ran.assert_exit(1);
    assert!(
        ran.stderr().contains("error[sample/notice-lost]"),
        "{}",
        ran.stderr()
    );
}

#[test]
fn a_warning_of_mdbook_is_a_finding() {
    let book = Book::new();
    book.edit("src/plain.md", "It passes", "It <em>passes");
    // Raw HTML is a finding of ours before mdBook sees it; in an included file, mdBook sees it first.
    book.write("src/part.txt", "<div>\n");
    book.write("src/plain.md", "# Plain\n\n{{#include part.txt}}\n");
    let ran = book.run(&["build"]);
    ran.assert_exit(1);
    assert!(ran.stderr().contains("mdbook/warning"), "{}", ran.stderr());
}

#[test]
fn an_include_that_brings_in_an_unknown_sample_stops_the_build() {
    let book = Book::new();
    book.write("src/part.txt", "{{#sample nowhere}}\n");
    book.write("src/plain.md", "# Plain\n\n{{#include part.txt}}\n");
    let ran = book.run(&["build"]);
    ran.assert_exit(1);
    let said = ran.stderr();
    assert!(said.contains("error[directive/invalid]"), "{said}");
    assert!(said.contains("there is no sample \"nowhere\""), "{said}");
    assert!(said.contains("src/plain.md:1:1"), "{said}");
}

#[test]
fn a_folder_of_somebody_else_is_not_replaced() {
    let book = Book::new();
    book.write("thesis/chapter.txt", "years of work");
    book.run(&["build", "--output", "thesis"]).assert_exit(2);
    assert_eq!(book.read("thesis/chapter.txt"), "years of work");
}
