#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use regex::Regex;

use super::*;

/// Where the real outputs lie.
fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/curl")
}

/// What an output means.
fn web(stdout: &[u8]) -> Web {
    let output = Output {
        stdout: stdout.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::Web(web) => web,
        other => panic!("{other:?}"),
    }
}

#[test]
fn real_outputs() {
    for (name, status, matches) in [
        ("patients", Some(200), Some(3)),
        ("system", Some(200), None),
        ("studies", Some(200), Some(3)),
        ("studies-by-id", Some(200), Some(1)),
        ("studies-by-name", Some(200), Some(0)),
        ("studies-by-raw-name", Some(200), Some(1)),
        ("find", Some(200), Some(1)),
        ("unauthorized", Some(401), None),
        ("bad-gateway", Some(502), None),
        ("not-found", Some(404), None),
        ("post-studies", Some(415), None),
        ("redirect", Some(301), None),
        ("http-to-https", Some(400), None),
        ("download", Some(200), None),
        ("hostile-bigjson", Some(200), Some(4001)),
        ("hostile-deepjson", Some(200), None),
        ("hostile-deepclosed", Some(200), Some(1)),
        ("hostile-badjson", Some(200), None),
        ("hostile-object", Some(200), None),
        ("hostile-evilhdr", Some(200), Some(2)),
        ("hostile-status999", Some(999), Some(0)),
        ("hostile-continue", Some(200), Some(3)),
        ("hostile-cutoff", Some(200), None),
        ("hostile-bodyhttp", Some(200), None),
        ("hostile-binary", Some(200), None),
    ] {
        let expected = Web {
            status,
            matches,
            ..Web::default()
        };
        assert_eq!(
            web(&fs::read(corpus().join(name)).unwrap()),
            expected,
            "{name}"
        );
    }
}

#[test]
fn without_headers_there_is_no_status() {
    let expected = Web {
        status: None,
        matches: Some(2),
        ..Web::default()
    };
    assert_eq!(web(b"[1, [2, 3]]\n"), expected);
    let expected = Web {
        status: Some(204),
        matches: None,
        ..Web::default()
    };
    assert_eq!(web(b"HTTP/2 204\r\n\r\n"), expected);
    for text in [
        "",
        "HTTP/",
        "HTTP/1.1 2000 x\n\n",
        "HTTP/1.1 +20 x\n\n",
        "HTTP/1.1 099\n\n",
    ] {
        assert_eq!(web(text.as_bytes()).status, None, "{text}");
    }
}

#[test]
fn what_varies_is_replaced() {
    let replaced = |text: &str| {
        TOOL.varies.iter().fold(text.to_owned(), |text, varies| {
            let pattern = Regex::new(varies.pattern).unwrap();
            match pattern.captures(&text).and_then(|found| found.get(1)) {
                Some(group) => {
                    let (before, after) = (&text[..group.start()], &text[group.end()..]);
                    format!("{before}{}{after}", varies.shown)
                }
                None => text,
            }
        })
    };
    let text = fs::read_to_string(corpus().join("bad-gateway")).unwrap();
    assert!(replaced(&text).contains("\r\nDate: <time>\r\nContent-Type"));
    let text = fs::read_to_string(corpus().join("download")).unwrap();
    assert!(replaced(&text).contains("filename=\"<made for this answer>.dcm\"\r\n"));
    for (text, shown) in [
        (
            "curl: (7) Failed to connect to 192.0.2.10 port 9 after 0 ms: Couldn't connect to server",
            "curl: (7) Failed to connect to 192.0.2.10 port 9 after <some> ms: Couldn't connect to server",
        ),
        (
            "curl: (28) Operation timed out after 2001 milliseconds with 0 bytes received",
            "curl: (28) Operation timed out after <some> milliseconds with 0 bytes received",
        ),
        (
            "      \"LastUpdate\" : \"20261122T110500\",",
            "      \"LastUpdate\" : \"<time>\",",
        ),
    ] {
        assert_eq!(replaced(text), shown);
    }
}

#[test]
fn versions() {
    let answer = "curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nRelease-Date: …\n";
    assert_eq!(version(answer).as_deref(), Some("7.88.1"));
    assert_eq!(version("curl \u{1b}[31m"), None);
    assert_eq!(version(""), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        web(&bytes);
        let mut answer = b"HTTP/1.1 200 OK\r\n".to_vec();
        answer.extend(bytes);
        prop_assert!(web(&answer).status.is_some());
    }

    #[test]
    fn hostile_headers_change_nothing(
        header in prop_oneof![
            "[^\r\n]{0,200}",
            Just("\u{1b}[2J<script>{{#include}}\0\u{202e}".to_owned()),
            Just("A".repeat(200_000)),
        ],
    ) {
        let answer = format!("HTTP/1.1 200 OK\r\nX: {header}\r\n\r\n[1,2]");
        let expected = Web {
            status: Some(200),
            matches: Some(2),
            ..Web::default()
        };
        prop_assert_eq!(web(answer.as_bytes()), expected);
    }
}
