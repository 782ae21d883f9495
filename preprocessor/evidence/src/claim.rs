//! What a sample says must hold.

mod judge;
mod words;

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::facts::{
    AssociationOutcome, ClientCertificate, Connection, Exposure, FileType, Handshake, Peer, Ping,
    Port, RejectReason, ReplyOutcome, Verification, Version,
};
use crate::scanner::{Depth, Scanner};

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// `port = "open" | "closed" | "filtered"`
    Port(Port),
    /// `peer = "dicom" | "tls" | "clear-dicom" | "http" | …`
    Peer(Peer),
    /// `connection = "open" | "refused" | "timed-out" | "tls-failed" |
    /// "hung-up"`: how far a client came.
    Connection(Connection),
    /// `handshake = "completed" | "refused" | "nothing-in-common" | …`
    Handshake(Handshake),
    /// `tls = "1.0" | "1.2" | "1.3" | …`
    Tls(Version),
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
    /// `store = "answered" | "refused" | …`
    Store(ReplyOutcome),
    /// `patients = 3`: so many are listed, counted to the end.
    Patients(u32),
    /// `names-on-the-wire = 0`: so many names an eavesdropper reads. That it
    /// reads none holds only if ours saw a list of patients pass, or `tshark`
    /// showed every byte of a stream: elsewhere no name could have stood.
    NamesOnTheWire(u32),
    /// `ports-tried = 1000`: so many ports of each host a port scanner tried.
    PortsTried(u32),
    /// `open-ports = [104, 11112]`: these it found open, and no others.
    OpenPorts(BTreeSet<u16>),
    /// `dicom-ping = "any-title" | "title-check" | "discovered" | "failed" |
    /// "silent"`
    DicomPing(Ping),
    /// `offers = ["1.2", "1.3"]`: these versions a scanner of TLS lists, and no
    /// others.
    Offers(BTreeSet<Version>),
    /// `suites-listed = true`: whether it lists any cipher suite.
    SuitesListed(bool),
    /// `grade = "A"`: the scanner's own grade.
    Grade(String),
    /// `verification = "good" | "wrong-host" | "expired" | …`
    Verification(Verification),
    /// `asks-for-certificate = true | false`
    AsksForCertificate(bool),
    /// `alert = 116`: the alert with which a server ended a connection.
    Alert(u8),
    /// `ends-soon = true`: whether a certificate ends in the time asked about.
    EndsSoon(bool),
    /// `status = 200`: the status of a web server's answer.
    Status(u16),
    /// `matches = 1`: so many things an answer lists or counts.
    Matches(u32),
    /// `alert-made = true`: whether a search engine says that it will warn.
    AlertMade(bool),
    /// `names-in-log = 1`: so many names stand in a log. It holds only if the
    /// log holds anything.
    NamesInLog(u32),
    /// `visits-in-log = 1`: so many callers a DICOM server let in.
    VisitsInLog(u32),
    /// `strangers-in-log = 1`: so many spoke to it in something else.
    StrangersInLog(u32),
    /// `caller-in-log = "STRANGER"`: this calling title stands in it.
    CallerInLog(String),
    /// `file-type = "dicom" | "program" | "other"`
    FileType(FileType),
    /// `drops = true`: whether a firewall's rules drop or reject anything.
    Drops(bool),
    /// `exposure = "ok" | "unsafe" | …`: the word for how much a service could do
    /// if it were taken over.
    Exposure(Exposure),
    /// `exit-status = 0`: for showing that it lies; never the only claim.
    ExitStatus(i32),
    /// `seconds-at-least = 25`: never the only claim.
    SecondsAtLeast(u32),
    /// `seconds-at-most = 5`: never the only claim.
    SecondsAtMost(u32),
}

/// A claim, and what of a transcript it is about.
///
/// ```toml
/// [[claim]]
/// step = 2              # which call, counted from 1; may be left out if there is one
/// at   = "archive"      # which server, where one call looks at several
/// port = "open"
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Which call, counted from 1.
    pub step: Option<usize>,
    /// The name of the server.
    pub at: Option<String>,
    /// What must hold.
    pub claim: Claim,
}

impl From<Claim> for Claimed {
    fn from(claim: Claim) -> Claimed {
        Claimed {
            step: None,
            at: None,
            claim,
        }
    }
}

impl fmt::Display for Claimed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(step) = self.step {
            write!(f, "step {step}: ")?;
        }
        if let Some(at) = &self.at {
            write!(f, "{at}: ")?;
        }
        self.claim.fmt(f)
    }
}

/// A claim that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("claimed: {claim}; observed: {observed}")]
pub struct Refuted {
    /// What was claimed.
    pub claim: Claimed,
    /// What was seen in its place, in words.
    pub observed: String,
}

impl Claim {
    /// How far our own scanners have to go to find out.
    pub(crate) fn depth(&self) -> Depth {
        match self {
            Claim::Echo(_) => Depth::Echo,
            Claim::Find(_) | Claim::Patients(_) | Claim::NamesOnTheWire(_) => Depth::Find,
            _ => Depth::Associate,
        }
    }

    /// Whether this scanner ever says anything about it. A claim about what is
    /// never said could not hold.
    pub(crate) fn concerns(&self, scanner: Scanner) -> bool {
        use Scanner::{
            Curl, Eavesdropper, Echoscu, File, Findscu, Log, Nft, Nmap, Probe, SClient, Shodan,
            Sslscan, Storescu, SystemdAnalyze, Testssl, Tshark, Verify, WebProbe, X509,
        };
        let who: &[Scanner] = match self {
            Claim::Port(_) => &[Probe, Eavesdropper, Nmap],
            Claim::Peer(_)
            | Claim::Handshake(_)
            | Claim::ClientCertificate(_)
            | Claim::SelfSigned(_) => &[Probe, Eavesdropper],
            Claim::Connection(_) => &[Echoscu, Findscu, Storescu],
            Claim::Tls(_) => &[Probe, Eavesdropper, SClient],
            Claim::Association(_) | Claim::RejectReason(_) => {
                &[Probe, Eavesdropper, Echoscu, Findscu, Storescu]
            }
            Claim::Echo(_) => &[Probe, Eavesdropper, Echoscu],
            Claim::Find(_) | Claim::Patients(_) => &[Probe, Eavesdropper, Findscu],
            Claim::Store(_) => &[Storescu],
            Claim::NamesOnTheWire(_) => &[Eavesdropper, Tshark],
            Claim::PortsTried(_) | Claim::DicomPing(_) => &[Nmap],
            Claim::OpenPorts(_) => &[Nmap, Shodan],
            Claim::Offers(_) => &[Nmap, Sslscan, Testssl],
            Claim::SuitesListed(_) => &[Nmap, Sslscan],
            Claim::Grade(_) => &[Nmap],
            Claim::Verification(_) => &[SClient, Verify],
            Claim::AsksForCertificate(_) | Claim::Alert(_) => &[SClient],
            Claim::EndsSoon(_) => &[X509],
            Claim::Status(_) => &[Curl, WebProbe],
            Claim::Matches(_) => &[Curl, WebProbe, Shodan],
            Claim::AlertMade(_) => &[Shodan],
            Claim::NamesInLog(_) => &[Log, WebProbe],
            Claim::VisitsInLog(_) | Claim::StrangersInLog(_) | Claim::CallerInLog(_) => &[Log],
            Claim::FileType(_) => &[File],
            Claim::Drops(_) => &[Nft],
            Claim::Exposure(_) => &[SystemdAnalyze],
            Claim::ExitStatus(_) => return scanner.tool().is_some(),
            Claim::SecondsAtLeast(_) | Claim::SecondsAtMost(_) => return true,
        };
        who.contains(&scanner)
    }

    /// Whether the claim alone would say too little.
    pub(crate) fn needs_company(&self) -> bool {
        matches!(
            self,
            Claim::ExitStatus(_) | Claim::SecondsAtLeast(_) | Claim::SecondsAtMost(_)
        )
    }
}

#[cfg(test)]
mod tests;
