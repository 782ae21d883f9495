//! Real outputs, and outputs that nobody would want.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;

/// The verdict in an output.
fn exposure(stdout: &[u8]) -> Option<Exposure> {
    let output = Output {
        stdout: stdout.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::Exposure(exposure) => exposure,
        other => panic!("{other:?}"),
    }
}

#[test]
fn real_outputs() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/systemd_analyze");
    for (name, expected) in [
        ("bare", Some(Exposure::Unsafe)),
        ("confined", Some(Exposure::Ok)),
        ("half-confined", Some(Exposure::Medium)),
        ("no-such-unit", None),
        ("bad-unit", None),
    ] {
        let output = fs::read(corpus.join(name)).unwrap();
        assert_eq!(exposure(&output), expected, "{name}");
    }
}

#[test]
fn a_verdict_is_a_number_and_a_word() {
    let line = |end: &str| format!("→ Overall exposure level for gateway.service: {end}\n");
    for (end, expected) in [
        ("0.0 PERFECT :-D", Some(Exposure::Perfect)),
        ("9.8 DANGEROUS X(", Some(Exposure::Dangerous)),
        ("OK", None),
        ("99 OK", None),
        ("3.0 GREAT", None),
    ] {
        assert_eq!(exposure(line(end).as_bytes()), expected, "{end}");
    }
}

#[test]
fn versions() {
    let answer = "systemd 252 (252.38-1~deb12u1)\n+PAM +AUDIT\n";
    assert_eq!(version(answer).as_deref(), Some("252"));
    assert_eq!(version("systemd \u{1b}[31m"), None);
    assert_eq!(version(""), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        exposure(&bytes);
    }
}
