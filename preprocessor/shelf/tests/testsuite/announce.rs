//! What a built website says to machines.

use std::path::Path;

use crate::book::Book;

const FILES: [&str; 10] = [
    ".well-known/security.txt",
    "_headers",
    "_redirects",
    "feed/changes.atom",
    "hosting/Caddyfile",
    "hosting/apache.conf",
    "hosting/nginx.conf",
    "llms.txt",
    "robots.txt",
    "sitemap.xml",
];

fn build(book: &Book, more: &[&str]) -> String {
    let args = [&["build", "--samples", "recorded"], more].concat();
    let ran = book.run(&args);
    ran.assert_exit(0);
    ran.stderr()
}

#[test]
fn a_website_has_its_files_for_machines() {
    let book = Book::recorded();
    let said = build(&book, &["--address", "https://hospital.org/shelf/"]);
    let files = book.files("book");
    for place in FILES {
        assert!(files.contains_key(Path::new(place)), "{place}");
    }
    let sitemap = book.read("book/sitemap.xml");
    let sitemap = roxmltree::Document::parse(&sitemap).unwrap();
    let is_loc = |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == "loc";
    let mut pages = 0;
    for loc in sitemap.descendants().filter(is_loc) {
        let place = loc
            .text()
            .unwrap()
            .strip_prefix("https://hospital.org/shelf/")
            .unwrap();
        assert!(files.contains_key(Path::new(place)), "{place}");
        pages += 1;
    }
    assert_eq!(pages, 2);
    let feed = book.read("book/feed/changes.atom");
    let feed = roxmltree::Document::parse(&feed).unwrap();
    let links = feed.descendants().filter_map(|node| node.attribute("href"));
    let links: Vec<_> = links
        .filter_map(|link| link.strip_prefix("https://hospital.org/shelf/"))
        .collect();
    assert_eq!(links, ["feed/changes.atom", "", "answers/exposed.html"]);
    // The contact of the fixture belongs to nobody, and its address does not any more.
    assert!(
        said.contains("security.txt names mailto:security@shelf.example"),
        "{said}"
    );
    assert!(!said.contains("ask not to be indexed"), "{said}");
    let card = Path::new("cards/answers/exposed.png");
    assert_eq!(files.contains_key(card), cfg!(feature = "pdf"));
}

#[test]
fn without_the_kit_no_page_promises_a_picture() {
    let book = Book::themed();
    build(&book, &["--no-kit"]);
    let files = book.files("book");
    let page = book.read("book/answers/exposed.html");
    assert!(page.contains("og:title"), "{page}");
    assert!(!page.contains("og:image"), "{page}");
    assert!(files.keys().all(|path| !path.starts_with("cards")));
}

#[test]
fn a_website_without_a_home_says_so() {
    let book = Book::recorded();
    let said = build(&book, &[]);
    assert!(
        said.contains("https://shelf.example/ belongs to nobody"),
        "{said}"
    );
    let said = book.run(&["build", "--address", "http://hospital.org"]);
    said.assert_exit(2);
    assert!(
        said.stderr().contains("does not begin with https://"),
        "{}",
        said.stderr()
    );
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    for (from, to, problem) in [
        (
            "https://shelf.example/",
            "https://shelf.example",
            "does not end in /",
        ),
        ("mailto:security@shelf.example", "ask Bob", "is no contact"),
        (
            "security-expires = 2027-05-22\n",
            "",
            "without security-expires",
        ),
        ("2027-05-22", "\"soon\"", "invalid type"),
    ] {
        let book = Book::new();
        book.edit("book.toml", from, to);
        let ran = book.run(&["build"]);
        ran.assert_exit(2);
        assert!(ran.stderr().contains(problem), "{to}: {}", ran.stderr());
    }
}

#[test]
fn a_contact_that_has_run_out_is_a_warning_at_its_line() {
    let book = Book::recorded();
    book.edit("book.toml", "2027-05-22", "2026-11-22");
    let said = build(&book, &[]);
    assert!(said.contains("warning[site/security-expired]"), "{said}");
    assert!(said.contains("book.toml:13:1"), "{said}");
}

#[test]
fn a_file_of_an_editor_is_not_written_over() {
    let book = Book::recorded();
    book.write("src/robots.txt", "mine");
    let ran = book.run(&["build", "--samples", "recorded"]);
    ran.assert_exit(2);
    assert!(
        ran.stderr().contains("is there a file src/robots.txt?"),
        "{}",
        ran.stderr()
    );
}

#[test]
fn a_page_lists_the_changes_and_leads_to_the_feed() {
    let book = Book::recorded();
    let page = book.read("src/plain.md");
    book.write("src/plain.md", &format!("{page}\n{{{{#changes}}}}\n"));
    build(&book, &[]);
    let page = book.read("book/plain.html");
    for part in [
        "id=\"changed-2026-11-22\"",
        "The first answer is here. <a href=\"answers/exposed.html\">",
        "href=\"feed/changes.atom\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}
