//! The site's own samples in a book of their own, looked at with the programs that readers have.

use std::fs;
use std::path::{Path, PathBuf};

use crate::book::Book;

/// Where the site's content lies.
pub(crate) fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

/// Whether every one of these programs can be used here. If not, says so loudly; where everything
/// has to be there, that fails the test.
pub(crate) fn can_use(programs: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/bin"));
    let folders: Vec<PathBuf> = std::env::split_paths(&path)
        .chain(home)
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
        .collect();
    let missing = |program: &&&str| !folders.iter().any(|folder| folder.join(program).is_file());
    let missing: Vec<&&str> = programs.iter().filter(missing).collect();
    if missing.is_empty() {
        return true;
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "cannot be tested: {missing:?} are not installed"
    );
    eprintln!("SKIPPED: {missing:?} are not installed");
    false
}

/// A book that shows these samples of the site, with their scenes and recordings, and no other.
pub(crate) fn book_with(samples: &[&str]) -> Book {
    let book = Book::new();
    for folder in ["samples", "scenes", "recordings"] {
        fs::remove_dir_all(book.root().join("content").join(folder)).unwrap();
    }
    let figures: Vec<String> = samples
        .iter()
        .map(|id| format!("{{{{#sample {id}}}}}"))
        .collect();
    let page = "src/answers/exposed.md";
    book.edit(page, "{{#sample stranger}}", &figures.join("\n\n"));
    book.edit(page, "{{#sample names-under-tls}}", "");
    for id in samples {
        let sample = copy(&book, &format!("samples/{id}.toml"));
        let scene = sample
            .lines()
            .find_map(|line| line.strip_prefix("scene"))
            .unwrap();
        copy(
            &book,
            &format!("scenes/{}.toml", scene.trim_matches([' ', '=', '"'])),
        );
        copy(&book, &format!("recordings/{id}.json"));
    }
    book
}

fn copy(book: &Book, path: &str) -> String {
    let text = fs::read_to_string(content().join(path)).unwrap();
    book.write(&format!("content/{path}"), &text);
    text
}
