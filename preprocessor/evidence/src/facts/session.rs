//! What a TLS client and a reader of certificates say.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Version;
use crate::clean::Clean;

/// What `openssl s_client` says about a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Session {
    /// The version agreed on; nothing, if the handshake did not come so far.
    pub version: Option<Version>,
    /// Its judgement of the server's certificate; nothing, if it saw none.
    pub verification: Option<Verification>,
    /// Whether the server asked for a certificate of ours; nothing, if the
    /// handshake did not come so far, or its version does not tell.
    pub asks_for_certificate: Option<bool>,
    /// The alert with which the server ended it (RFC 8446 §6), if it did; 116
    /// says that a certificate was required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<u8>,
}

/// A client's judgement of a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verification {
    /// Signed by whom it trusts, for the name it asked about.
    Good,
    /// It is for another host.
    WrongHost,
    /// Its last day is past.
    Expired,
    /// It vouches for itself.
    SelfSigned,
    /// Nobody it trusts signed it.
    UnknownIssuer,
    /// It was refused for another reason.
    Other,
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verification::Good => "a good certificate",
            Verification::WrongHost => "a certificate for another host",
            Verification::Expired => "an expired certificate",
            Verification::SelfSigned => "a self-signed certificate",
            Verification::UnknownIssuer => "a certificate from an unknown issuer",
            Verification::Other => "a certificate refused for another reason",
        })
    }
}

/// What `openssl x509` prints of a certificate. Dates, serial numbers and
/// fingerprints are another in every run and are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Card {
    /// Whom it names, if that was asked.
    pub subject: Option<Clean>,
    /// Who signed it, if that was asked.
    pub issuer: Option<Clean>,
    /// The host names and addresses it is for, if that was asked.
    pub names: Vec<Clean>,
    /// Whether it ends within the time asked about, if that was asked.
    pub ends_soon: Option<bool>,
}
