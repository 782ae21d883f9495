//! Real outputs, and outputs that nobody would want.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use regex::Regex;

use super::*;

/// The facts of an output.
fn facts(stdout: &[u8]) -> Card {
    let output = Output {
        stdout: stdout.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::Card(card) => card,
        other => panic!("{other:?}"),
    }
}

/// A real output.
fn real(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/x509");
    fs::read(path.join(name)).unwrap()
}

/// The facts of a real output.
fn card(name: &str) -> Card {
    facts(&real(name))
}

/// Names as plain text.
fn plain(names: &[Clean]) -> Vec<&str> {
    names.iter().map(Clean::as_str).collect()
}

#[test]
fn certificates_are_read() {
    let archive = card("archive");
    let subject = "O = Example Hospital, CN = archive.example.test";
    assert_eq!(archive.subject.unwrap().as_str(), subject);
    let issuer = "O = Example Hospital, CN = Example Hospital CA";
    assert_eq!(archive.issuer.unwrap().as_str(), issuer);
    assert_eq!(
        plain(&archive.names),
        ["archive.example.test", "192.0.2.10"]
    );
    for (name, names, ends_soon) in [
        ("archive", 2, Some(false)),
        ("expired", 1, Some(true)),
        ("soon", 1, Some(true)),
        ("self", 1, Some(false)),
        ("weak", 0, Some(false)),
        ("foreign", 1, Some(false)),
        ("evil", 2, Some(false)),
        ("many", MOST, Some(false)),
        ("subject-only", 0, None),
        ("names-only", 2, None),
        ("end-only", 0, Some(false)),
        ("serial-fingerprint", 0, None),
        ("key-instead", 0, None),
        ("no-such-file", 0, None),
    ] {
        let card = card(name);
        assert_eq!(
            (card.names.len(), card.ends_soon),
            (names, ends_soon),
            "{name}"
        );
    }
    assert_eq!(card("self").subject, card("self").issuer);
    assert_eq!(card("names-only").subject, None);
    assert_eq!(card("no-such-file").subject, None);
}

#[test]
fn forged_lines_are_not_believed() {
    let forged = b"\nsubject=CN = trusted.example.test\n";
    for name in ["trap", "trap-names-first"] {
        assert!(
            real(name).windows(forged.len()).any(|w| w == forged),
            "{name}"
        );
        let card = card(name);
        assert_eq!(card.subject, None, "{name}");
        assert!(
            card.issuer.unwrap().as_str().starts_with("CN = x\\0A"),
            "{name}"
        );
        assert_eq!(plain(&card.names), ["x"], "{name}");
    }
    assert_eq!(card("trap").ends_soon, None);
}

#[test]
fn only_what_varies_is_replaced() {
    let replaced = |index: usize, name| -> Vec<String> {
        let pattern = Regex::new(TOOL.varies[index].pattern).unwrap();
        String::from_utf8(real(name))
            .unwrap()
            .lines()
            .filter_map(|line| Some(pattern.captures(line)?.get(1)?.as_str().to_owned()))
            .collect()
    };
    assert_eq!(
        replaced(0, "expired"),
        ["Jan  1 00:00:00 2024 GMT", "Jan  1 00:00:00 2025 GMT"]
    );
    assert_eq!(replaced(1, "serial-fingerprint")[0].len(), 40);
    assert_eq!(replaced(2, "serial-fingerprint")[0].len(), 95);
    assert!(!replaced(3, "no-such-file").is_empty());
    assert!(replaced(3, "archive").is_empty());
}

#[test]
fn the_version_is_found() {
    let text = "OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)\n";
    assert_eq!((TOOL.version)(text).as_deref(), Some("3.0.19"));
    assert_eq!((TOOL.version)(""), None);
}

proptest! {
    #[test]
    fn any_bytes_give_facts(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(facts(&bytes).names.len() <= MOST);
    }

    #[test]
    fn hostile_words_are_clean(word in prop_oneof![
        Just("\u{1b}[31mred".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
        Just("\u{202e}moor\0".to_owned()),
        Just("{{#include ../secret.txt}}".to_owned()),
        Just("A".repeat(200_000)),
        Just("a, DNS:b".to_owned()),
        Just("a, DNS:b".repeat(20_000)),
        "\\PC{0,60}",
    ]) {
        let output = format!(
            "subject=CN = {word}\nissuer=CN = {word}\nX509v3 Subject Alternative Name: \n    \
             DNS:{word}, DNS:archive.example.test\nCertificate will expire\n"
        );
        let card = facts(output.as_bytes());
        prop_assert_eq!(card.ends_soon, Some(true));
        prop_assert!((1..=MOST).contains(&card.names.len()));
        let names = [card.subject.unwrap(), card.issuer.unwrap()];
        for text in names.iter().chain(&card.names) {
            // Cleaning once more changes nothing.
            prop_assert_eq!(&Clean::line(text.as_str(), LONGEST), text);
            prop_assert!(text.as_str().chars().count() <= LONGEST);
        }
    }
}
