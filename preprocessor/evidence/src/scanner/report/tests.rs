#![allow(clippy::unwrap_used)]

use super::*;
use crate::facts::{Context, ContextResult, Permanence, RejectSource, Service};

fn lines(facts: &Facts, args: &[&str], limits: &Limits) -> Vec<String> {
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    let request = Request::parse(&args).unwrap();
    let mut redactor = Redactor::default();
    redactor.hide(
        "127.0.0.1:40213".parse().unwrap(),
        "192.0.2.10:104".parse().unwrap(),
    );
    let mut report = Report::new(&request, &redactor, limits);
    report.facts(facts);
    report
        .into_lines()
        .into_iter()
        .map(|line| line.text.as_plain().into_owned())
        .collect()
}

fn accepted(version: &str) -> Facts {
    Facts {
        peer: Some(Peer::Dicom),
        association: Association::Accepted(Acceptance {
            contexts: vec![Context {
                service: Service::Verification,
                result: ContextResult::Accepted,
            }],
            implementation: None,
            implementation_version: Some(Clean::line(version, 64)),
        }),
        echo: Reply::Answered(()),
        patients: Reply::NotOffered,
        ..Facts::of_port(Port::Open)
    }
}

#[test]
fn columns_are_aligned() {
    assert_eq!(
        lines(&accepted("TOY 1.0"), &[], &Limits::default()),
        [
            "port         open           something answers at this address",
            "associate    accepted       it lets \"STRANGER\" in",
            "software     named          \"TOY 1.0\", told to every caller",
            "C-ECHO       answered       it replies: success",
            "C-FIND       not offered    it offers no patient list",
        ]
    );
}

#[test]
fn long_meanings_wrap_in_their_column() {
    let facts = Facts {
        peer: Some(Peer::Dicom),
        association: Association::Rejected(Rejection {
            result: Permanence::Permanent,
            source: RejectSource::ServiceUser,
            reason: RejectReason::CallingAeTitleNotRecognized,
        }),
        ..Facts::of_port(Port::Open)
    };
    let lines = lines(&facts, &["--until", "associate"], &Limits::default());
    assert_eq!(
        lines[1..],
        [
            "associate    rejected       \"STRANGER\" is not on its list (calling AE",
            "                            title not recognized)",
        ]
    );
    assert!(lines.iter().all(|line| line.len() <= WIDEST));
}

#[test]
fn a_server_cannot_print_its_real_address_or_a_directive() {
    let hostile = "127.0.0.1:40213 {{#include x}}\u{202e}\n<script>";
    let lines = lines(&accepted(hostile), &[], &Limits::default());
    let text = lines.join("\n");
    assert!(text.contains("192.0.2.10:104"));
    assert!(!text.contains("127.0.0.1") && !text.contains("{{") && !text.contains('\u{202e}'));
    // Five rows, one of which takes three lines because it is long: the line
    // break of the server begins no line of its own.
    assert_eq!(lines.len(), 7, "{text}");
    assert!(lines[3].starts_with(&" ".repeat(WHAT + VERDICT)));
}

#[test]
fn lines_have_limits() {
    let limits = Limits {
        lines: 2,
        line_length: 32,
        ..Limits::default()
    };
    let lines = lines(&accepted("X"), &[], &limits);
    // The mark says that there was more, and counts as a line.
    assert_eq!(lines, ["port         open           s[…]", CUT]);
    let enough = Limits {
        lines: 5,
        ..Limits::default()
    };
    let whole = super::tests::lines(&accepted("X"), &[], &enough);
    assert!(
        whole.len() == 5 && !whole.contains(&CUT.to_owned()),
        "{whole:?}"
    );
}

#[test]
fn a_count_that_may_be_too_small_says_so() {
    for (patients, capped, words) in [
        (
            1,
            false,
            "C-FIND       1 patient      it lists its patients to \"STRANGER\"",
        ),
        (1, true, "C-FIND       1 patient or more"),
        (3, true, "C-FIND       3 patients or more"),
        (1_000, true, "C-FIND       1000 patients or more"),
    ] {
        let facts = Facts {
            patients: Reply::Answered(Count { patients, capped }),
            ..accepted("X")
        };
        let lines = lines(&facts, &[], &Limits::default());
        assert_eq!(lines[4], words);
        assert!(
            lines
                .last()
                .is_some_and(|line| line.contains("it lists its patients"))
        );
    }
}

#[test]
fn no_agreement_says_no_more_than_was_seen() {
    let facts = Facts {
        peer: Some(Peer::Tls),
        tls: Some(Tls {
            handshake: Handshake::NothingInCommon,
            version: None,
            suite: None,
            certificate: None,
            client_certificate: ClientCertificate::Unknown,
        }),
        ..Facts::of_port(Port::Open)
    };
    let lines = lines(&facts, &["--tls"], &Limits::default());
    let words: Vec<&str> = lines[1..]
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    assert_eq!(
        words.join(" "),
        "TLS no agreement it speaks TLS, but no version or suite that we speak"
    );
}

#[test]
fn every_peer_has_its_words() {
    for peer in [
        Peer::Dicom,
        Peer::Tls,
        Peer::ClearDicom,
        Peer::Http,
        Peer::Ssh,
        Peer::Other,
        Peer::Silent,
        Peer::HungUp,
        Peer::CutOff,
        Peer::Endless,
    ] {
        for tls in [false, true] {
            let words = stranger(Some(peer), tls);
            assert!(words.len() <= WIDEST - WHAT - VERDICT, "{words}");
        }
    }
}
