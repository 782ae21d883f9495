//! The words of a scene that have rules of their own.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// An application entity title: 1 to 16 characters of printable ASCII without
/// backslash, no spaces at either end (PS3.5 §6.2, value representation AE).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct AeTitle(String);

/// A text that cannot be an application entity title.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an AE title has 1 to 16 printable ASCII characters, no backslash, no space at either end")]
pub struct NotATitle;

impl AeTitle {
    /// The title as it is compared: without padding.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AeTitle {
    type Err = NotATitle;

    fn from_str(text: &str) -> Result<AeTitle, NotATitle> {
        let printable = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'\\';
        let fits = (1..=16).contains(&text.len()) && text.bytes().all(printable);
        if fits && text.trim() == text {
            Ok(AeTitle(text.to_owned()))
        } else {
            Err(NotATitle)
        }
    }
}

impl fmt::Display for AeTitle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of an invented patient: `SYNTHETIC^` and a word in capitals, so
/// that it can never be somebody's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct PatientName(String);

impl PatientName {
    /// What every name begins with.
    pub const PREFIX: &str = "SYNTHETIC^";

    /// The name as it is written in a data set (value representation PN).
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PatientName {
    type Err = ();

    fn from_str(text: &str) -> Result<PatientName, ()> {
        match text.strip_prefix(PatientName::PREFIX) {
            Some(word)
                if (1..=20).contains(&word.len())
                    && word.bytes().all(|byte| byte.is_ascii_uppercase()) =>
            {
                Ok(PatientName(text.to_owned()))
            }
            _ => Err(()),
        }
    }
}

impl fmt::Display for PatientName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The address that readers see in place of the real one. It is from a range
/// that is reserved for documentation (RFC 5737, RFC 3849) and can be nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShownAs(SocketAddr);

impl ShownAs {
    /// The whole address.
    pub(crate) fn socket(self) -> SocketAddr {
        self.0
    }

    /// The address without its port.
    pub fn ip(self) -> IpAddr {
        self.0.ip()
    }

    /// The port readers see.
    pub fn port(self) -> u16 {
        self.0.port()
    }
}

/// Whether an address is of a range kept for documentation.
pub(super) fn is_documentation(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => matches!(
            ip.octets(),
            [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _]
        ),
        IpAddr::V6(ip) => ip.segments()[..2] == [0x2001, 0xdb8],
    }
}

impl FromStr for ShownAs {
    type Err = ();

    fn from_str(text: &str) -> Result<ShownAs, ()> {
        let address: SocketAddr = text.parse().map_err(|_| ())?;
        if is_documentation(address.ip()) && address.port() != 0 {
            Ok(ShownAs(address))
        } else {
            Err(())
        }
    }
}

impl fmt::Display for ShownAs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for ShownAs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
