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
            "message/avoid",
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
    let ran = book.run(&["new", "paper", "lost-discs"]);
    ran.assert_exit(0);
    let said = "entered it in src/SUMMARY.md and content/addresses.txt";
    assert!(ran.stderr().contains(said), "{}", ran.stderr());
    assert_eq!(
        book.read("content/addresses.txt"),
        "answers/exposed.html\npapers/lost-discs.html\nplain.html\n"
    );
}

#[test]
fn what_is_there_is_never_written_over() {
    let book = Book::new();
    let before = (book.read("src/SUMMARY.md"), book.files("src"));
    for slug in [
        "exposed", "Lost", "../lost", "-lost", "", "readme", "index", "nul", "com1",
    ] {
        book.run(&["new", "answer", slug]).assert_exit(2);
    }
    assert_eq!((book.read("src/SUMMARY.md"), book.files("src")), before);
}

#[test]
fn a_list_that_is_no_text_or_no_file_of_the_book_is_left_alone() {
    for path in ["src/SUMMARY.md", "content/addresses.txt"] {
        let book = Book::new();
        book.write("content/addresses.txt", "plain.html\n");
        std::fs::write(book.root().join(path), b"- [Gr\xf6\xdfe](plain.md)\n").unwrap();
        assert_refused(&book, "is not UTF-8 text");
    }
    let book = Book::new();
    std::fs::remove_file(book.root().join("src/SUMMARY.md")).unwrap();
    assert_refused(&book, "is not there");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_written_over() {
    for path in ["src/SUMMARY.md", "content/addresses.txt", "src/answers"] {
        let book = Book::new();
        book.write("content/addresses.txt", "plain.html\n");
        let (here, there) = (book.root().join(path), book.root().join("elsewhere"));
        std::fs::rename(&here, &there).unwrap();
        std::os::unix::fs::symlink(&there, &here).unwrap();
        assert_refused(&book, "is a symbolic link");
        assert!(here.is_symlink(), "{path}");
    }
}

#[test]
fn what_cannot_be_written_whole_is_not_written_at_all() {
    for obstacle in ["content/addresses.txt.new", "src/SUMMARY.md.new"] {
        let book = Book::new();
        book.write("content/addresses.txt", "plain.html\n");
        std::fs::create_dir(book.root().join(obstacle)).unwrap();
        assert_refused(&book, obstacle);
        let papers = book.run(&["new", "paper", "lost-discs"]);
        papers.assert_exit(2);
        assert!(!book.root().join("src/papers").exists());
    }
}

#[test]
fn mdbook_takes_a_new_page_before_a_suffix_chapter() {
    let book = Book::recorded();
    book.write(
        "src/SUMMARY.md",
        "# Summary\r\n\r\n- [Is it exposed?](answers/exposed.md)\r\n\r\n[Plain page](plain.md)\r\n",
    );
    book.run(&["new", "paper", "lost-discs"]).assert_exit(0);
    assert_eq!(
        book.read("src/SUMMARY.md"),
        "# Summary\r\n\r\n- [Is it exposed?](answers/exposed.md)\r\n\
         - [Lost discs](papers/lost-discs.md)\r\n\r\n[Plain page](plain.md)\r\n"
    );
    book.write("src/papers/lost-discs.md", "# Lost discs\n\nA disc.\n");
    book.run(&["build", "--samples", "recorded"]);
    let page = book.read("book/papers/lost-discs.html");
    assert!(page.contains("plain.html"), "{page}");
}

/// A new page is refused with these words, and nothing of the book has changed.
fn assert_refused(book: &Book, why: &str) {
    let before = book.files(".");
    let ran = book.run(&["new", "answer", "lost-discs"]);
    ran.assert_exit(2);
    assert!(ran.stderr().contains(why), "{}", ran.stderr());
    assert_eq!(book.files("."), before);
}
