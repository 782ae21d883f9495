//! The checklist: on its page, and on paper.

use std::fmt::Write as _;

use crate::book::Book;
use crate::protocol::{ask, content};

const PAGE: &str = "+++\nkind = \"checklist\"\ntitle = \"What to do\"\naudience = [\"administrator\"]\ntopics = [\"checklist\"]\n[review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n\nWork from the top.\n\n{{#checklist}}\n\nThe notes.\n";

/// A book whose checklist has this many tasks.
fn with_tasks(count: usize) -> Book {
    let book = Book::new();
    let mut list = String::new();
    for number in 1..=count {
        write!(
            list,
            "[[item]]\nid = \"task-{number}\"\ntask = \"Do the thing with the number {number}.\"\nwhy = \"Nobody else does.\"\ntag = \"DICOM\"\nmilestone = 2\nanswer = \"answers/exposed.md#under-tls\"\nsources = [\"a.source\"]\n\n"
        )
        .unwrap();
    }
    book.write("content/checklist.toml", &list);
    book.write("src/checklist.md", PAGE);
    book.edit(
        "src/answers/exposed.md",
        "A stranger calls",
        "By [the list](../checklist.md), a stranger calls",
    );
    book.edit(
        "src/SUMMARY.md",
        "- [Plain page]",
        "- [What to do](checklist.md)\n- [Plain page]",
    );
    book
}

#[test]
fn the_page_shows_every_task_with_its_answer_and_its_sources() {
    let book = with_tasks(3);
    book.run(&["build"]).assert_exit(0);
    let page = book.read("book/checklist.html");
    assert_eq!(
        page.matches("<input type=\"checkbox\" id=\"tick-").count(),
        3
    );
    assert_eq!(page.matches("<textarea").count(), 3);
    for wanted in [
        "<label for=\"tick-task-2\">Do the thing with the number 2.</label>",
        "<a class=\"answer\" href=\"answers/exposed.html#under-tls\">Is it exposed?</a>",
        "<span class=\"tag\">DICOM</span>",
        "Milestone 2",
        "Map your network",
        "href=\"#footnote-a.source\"",
        "Compared with its sources on 22 November 2026.",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}

#[test]
fn what_an_editor_writes_into_a_task_stays_text() {
    let book = with_tasks(2);
    for hostile in [
        "</label><script>alert(1)</script>",
        "{{#include ../../secret.txt}} #panic() $x$",
        "a `b` *c* [d](data:e) ```",
    ] {
        book.edit(
            "content/checklist.toml",
            "task = \"Do the thing with the number 1.\"",
            &format!("task = '''{hostile}'''"),
        );
        book.run(&["build"]).assert_exit(0);
        let page = book.read("book/checklist.html");
        assert!(!page.contains("<script>alert"), "{page}");
        assert!(!page.contains("data:e\""), "{page}");
        assert_eq!(page.matches("<li class=\"task\"").count(), 2, "{page}");
        book.edit(
            "content/checklist.toml",
            &format!("task = '''{hostile}'''"),
            "task = \"Do the thing with the number 1.\"",
        );
    }
}

/// The checklist's page as the preprocessor gives it to a renderer of mdBook's.
fn resolved(renderer: &str) -> String {
    let book = with_tasks(2);
    book.run(&["samples", "record"]).assert_exit(0);
    let ran = ask(&book, renderer, &[("checklist.md", PAGE)]);
    ran.assert_exit(0);
    content(&ran, 0)
}

#[test]
fn stock_mdbook_links_to_no_sheet_that_nobody_made() {
    let page = resolved("html");
    assert!(page.contains("<li class=\"task\""), "{page}");
    assert!(!page.contains(".pdf"), "{page}");
}

#[test]
fn another_renderer_gets_markdown() {
    let page = resolved("epub");
    assert!(!page.contains("<li"), "{page}");
    let wanted = "see [Is it exposed?](<answers/exposed.md#under-tls>)";
    assert!(page.contains(wanted), "{page}");
}

#[test]
fn an_answer_that_is_gone_stops_the_build() {
    let book = with_tasks(1);
    book.edit("content/checklist.toml", "#under-tls", "#over-tls");
    let ran = book.run(&["check", "--format", "github"]);
    ran.assert_exit(1);
    let wanted = "file=content/checklist.toml,line=7,col=10,title=link/broken";
    assert!(ran.stdout().contains(wanted), "{}", ran.stdout());
}

#[cfg(feature = "pdf")]
mod on_paper {
    use super::*;

    #[test]
    fn a_build_lays_both_sheets_beside_the_site_and_links_to_them() {
        let book = with_tasks(3);
        book.run(&["build"]).assert_exit(0);
        let page = book.read("book/checklist.html");
        let mut files = book.files("book/kit");
        files.retain(|name, _| name.extension().is_some_and(|ending| ending == "pdf"));
        assert_eq!(files.len(), 2);
        for (name, bytes) in files {
            let link = format!("href=\"kit/{}\"", name.display());
            assert!(page.contains(&link), "{link}: {page}");
            assert!(bytes.starts_with(b"%PDF-"));
        }
    }

    #[test]
    fn two_recorded_builds_print_the_same_bytes() {
        let book = with_tasks(3);
        book.run(&["samples", "record"]).assert_exit(0);
        for output in ["one", "two"] {
            book.run(&["build", "--samples", "recorded", "--output", output])
                .assert_exit(0);
        }
        assert!(book.files("one") == book.files("two"));
    }

    #[test]
    fn a_checklist_of_two_pages_stops_the_build_and_changes_nothing() {
        let book = with_tasks(3);
        book.run(&["build"]).assert_exit(0);
        let before = book.files("book");
        book.write(
            "content/checklist.toml",
            &with_tasks(20).read("content/checklist.toml"),
        );
        let ran = book.run(&["build"]);
        ran.assert_exit(1);
        let said = ran.stderr();
        assert!(
            said.contains("error[checklist/one-page]: the printed checklist takes 2 pages on A4 and 2 pages on Letter"),
            "{said}"
        );
        assert!(said.contains("content/checklist.toml:"), "{said}");
        assert!(before == book.files("book"));
    }

    #[test]
    fn a_letter_that_cannot_be_printed_is_a_finding() {
        let book = with_tasks(2);
        book.edit("content/checklist.toml", "Nobody else does.", "漢 does.");
        let ran = book.run(&["build"]);
        ran.assert_exit(1);
        let said = ran.stderr();
        assert!(said.contains("error[checklist/unprintable]"), "{said}");
        assert!(said.contains("\"漢\" (U+6F22)"), "{said}");
        assert!(said.contains("content/checklist.toml:4:8"), "{said}");
    }

    #[test]
    fn a_letter_of_a_title_is_reported_where_the_title_stands() {
        for (file, title, place) in [
            (
                "src/checklist.md",
                "\"What to do\"",
                "src/checklist.md:3:10",
            ),
            (
                "src/answers/exposed.md",
                "\"Is it exposed?\"",
                "src/answers/exposed.md:",
            ),
            ("book.toml", "\"A book for tests\"", "book.toml:1:1"),
        ] {
            let book = with_tasks(2);
            book.edit(file, title, "\"漢\"");
            let ran = book.run(&["build"]);
            ran.assert_exit(1);
            let said = ran.stderr();
            assert!(said.contains("error[checklist/unprintable]"), "{said}");
            assert!(said.contains(place), "{said}");
        }
    }

    #[test]
    fn what_stands_above_the_list_and_cannot_be_printed_is_a_finding() {
        let book = with_tasks(2);
        book.write("content/more.md", "More.\n");
        book.write("src/picture.png", "");
        for above in [
            "- One.\n- Two.",
            "```sh\nls\n```",
            "{{#include ../content/more.md}}",
            "![A picture](picture.png)",
            "## A heading {#heading}",
        ] {
            let page = PAGE.replace("Work from the top.", &format!("First.\n\n{above}"));
            book.write("src/checklist.md", &page);
            let said = book.run(&["build"]).stderr();
            let wanted = "error[checklist/unprintable]: this stands above the checklist";
            assert!(said.contains(wanted), "{above}: {said}");
            assert!(said.contains("src/checklist.md:14:"), "{above}: {said}");
        }
        book.write("src/checklist.md", &PAGE.replace("The notes.", "- A note."));
        book.run(&["build"]).assert_exit(0);
    }

    #[test]
    fn a_file_of_an_editor_is_not_written_over() {
        let book = with_tasks(2);
        book.write("src/kit/checklist/checklist-a4-DRAFT.pdf", "theirs");
        let ran = book.run(&["build"]);
        ran.assert_exit(2);
        let said = ran.stderr();
        assert!(
            said.contains("checklist-a4-DRAFT.pdf; has an editor put a file in its place?"),
            "{said}"
        );
        assert!(!book.root().join("book").exists());
    }

    #[test]
    fn a_book_without_a_checklist_has_no_sheets() {
        let book = Book::new();
        book.run(&["build"]).assert_exit(0);
        assert!(!book.root().join("book/kit").exists());
    }
}

#[cfg(not(feature = "pdf"))]
#[test]
fn without_the_feature_the_build_says_so_and_links_to_nothing() {
    let book = with_tasks(30);
    let ran = book.run(&["build"]);
    ran.assert_exit(0);
    assert_eq!(
        ran.stderr().matches("No PDF").count(),
        1,
        "{}",
        ran.stderr()
    );
    assert!(!book.read("book/checklist.html").contains(".pdf"));
}
