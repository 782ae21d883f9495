//! The site's own samples in a book of their own, looked at with the programs that readers have.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::book::Book;

/// Where the site's content lies.
pub(crate) fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

/// Whether every one of these programs can be used here, and in a cage. If not, says so loudly;
/// where everything has to be there, that fails the test.
pub(crate) fn can_use(programs: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/bin"));
    let folders: Vec<PathBuf> = std::env::split_paths(&path)
        .chain(home)
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
        .collect();
    let missing = |program: &&&str| !folders.iter().any(|folder| folder.join(program).is_file());
    let missing: Vec<&&str> = programs.iter().filter(missing).collect();
    let obstacle = match no_cage() {
        _ if !missing.is_empty() => format!("{missing:?} are not installed"),
        Some(why) => format!("this system lets us make no cage: {why}"),
        None => return true,
    };
    let must = std::env::var_os("CI").is_some();
    assert!(!must, "cannot be tested: {obstacle}");
    eprintln!("SKIPPED: {obstacle}");
    false
}

/// Why this system lets us make no namespaces of our own; found out once.
fn no_cage() -> Option<&'static str> {
    static WHY: OnceLock<Option<String>> = OnceLock::new();
    let why = WHY.get_or_init(|| {
        let namespaces = ["--user", "--map-root-user", "--net", "--pid", "--mount"];
        let mut unshare = Command::new("unshare");
        match unshare.args(namespaces).args(["--fork", "true"]).output() {
            Ok(output) if output.status.success() => None,
            Ok(output) => Some(String::from_utf8_lossy(&output.stderr).into_owned()),
            Err(error) => Some(error.to_string()),
        }
    });
    why.as_deref()
}

/// A book that shows these samples of the site, with their scenes and recordings, and no other.
pub(crate) fn book_with(samples: &[&str]) -> Book {
    let book = Book::new();
    for folder in ["samples", "scenes"] {
        fs::remove_dir_all(book.root().join("content").join(folder)).unwrap();
    }
    // The fixture has none, unless somebody made one by hand.
    let _ = fs::remove_dir_all(book.root().join("content/recordings"));
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
