//! The programs that look at a scene: three and a half of our own, and those
//! that readers have. Each stands in a file of its own.

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

mod arguments;
mod cat;
mod curl;
mod dcmconv;
mod dcmtk;
mod eavesdropper;
mod echoscu;
mod file;
mod findscu;
mod handshake;
mod idle;
mod inquiry;
mod log;
mod nft;
mod nmap;
mod own;
mod probe;
mod question;
mod relay;
mod report;
mod req;
mod request;
mod s_client;
mod shodan;
mod sslscan;
mod storescu;
mod systemd;
mod tap;
mod testssl;
mod tool;
mod tshark;
mod verdict;
mod verify;
mod web_probe;
mod x509;

use std::fmt;
use std::io;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::certificates::{CertificateError, Identity};
use crate::facts::Facts;
use crate::limits::Limits;
use crate::loopback::Loopback;

pub(crate) use arguments::{Arguments, Names, substitute};
pub(crate) use idle::Idle;
#[cfg(any(fuzzing, test))]
pub(crate) use inquiry::inquire;
pub use own::describe;
pub(crate) use own::{Target, look};
pub use question::Question;
pub use request::{ArgumentError, Credential, Depth, Request};
pub use tool::Exit;
pub(crate) use tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation};
pub(crate) use web_probe::{Asked, WebTarget, ask};

/// A scanner, known by name. Texts can name one of these and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scanner {
    /// Asks a server what it lets a caller do.
    Probe,
    /// Listens on the path while the probe asks.
    Eavesdropper,
    /// Opens a connection and says nothing for as long as others look.
    Idle,
    /// Asks a server of DICOMweb for studies, and reads what it noted.
    WebProbe,
    /// Prints what a server wrote into its log meanwhile, or a file of settings.
    Log,
    /// Nmap.
    Nmap,
    /// DCMTK's `echoscu`.
    Echoscu,
    /// DCMTK's `findscu`.
    Findscu,
    /// DCMTK's `storescu`.
    Storescu,
    /// DCMTK's `dcmconv`.
    Dcmconv,
    /// `openssl s_client`.
    SClient,
    /// `openssl x509`.
    X509,
    /// sslscan.
    Sslscan,
    /// testssl.sh.
    Testssl,
    /// tshark.
    Tshark,
    /// The command line of Shodan.
    Shodan,
    /// curl.
    Curl,
    /// `file`.
    File,
    /// `nft`.
    Nft,
    /// `openssl req`.
    Req,
    /// `openssl verify`.
    Verify,
    /// `systemd-analyze security`.
    SystemdAnalyze,
}

/// There is no scanner of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no scanner {name:?}; there are: {known}", known = names())]
pub struct NoSuchScanner {
    name: String,
}

fn names() -> String {
    Scanner::ALL.map(|scanner| scanner.to_string()).join(", ")
}

/// A scan that could not begin. It says nothing about the server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// The machine is short of something, e.g. of open files.
    #[error("this machine could not open a connection")]
    Connection(#[source] io::Error),
    /// The scanner's own certificate cannot be used.
    #[error("the scanner cannot use its own certificate")]
    Certificate(#[from] CertificateError),
}

impl Scanner {
    /// Every scanner.
    pub const ALL: [Scanner; 22] = [
        Scanner::Probe,
        Scanner::Eavesdropper,
        Scanner::Idle,
        Scanner::WebProbe,
        Scanner::Log,
        Scanner::Nmap,
        Scanner::Echoscu,
        Scanner::Findscu,
        Scanner::Storescu,
        Scanner::Dcmconv,
        Scanner::SClient,
        Scanner::X509,
        Scanner::Sslscan,
        Scanner::Testssl,
        Scanner::Tshark,
        Scanner::Shodan,
        Scanner::Curl,
        Scanner::File,
        Scanner::Nft,
        Scanner::Req,
        Scanner::Verify,
        Scanner::SystemdAnalyze,
    ];

    /// The program behind it; nothing, if it is our own.
    pub(crate) fn tool(self) -> Option<&'static Tool> {
        Some(match self {
            Scanner::Probe | Scanner::Eavesdropper | Scanner::Idle | Scanner::WebProbe => {
                return None;
            }
            Scanner::Log => &cat::TOOL,
            Scanner::Nmap => &nmap::TOOL,
            Scanner::Echoscu => &echoscu::TOOL,
            Scanner::Findscu => &findscu::TOOL,
            Scanner::Storescu => &storescu::TOOL,
            Scanner::Dcmconv => &dcmconv::TOOL,
            Scanner::SClient => &s_client::TOOL,
            Scanner::X509 => &x509::TOOL,
            Scanner::Sslscan => &sslscan::TOOL,
            Scanner::Testssl => &testssl::TOOL,
            Scanner::Tshark => &tshark::TOOL,
            Scanner::Shodan => &shodan::TOOL,
            Scanner::Curl => &curl::TOOL,
            Scanner::File => &file::TOOL,
            Scanner::Nft => &nft::TOOL,
            Scanner::Req => &req::TOOL,
            Scanner::Verify => &verify::TOOL,
            Scanner::SystemdAnalyze => &systemd::TOOL,
        })
    }

    /// Whether it is a program of this project.
    pub fn is_ours(self) -> bool {
        self.tool().is_none()
    }

    /// Its name as people write it, e.g. `Nmap`.
    pub fn title(self) -> &'static str {
        match self {
            Scanner::Probe => "probe",
            Scanner::Eavesdropper => "eavesdropper",
            Scanner::Idle => "idle caller",
            Scanner::WebProbe => "web-probe",
            Scanner::Log => "cat",
            Scanner::Nmap => "Nmap",
            Scanner::Echoscu => "DCMTK echoscu",
            Scanner::Findscu => "DCMTK findscu",
            Scanner::Storescu => "DCMTK storescu",
            Scanner::Dcmconv => "DCMTK dcmconv",
            Scanner::SClient | Scanner::X509 | Scanner::Req | Scanner::Verify => "OpenSSL",
            Scanner::Sslscan => "sslscan",
            Scanner::Testssl => "testssl.sh",
            Scanner::Tshark => "tshark",
            Scanner::Shodan => "Shodan command line",
            Scanner::Curl => "curl",
            Scanner::File => "file",
            Scanner::Nft => "nftables",
            Scanner::SystemdAnalyze => "systemd-analyze",
        }
    }
}

/// Looks at one server on loopback and tells only facts: for servers that are
/// no part of a scene, such as those of a class. `identity` is what it shows
/// when asked for a certificate.
///
/// # Errors
/// The machine is short of something, or the identity cannot be used. What the
/// server does is never an error.
pub async fn probe(
    address: Loopback,
    request: &Request,
    identity: Option<&Identity>,
    limits: &Limits,
) -> Result<Facts, ScanError> {
    let key = dicom_dictionary_std::tags::PATIENT_ID;
    probe::look(address, request, identity, key, limits).await
}

impl fmt::Display for Scanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Scanner::Probe => "probe",
            Scanner::Eavesdropper => "eavesdropper",
            Scanner::Idle => "idle",
            Scanner::WebProbe => "web-probe",
            Scanner::Log => "log",
            Scanner::Nmap => "nmap",
            Scanner::Echoscu => "echoscu",
            Scanner::Findscu => "findscu",
            Scanner::Storescu => "storescu",
            Scanner::Dcmconv => "dcmconv",
            Scanner::SClient => "s-client",
            Scanner::X509 => "x509",
            Scanner::Sslscan => "sslscan",
            Scanner::Testssl => "testssl",
            Scanner::Tshark => "tshark",
            Scanner::Shodan => "shodan",
            Scanner::Curl => "curl",
            Scanner::File => "file",
            Scanner::Nft => "nft",
            Scanner::Req => "req",
            Scanner::Verify => "verify",
            Scanner::SystemdAnalyze => "systemd-analyze",
        })
    }
}

impl FromStr for Scanner {
    type Err = NoSuchScanner;

    fn from_str(name: &str) -> Result<Scanner, NoSuchScanner> {
        Scanner::ALL
            .into_iter()
            .find(|scanner| scanner.to_string() == name)
            .ok_or_else(|| NoSuchScanner {
                name: name.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanner_is_written_as_it_is_read() {
        for scanner in Scanner::ALL {
            assert_eq!(scanner.to_string().parse(), Ok(scanner));
            let json = serde_json::to_value(scanner).unwrap_or_default();
            assert_eq!(json, scanner.to_string());
        }
    }

    #[test]
    fn every_replacement_is_a_pattern() {
        for tool in Scanner::ALL.into_iter().filter_map(Scanner::tool) {
            for variation in tool.varies {
                assert!(
                    regex::Regex::new(variation.pattern).is_ok(),
                    "{variation:?}"
                );
            }
        }
    }
}
