//! A website that is switched by `ci/publish` while readers are at it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::book::Book;
use crate::load::{Bounds, Connection, Nginx, Release, load};

/// What the second release looks like, so that its style sheets have other names.
const OTHER_LOOK: &str = "\n.elsewhere { color: var(--ink); }\n";

fn build(book: &Book, output: &str) -> Release {
    let args = [
        "build",
        "--samples",
        "recorded",
        "--no-kit",
        "--output",
        output,
    ];
    book.run(&args).assert_exit(0);
    Release::read(&book.root().join(output))
}

fn publish(book: &Book, site: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ci/publish");
    let mut command = Command::new(script);
    let output = command
        .args(["www", site])
        .current_dir(book.root())
        .output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// Two releases of one website, with other words and another look.
fn two_releases() -> (Book, [Release; 2]) {
    let book = Book::themed();
    let one = build(&book, "one");
    let style = book.read("theme/css/text.css");
    book.write("theme/css/text.css", &(style + OTHER_LOOK));
    book.edit("src/answers/exposed.md", "Größe und Maß", "Maß und Größe");
    let two = build(&book, "two");
    (book, [one, two])
}

const BOUNDS: Bounds = Bounds {
    readers: 8,
    requests: 3_000,
    switches: 6,
    rest: Duration::from_millis(80),
    most: Duration::from_secs(60),
};

#[test]
fn no_reader_meets_an_error_or_a_mixture_while_the_website_is_switched() {
    if Nginx::program().is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "ci/install installs nginx"
        );
        eprintln!("SKIPPED: nginx is not installed; ci/install does it");
        return;
    }
    let (book, releases) = two_releases();
    publish(&book, "one");
    book.write("bare/file", "");
    let nginx = Nginx::start(book.root());
    let met = load(nginx.port, &releases, BOUNDS, |n| {
        publish(&book, ["one", "two"][n % 2]);
    });
    assert_eq!(met.errors, [""; 0]);
    assert_eq!(met.mixtures, [""; 0]);
    assert!(met.seen.len() == 2 && met.switches > 2, "{}", met.switches);
    assert!(met.requests > 2 * met.visits && met.latencies.len() == met.requests);
    let (status, _) = Connection::new(nginx.bare).get("/file").unwrap();
    assert_eq!(status, 200);
}

#[test]
fn the_readers_would_notice_an_error_and_a_mixture() {
    if Nginx::program().is_none() {
        return;
    }
    let (book, releases) = two_releases();
    publish(&book, "one");
    book.write("bare/file", "");
    let nginx = Nginx::start(book.root());
    let bounds = Bounds {
        switches: 1,
        requests: 800,
        ..BOUNDS
    };
    // By hand and file by file, as it should not be done: new pages, and styles and scripts that changed under their names.
    let met = load(nginx.port, &releases, bounds, |_| {
        let root = book.root();
        let copy = "cp -r two/*.html two/answers www/current/ && for file in www/current/theme/*/*; do echo >> $file; done";
        let done = Command::new("sh")
            .args(["-c", copy])
            .current_dir(root)
            .status();
        assert!(done.unwrap().success());
    });
    assert!(!met.errors.is_empty());
    assert!(!met.mixtures.is_empty());
}
