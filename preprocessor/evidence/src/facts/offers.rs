//! What a scanner of TLS says a server offers.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::TlsVersion;
use crate::clean::Clean;

/// What a scanner of TLS says about a port.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Offers {
    /// Whether the scanner says of the versions one by one what became of
    /// them. Where it does not, that none was found says nothing: the port may
    /// be closed.
    #[serde(default)]
    pub examined: bool,
    /// The versions it says the server speaks. None may also mean that the
    /// port does not speak TLS at all, and scanners do not always say so.
    pub versions: BTreeSet<Version>,
    /// Whether it lists any cipher suite; nothing, if it has no such list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lists_suites: Option<bool>,
    /// The cipher suites it lists for them, by the scanner's own names. They
    /// depend on the libraries of both sides and are left out of findings.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub suites: BTreeSet<String>,
    /// The scanner's own grade, if it gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Clean>,
}

impl Offers {
    /// The part that must be the same in every run, on other machines too.
    pub fn findings(&self) -> Offers {
        Offers {
            suites: BTreeSet::new(),
            ..self.clone()
        }
    }
}

/// A version of the protocol, its forerunners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Version {
    /// SSL 2.0, prohibited by RFC 6176.
    #[serde(rename = "ssl2")]
    Ssl2,
    /// SSL 3.0, deprecated by RFC 7568.
    #[serde(rename = "ssl3")]
    Ssl3,
    /// TLS 1.0, deprecated by RFC 8996.
    #[serde(rename = "1.0")]
    Tls10,
    /// TLS 1.1, deprecated by RFC 8996.
    #[serde(rename = "1.1")]
    Tls11,
    /// TLS 1.2 (RFC 5246).
    #[serde(rename = "1.2")]
    Tls12,
    /// TLS 1.3 (RFC 8446).
    #[serde(rename = "1.3")]
    Tls13,
}

impl From<TlsVersion> for Version {
    fn from(version: TlsVersion) -> Version {
        match version {
            TlsVersion::Tls12 => Version::Tls12,
            TlsVersion::Tls13 => Version::Tls13,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Version::Ssl2 => "SSL 2",
            Version::Ssl3 => "SSL 3",
            Version::Tls10 => "TLS 1.0",
            Version::Tls11 => "TLS 1.1",
            Version::Tls12 => "TLS 1.2",
            Version::Tls13 => "TLS 1.3",
        })
    }
}
