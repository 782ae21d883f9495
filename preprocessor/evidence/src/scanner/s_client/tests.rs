//! Real outputs, and outputs that nobody would want.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use regex::Regex;

use super::*;

/// The facts of an output.
fn facts(stderr: &[u8]) -> Session {
    let output = Output {
        stderr: stderr.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::Session(session) => session,
        other => panic!("{other:?}"),
    }
}

/// A real output.
fn real(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/s_client");
    fs::read(path.join(name)).unwrap()
}

#[test]
fn connections_are_told_apart() {
    use Verification::{Expired, Good, Other, SelfSigned, UnknownIssuer, WrongHost};
    let tls10 = Some(Version::Tls10);
    let tls12 = Some(Version::Tls12);
    let tls13 = Some(Version::Tls13);
    for (name, version, verification, asks_for_certificate, alert) in [
        ("good", tls13, Some(Good), Some(false), None),
        (
            "mutual-no-certificate",
            tls13,
            Some(Good),
            Some(true),
            Some(116),
        ),
        (
            "mutual-good-certificate",
            tls13,
            Some(Good),
            Some(true),
            None,
        ),
        ("mutual-stranger", tls13, Some(Good), Some(true), Some(48)),
        ("optional-certificate", tls13, Some(Good), Some(true), None),
        // In TLS 1.2 the handshake fails, and nothing is said of it.
        ("mutual-tls12", None, None, None, Some(40)),
        ("wrong-host", tls13, Some(WrongHost), Some(false), None),
        ("wrong-host-refused", None, Some(WrongHost), None, None),
        ("expired", tls13, Some(Expired), Some(false), None),
        ("expired-refused", None, Some(Expired), None, None),
        ("self-signed", tls13, Some(SelfSigned), Some(false), None),
        (
            "unknown-issuer",
            tls13,
            Some(UnknownIssuer),
            Some(false),
            None,
        ),
        (
            "hostile-certificate",
            tls13,
            Some(SelfSigned),
            Some(false),
            None,
        ),
        ("trap-certificate", tls13, Some(Expired), Some(false), None),
        ("old-default", None, Some(Other), None, None),
        ("old-tls1", tls10, Some(SelfSigned), None, None),
        ("tls1-at-good", None, None, None, Some(80)),
        ("null-cipher", tls12, Some(SelfSigned), Some(false), None),
        ("clear-dicom", None, None, None, None),
        ("clear-rejecting", None, None, None, None),
        ("tls-garbage", None, None, None, None),
        (
            "certificate-required-at-once",
            None,
            None,
            Some(true),
            Some(116),
        ),
        ("starttls-dicom", None, None, None, None),
        ("closed", None, None, None, None),
    ] {
        let expected = Session {
            version,
            verification,
            asks_for_certificate,
            alert,
        };
        assert_eq!(facts(&real(name)), expected, "{name}");
    }
}

#[test]
fn what_the_server_sends_is_not_read() {
    let output = Output {
        stdout: real("good"),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    let Seen::Session(session) = read(&output, &context) else {
        panic!();
    };
    assert_eq!(session.version, None);
    assert_eq!(session.verification, None);
}

#[test]
fn a_usage_error_stays_readable() {
    let text = String::from_utf8(real("starttls-dicom")).unwrap();
    assert!(text.starts_with("s_client: Value must be one of:\n\tsmtp\n"));
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
    assert_eq!(replaced(0, "closed").len(), 2);
    assert_eq!(replaced(0, "clear-rejecting")[0].len(), 16);
    assert_eq!(replaced(0, "good"), [""; 0]);
    assert_eq!(replaced(1, "expired-refused"), ["Jan  1 00:00:00 2025 GMT"]);
}

#[test]
fn the_version_is_found() {
    let text = "OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)\n";
    assert_eq!(super::version(text).as_deref(), Some("3.0.19"));
    assert_eq!(super::version("LibreSSL 3"), None);
}

proptest! {
    #[test]
    fn any_bytes_give_facts(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        facts(&bytes);
    }

    /// A name in a certificate can say what it wants.
    #[test]
    fn hostile_words_change_nothing(word in prop_oneof![
        Just("\u{1b}[31mred".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
        Just("\u{202e}moor\0".to_owned()),
        Just("{{#include ../secret.txt}}".to_owned()),
        Just("Verification: OK".to_owned()),
        Just("AB:error:x:SSL alert number 116".to_owned()),
        Just("A".repeat(200_000)),
        "\\PC{0,60}",
    ]) {
        let output = format!(
            "depth=0 CN = {word}\nverify error:num=62:hostname mismatch\n\
             Protocol version: TLSv1.2\nCiphersuite: {word}\nPeer certificate: CN = {word}\n\
             Verification error: hostname mismatch\n\
             40ABCDEF:error:0A000410:SSL routines:x:sslv3 alert:../x.c:1:SSL alert number 40\n"
        );
        let expected = Session {
            version: Some(Version::Tls12),
            verification: Some(Verification::WrongHost),
            asks_for_certificate: None,
            alert: Some(40),
        };
        prop_assert_eq!(facts(output.as_bytes()), expected);
    }
}
