//! The port, and who is behind it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What became of the TCP connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Port {
    /// It was taken.
    Open,
    /// It was refused: nothing listens there.
    Closed,
    /// Nothing came back in time: something drops the packets.
    Filtered,
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Port::Open => "open",
            Port::Closed => "closed",
            Port::Filtered => "filtered",
        })
    }
}

/// What answered. Judged by the bytes that came back, never by the port number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Peer {
    /// A well-formed PDU of the DICOM upper layer (PS3.8 §9.3).
    Dicom,
    /// TLS. What it protects was not seen: clear text was spoken to it, or the
    /// handshake ended before any DICOM.
    Tls,
    /// DICOM in clear text, where TLS was spoken.
    ClearDicom,
    /// A web server.
    Http,
    /// A secure-shell server.
    Ssh,
    /// Bytes that are none of these.
    Other,
    /// Took the connection and said nothing in time.
    Silent,
    /// Took the connection and closed it without a word.
    HungUp,
    /// Began an answer and did not finish it.
    CutOff,
    /// Sent, or announced, more than anybody should have to read.
    Endless,
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Peer::Dicom => "DICOM",
            Peer::Tls => "TLS",
            Peer::ClearDicom => "DICOM in clear text",
            Peer::Http => "a web server",
            Peer::Ssh => "a secure-shell server",
            Peer::Other => "something that is not DICOM",
            Peer::Silent => "silence",
            Peer::HungUp => "a connection closed without a word",
            Peer::CutOff => "half an answer",
            Peer::Endless => "more bytes than the limit",
        })
    }
}
