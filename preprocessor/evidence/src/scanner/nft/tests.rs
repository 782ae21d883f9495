#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use regex::Regex;

use super::*;

/// Where the real outputs lie.
fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/nft")
}

/// What an output means.
fn rules(stdout: &[u8]) -> Rules {
    let output = Output {
        stdout: stdout.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::Rules(rules) => rules,
        other => panic!("{other:?}"),
    }
}

#[test]
fn real_outputs() {
    for (name, drops, counted) in [
        ("empty", None, false),
        ("drop-not-met", Some(true), false),
        ("drop-met", Some(true), true),
        ("reject-met", Some(true), true),
        ("policy-drop", Some(true), false),
        ("verdict-map", Some(true), false),
        ("named-counter-and-map", Some(true), true),
        ("only-accept", Some(false), false),
        ("log-only", Some(false), false),
        ("names-only", Some(false), false),
        ("words-in-comments", Some(false), false),
        ("many-tables", Some(false), false),
    ] {
        let found = rules(&fs::read(corpus().join(name)).unwrap());
        assert_eq!((found.drops, found.counted), (drops, counted), "{name}");
    }
}

#[test]
fn what_varies_is_replaced() {
    let mut text = fs::read_to_string(corpus().join("drop-met")).unwrap();
    for varies in TOOL.varies {
        let pattern = Regex::new(varies.pattern).unwrap();
        let group = pattern.captures(&text).unwrap().get(1).unwrap().range();
        text.replace_range(group, varies.shown);
    }
    assert!(text.contains("counter packets <some> bytes <some> drop"));
    // That nothing was met stays readable.
    assert!(text.contains("counter packets 0 bytes 0 accept"));
}

#[test]
fn versions() {
    let answer = "nftables v1.0.6 (Lester Gooch #5)\n";
    assert_eq!(version(answer).as_deref(), Some("1.0.6"));
    assert_eq!(version("nftables v\u{1b}[31m"), None);
    assert_eq!(version(""), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        rules(&bytes);
    }

    #[test]
    fn comments_change_nothing(
        comment in prop_oneof![
            "[^\r\n\"]{0,100}",
            Just("drop \u{1b}[2J<script>{{#include}}\0\u{202e}".to_owned()),
            Just("drop ".repeat(40_000)),
        ],
    ) {
        let text = format!(
            "table inet t {{\n\t\ttcp dport 104 counter packets 2 bytes 9 accept comment \"{comment}\"\n}}\n"
        );
        let expected = Rules { drops: Some(false), counted: true };
        prop_assert_eq!(rules(text.as_bytes()), expected);
    }
}
