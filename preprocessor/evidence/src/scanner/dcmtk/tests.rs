#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::super::tool::{Context, Tool};
use super::super::{echoscu, findscu, storescu};
use super::*;

/// The three clients.
const CLIENTS: [&Tool; 3] = [&echoscu::TOOL, &findscu::TOOL, &storescu::TOOL];

/// Where the real outputs of a client lie.
fn corpus(program: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fuzz/corpus")
        .join(program)
}

/// What a client means by what it wrote to standard error.
fn toolkit(tool: &Tool, stderr: &[u8]) -> Toolkit {
    let output = Output {
        stderr: stderr.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match (tool.read)(&output, &context) {
        Seen::Toolkit(toolkit) => toolkit,
        other => panic!("{other:?}"),
    }
}

/// What a real output means.
fn real(tool: &Tool, name: &str) -> Toolkit {
    toolkit(tool, &fs::read(corpus(tool.program).join(name)).unwrap())
}

#[test]
fn connections_and_associations() {
    use AssociationOutcome as A;
    use Connection as C;
    for (tool, name, connection, association) in [
        (0, "answered", Some(C::Open), Some(A::Accepted)),
        (0, "no-context", Some(C::Open), Some(A::Accepted)),
        (0, "tls-good-certificate", Some(C::Open), Some(A::Accepted)),
        (0, "rejected-busy", Some(C::Open), Some(A::Rejected)),
        (0, "closed-port", Some(C::Refused), Some(A::NotTried)),
        (0, "unknown-host", None, None),
        (0, "unknown-option", None, None),
        (0, "silent-server", Some(C::TimedOut), Some(A::Unanswered)),
        (0, "stopped-while-waiting", None, None),
        (0, "tls-wrong-ca", Some(C::TlsFailed), Some(A::NotTried)),
        (
            0,
            "tls-to-clear-port",
            Some(C::TlsFailed),
            Some(A::NotTried),
        ),
        (
            0,
            "tls-nothing-in-common",
            Some(C::TlsFailed),
            Some(A::NotTried),
        ),
        (
            0,
            "tls-no-certificate-peer-aborted",
            Some(C::HungUp),
            Some(A::Unanswered),
        ),
        (
            0,
            "tls-no-certificate-reset",
            Some(C::HungUp),
            Some(A::Unanswered),
        ),
        (
            1,
            "tls-no-certificate",
            Some(C::HungUp),
            Some(A::Unanswered),
        ),
        (
            2,
            "tls-no-certificate",
            Some(C::HungUp),
            Some(A::Unanswered),
        ),
        (
            0,
            "aborted-at-association",
            Some(C::HungUp),
            Some(A::Unanswered),
        ),
        (0, "cut-off", Some(C::HungUp), Some(A::Unanswered)),
        (
            1,
            "endless-acceptance",
            Some(C::HungUp),
            Some(A::Unanswered),
        ),
        (2, "web-server", Some(C::HungUp), Some(A::Unanswered)),
        (2, "missing-file", None, None),
    ] {
        let tool = CLIENTS[tool];
        let found = real(tool, name);
        assert_eq!(
            (found.connection, found.association),
            (connection, association),
            "{} {name}",
            tool.program
        );
    }
}

#[test]
fn reasons() {
    use RejectReason as R;
    for (tool, name, reason) in [
        (
            0,
            "rejected-calling-title",
            Some(R::CallingAeTitleNotRecognized),
        ),
        (
            1,
            "rejected-calling-title",
            Some(R::CallingAeTitleNotRecognized),
        ),
        (
            2,
            "rejected-calling-title",
            Some(R::CallingAeTitleNotRecognized),
        ),
        (
            0,
            "rejected-called-title",
            Some(R::CalledAeTitleNotRecognized),
        ),
        (0, "rejected-no-reason", Some(R::NoReasonGiven)),
        (0, "rejected-busy", Some(R::TemporaryCongestion)),
        // DCMTK prints "No Reason" for a code it does not know.
        (0, "rejected-undefined-codes", Some(R::Undefined)),
        (0, "answered", None),
    ] {
        assert_eq!(real(CLIENTS[tool], name).reason, reason, "{name}");
    }
}

#[test]
fn replies() {
    use ReplyOutcome as R;
    for (tool, name, reply) in [
        (0, "answered", R::Answered),
        (0, "closed-port", R::NotTried),
        (0, "rejected-called-title", R::NotTried),
        (0, "no-context", R::NotOffered),
        (0, "status-not-authorized", R::Refused),
        (0, "aborted-in-place-of-echo", R::Aborted),
        // DCMTK's words for it are the same.
        (0, "closed-in-place-of-echo", R::Aborted),
        (0, "silent-in-place-of-echo", R::Unanswered),
        (0, "garbage-in-place-of-echo", R::Unanswered),
        (1, "three-patients", R::Answered),
        (1, "three-patients-without-v", R::Answered),
        (1, "empty-list", R::Answered),
        (1, "list-then-abort", R::Answered),
        (1, "list-then-failure", R::Answered),
        (1, "broken-data-set", R::Answered),
        (1, "endless-list", R::Answered),
        (1, "no-context", R::NotOffered),
        (1, "aborted", R::Aborted),
        (1, "garbage", R::Unanswered),
        (1, "silent", R::Unanswered),
        (1, "status-not-authorized", R::Refused),
        (1, "status-out-of-resources", R::Refused),
        (1, "status-cancelled", R::Refused),
        (1, "status-sop-class", R::Refused),
        (2, "taken", R::Answered),
        (2, "taken-with-warning", R::Answered),
        (2, "null-suite", R::Answered),
        (2, "refused-out-of-resources", R::Refused),
        (2, "refused-not-authorized", R::Refused),
        (2, "second-refused", R::Refused),
        (2, "second-not-a-dicom-file", R::NotTried),
        (2, "service-not-offered", R::NotOffered),
        // The exit status of this one is 0.
        (2, "service-not-offered-no-halt", R::NotOffered),
        (2, "aborted", R::Aborted),
        (2, "silent", R::Unanswered),
        (2, "garbage", R::Unanswered),
    ] {
        let tool = CLIENTS[tool];
        let found = real(tool, name);
        let of = |client: &Tool| {
            Some(if client.program == tool.program {
                reply
            } else {
                R::NotTried
            })
        };
        assert_eq!(
            (found.echo, found.find, found.store),
            (of(&echoscu::TOOL), of(&findscu::TOOL), of(&storescu::TOOL)),
            "{} {name}",
            tool.program
        );
    }
}

#[test]
fn patients() {
    let all = ["SYNTHETIC^ALPHA", "SYNTHETIC^BRAVO", "SYNTHETIC^CHARLIE"];
    for (name, patients) in [
        ("three-patients", &all[..]),
        ("three-patients-without-v", &all[..]),
        ("studies", &all[..]),
        ("list-then-failure", &all[..2]),
        ("endless-list", &all[..2]),
        ("empty-list", &[]),
        ("aborted", &[]),
        // Not what was asked for, only what was answered.
        ("name-in-query", &all[1..2]),
    ] {
        let found = real(&findscu::TOOL, name).patients;
        let found: Vec<&str> = found.iter().map(Clean::as_str).collect();
        assert_eq!(found, patients, "{name}");
    }
}

#[test]
fn a_name_can_neither_act_nor_pretend() {
    let found = real(&findscu::TOOL, "hostile-names");
    assert_eq!(found.association, Some(AssociationOutcome::Accepted));
    assert_eq!(found.reason, None);
    let names: Vec<&str> = found.patients.iter().map(Clean::as_str).collect();
    for name in [
        "SYNTHETIC^ALPHA\\u{1b}[31m",
        "<script>alert(1)</script>",
        "SYN\\u{0}NUL^A",
        "\\u{202e}SYNTHETIC^\\u{202d}\\u{200b}X",
        "A]  [B",
        "SYNTHETIC^BRAVO",
    ] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("FORGED")));
}

#[test]
fn what_varies_is_replaced() {
    let pattern = regex::Regex::new(VARIES[0].pattern).unwrap();
    let tail = "Association Request Failed: ";
    for name in [
        "tls-no-certificate-peer-aborted",
        "tls-no-certificate-reset",
    ] {
        let text = fs::read_to_string(corpus("echoscu").join(name)).unwrap();
        let range = pattern.captures(&text).unwrap().get(1).unwrap().range();
        assert!(text[..range.start].ends_with(tail));
        assert_eq!(&text[range.end..], "\n");
    }
}

#[test]
fn versions() {
    let answer = "$dcmtk: echoscu v3.6.7 2022-04-22 $\n\nHost type: Debian\n";
    assert_eq!(version(answer).as_deref(), Some("3.6.7"));
    for other in ["", "echoscu 3", "$dcmtk: ", "$dcmtk: echoscu v\u{1b}[31m $"] {
        assert_eq!(version(other), None);
    }
}

#[test]
fn every_real_output_gives_bounded_facts() {
    for tool in CLIENTS {
        for entry in fs::read_dir(corpus(tool.program)).unwrap() {
            bounded(&toolkit(tool, &fs::read(entry.unwrap().path()).unwrap()));
        }
    }
}

/// Whether facts are small and their text clean.
fn bounded(facts: &Toolkit) {
    assert!(facts.patients.len() <= MOST);
    for name in &facts.patients {
        assert_eq!(&Clean::line(name.as_str(), LONGEST), name);
    }
}

/// Lines like the clients' own, and others.
fn lines() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        Just("I: Requesting Association"),
        Just("I: Association Accepted (Max Send PDV: 16372)"),
        Just("I: Sending Echo Request (MsgID 1)"),
        Just("I: Sending Store Request (MsgID 1, SC)"),
        Just("I: Find Response: 1 (Pending)"),
        Just("I: (0010,0010) PN [SYNTHETIC^ALPHA ]   #  16, 1 PatientName"),
        Just("I: (0010,0010) PN ["),
        Just("I: Received Echo Response (Success)"),
        Just("I: Received Final Find Response (Success)"),
        Just("E: Find Failed, query keys:"),
        Just("E: 0006:0317 Peer aborted Association"),
        Just("F: Association Rejected:"),
        Just("F: Reason: No Reason"),
        Just("F: Association Request Failed: 000b:0886 TLS error"),
    ]
    .prop_map(|line| line.as_bytes().to_vec());
    let other = prop::collection::vec(any::<u8>(), 0..60);
    prop::collection::vec(prop_oneof![4 => line, 1 => other], 0..40)
        .prop_map(|lines| lines.join(&b'\n'))
}

proptest! {
    #[test]
    fn any_bytes_give_bounded_facts(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        for tool in CLIENTS {
            bounded(&toolkit(tool, &bytes));
        }
    }

    #[test]
    fn any_lines_give_bounded_facts(bytes in lines()) {
        for tool in CLIENTS {
            bounded(&toolkit(tool, &bytes));
        }
    }

    #[test]
    fn hostile_names_change_nothing_else(
        name in prop_oneof![
            any::<String>(),
            Just("\u{1b}[2J{{#include}}<script>\0\u{202e}".to_owned()),
            Just("A".repeat(200_000)),
            Just("]  # 1, 1 PatientName".to_owned()),
        ],
    ) {
        // The log puts the weight before each line of a value.
        let name = name.replace('\n', "\nI: ");
        let text = format!(
            "I: Requesting Association\nI: Association Accepted (Max Send PDV: 16372)\n\
             I: Sending Find Request (MsgID 1)\nI: Find Response: 1 (Pending)\n\
             I: (0010,0010) PN [{name}]   # 1, 1 PatientName\n\
             I: Received Final Find Response (Success)\nI: Releasing Association\n"
        );
        let facts = toolkit(&findscu::TOOL, text.as_bytes());
        bounded(&facts);
        prop_assert_eq!(facts.connection, Some(Connection::Open));
        prop_assert_eq!(facts.association, Some(AssociationOutcome::Accepted));
        prop_assert_eq!(facts.find, Some(ReplyOutcome::Answered));
    }
}
