//! The programs that look at a scene.

mod eavesdropper;
mod handshake;
mod inquiry;
mod probe;
mod relay;
mod report;
mod request;
mod tap;
mod verdict;

use std::fmt;
use std::io;
use std::str::FromStr;

use dicom_dictionary_std::tags;
use serde::{Deserialize, Serialize};

use crate::certificates::{CertificateError, Identity};
use crate::facts::Facts;
use crate::limits::Limits;
use crate::loopback::Loopback;
use crate::redaction::Redactor;
use crate::scene::{Kind, Server};
use crate::transcript::Step;
use report::Report;

pub use request::{ArgumentError, Credential, Depth, Request};

/// A scanner, known by name. Texts can name one of these and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scanner {
    /// Asks a server what it lets a caller do.
    Probe,
    /// Listens on the path while the probe asks.
    Eavesdropper,
}

/// There is no scanner of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no scanner {0:?}; there are: probe, eavesdropper")]
pub struct NoSuchScanner(String);

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
    pub const ALL: [Scanner; 2] = [Scanner::Probe, Scanner::Eavesdropper];

    /// The version printed beside its output.
    pub fn version(self) -> &'static str {
        match self {
            Scanner::Probe | Scanner::Eavesdropper => env!("CARGO_PKG_VERSION"),
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
    probe::look(address, request, identity, tags::PATIENT_ID, limits).await
}

/// Where and how a scanner looks.
pub(crate) struct Target<'a> {
    /// What it looks at.
    pub(crate) address: Loopback,
    /// The server that stands there, as far as the scene knows it.
    pub(crate) server: &'a Server,
    /// What to show if a certificate is asked for.
    pub(crate) identity: Option<&'a Identity>,
    /// What may not be printed.
    pub(crate) redactor: &'a Redactor,
}

impl Scanner {
    /// Looks, and says what it saw.
    ///
    /// # Errors
    /// The machine is short of something, or our own key cannot be used. What
    /// the server does is never an error.
    pub(crate) async fn look(
        self,
        target: &Target<'_>,
        request: &Request,
        limits: &Limits,
    ) -> Result<(Facts, Vec<Step>), ScanError> {
        let Target {
            address,
            server,
            identity,
            redactor,
        } = *target;
        let mut report = Report::new(request, redactor, limits);
        let facts = match self {
            Scanner::Probe => {
                let facts =
                    probe::look(address, request, identity, tags::PATIENT_ID, limits).await?;
                report.facts(&facts);
                facts
            }
            Scanner::Eavesdropper => {
                let names: Vec<&str> = match &server.kind {
                    Kind::Dicom(archive) => {
                        archive.patients.iter().map(|p| p.name.as_str()).collect()
                    }
                    Kind::Nothing => Vec::new(),
                };
                let loot = eavesdropper::look(address, request, identity, &names, limits).await?;
                report.facts(&loot.facts);
                report.loot(&loot);
                loot.facts
            }
        };
        Ok((facts, report.into_steps()))
    }
}

impl fmt::Display for Scanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Scanner::Probe => "probe",
            Scanner::Eavesdropper => "eavesdropper",
        })
    }
}

impl FromStr for Scanner {
    type Err = NoSuchScanner;

    fn from_str(name: &str) -> Result<Scanner, NoSuchScanner> {
        Scanner::ALL
            .into_iter()
            .find(|scanner| scanner.to_string() == name)
            .ok_or_else(|| NoSuchScanner(name.to_owned()))
    }
}
