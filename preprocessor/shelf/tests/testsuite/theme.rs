//! The fixture in our theme: what the stages after mdBook make of it together.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use data_encoding::BASE64;
use ring::digest::{SHA384, digest};

use crate::book::Book;
use crate::serve::client::Served;

/// In a folder, under a name that could belong to somebody.
const HOME: &str = "https://hospital.org/shelf/";
/// A page that leads to another page, and to the feed.
const MORE: &str = "# More\n\n[Plain](../plain.md)\n\n{{#changes}}\n";

/// To these pages of the real book our template leads by name; the fixture has none of them.
const REAL: [&str; 9] = [
    "asked.html",
    "checklist.html",
    "editors/rules.html",
    "glossary.html",
    "how-we-know.html",
    "lessons.html",
    "questions.html",
    "resources.html",
    "sources.html",
];

/// The fixture with a page of a folder, a page without words for it, and one for lost readers.
fn book() -> Book {
    let book = Book::themed();
    book.write("src/more/README.md", MORE);
    book.write("src/bare.md", "Only a sentence.\n");
    book.write("src/404.md", "# There is nothing here\n");
    book.write(
        "src/SUMMARY.md",
        "# Summary\n\n# All\n\n- [Is it exposed?](answers/exposed.md)\n- [Plain page](plain.md)\n- [Bare](bare.md)\n- [More](more/README.md)\n",
    );
    book
}

fn build(book: &Book) {
    let args = ["build", "--samples", "recorded", "--address", HOME];
    book.run(&args).assert_exit(0);
}

/// The pages of the website, by their paths in it.
fn pages(book: &Book) -> Vec<(PathBuf, String)> {
    let files = book.files("book").into_iter();
    let pages = files.filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"));
    let pages: Vec<_> = pages
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    assert!(pages.len() > 5);
    pages
}

/// The values of an attribute, in order.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    let values = page.split(start.as_str()).skip(1);
    values.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Every address in a page that leads to a file of the website.
fn addresses(page: &str) -> BTreeSet<&str> {
    let attributes = ["href", "src", "data-engine", "data-pages"];
    let all = attributes.iter().flat_map(|name| values(page, name));
    all.map(|address| address.split('#').next().unwrap())
        .filter(|address| !address.is_empty() && !address.contains(':'))
        .filter(|address| !REAL.iter().any(|real| address.ends_with(real)))
        .collect()
}

/// What a browser makes of the letters that are written as numbers.
fn spoken(page: &str) -> String {
    [(32, ' '), (46, '.'), (47, '/'), (58, ':')]
        .into_iter()
        .fold(page.to_owned(), |page, (number, letter)| {
            page.replace(&format!("&#{number};"), &letter.to_string())
        })
}

/// Where an address in the page at `path` leads, from the root of the website.
fn target(path: &Path, address: &str) -> PathBuf {
    let from_root = address.strip_prefix("/shelf/").map(PathBuf::from);
    let written = from_root.unwrap_or_else(|| path.parent().unwrap().join(address));
    let mut target = PathBuf::new();
    for part in written.components() {
        match part {
            Component::ParentDir => assert!(target.pop(), "{address} in {}", path.display()),
            part => target.push(part),
        }
    }
    if address.ends_with('/') {
        target.push("index.html");
    }
    target
}

#[test]
fn every_address_of_every_page_leads_to_a_file_and_its_integrity_is_right() {
    let book = book();
    build(&book);
    let files = book.files("book");
    for (path, page) in pages(&book) {
        for address in addresses(&spoken(&page)) {
            let target = target(&path, address);
            assert!(files.contains_key(&target), "{address} in {path:?}");
        }
        assert!(!page.contains("shelf:"), "{path:?}");
        if !page.contains("class=\"site-head\"") {
            continue;
        }
        let proven: Vec<&str> = page
            .lines()
            .filter(|line| line.contains(" integrity=\""))
            .collect();
        let is_bundle = |sort: &str| proven.iter().filter(|line| line.starts_with(sort)).count();
        let is_piece = page.contains("class=\"piece-head ");
        assert_eq!(is_bundle("<link "), 1 + usize::from(is_piece), "{path:?}");
        assert_eq!(is_bundle("<script "), 1, "{path:?}");
        for line in proven {
            let address = ["href", "src"].map(|name| values(line, name)).concat();
            let content = &files[&target(&path, address[0])];
            let integrity = BASE64.encode(digest(&SHA384, content).as_ref());
            assert_eq!(values(line, "integrity"), [format!("sha384-{integrity}")]);
        }
    }
}

#[test]
fn what_engines_may_find_says_where_it_stands() {
    let book = book();
    build(&book);
    let sitemap = book.read("book/sitemap.xml");
    let sitemap = roxmltree::Document::parse(&sitemap).unwrap();
    let is_loc = |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == "loc";
    let found: Vec<_> = sitemap.descendants().filter(is_loc).collect();
    assert_eq!(found.len(), 4);
    let canonical = |address: &str| format!("<link rel=\"canonical\" href=\"{address}\">");
    for loc in found {
        let address = loc.text().unwrap();
        let place = address.strip_prefix(HOME).unwrap();
        let file = target(Path::new("x"), place);
        let page = book.read(&format!("book/{}", file.display()));
        assert!(page.contains(&canonical(address)), "{address}");
        assert!(!page.contains("noindex"), "{address}");
    }
    // The home page is a copy of the first.
    let home = book.read("book/index.html");
    assert!(home.contains(&canonical(&format!("{HOME}answers/exposed.html"))));
    assert!(!home.contains("noindex"));
    let lost = book.read("book/404.html");
    assert!(lost.contains("noindex") && !lost.contains("class=\"printed\""));
}

#[test]
fn neighbours_have_names_and_stand_where_they_are_said_to() {
    let book = book();
    build(&book);
    for (page, wanted) in [
        // The copy at the top leads from the top.
        (
            "index",
            Some(
                "href=\"plain.html\"><span class=\"which\">Next</span> A page without front matter</a>",
            ),
        ),
        (
            "answers/exposed",
            Some("href=\"../plain.html\"><span class=\"which\">Next</span> A page"),
        ),
        // The next page has neither title nor heading.
        ("plain", None),
        (
            "bare",
            Some("href=\"more/index.html\"><span class=\"which\">Next</span> More</a>"),
        ),
    ] {
        let page = spoken(&book.read(&format!("book/{page}.html")));
        let next = page.split("<a rel=\"next\" ").nth(1);
        match (next, wanted) {
            (Some(next), Some(wanted)) => assert!(next.starts_with(wanted), "{next}"),
            (next, wanted) => assert_eq!(next, wanted),
        }
    }
    let bare = spoken(&book.read("book/bare.html"));
    assert!(bare.contains(&format!("<li>{HOME}bare.html</li>")));
}

#[test]
fn what_mdbook_leaves_goes_and_what_an_editor_has_put_there_stays() {
    let book = book();
    book.write("src/book.png", "a picture");
    book.write("src/css/print.css", "a { color: red }");
    fs::write(book.root().join("src/note.html"), b"gr\xf6\xdfer").unwrap();
    build(&book);
    assert_eq!(book.read("book/book.png"), "a picture");
    assert_eq!(book.read("book/css/print.css"), "a { color: red }");
    let files = book.files("book");
    assert_eq!(files[Path::new("note.html")], b"gr\xf6\xdfer");
    let is_mdbooks = |path: &&PathBuf| {
        let path = path.to_string_lossy();
        ["ayu-highlight", "book-", "css/general", "highlight", "toc"]
            .iter()
            .any(|name| path.starts_with(name))
    };
    assert_eq!(files.keys().find(is_mdbooks), None);

    book.write("src/toc.md", "# All there is\n");
    let summary = book.read("src/SUMMARY.md");
    book.write("src/SUMMARY.md", &format!("{summary}- [All](toc.md)\n"));
    let ran = book.run(&["build", "--samples", "recorded"]);
    ran.assert_exit(2);
    let said = ran.stderr();
    assert!(said.contains("give src/toc.md another name"), "{said}");
}

#[test]
fn a_website_in_a_folder_is_served_at_the_root_with_all_that_it_names() {
    let book = book();
    book.edit("book.toml", "https://shelf.example/", HOME);
    let served = Served::start(&book);
    for (path, status) in [("/no/such", 404), ("/more/", 200), ("/", 200)] {
        let page = served.get(path);
        assert_eq!(page.status, status, "{path}");
        // A page of the root is asked for by what it says of itself.
        let own = Path::new(path.trim_start_matches('/')).join("index.html");
        for address in addresses(&spoken(&page.body)) {
            let place = match address.strip_prefix('/') {
                Some(_) => address.to_owned(),
                None => format!("/{}", target(&own, address).display()),
            };
            assert_eq!(served.get(&place).status, 200, "{address} in {path}");
        }
    }
    assert_eq!(served.get("/feed/changes.atom").status, 200);
}
