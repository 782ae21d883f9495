#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use regex::Regex;

use super::*;

/// Where the real outputs lie.
fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/tshark")
}

/// What an output means.
fn packets(stdout: &[u8]) -> Packets {
    let output = Output {
        stdout: stdout.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &["SYNTHETIC^ALPHA", "SYNTHETIC^BRAVO", "SYNTHETIC^CHARLIE"],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::Packets(packets) => packets,
        other => panic!("{other:?}"),
    }
}

#[test]
fn real_outputs() {
    for (name, any, names, dicom, tls) in [
        ("nothing-found", false, 0, false, false),
        ("closed-followed", false, 0, false, false),
        ("clear-summary", true, 0, true, false),
        ("clear-only-dicom", true, 0, true, false),
        ("clear-dicom-in-detail", true, 3, true, false),
        ("clear-fields", true, 0, true, false),
        ("clear-followed", true, 3, false, false),
        ("tls-summary", true, 0, false, true),
        ("tls-only-tls", true, 0, false, true),
        ("tls-in-detail", true, 0, false, true),
        ("tls-followed", true, 0, false, false),
        ("null-suite-only-tls", true, 0, false, true),
        ("null-suite-followed", true, 1, false, false),
        ("web-server", true, 0, true, false),
        ("hostile-names", true, 1, true, false),
        ("hostile-version", true, 0, true, false),
    ] {
        let expected = Packets {
            any,
            bytes: name.ends_with("followed") && name != "closed-followed",
            names,
            dicom,
            tls,
        };
        assert_eq!(
            packets(&fs::read(corpus().join(name)).unwrap()),
            expected,
            "{name}"
        );
    }
    for entry in fs::read_dir(corpus()).unwrap() {
        packets(&fs::read(entry.unwrap().path()).unwrap());
    }
}

/// A text with everything replaced that varies.
fn replaced(mut text: String) -> String {
    for varies in TOOL.varies {
        let pattern = Regex::new(varies.pattern).unwrap();
        let mut ranges: Vec<_> = pattern
            .captures_iter(&text)
            .filter_map(|found| found.get(1).map(|group| group.range()))
            .collect();
        while let Some(range) = ranges.pop() {
            text.replace_range(range, varies.shown);
        }
    }
    text
}

#[test]
fn what_varies_is_replaced() {
    let text = replaced(fs::read_to_string(corpus().join("clear-only-dicom")).unwrap());
    let first = "    <number> <time>   192.0.2.10 → 192.0.2.10   DICOM 333 A-ASSOCIATE request";
    assert!(text.starts_with(first), "{text}");
    let text = replaced(fs::read_to_string(corpus().join("tls-only-tls")).unwrap());
    assert!(
        text.contains("   TLSv1.3 <size> Application Data\n"),
        "{text}"
    );
    let text = replaced(fs::read_to_string(corpus().join("clear-followed")).unwrap());
    assert!(
        text.contains("\nNode 0: 192.0.2.10:<port>\nNode 1: 192.0.2.10:11112\n"),
        "{text}"
    );
    let text = replaced(fs::read_to_string(corpus().join("clear-summary")).unwrap());
    assert!(text.contains(" TCP 74 <port> → 11112 [SYN] "), "{text}");
    assert!(
        text.contains(" TCP 74 11112 → <port> [SYN, ACK] "),
        "{text}"
    );
    let text = replaced(fs::read_to_string(corpus().join("clear-fields")).unwrap());
    assert!(!text.contains("<number>"), "{text}");
}

#[test]
fn versions() {
    let answer = "Running as user \"root\"…\nTShark (Wireshark) 4.0.17 (Git v4.0.17 packaged).\n";
    assert_eq!(version(answer).as_deref(), Some("4.0.17"));
    assert_eq!(version("TShark 4.2.0.\n").as_deref(), Some("4.2.0"));
    assert_eq!(version("TShark 4\u{1b}[31m\n"), None);
    assert_eq!(version(""), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        packets(&bytes);
    }

    #[test]
    fn hostile_words_change_no_protocol(
        words in prop_oneof![
            "[^\r\n\t]{0,100}",
            Just("DICOM \u{1b}[2J<script>{{#include}}\0\u{202e} TLSv1.3".to_owned()),
            Just("A".repeat(200_000)),
        ],
    ) {
        let text = format!("    1 0.000000000   192.0.2.10 → 192.0.2.11   HTTP 90 GET /{words}\n");
        let found = packets(text.as_bytes());
        prop_assert!(found.any && !found.dicom && !found.tls);
    }
}
