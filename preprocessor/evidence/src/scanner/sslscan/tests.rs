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
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/sslscan");
    fs::read(path.join(name)).unwrap()
}

#[test]
fn versions_and_suites_are_found() {
    use Version::{Tls10, Tls11, Tls12, Tls13};
    for (name, versions, suites) in [
        ("good", &[Tls12, Tls13][..], 10),
        // It lists suites of 1.3 only: without a certificate, no handshake of
        // 1.2 comes to its end.
        ("mutual", &[Tls12, Tls13], 3),
        ("storescp-mutual", &[Tls13], 3),
        ("old", &[Tls10], 16),
        ("null-ciphers", &[Tls10, Tls11, Tls12], 61),
        ("clear-dicom", &[], 0),
        ("clear-rejecting", &[], 0),
        ("closed", &[], 0),
        ("no-such-host", &[], 0),
        ("silent", &[], 0),
        ("garbage", &[], 0),
        ("text", &[], 0),
        ("endless", &[], 0),
        ("http", &[], 0),
        ("hangup", &[], 0),
        ("tls-garbage", &[], 0),
        ("tls-alert", &[], 0),
        ("hostile-certificate", &[Tls12, Tls13], 10),
        ("long-certificate", &[Tls12, Tls13], 10),
        ("many-names", &[Tls12, Tls13], 10),
    ] {
        let offers = facts(&real(name));
        assert_eq!(Vec::from_iter(offers.versions), versions, "{name}");
        assert_eq!(offers.suites.len(), suites, "{name}: {:?}", offers.suites);
        assert_eq!(offers.grade, None);
        let reached = !matches!(name, "closed" | "no-such-host");
        assert_eq!(offers.examined, reached, "{name}");
        assert_eq!(offers.lists_suites, reached.then_some(suites > 0), "{name}");
    }
    let null = facts(&real("null-ciphers")).suites;
    assert!(null.contains("ECDHE-RSA-NULL-SHA"));
}

#[test]
fn names_in_a_certificate_forge_nothing() {
    let output = real("trap-certificate");
    assert!(output.windows(19).any(|w| w == b"\nTLSv1.0   enabled\n"));
    assert_eq!(facts(&output), facts(&real("good")));
}

#[test]
fn only_the_dates_are_replaced() {
    let text = String::from_utf8(real("good")).unwrap();
    let pattern = Regex::new(TOOL.varies[0].pattern).unwrap();
    let dates: Vec<&str> = text
        .lines()
        .filter_map(|line| Some(pattern.captures(line)?.get(1)?.as_str()))
        .collect();
    assert_eq!(dates.len(), 2);
    assert!(
        dates
            .iter()
            .all(|date| date.ends_with(" GMT") && date.len() == 24)
    );
}

#[test]
fn the_version_is_found() {
    let text = "\u{1b}[1;34m\t\t2.0.7\n\t\tOpenSSL 3.0.19 27 Jan 2026\n\u{1b}[0m";
    assert_eq!(version(text).as_deref(), Some("2.0.7"));
    assert_eq!(version(""), None);
}

proptest! {
    #[test]
    fn any_bytes_give_facts(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(facts(&bytes).suites.len() <= MOST);
    }

    /// Suites with hostile names are left out; the others stay.
    #[test]
    fn hostile_words_change_nothing_else(word in prop_oneof![
        Just("\u{1b}[31mred".to_owned()),
        Just("<script>".to_owned()),
        Just("\u{202e}moor\0".to_owned()),
        Just("{{#include".to_owned()),
        Just("a.b".repeat(70_000)),
        "\\PC{1,30}[.]",
    ]) {
        let output = format!(
            "  SSL/TLS Protocols:\nTLSv1.2   enabled\n{word} enabled\n\n\
             {word}\n  Supported Server Cipher(s):\n\
             Preferred TLSv1.2  256 bits  {word} x\nAccepted  TLSv1.2  256 bits  AES256-SHA  \n\n\
             Subject:  {word}\n  SSL/TLS Protocols:\nTLSv1.0   enabled\n"
        );
        let offers = facts(output.as_bytes());
        prop_assert_eq!(Vec::from_iter(offers.versions), [Version::Tls12]);
        prop_assert!(offers.suites.contains("AES256-SHA"));
        prop_assert!(offers.suites.iter().all(|suite| is_suite(suite)));
    }

    /// So many suites that nobody would read them.
    #[test]
    fn lists_are_bounded(count in 0_usize..3_000) {
        let suites: String = (0..count).map(|i| format!("Accepted  TLSv1.2  256 bits  S-{i}\n")).collect();
        let offers = facts(format!("  Supported Server Cipher(s):\n{suites}\n").as_bytes());
        prop_assert_eq!(offers.suites.len(), count.min(MOST));
    }
}
