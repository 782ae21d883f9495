//! What a port scanner says.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Offers, Port};
use crate::clean::Clean;

/// What a port scan found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scan {
    /// How many ports of each host were tried.
    pub tried: u32,
    /// Whether the scanner says that it came to its end, and gave up no host.
    pub finished: bool,
    /// The hosts it reports, by address.
    pub hosts: Vec<ScannedHost>,
}

impl Scan {
    /// The part that must be the same in every run, on other machines too.
    pub fn findings(&self) -> Scan {
        let mut scan = self.clone();
        for port in scan.hosts.iter_mut().flat_map(|host| &mut host.ports) {
            port.service = None;
            port.offers = port.offers.as_ref().map(Offers::findings);
        }
        scan
    }
}

/// One host of a scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScannedHost {
    /// Its address, as the scanner writes it.
    pub address: Clean,
    /// The ports it names one by one, by number.
    pub ports: Vec<ScannedPort>,
}

/// One port of a scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScannedPort {
    /// Its number.
    pub number: u16,
    /// What became of the connection.
    pub state: Port,
    /// The name of the service. Unless it was probed, this is only what a
    /// table says about the number. It is left out of findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Clean>,
    /// What the script `dicom-ping` says, if it said anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ping: Option<Ping>,
    /// What the script `ssl-enum-ciphers` says, if it said anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offers: Option<Offers>,
}

/// What Nmap's script `dicom-ping` says about a port. It sends one
/// A-ASSOCIATE-RQ and looks at the first byte of the reply, so each word has
/// causes that differ from what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ping {
    /// "Any AET is accepted (Insecure)": the reply was an acceptance.
    AnyTitle,
    /// "Called AET check enabled": the reply was a rejection, for any reason.
    TitleCheck,
    /// "DICOM Service Provider discovered!" and no word about titles.
    Discovered,
    /// The script ended with an error.
    Failed,
    /// It says nothing about a port that is open. Only claims say so: in a scan
    /// there is nothing in its place.
    Silent,
}

impl fmt::Display for Ping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Ping::AnyTitle => "\"any AET is accepted\"",
            Ping::TitleCheck => "\"called AET check enabled\"",
            Ping::Discovered => "\"DICOM service provider discovered\" and no more",
            Ping::Failed => "an error of the script",
            Ping::Silent => "nothing",
        })
    }
}
