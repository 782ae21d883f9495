//! What a sample says must hold.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::facts::{
    Association, AssociationOutcome, ClientCertificate, Facts, Handshake, Peer, Port, RejectReason,
    Reply, ReplyOutcome, TlsVersion,
};
use crate::scanner::Depth;

/// One machine-checked statement about what a scanner found.
///
/// In TOML each stands in a table of its own with one key:
///
/// ```toml
/// [[claim]]
/// association = "rejected"
/// [[claim]]
/// reject-reason = "called-ae-title-not-recognized"
/// [[claim]]
/// patients = 3
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// `port = "open" | "closed" | "filtered"`
    Port(Port),
    /// `peer = "dicom" | "tls" | "clear-dicom" | "http" | …`
    Peer(Peer),
    /// `handshake = "completed" | "refused" | "nothing-in-common" | …`
    Handshake(Handshake),
    /// `tls = "1.2" | "1.3"`
    Tls(TlsVersion),
    /// `client-certificate = "not-requested" | "optional" | "required" | …`
    ClientCertificate(ClientCertificate),
    /// `self-signed = true | false`
    SelfSigned(bool),
    /// `association = "accepted" | "rejected" | "aborted" | …`
    Association(AssociationOutcome),
    /// `reject-reason = "calling-ae-title-not-recognized" | …`
    RejectReason(RejectReason),
    /// `echo = "answered" | "refused" | "not-offered" | …`
    Echo(ReplyOutcome),
    /// `find = "answered" | "refused" | "not-offered" | …`
    Find(ReplyOutcome),
    /// `patients = 3`: so many are listed, counted to the end.
    Patients(u32),
    /// `names-on-the-wire = 0`: so many names an eavesdropper reads. It holds
    /// only if a list of patients passed.
    NamesOnTheWire(u32),
}

/// A claim that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("claimed: {claim}; observed: {observed}")]
pub struct Refuted {
    /// What was claimed.
    pub claim: Claim,
    /// What was seen in its place, in words.
    pub observed: String,
}

impl Claim {
    /// Whether the claim holds.
    ///
    /// # Errors
    /// What was observed in its place.
    pub fn judge(&self, facts: &Facts) -> Result<(), Refuted> {
        let (holds, observed) = self.compare(facts);
        if holds {
            return Ok(());
        }
        Err(Refuted {
            claim: *self,
            observed,
        })
    }

    /// How far a scanner has to go to find out.
    pub(crate) fn depth(&self) -> Depth {
        match self {
            Claim::Port(_)
            | Claim::Peer(_)
            | Claim::Handshake(_)
            | Claim::Tls(_)
            | Claim::ClientCertificate(_)
            | Claim::SelfSigned(_)
            | Claim::Association(_)
            | Claim::RejectReason(_) => Depth::Associate,
            Claim::Echo(_) => Depth::Echo,
            Claim::Find(_) | Claim::Patients(_) | Claim::NamesOnTheWire(_) => Depth::Find,
        }
    }

    /// Whether the claim holds, and what is the case.
    fn compare(&self, facts: &Facts) -> (bool, String) {
        let tls = facts.tls.as_ref();
        match self {
            Claim::Port(port) => (facts.port == *port, facts.port.to_string()),
            Claim::Peer(peer) => (facts.peer == Some(*peer), observed(facts.peer)),
            Claim::Handshake(handshake) => {
                let seen = tls.map(|tls| tls.handshake);
                (seen == Some(*handshake), observed(seen))
            }
            Claim::Tls(version) => {
                let seen = tls.and_then(|tls| tls.version);
                (seen == Some(*version), observed(seen))
            }
            Claim::ClientCertificate(wish) => {
                let seen = tls.map(|tls| tls.client_certificate);
                (seen == Some(*wish), observed(seen))
            }
            Claim::SelfSigned(own) => {
                let seen = tls.and_then(|tls| tls.certificate.as_ref());
                let seen = seen.and_then(|certificate| certificate.self_signed);
                (seen == Some(*own), observed(seen.map(self_signed)))
            }
            Claim::Association(outcome) => (
                facts.association.outcome() == *outcome,
                facts.association.to_string(),
            ),
            Claim::RejectReason(reason) => (
                matches!(&facts.association, Association::Rejected(seen) if seen.reason == *reason),
                facts.association.to_string(),
            ),
            Claim::Echo(outcome) => (facts.echo.outcome() == *outcome, facts.echo.to_string()),
            Claim::Find(outcome) => (
                facts.patients.outcome() == *outcome,
                facts.patients.to_string(),
            ),
            Claim::Patients(number) => match &facts.patients {
                Reply::Answered(count) => (
                    count.patients == *number && !count.capped,
                    if count.capped {
                        format!("{} or more", patients(count.patients))
                    } else {
                        patients(count.patients)
                    },
                ),
                other => (false, other.to_string()),
            },
            Claim::NamesOnTheWire(number) => {
                let seen = facts.wire.as_ref().map(|wire| wire.names);
                let none = || "no list of patients passed, so no name could be read".to_owned();
                (seen == Some(*number), seen.map_or_else(none, names))
            }
        }
    }
}

/// Something seen, or the admission that it was not.
fn observed(seen: Option<impl fmt::Display>) -> String {
    seen.map_or_else(|| "nothing of the kind".to_owned(), |seen| seen.to_string())
}

fn self_signed(own: bool) -> &'static str {
    if own {
        "a self-signed certificate"
    } else {
        "a certificate signed by another key"
    }
}

fn patients(number: u32) -> String {
    match number {
        1 => "1 patient".to_owned(),
        _ => format!("{number} patients"),
    }
}

fn names(number: u32) -> String {
    match number {
        0 => "no patient name readable on the wire".to_owned(),
        1 => "1 patient name readable on the wire".to_owned(),
        _ => format!("{number} patient names readable on the wire"),
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Claim::Port(port) => write!(f, "port {port}"),
            Claim::Peer(peer) => write!(f, "answered by {peer}"),
            Claim::Handshake(handshake) => write!(f, "TLS handshake {handshake}"),
            Claim::Tls(version) => write!(f, "{version}"),
            Claim::ClientCertificate(wish) => write!(f, "client certificate {wish}"),
            Claim::SelfSigned(own) => f.write_str(self_signed(*own)),
            Claim::Association(outcome) => write!(f, "association {outcome}"),
            Claim::RejectReason(reason) => write!(f, "association rejected: {reason}"),
            Claim::Echo(outcome) => write!(f, "C-ECHO {outcome}"),
            Claim::Find(outcome) => write!(f, "C-FIND {outcome}"),
            Claim::Patients(number) => write!(f, "{} listed", patients(*number)),
            Claim::NamesOnTheWire(number) => f.write_str(&names(*number)),
        }
    }
}

#[cfg(test)]
mod tests;
