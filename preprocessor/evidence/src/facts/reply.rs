//! What became of a request inside an association.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::AbortSource;

/// The answer to one DIMSE request; `T` is what a good answer tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply<T> {
    /// It was not sent.
    NotTried,
    /// The server did not accept the service when the association was made.
    NotOffered,
    /// Status "success"; or a list that began, however it ended.
    Answered(T),
    /// Any other final status.
    Refused(Status),
    /// A-ABORT in place of an answer.
    Aborted(AbortSource),
    /// No answer in time, a closed connection, or one that makes no sense.
    Unanswered,
}

/// A reply without its details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyOutcome {
    /// It was not sent.
    NotTried,
    /// The service was not accepted.
    NotOffered,
    /// Status "success"; or a list that began, however it ended.
    Answered,
    /// Any other final status.
    Refused,
    /// A-ABORT in place of an answer.
    Aborted,
    /// No answer.
    Unanswered,
}

impl<T> Reply<T> {
    /// The outcome without its details.
    pub fn outcome(&self) -> ReplyOutcome {
        match self {
            Reply::NotTried => ReplyOutcome::NotTried,
            Reply::NotOffered => ReplyOutcome::NotOffered,
            Reply::Answered(_) => ReplyOutcome::Answered,
            Reply::Refused(_) => ReplyOutcome::Refused,
            Reply::Aborted(_) => ReplyOutcome::Aborted,
            Reply::Unanswered => ReplyOutcome::Unanswered,
        }
    }
}

impl fmt::Display for ReplyOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ReplyOutcome::NotTried => "not tried",
            ReplyOutcome::NotOffered => "not offered",
            ReplyOutcome::Answered => "answered",
            ReplyOutcome::Refused => "refused",
            ReplyOutcome::Aborted => "aborted",
            ReplyOutcome::Unanswered => "not answered",
        })
    }
}

impl<T> fmt::Display for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.outcome())?;
        match self {
            Reply::Refused(status) => write!(f, " with {status}"),
            Reply::Aborted(source) => write!(f, " by {source}"),
            _ => Ok(()),
        }
    }
}

/// How many patients a server listed: at least one, or none at all and then
/// "success".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Count {
    /// Pending answers counted that hold an Identifier.
    pub patients: u32,
    /// Whether there may be more: counting stopped at the cap, or the list
    /// ended otherwise than with "success", e.g. cancelled, aborted, cut off.
    pub capped: bool,
}

/// The status of a DIMSE response, element (0000,0900). In JSON it is written
/// as in the standard, e.g. `"0124H"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Status(pub u16);

impl From<Status> for String {
    fn from(status: Status) -> String {
        format!("{:04X}H", status.0)
    }
}

impl TryFrom<String> for Status {
    type Error = String;

    fn try_from(text: String) -> Result<Status, String> {
        text.strip_suffix('H')
            .filter(|digits| digits.len() == 4)
            .and_then(|digits| u16::from_str_radix(digits, 16).ok())
            .map(Status)
            .ok_or_else(|| format!("{text:?} is not a status such as \"0124H\""))
    }
}

impl Status {
    /// Success (PS3.7 §C.1.1).
    pub const SUCCESS: Status = Status(0x0000);
    /// Refused: SOP class not supported (PS3.7 §C.5.6).
    pub const SOP_CLASS_NOT_SUPPORTED: Status = Status(0x0122);
    /// Refused: not authorized (PS3.7 §C.5).
    pub const NOT_AUTHORIZED: Status = Status(0x0124);
    /// Failure: identifier does not match SOP class (PS3.4 table C.4-1).
    pub const IDENTIFIER_MISMATCH: Status = Status(0xA900);
    /// Pending: a match follows, more may come (PS3.4 table C.4-1).
    pub const PENDING: Status = Status(0xFF00);
    /// Pending, with optional keys that were not supported (PS3.4 table C.4-1).
    pub const PENDING_PARTLY: Status = Status(0xFF01);

    /// Whether more answers follow.
    pub fn is_pending(self) -> bool {
        self == Status::PENDING || self == Status::PENDING_PARTLY
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = match self.0 {
            0x0000 => "success",
            0x0110 => "processing failure",
            0x0122 => "SOP class not supported",
            0x0124 => "not authorized",
            0x0211 => "unrecognized operation",
            0xA700..=0xA7FF => "out of resources",
            0xA900..=0xA9FF => "identifier does not match SOP class",
            0xC000..=0xCFFF => "unable to process",
            0xFE00 => "cancelled",
            0xFF00 | 0xFF01 => "pending",
            _ => "status",
        };
        write!(f, "{plain} ({:04X}H)", self.0)
    }
}
