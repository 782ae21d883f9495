//! `cargo shelf new`.

use std::collections::BTreeSet;

use crate::book::Book;

#[test]
fn a_new_page_has_only_findings_that_name_what_is_to_be_written() {
    for (kind, path) in [
        ("answer", "src/answers/lost-discs.md"),
        ("incident", "src/incidents/lost-discs.md"),
        ("paper", "src/papers/lost-discs.md"),
    ] {
        let book = Book::new();
        let ran = book.run(&["new", kind, "lost-discs"]);
        ran.assert_exit(0);
        let check = book.run(&["check", "--format", "json"]);
        check.assert_exit(1);
        let findings: serde_json::Value = serde_json::from_str(&check.stdout()).unwrap();
        let found: BTreeSet<(&str, &str)> = findings
            .as_array()
            .unwrap()
            .iter()
            .map(|found| {
                let text = |key: &str| found[key].as_str().unwrap();
                (text("path"), text("rule"))
            })
            .collect();
        let wanted = [
            "front-matter/invalid",
            "link/orphan",
            "message/length",
            "words/length",
        ];
        assert_eq!(found, wanted.map(|rule| (path, rule)).into(), "{kind}");
    }
}

#[test]
fn the_summary_lists_a_new_page_beside_its_like() {
    let book = Book::new();
    book.run(&["new", "answer", "lost-discs"]).assert_exit(0);
    let summary = book.read("src/SUMMARY.md");
    assert_eq!(
        summary,
        "# Summary\n\n- [Is it exposed?](answers/exposed.md)\n\
         - [Lost discs?](answers/lost-discs.md)\n- [Plain page](plain.md)\n"
    );
}

#[test]
fn a_published_book_keeps_the_address_of_a_new_page() {
    let book = Book::new();
    let addresses = "answers/exposed.html\nplain.html\n";
    book.write("content/addresses.txt", addresses);
    book.run(&["new", "paper", "lost-discs"]).assert_exit(0);
    assert_eq!(
        book.read("content/addresses.txt"),
        "answers/exposed.html\npapers/lost-discs.html\nplain.html\n"
    );
}

#[test]
fn what_is_there_is_never_written_over() {
    let book = Book::new();
    let before = (book.read("src/SUMMARY.md"), book.files("src"));
    for slug in ["exposed", "Lost", "../lost", "-lost", ""] {
        book.run(&["new", "answer", slug]).assert_exit(2);
    }
    assert_eq!((book.read("src/SUMMARY.md"), book.files("src")), before);
}
