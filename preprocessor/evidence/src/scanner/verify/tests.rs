//! Real outputs, and outputs that nobody would want.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;

/// The judgement in an output.
fn judged(stdout: &[u8], stderr: &[u8]) -> Option<Verification> {
    let output = Output {
        stdout: stdout.to_vec(),
        stderr: stderr.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::Session(session) => session.verification,
        other => panic!("{other:?}"),
    }
}

/// A real output.
fn real(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/verify");
    fs::read(path.join(name)).unwrap()
}

#[test]
fn real_outputs() {
    for (name, verification) in [
        ("wrong-host", Some(Verification::WrongHost)),
        ("unknown-issuer", Some(Verification::UnknownIssuer)),
        ("self-signed", Some(Verification::SelfSigned)),
        ("ended", Some(Verification::Expired)),
        ("wrong-purpose", Some(Verification::Other)),
        ("no-such-file", None),
    ] {
        assert_eq!(judged(b"", &real(name)), verification, "{name}");
    }
    assert_eq!(judged(&real("good"), b""), Some(Verification::Good));
    assert_eq!(judged(b"", b""), None);
}

#[test]
fn an_error_counts_for_more_than_an_approval() {
    let judgement = judged(&real("good"), &real("wrong-host"));
    assert_eq!(judgement, Some(Verification::WrongHost));
}

#[test]
fn what_only_looks_like_an_approval_is_none() {
    for said in ["OK\n", ": OK\n", "a b: OK\n", "a.crt: OK\nmore\n"] {
        assert_eq!(judged(said.as_bytes(), b""), None, "{said}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(
        stdout in prop::collection::vec(any::<u8>(), 0..2_000),
        stderr in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        judged(&stdout, &stderr);
    }
}
