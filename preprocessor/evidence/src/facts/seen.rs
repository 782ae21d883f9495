//! What one step saw, whichever scanner took it.

use serde::{Deserialize, Serialize};

use super::{
    Card, Exposure, Facts, FileType, Index, Log, Offers, Packets, Rules, Scan, Session, Toolkit,
    Web,
};

/// The facts of one step. Each scanner always gives the same kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Nothing: it works in the background, for others to look.
    Nothing,
    /// Our own probe and eavesdropper.
    Dicom(Box<Facts>),
    /// A port scanner.
    Ports(Scan),
    /// A client of DICOM.
    Toolkit(Toolkit),
    /// A scanner of TLS.
    Offers(Offers),
    /// A client of TLS.
    Session(Session),
    /// A reader of certificates.
    Card(Card),
    /// A capture of the network.
    Packets(Packets),
    /// A web client: `curl`, or our own.
    Web(Web),
    /// A search engine for machines.
    Index(Index),
    /// A server's own log.
    Log(Log),
    /// A recognizer of files; nothing, if it could not read any.
    File(Option<FileType>),
    /// A list of firewall rules.
    Rules(Rules),
    /// A judge of services; nothing, if it gave no verdict.
    Exposure(Option<Exposure>),
}

impl Seen {
    /// The part that must be the same in every run, on other machines too: no
    /// claim is about the names of suites, services and products, and other
    /// releases of the same programs have others.
    pub fn findings(&self) -> Seen {
        match self {
            Seen::Dicom(facts) => Seen::Dicom(Box::new(facts.findings())),
            Seen::Ports(scan) => Seen::Ports(scan.findings()),
            Seen::Offers(offers) => Seen::Offers(offers.findings()),
            Seen::Index(index) => Seen::Index(index.findings()),
            other => other.clone(),
        }
    }
}
