#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use super::*;
use crate::clean::Clean;
use crate::facts::{
    Acceptance, Association, Certificate, Count, Facts, KeyKind, Packets, Permanence, RejectSource,
    Rejection, Reply, Scan, ScannedHost, ScannedPort, Seen, Tls, TlsVersion, Web, Wire,
};
use crate::scanner::{Context, Exit, Output};
use crate::transcript::Step;

#[derive(serde::Deserialize)]
struct Sample {
    claim: Vec<Claim>,
}

fn claims(text: &str) -> Result<Vec<Claim>, toml::de::Error> {
    let sample: Sample = toml::from_str(text)?;
    Ok(sample.claim)
}

fn rejected() -> Facts {
    Facts {
        peer: Some(Peer::Dicom),
        association: Association::Rejected(Rejection {
            result: Permanence::Permanent,
            source: RejectSource::ServiceUser,
            reason: RejectReason::CallingAeTitleNotRecognized,
        }),
        ..Facts::of_port(Port::Open)
    }
}

fn open() -> Facts {
    Facts {
        peer: Some(Peer::Dicom),
        association: Association::Accepted(Acceptance {
            contexts: Vec::new(),
            implementation: None,
            implementation_version: None,
        }),
        tls: Some(Tls {
            handshake: Handshake::Completed,
            version: Some(TlsVersion::Tls13),
            suite: None,
            certificate: Some(Certificate {
                subject: Clean::line("CN=a", 80),
                issuer: Clean::line("CN=b", 80),
                self_signed: Some(false),
                expired: false,
                days_left: Some(9),
                key: KeyKind::Rsa,
                key_bits: 2048,
            }),
            client_certificate: ClientCertificate::Optional,
        }),
        echo: Reply::Answered(()),
        patients: Reply::Answered(Count {
            patients: 3,
            capped: false,
        }),
        wire: Some(Wire {
            names: 0,
            bytes: Some(5_000),
        }),
        ..Facts::of_port(Port::Open)
    }
}

/// A step in which our own probe saw this.
fn step(facts: &Facts) -> Step {
    seeing(Scanner::Probe, Seen::Dicom(Box::new(facts.clone())))
}

fn seeing(scanner: Scanner, seen: Seen) -> Step {
    Step {
        scanner,
        version: Clean::line("1", 8),
        package: None,
        argv: Vec::new(),
        exit: Some(Exit::Status(0)),
        tenths: 301,
        lines: Vec::new(),
        seen,
        raw: None,
    }
}

#[test]
fn each_claim_is_a_table_with_one_key() {
    let text = "
        [[claim]]
        port = 'open'
        [[claim]]
        peer = 'dicom'
        [[claim]]
        handshake = 'completed'
        [[claim]]
        tls = '1.3'
        [[claim]]
        client-certificate = 'optional'
        [[claim]]
        self-signed = false
        [[claim]]
        association = 'accepted'
        [[claim]]
        echo = 'answered'
        [[claim]]
        find = 'answered'
        [[claim]]
        patients = 3
        [[claim]]
        names-on-the-wire = 0
    ";
    for claim in claims(text).unwrap() {
        assert_eq!(claim.judge(&step(&open()), None), Ok(()), "{claim}");
        let closed = step(&Facts::of_port(Port::Closed));
        assert!(!claim.judge(&closed, None).unwrap_err().is_empty());
    }
}

#[test]
fn what_no_claim_can_say_is_an_error_that_helps() {
    for (text, help) in [
        ("[[claim]]\nassociation = 'allowed'", "`accepted`"),
        ("[[claim]]\nvibe = 'good'", "`association`"),
        ("[[claim]]\npatients = -1", "-1"),
        ("[[claim]]\npatients = 'many'", "expected u32"),
    ] {
        let error = claims(text).unwrap_err().to_string();
        assert!(error.contains(help), "{error}");
    }
}

#[test]
fn a_refutation_says_what_was_seen() {
    for (claim, facts, words) in [
        (
            Claim::Association(AssociationOutcome::Accepted),
            rejected(),
            "claimed: association accepted; observed: rejected by service user: \
             calling AE title not recognized",
        ),
        (
            Claim::RejectReason(RejectReason::CalledAeTitleNotRecognized),
            rejected(),
            "claimed: association rejected: called AE title not recognized; observed: \
             rejected by service user: calling AE title not recognized",
        ),
        (
            Claim::Patients(1),
            open(),
            "claimed: 1 patient listed; observed: 3 patients",
        ),
        (
            Claim::NamesOnTheWire(3),
            open(),
            "claimed: 3 patient names readable on the wire; observed: \
             no patient name readable on the wire",
        ),
        (
            Claim::Handshake(Handshake::Completed),
            rejected(),
            "claimed: TLS handshake completed; observed: nothing of the kind",
        ),
        (
            Claim::Echo(ReplyOutcome::Answered),
            rejected(),
            "claimed: C-ECHO answered; observed: not tried, for the association was rejected by service user: \
             calling AE title not recognized",
        ),
    ] {
        let observed = claim.judge(&step(&facts), None).unwrap_err();
        let claim = claim.claimed();
        assert_eq!(Refuted { claim, observed }.to_string(), words);
    }
}

#[test]
fn a_capped_count_proves_no_number() {
    let mut facts = open();
    facts.patients = Reply::Answered(Count {
        patients: 1_000,
        capped: true,
    });
    let observed = Claim::Patients(1_000).judge(&step(&facts), None);
    assert_eq!(observed, Err("1000 patients or more".to_owned()));
}

fn scan(ping: Option<Ping>) -> Seen {
    Seen::Ports(Scan {
        tried: 4,
        finished: true,
        hosts: vec![ScannedHost {
            address: Clean::line("192.0.2.7", 40),
            ports: vec![ScannedPort {
                number: 104,
                state: Port::Open,
                service: None,
                ping,
                offers: None,
            }],
        }],
    })
}

#[test]
fn a_claim_about_a_port_is_about_that_port_of_that_host() {
    let step = seeing(Scanner::Nmap, scan(Some(Ping::AnyTitle)));
    let at = |text: &str| text.parse().ok();
    let open = Claim::Port(Port::Open);
    assert_eq!(open.judge(&step, at("192.0.2.7:104")), Ok(()));
    for elsewhere in ["192.0.2.8:104", "192.0.2.7:105"] {
        assert!(open.judge(&step, at(elsewhere)).is_err(), "{elsewhere}");
    }
    assert!(open.judge(&step, None).is_err());
    let any = Claim::DicomPing(Ping::AnyTitle);
    assert_eq!(any.judge(&step, at("192.0.2.7:104")), Ok(()));
    let silent = Claim::DicomPing(Ping::Silent);
    assert!(silent.judge(&step, at("192.0.2.7:104")).is_err());
    let said_nothing = seeing(Scanner::Nmap, scan(None));
    assert_eq!(silent.judge(&said_nothing, at("192.0.2.7:104")), Ok(()));
    assert!(silent.judge(&said_nothing, at("192.0.2.8:104")).is_err());
    let ports = |ports: &[u16]| Claim::OpenPorts(ports.iter().copied().collect());
    assert_eq!(ports(&[104]).judge(&step, None), Ok(()));
    assert!(ports(&[]).judge(&step, None).is_err());
    assert!(ports(&[104, 11112]).judge(&step, None).is_err());
}

#[test]
fn where_nothing_passed_no_name_proves_nothing() {
    let capture = |any, bytes, names| {
        let packets = Packets {
            any,
            bytes,
            names,
            dicom: false,
            tls: true,
        };
        seeing(Scanner::Tshark, Seen::Packets(packets))
    };
    let none = Claim::NamesOnTheWire(0);
    assert_eq!(none.judge(&capture(true, true, 0), None), Ok(()));
    assert!(none.judge(&capture(true, true, 1), None).is_err());
    assert!(none.judge(&capture(true, false, 0), None).is_err());
    assert!(none.judge(&capture(false, false, 0), None).is_err());
    let one = Claim::NamesOnTheWire(1);
    assert_eq!(one.judge(&capture(true, false, 1), None), Ok(()));
}

/// A real output of the corpus.
fn corpus(path: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    fs::read(folder.join(path)).unwrap()
}

/// What a program means by an output.
fn seen(scanner: Scanner, output: &Output) -> Step {
    let context = Context {
        names: &["SYNTHETIC^ALPHA"],
        ids: &["SYN-0001"],
    };
    seeing(scanner, (scanner.tool().unwrap().read)(output, &context))
}

#[test]
fn names_inside_tls_records_are_counted() {
    let follow = |name: &str| {
        let output = Output {
            stdout: corpus(name),
            ..Output::default()
        };
        seen(Scanner::Tshark, &output)
    };
    let readable = follow("tshark/null-suite-followed");
    let hidden = follow("tshark/tls-followed");
    let in_detail = follow("tshark/tls-in-detail");
    assert_eq!(Claim::NamesOnTheWire(1).judge(&readable, None), Ok(()));
    assert!(Claim::NamesOnTheWire(0).judge(&readable, None).is_err());
    assert_eq!(Claim::NamesOnTheWire(0).judge(&hidden, None), Ok(()));
    assert!(Claim::NamesOnTheWire(0).judge(&in_detail, None).is_err());
}

/// What each program says of a port that is closed, or of a file that is not
/// there.
fn in_vain(scanner: Scanner) -> Output {
    let mut output = Output::default();
    match scanner {
        Scanner::Nmap => output.report = corpus("nmap/closed"),
        Scanner::Echoscu | Scanner::Findscu | Scanner::Storescu => {
            output.stderr = corpus("echoscu/closed-port");
        }
        Scanner::SClient => output.stderr = corpus("s_client/closed"),
        Scanner::X509 => output.stderr = corpus("x509/no-such-file"),
        Scanner::Sslscan => output.stdout = corpus("sslscan/closed"),
        Scanner::Testssl => output.stdout = corpus("testssl/closed"),
        Scanner::Tshark => output.stdout = corpus("tshark/closed-followed"),
        Scanner::Shodan => output.stderr = corpus("shodan/error-unreachable"),
        Scanner::File => output.stdout = corpus("file/missing"),
        Scanner::Verify => output.stderr = corpus("verify/no-such-file"),
        Scanner::SystemdAnalyze => output.stderr = corpus("systemd_analyze/no-such-unit"),
        Scanner::Curl => {
            output.stderr = b"curl: (7) Failed to connect to 192.0.2.10 port 104 after 0 ms: \
                Couldn't connect to server\n"
                .to_vec();
        }
        Scanner::Nft => {
            output.stderr = b"Operation not permitted (you must be root)\n\
                netlink: Error: cache initialization failed: Operation not permitted\n"
                .to_vec();
        }
        _ => {}
    }
    output
}

/// Claims of every kind, with those that something is absent.
const CLAIMS: &str = "
    port = ['open', 'closed', 'filtered']
    peer = ['dicom', 'tls', 'silent', 'hung-up']
    connection = ['open', 'refused', 'timed-out', 'tls-failed', 'hung-up']
    handshake = ['completed', 'refused', 'not-tls']
    tls = ['1.0', '1.3']
    client-certificate = ['not-requested', 'required']
    self-signed = [true, false]
    association = ['not-tried', 'unanswered', 'accepted', 'rejected', 'aborted']
    reject-reason = ['no-reason-given']
    echo = ['not-tried', 'unanswered', 'refused', 'not-offered', 'answered']
    find = ['not-tried', 'unanswered', 'refused', 'not-offered', 'answered']
    store = ['not-tried', 'unanswered', 'refused', 'not-offered', 'answered']
    patients = [0, 3]
    names-on-the-wire = [0, 1]
    ports-tried = [0, 1000]
    open-ports = [[], [104]]
    dicom-ping = ['silent', 'failed', 'any-title']
    offers = [[], ['1.2']]
    suites-listed = [true, false]
    grade = ['A']
    verification = ['good', 'other']
    asks-for-certificate = [true, false]
    alert = [0, 116]
    ends-soon = [true, false]
    status = [200]
    matches = [0, 1]
    alert-made = [true, false]
    names-in-log = [0, 1]
    visits-in-log = [0, 1]
    strangers-in-log = [0, 1]
    caller-in-log = ['', 'STRANGER']
    file-type = ['dicom', 'program', 'other']
    drops = [true, false]
    exposure = ['ok', 'unsafe']
";

/// What is the case where a port is closed.
fn is_true_of_a_closed_port(claim: &Claim, scanner: Scanner) -> bool {
    match claim {
        Claim::OpenPorts(ports) => ports.is_empty() && scanner == Scanner::Nmap,
        Claim::Port(Port::Closed)
        | Claim::Connection(Connection::Refused)
        | Claim::Association(AssociationOutcome::NotTried)
        | Claim::Echo(ReplyOutcome::NotTried)
        | Claim::Find(ReplyOutcome::NotTried)
        | Claim::Store(ReplyOutcome::NotTried) => true,
        _ => false,
    }
}

#[test]
fn what_did_not_happen_proves_nothing() {
    let table: toml::Table = toml::from_str(CLAIMS).unwrap();
    let error = claims("[[claim]]\nvibe = 1").unwrap_err().to_string();
    for kind in error.split('`').skip(3).step_by(2) {
        let judged_by_step = ["exit-status", "seconds-at-least", "seconds-at-most"];
        assert!(
            table.contains_key(kind) || judged_by_step.contains(&kind),
            "{kind}"
        );
    }
    let at = "192.0.2.10:104".parse().ok();
    for (kind, values) in table {
        for value in values.as_array().unwrap() {
            let one = toml::Table::from_iter([(kind.clone(), value.clone())]);
            let claim: Claim = one.try_into().unwrap();
            let mut concerned = 0;
            for scanner in Scanner::ALL.into_iter().filter(|s| claim.concerns(*s)) {
                concerned += 1;
                let closed = match scanner.tool() {
                    None if scanner == Scanner::WebProbe => {
                        seeing(scanner, Seen::Web(Web::default()))
                    }
                    None => step(&Facts::of_port(Port::Closed)),
                    Some(_) => {
                        let nothing = seen(scanner, &Output::default());
                        assert!(claim.judge(&nothing, at).is_err(), "{scanner}: {claim}");
                        seen(scanner, &in_vain(scanner))
                    }
                };
                assert_eq!(
                    claim.judge(&closed, at).is_ok(),
                    is_true_of_a_closed_port(&claim, scanner),
                    "{scanner} at a closed port: {claim}"
                );
            }
            assert!(concerned > 0, "{claim}");
        }
    }
}

#[test]
fn time_and_exit_status_are_those_of_the_step() {
    let web = Web {
        status: Some(200),
        ..Web::default()
    };
    let step = seeing(Scanner::Curl, Seen::Web(web));
    for (claim, holds) in [
        (Claim::SecondsAtLeast(30), true),
        (Claim::SecondsAtLeast(31), false),
        (Claim::SecondsAtMost(31), true),
        (Claim::SecondsAtMost(30), false),
        (Claim::SecondsAtLeast(u32::MAX), false),
        (Claim::SecondsAtMost(u32::MAX), true),
        (Claim::ExitStatus(0), true),
        (Claim::ExitStatus(1), false),
        (Claim::Status(200), true),
        (Claim::Status(404), false),
        (Claim::Matches(0), false),
        (Claim::Patients(0), false),
    ] {
        assert_eq!(claim.judge(&step, None).is_ok(), holds, "{claim}");
    }
}
