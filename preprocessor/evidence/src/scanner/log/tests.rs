#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

/// Where the real logs lie.
fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/log")
}

/// The scene's patients.
const CONTEXT: Context<'_> = Context {
    names: &["SYNTHETIC^ALPHA", "SYNTHETIC^BRAVO", "SYNTHETIC^CHARLIE"],
    ids: &["SYN-0001", "SYN-0002", "SYN-0003"],
};

#[test]
fn real_logs() {
    for (name, any, names, ids, callers) in [
        ("nothing", false, 0, 0, &[][..]),
        ("nginx-combined-upper", true, 1, 1, &[]),
        ("nginx-combined-lower", true, 1, 0, &[]),
        ("nginx-combined-plain", true, 1, 0, &[]),
        ("nginx-combined-post", true, 0, 0, &[]),
        ("nginx-combined-referrer", true, 1, 1, &[]),
        ("nginx-path-only", true, 0, 0, &[]),
        ("nginx-path-only-back-end-down", true, 0, 0, &[]),
        // The request, what was asked of the back end, and the referrer.
        ("nginx-error-back-end-down", true, 1, 2, &[]),
        ("nginx-hostile", true, 0, 0, &[]),
        ("storescp-verbose", true, 0, 0, &[]),
        ("storescp-tls", true, 0, 0, &[]),
        ("storescp-debug-one-caller", true, 0, 0, &["MODALITY1"]),
        (
            "storescp-debug-callers",
            true,
            0,
            0,
            &["CT1", "EV\\u{1b}[31m<b>", "STRANGER"],
        ),
        ("orthanc", true, 0, 0, &[]),
    ] {
        let log = read(&fs::read(corpus().join(name)).unwrap(), &CONTEXT);
        let titles: Vec<&str> = log.callers.iter().map(Clean::as_str).collect();
        assert_eq!((log.any, log.names, log.ids), (any, names, ids), "{name}");
        assert_eq!(titles, callers, "{name}");
    }
}

#[test]
fn web_addresses_are_decoded_once() {
    for (text, plain) in [
        ("a%5Eb%5ec^", "a^b^c^"),
        ("%255E", "%5E"),
        ("%", "%"),
        ("%5", "%5"),
        ("%zz%+1%é", "%zz%+1%é"),
        ("%0a%1b%ff%00", "%0a%1b%ff%00"),
        ("100%%41", "100%A"),
    ] {
        assert_eq!(decode(text), plain);
    }
}

/// Whether facts are small and their text clean.
fn bounded(log: &Log) {
    assert!(log.callers.len() <= MOST);
    for caller in &log.callers {
        assert_eq!(&Clean::line(caller.as_str(), LONGEST), caller);
    }
}

proptest! {
    #[test]
    fn any_bytes_give_bounded_facts(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        bounded(&read(&bytes, &CONTEXT));
    }

    #[test]
    fn decoding_never_lengthens(text in any::<String>()) {
        prop_assert!(decode(&text).len() <= text.len());
    }

    #[test]
    fn hostile_titles_are_clean(
        title in prop_oneof![
            "[^\r\n]{0,100}",
            Just("\u{1b}[2J<script>{{#include}}\0\u{202e}".to_owned()),
            Just("A".repeat(200_000)),
        ],
        copies in 1usize..5,
    ) {
        let line = format!("D: Calling Application Name:    {title}\n");
        let log = read(line.repeat(copies).as_bytes(), &CONTEXT);
        bounded(&log);
        prop_assert!(log.any && log.callers.len() <= 1);
    }
}
