//! The files for servers, read by the servers themselves: each serves a built website on loopback.

mod server;

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use ring::digest::{SHA256, SHA384, digest};

use crate::book::Book;
use server::{Answer, Server};

/// The file of the fixture that never changes under its name, as mdBook's own theme has it.
const LASTING: &str = "fonts/";
const FOR_MINUTES: &str = "public, max-age=300";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A website at the root of its host, and one in a folder.
fn websites() -> impl Iterator<Item = (Book, &'static str)> {
    ["/", "/shelf/"].into_iter().map(|folder| {
        let book = Book::recorded();
        let toml = book.read("book.toml");
        let moved = "[output.html.redirect]\n\"/old/place.html\" = \"../answers/exposed.html\"\n";
        book.write("book.toml", &format!("{toml}\n{moved}"));
        let output = format!("www{folder}");
        let address = format!("https://shelf.example{folder}");
        let build = [
            "build",
            "--samples",
            "recorded",
            "--output",
            &output,
            "--address",
            &address,
        ];
        book.run(&build).assert_exit(0);
        (book, folder)
    })
}

/// The headers that the website wants, as `_headers` lists them for the whole of it.
fn wanted(book: &Book, folder: &str) -> BTreeMap<String, String> {
    let text = book.read(&format!("www{folder}_headers"));
    let mut lines = text
        .lines()
        .skip_while(|line| *line != format!("{folder}*"));
    lines.next();
    let headers = lines.take_while(|line| line.starts_with("  "));
    let headers: BTreeMap<_, _> = headers
        .map(|line| line.trim().split_once(": ").unwrap())
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    assert!(headers.len() >= 7, "{headers:?}");
    headers
}

fn lasting(book: &Book, folder: &str) -> String {
    let files = book.files(&format!("www{folder}"));
    let mut places = files.keys().map(|path| path.to_string_lossy().into_owned());
    let found = places.find(|place| place.starts_with(LASTING) && place.ends_with(".woff2"));
    format!("{folder}{}", found.unwrap())
}

fn serves_the_website(kind: &str) {
    if !Server::is_there(kind) {
        return;
    }
    for (book, folder) in websites() {
        let server = Server::start(kind, &book, folder);
        let wanted = wanted(&book, folder);
        let ask = |place: &str, status: u16, keep: Option<&str>| -> Answer {
            let answer = server.ask(place);
            assert_eq!(answer.status, status, "{kind} {place}: {answer:?}");
            for (name, value) in &wanted {
                assert_eq!(answer.header(name), [value], "{kind} {place}: {name}");
            }
            if let Some(keep) = keep {
                assert_eq!(answer.header("cache-control"), [keep], "{kind} {place}");
            }
            answer
        };
        let page = ask(
            &format!("{folder}answers/exposed.html"),
            200,
            Some(FOR_MINUTES),
        );
        assert_eq!(page.kind(), "text/html; charset=utf-8");
        assert_eq!(
            ask(folder, 200, Some(FOR_MINUTES)).kind(),
            "text/html; charset=utf-8"
        );
        let lasting = lasting(&book, folder);
        assert!(
            ask(&lasting, 200, Some(FOR_EVER))
                .kind()
                .starts_with("font/woff2")
        );

        let lost = book.read(&format!("www{folder}404.html"));
        for place in ["nowhere", "no/where/at.html", "theme/where-0123abcd.css"] {
            let answer = ask(&format!("{folder}{place}"), 404, Some(FOR_MINUTES));
            assert_eq!(answer.body, lost, "{kind} {place}");
        }

        let moved = ask(&format!("{folder}old/place.html"), 301, None);
        let location = moved.header("location").concat();
        assert!(
            location.ends_with(&format!("{folder}answers/exposed.html")),
            "{kind}: {location}"
        );

        for (place, media) in [
            ("feed/changes.atom", "application/atom+xml"),
            ("llms.txt", "text/plain; charset=utf-8"),
            (".well-known/security.txt", "text/plain; charset=utf-8"),
        ] {
            let answer = ask(&format!("{folder}{place}"), 200, None);
            assert!(
                answer.kind().starts_with(media),
                "{kind} {place}: {}",
                answer.kind()
            );
        }
    }
}

#[test]
fn nginx_serves_the_website_as_it_wants_to_be_served() {
    serves_the_website("nginx");
}

#[test]
fn apache_serves_the_website_as_it_wants_to_be_served() {
    serves_the_website("apache2");
}

#[test]
fn apache_serves_the_website_by_its_htaccess() {
    serves_the_website("apache2 with .htaccess");
}

#[test]
fn caddy_serves_the_website_as_it_wants_to_be_served() {
    serves_the_website("caddy");
}

#[test]
fn every_file_that_is_kept_for_ever_is_named_after_its_content() {
    let book = Book::themed();
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let headers = book.read("book/_headers");
    let lines: Vec<&str> = headers.lines().collect();
    let kept = lines.windows(2).filter(|two| two[1].contains(FOR_EVER));
    let kept: Vec<&str> = kept.map(|two| two[0].trim_start_matches('/')).collect();
    for part in ["css", "js", "woff2"] {
        assert!(kept.iter().any(|place| place.ends_with(part)), "{kept:?}");
    }
    let files = book.files("book");
    for place in kept {
        let (_, name) = place.rsplit_once('-').unwrap();
        let (named, _) = name.split_once('.').unwrap();
        let content = &files[std::path::Path::new(place)];
        // mdBook names files after the one digest, and the stages after it after the other.
        let of = [&SHA256, &SHA384].map(|kind| HEXLOWER.encode(digest(kind, content).as_ref()));
        assert!(of.iter().any(|digest| digest.starts_with(named)), "{place}");
    }
}
