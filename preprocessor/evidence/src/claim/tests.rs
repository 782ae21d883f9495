#![allow(clippy::unwrap_used)]

use super::*;
use crate::clean::Clean;
use crate::facts::{
    Acceptance, Certificate, Count, KeyKind, Permanence, RejectSource, Rejection, Tls, Wire,
};

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
        assert_eq!(claim.judge(&open()), Ok(()), "{claim}");
        let refuted = claim.judge(&Facts::of_port(Port::Closed)).unwrap_err();
        assert!(
            refuted
                .to_string()
                .starts_with(&format!("claimed: {claim}; observed: "))
        );
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
            "claimed: C-ECHO answered; observed: not tried",
        ),
    ] {
        assert_eq!(claim.judge(&facts).unwrap_err().to_string(), words);
    }
}

#[test]
fn a_capped_count_proves_no_number() {
    let mut facts = open();
    facts.patients = Reply::Answered(Count {
        patients: 1_000,
        capped: true,
    });
    let refuted = Claim::Patients(1_000).judge(&facts).unwrap_err();
    assert_eq!(refuted.observed, "1000 patients or more");
}
