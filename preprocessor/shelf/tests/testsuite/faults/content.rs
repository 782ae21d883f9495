//! What editors can put into a file.

use std::fs;

use super::{RECORDED, Standing, leftovers};
use crate::book::Book;

const PAGE: &str = "src/plain.md";

#[test]
fn a_file_in_another_encoding_is_named() {
    for (path, status, help) in [
        (PAGE, 1, "save it as UTF-8"),
        ("src/SUMMARY.md", 1, "save it as UTF-8"),
        ("content/terms.toml", 1, "save it as UTF-8"),
        ("book.toml", 2, "save that file as UTF-8"),
    ] {
        let standing = Standing::new();
        let mut bytes = fs::read(standing.book.root().join(path)).unwrap();
        bytes.extend(b"\xff\xfe");
        fs::write(standing.book.root().join(path), bytes).unwrap();
        let ran = standing.book.run(&RECORDED);
        ran.assert_exit(status);
        let said = ran.stderr();
        assert!(said.contains(path) && said.contains(help), "{said}");
        standing.stands();
    }
}

#[test]
fn line_ends_and_marks_of_other_systems_change_no_page() {
    let standing = Standing::new();
    let book = &standing.book;
    let page = || book.read("book/answers/exposed.html").replace('\r', "");
    let expected = page();
    let mut files = vec![("book.toml".to_owned(), book.read("book.toml"))];
    for folder in ["src", "content"] {
        let paths = book.files(folder).into_keys();
        let paths = paths.map(|path| format!("{folder}/{}", path.display()));
        let texts = paths.filter(|path| !path.ends_with(".json"));
        files.extend(texts.map(|path| (path.clone(), book.read(&path))));
    }
    for (mark, line_end) in [("", "\r\n"), ("\u{feff}", "\n"), ("\u{feff}", "\r\n")] {
        for (path, text) in &files {
            book.write(path, &format!("{mark}{}", text.replace('\n', line_end)));
        }
        book.run(&RECORDED).assert_exit(0);
        assert!(page() == expected, "{mark:?} {line_end:?}");
    }
}

#[test]
fn a_page_of_100_megabytes_is_not_read() {
    let standing = Standing::new();
    let line = "It is a page with short lines in it, pasted by mistake.\n";
    let text = line.repeat(100_000_000 / line.len());
    standing.book.write(PAGE, &text);
    standing.refuses(1, &["no more than 1 MiB are read", PAGE, "divide it"]);
    // As large as a page may be, it is built.
    let text = format!("# Long\n\n{}", line.repeat(1_000_000 / line.len()));
    standing.book.write(PAGE, &text);
    standing.book.run(&RECORDED).assert_exit(0);
}

#[test]
fn a_registry_of_100_megabytes_is_not_read() {
    let standing = Standing::new();
    standing
        .book
        .write("content/terms.toml", &"# pasted\n".repeat(11_000_000));
    standing.refuses(1, &["no more than 16 MiB are read", "content/terms.toml"]);
}

#[test]
fn ten_thousand_samples_are_checked_and_named() {
    let book = Book::recorded();
    let sample = book.read("content/samples/stranger.toml");
    for number in 0..10_000 {
        let path = format!("content/samples/s{number}.toml");
        fs::write(book.root().join(path), &sample).unwrap();
    }
    let ran = book.run(&["check"]);
    ran.assert_exit(0);
    // None of them has a recording, and the report stays as short as a reader is patient.
    let ran = book.run(&RECORDED);
    let said = ran.stderr();
    assert!(
        said.lines().count() < 5_000,
        "{} lines",
        said.lines().count()
    );
    assert_eq!(leftovers(book.root()), Vec::<String>::new());
}

#[test]
fn thirty_thousand_findings_in_one_line_are_counted_and_not_all_drawn() {
    let standing = Standing::new();
    let text = format!("# Deep\n\n{}\n", "[^nobody] ".repeat(30_000));
    standing.book.write(PAGE, &text);
    standing.refuses(
        1,
        &[
            "source/unknown",
            "... and 29800 more; `cargo shelf check --format json`",
        ],
    );
}

#[test]
fn deep_nesting_is_rendered_or_refused_and_never_overflows() {
    let many = |open: &str, close: &str, times: usize| {
        format!("# Deep\n\n{}x{}\n", open.repeat(times), close.repeat(times))
    };
    for page in [
        many(">", "", 100_000),
        many("- ", "", 50_000),
        many("> - ", "", 50_000),
        many("*a **b ", "** *", 20_000),
        many("`", "", 100_000),
    ] {
        let book = Book::recorded();
        book.write(PAGE, &page);
        book.run(&RECORDED).assert_exit(0);
        assert!(book.root().join("book/plain.html").is_file());
    }
    let links = many("[", "](nowhere.md)", 20_000);
    let toml = format!("x = {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    for (path, text, word) in [
        (PAGE, links, "link/broken"),
        (PAGE, format!("+++\n{toml}+++\n# Deep\n"), "recurs"),
        ("content/names.toml", toml, "recurs"),
    ] {
        let standing = Standing::new();
        standing.book.write(path, &text);
        standing.refuses(1, &[word, path]);
    }
}

#[test]
fn settings_that_do_not_parse_are_named_with_their_line() {
    let standing = Standing::new();
    let text = standing.book.read("book.toml");
    let line = text.lines().count() + 1;
    standing
        .book
        .write("book.toml", &format!("{text}[broken\n"));
    let ran = standing.book.run(&RECORDED);
    ran.assert_exit(2);
    let said = ran.stderr();
    let place = format!("at line {line}");
    assert!(
        said.contains("book.toml") && said.contains(&place),
        "{said}"
    );
    standing.stands();
}

#[test]
fn a_missing_summary_is_named() {
    let standing = Standing::new();
    fs::remove_file(standing.book.root().join("src/SUMMARY.md")).unwrap();
    standing.refuses(
        1,
        &["src/SUMMARY.md", "the file is not there", "restore it"],
    );
}

#[test]
fn a_summary_that_cannot_be_read_is_a_finding() {
    let standing = Standing::new();
    let mut text = standing.book.read("src/SUMMARY.md");
    text.push_str("- [Plain](plain.md) and more\n");
    standing.book.write("src/SUMMARY.md", &text);
    standing.refuses(1, &["mdbook/warning", "src/SUMMARY.md", "[Title](file.md)"]);
}

#[test]
fn a_theme_that_does_not_parse_is_refused() {
    for theme in [&b"{{#if x}"[..], b"{{#each}}", b"\xff\xfe"] {
        let standing = Standing::new();
        fs::create_dir(standing.book.root().join("theme")).unwrap();
        fs::write(standing.book.root().join("theme/index.hbs"), theme).unwrap();
        standing.refuses(
            2,
            &["Rendering failed", "help: mend the template in theme/"],
        );
    }
}

#[test]
fn a_page_that_includes_itself_is_refused() {
    let standing = Standing::new();
    standing
        .book
        .write(PAGE, "# Loop\n\n{{#include plain.md}}\n");
    standing.refuses(1, &["cyclic includes", "plain.md"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_to_themselves_are_named() {
    use std::os::unix::fs::symlink;
    let standing = Standing::new();
    let root = standing.book.root();
    symlink("loop.md", root.join("src/loop.md")).unwrap();
    standing.refuses(2, &["src/loop.md", "help: delete the link"]);
    fs::remove_file(root.join("src/loop.md")).unwrap();
    symlink(".", root.join("src/again")).unwrap();
    standing.refuses(2, &["src/again", "help: delete the link"]);
    fs::remove_file(root.join("src/again")).unwrap();
    // In place of the website, no link is ever followed into nowhere.
    fs::remove_dir_all(root.join("book")).unwrap();
    symlink("book", root.join("book")).unwrap();
    let ran = standing.book.run(&RECORDED);
    ran.assert_exit(2);
    assert!(
        ran.stderr().contains("leads nowhere; delete it"),
        "{}",
        ran.stderr()
    );
    assert_eq!(leftovers(root), Vec::<String>::new());
}

#[test]
fn spaces_and_letters_of_every_language_in_paths_are_kept() {
    let book = Book::recorded();
    book.write("src/plain ü 漢.md", "# Other\n\nWords.\n");
    book.edit(
        "src/SUMMARY.md",
        "plain.md)",
        "plain.md)\n- [Other](<plain ü 漢.md>)",
    );
    let out = "a folder ß/the site";
    book.run(&["build", "--samples", "recorded", "--output", out])
        .assert_exit(0);
    for page in ["index.html", "plain ü 漢.html"] {
        assert!(book.root().join(out).join(page).is_file(), "{page}");
    }
    assert_eq!(
        leftovers(&book.root().join("a folder ß")),
        Vec::<String>::new()
    );
}
