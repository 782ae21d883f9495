//! What a command-line client of DICOM says became of its requests.

use serde::{Deserialize, Serialize};

use super::{AssociationOutcome, RejectReason, ReplyOutcome};
use crate::clean::Clean;

/// What a client such as DCMTK's `echoscu` prints, as facts. Its exit status
/// is no part of them: `findscu` ends with 0 after a query that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Toolkit {
    /// How far the connection came; nothing, if the client did not say.
    pub connection: Option<Connection>,
    /// What became of the request for an association; nothing, if the client
    /// did not say.
    pub association: Option<AssociationOutcome>,
    /// Why it was rejected, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RejectReason>,
    /// What became of C-ECHO; nothing, if the client did not say.
    pub echo: Option<ReplyOutcome>,
    /// What became of C-FIND; nothing, if the client did not say.
    pub find: Option<ReplyOutcome>,
    /// What became of C-STORE; answered, if every instance was taken; nothing,
    /// if the client did not say.
    pub store: Option<ReplyOutcome>,
    /// The names of the patients that were listed, sorted: nobody promises
    /// their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patients: Vec<Clean>,
}

/// How far the connection of a client came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Connection {
    /// DICOM could be spoken.
    Open,
    /// Nobody listens.
    Refused,
    /// Nothing came back in time.
    TimedOut,
    /// TCP was there; TLS could not be agreed on.
    TlsFailed,
    /// The other side hung up, with or without a word. After TLS 1.3 that is
    /// how a client learns that it should have shown a certificate.
    HungUp,
}

impl std::fmt::Display for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Connection::Open => "open",
            Connection::Refused => "refused",
            Connection::TimedOut => "timed out",
            Connection::TlsFailed => "TLS failed",
            Connection::HungUp => "hung up",
        })
    }
}
