//! What a TLS handshake shows.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::clean::Clean;

/// What was learnt from a TLS handshake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tls {
    /// Whether it came to an end, and how.
    pub handshake: Handshake,
    /// The version agreed on, if it came that far.
    pub version: Option<TlsVersion>,
    /// The cipher suite agreed on, by its registered name.
    pub suite: Option<Clean>,
    /// The server's certificate, if it was shown.
    pub certificate: Option<Certificate>,
    /// What the server wanted to know about us.
    pub client_certificate: ClientCertificate,
}

/// How a handshake ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handshake {
    /// The connection is protected.
    Completed,
    /// The server ended it over our certificate or the lack of one. In TLS 1.3
    /// that is said after the client believes itself done (RFC 8446 §4.4.2.4);
    /// there a server that asked for a certificate and then hung up without a
    /// word, for whatever reason, is taken for one that refused.
    Refused,
    /// The server speaks TLS, but no version or suite in common with us, who
    /// speak 1.2 and 1.3 only: it may be an old device, it is not "no TLS".
    NothingInCommon,
    /// The server ended it by another alert, or made no sense.
    Broken,
    /// What came back was not TLS.
    NotTls,
    /// The connection was closed without a word.
    HungUp,
    /// Nothing came back in time.
    Unanswered,
}

impl fmt::Display for Handshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Handshake::Completed => "completed",
            Handshake::Refused => "refused",
            Handshake::NothingInCommon => "nothing in common",
            Handshake::Broken => "broken off",
            Handshake::NotTls => "not TLS",
            Handshake::HungUp => "hung up",
            Handshake::Unanswered => "not answered",
        })
    }
}

/// A version of TLS this crate can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TlsVersion {
    /// TLS 1.2 (RFC 5246).
    #[serde(rename = "1.2")]
    Tls12,
    /// TLS 1.3 (RFC 8446).
    #[serde(rename = "1.3")]
    Tls13,
}

impl fmt::Display for TlsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TlsVersion::Tls12 => "TLS 1.2",
            TlsVersion::Tls13 => "TLS 1.3",
        })
    }
}

/// Whether a server asks its clients for a certificate. The probe cannot see
/// more than its one visit shows: shown a good certificate, a server that
/// insists and one that does not behave alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientCertificate {
    /// The handshake did not come that far.
    Unknown,
    /// It did not ask.
    NotRequested,
    /// It asked, got none, and went on.
    Optional,
    /// It asked, got none, and ended the connection; see [`Handshake::Refused`].
    Required,
    /// It asked, got one, and went on.
    Accepted,
    /// It asked, got one, and ended the connection; see [`Handshake::Refused`].
    Refused,
}

impl fmt::Display for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ClientCertificate::Unknown => "unknown",
            ClientCertificate::NotRequested => "not requested",
            ClientCertificate::Optional => "optional",
            ClientCertificate::Required => "required",
            ClientCertificate::Accepted => "accepted",
            ClientCertificate::Refused => "refused",
        })
    }
}

/// A server's certificate. Its serial number and dates are left out: in the
/// lab they are made for the run and mean nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Certificate {
    /// Whom it names, in the server's own words.
    pub subject: Clean,
    /// Who signed it, in the server's own words.
    pub issuer: Clean,
    /// Whether its own key made its signature. The signature is checked, the
    /// names are not compared; nothing, when the signature could not be
    /// checked, as with RSA keys under 2048 bits.
    pub self_signed: Option<bool>,
    /// Whether its last day is past.
    pub expired: bool,
    /// Days until it expires, negative afterwards; left out of findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_left: Option<i64>,
    /// The kind of its key.
    pub key: KeyKind,
    /// The size of its key in bits.
    pub key_bits: usize,
}

/// The kind of a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// RSA.
    Rsa,
    /// An elliptic curve.
    EllipticCurve,
    /// Any other.
    Other,
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyKind::Rsa => "RSA",
            KeyKind::EllipticCurve => "elliptic curve",
            KeyKind::Other => "other",
        })
    }
}
