#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

/// Where the real outputs lie. Those called `error` are of standard error.
fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/shodan")
}

/// What an output means.
fn index(stdout: &[u8], stderr: &[u8]) -> Index {
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
        Seen::Index(index) => index,
        other => panic!("{other:?}"),
    }
}

/// What a real output means.
fn real(name: &str) -> Index {
    let bytes = fs::read(corpus().join(name)).unwrap();
    if name.starts_with("error-") {
        index(&[], &bytes)
    } else {
        index(&bytes, &[])
    }
}

#[test]
fn hosts() {
    for (name, ports, products) in [
        ("host", &[443, 11112][..], &["DICOM Server", "nginx"][..]),
        ("host-history", &[443, 11112], &["DICOM Server", "nginx"]),
        (
            "host-vulnerabilities",
            &[443, 11112],
            &["DICOM Server", "nginx"],
        ),
        (
            "host-ports-only",
            &[22, 443, 11112],
            &["DICOM Server", "nginx"],
        ),
        ("host-without-products", &[443, 11112], &[]),
        ("host-without-transport", &[11112], &[]),
        ("host-port-too-large", &[443], &["nginx"]),
        ("alert-list", &[], &[]),
    ] {
        let found = real(name);
        assert_eq!(found.ports.unwrap_or_default(), ports, "{name}");
        let names: Vec<&str> = found.products.iter().map(Clean::as_str).collect();
        assert_eq!(names, products, "{name}");
        assert_eq!(
            (found.total, found.alert, found.error),
            (None, None, None),
            "{name}"
        );
    }
    assert_eq!(real("host-many-ports").ports.unwrap().len(), MOST);
}

#[test]
fn counts() {
    for (name, total) in [
        ("count", Some(3452)),
        ("count-zero", Some(0)),
        ("count-negative", None),
        ("count-huge", None),
        ("count-list", None),
        ("count-hostile", None),
        ("host", None),
    ] {
        assert_eq!(real(name).total, total, "{name}");
    }
}

#[test]
fn alerts() {
    assert_eq!(real("alert-created").alert, Some(true));
    assert_eq!(real("alert-list").alert, None);
    let none = index(b"You haven't created any alerts yet.\n", &[]);
    assert_eq!(none.alert, Some(false));
    assert_eq!(real("host-hostile").alert, None);
    assert_eq!(real("error-unreachable").ports, None);
}

#[test]
fn errors() {
    for (name, error) in [
        ("error-key", "Invalid API key"),
        (
            "error-no-information",
            "No information available for that IP.",
        ),
        ("error-unreachable", "Unable to connect to Shodan"),
        ("error-unknown-command", "No such command 'frobnicate'."),
        ("error-hostile", "<script>alert(1)</script>"),
    ] {
        let found = real(name).error.unwrap();
        assert_eq!(found.as_str(), error, "{name}");
    }
    assert!(real("error-long").error.unwrap().as_str().ends_with("A[…]"));
    let broken = "Traceback (most recent call last):\n  File \"x.py\"\nKeyError: 'total'\n\n";
    let found = index(b"", broken.as_bytes()).error.unwrap();
    assert_eq!(found.as_str(), "KeyError: 'total'");
    assert_eq!(index(b"", b"warning\n").error, None);
}

#[test]
fn versions() {
    assert_eq!(version("1.31.0\n").as_deref(), Some("1.31.0"));
    assert_eq!(version("Error: no\n"), None);
    assert_eq!(version(""), None);
}

#[test]
fn every_real_output_gives_bounded_facts() {
    for entry in fs::read_dir(corpus()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        bounded(&index(&bytes, &bytes));
    }
}

/// Whether facts are small and their text clean.
fn bounded(facts: &Index) {
    assert!(
        facts.ports.as_ref().is_none_or(|ports| ports.len() <= MOST)
            && facts.products.len() <= MOST
    );
    for text in facts.products.iter().chain(&facts.error) {
        assert_eq!(&Clean::line(text.as_str(), LONGEST), text);
    }
}

proptest! {
    #[test]
    fn any_bytes_give_bounded_facts(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        bounded(&index(&bytes, &bytes));
        let mut host = b"192.0.2.10\n\nPorts:\n".to_vec();
        host.extend(&bytes);
        bounded(&index(&host, &[]));
    }

    #[test]
    fn hostile_products_keep_their_ports(
        product in prop_oneof![
            "[^\r\n]{0,100}",
            Just("\u{1b}[2J<script>{{#include}}\0\u{202e}".to_owned()),
            Just("A".repeat(200_000)),
            Just("B (".to_owned()),
        ],
        port in any::<u16>(),
    ) {
        let text = format!("192.0.2.10\n\nPorts:\n{port:>7}/tcp {product} (1.0)\n\t|-- x\n");
        let facts = index(text.as_bytes(), b"");
        bounded(&facts);
        prop_assert_eq!(facts.ports, Some(vec![port]));
        prop_assert_eq!(facts.total, None);
    }
}
