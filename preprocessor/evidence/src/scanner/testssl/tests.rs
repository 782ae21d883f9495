//! Real outputs, and outputs that nobody would want.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use regex::Regex;

use super::*;

/// The facts of an output.
fn facts(stdout: &[u8]) -> Offers {
    let output = Output {
        stdout: stdout.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::Offers(offers) => offers,
        other => panic!("{other:?}"),
    }
}

/// A real output.
fn real(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/testssl");
    fs::read(path.join(name)).unwrap()
}

#[test]
fn versions_are_found() {
    use Version::{Tls10, Tls11, Tls12, Tls13};
    for (name, versions) in [
        ("good-off", &[Tls12, Tls13][..]),
        ("good-batch", &[Tls12, Tls13]),
        ("mutual-off", &[Tls12, Tls13]),
        ("mutual-batch", &[Tls12, Tls13]),
        ("old-off", &[Tls10]),
        // It gave up: its own openssl is too new for the server.
        ("old-batch", &[]),
        ("null-ciphers", &[Tls10, Tls11, Tls12]),
        ("clear-dicom-off", &[]),
        ("clear-dicom-batch", &[]),
        ("closed", &[]),
        ("http", &[]),
        ("tls-alert", &[]),
        ("no-such-host", &[]),
        ("silent", &[]),
        ("hostile-certificate", &[Tls12, Tls13]),
        ("trap-certificate", &[Tls12, Tls13]),
    ] {
        let offers = facts(&real(name));
        assert_eq!(Vec::from_iter(offers.versions), versions, "{name}");
        assert!(offers.suites.is_empty() && offers.grade.is_none());
        let given_up = [
            "old-batch",
            "clear-dicom-batch",
            "closed",
            "no-such-host",
            "silent",
        ];
        assert_eq!(offers.examined, !given_up.contains(&name), "{name}");
    }
}

#[test]
fn only_what_varies_is_replaced() {
    let text = String::from_utf8(real("mutual-batch")).unwrap();
    let replaced: Vec<Vec<&str>> = TOOL
        .varies
        .iter()
        .map(|variation| {
            let pattern = Regex::new(variation.pattern).unwrap();
            text.lines()
                .filter_map(|line| Some(pattern.captures(line)?.get(1)?.as_str()))
                .collect()
        })
        .collect();
    assert_eq!(replaced[0].len(), 2, "{replaced:?}");
    assert!(replaced[0].iter().all(|time| time.len() == 19));
    assert_eq!(replaced[1].len(), 1);
    assert!(replaced[1][0].ends_with('s'));
    assert_eq!(replaced[2].len(), 1);
}

#[test]
fn the_version_is_found() {
    let text =
        "\n####\n    testssl       3.0.8 from \u{1b}[m\u{1b}[1mhttps://testssl.sh/\u{1b}[m\n";
    assert_eq!(version(text).as_deref(), Some("3.0.8"));
    assert_eq!(version("bash: no"), None);
}

proptest! {
    #[test]
    fn any_bytes_give_facts(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let offers = facts(&bytes);
        prop_assert!(offers.suites.is_empty() && offers.grade.is_none());
    }

    #[test]
    fn hostile_words_change_nothing(word in prop_oneof![
        Just("\u{1b}[31mred".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
        Just("\u{202e}moor\0".to_owned()),
        Just("{{#include ../secret.txt}}".to_owned()),
        Just("A".repeat(200_000)),
        "\\PC{0,60}",
    ]) {
        let output = format!(
            "{word}\n TLS 1      offered (deprecated)\n\n Testing protocols via sockets \n\n\
             TLS 1.2 x{word}\n TLS 1.2    offered (OK){word}\n TLS 1.3    not offered {word}\n\
             -{word}\n Done {word}\n TLS 1.1    offered\n"
        );
        prop_assert_eq!(Vec::from_iter(facts(output.as_bytes()).versions), [Version::Tls12]);
    }
}
