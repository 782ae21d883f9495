//! What a log, a file and a list of rules say.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::clean::Clean;

/// What a server wrote into one of its logs while it was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Log {
    /// Whether it wrote anything. Where it did not, that no name stands in it
    /// says nothing.
    pub any: bool,
    /// How many times a name of one of the scene's patients stands in it,
    /// encoded for a web address or not.
    pub names: u32,
    /// How many times an ID of one of the scene's patients stands in it.
    pub ids: u32,
    /// How many callers a DICOM server let in. How many connections it noted is
    /// left out: of those that only knock, some are gone before it looks.
    #[serde(default, skip_serializing_if = "is_none")]
    pub visits: u32,
    /// How many spoke to it in something that is not DICOM.
    #[serde(default, skip_serializing_if = "is_none")]
    pub strangers: u32,
    /// The calling titles that stand in it, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub callers: Vec<Clean>,
}

fn is_none(number: &u32) -> bool {
    *number == 0
}

/// What the program `file` takes a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileType {
    /// A DICOM file.
    Dicom,
    /// A program, for whichever system.
    Program,
    /// Anything else.
    Other,
}

impl fmt::Display for FileType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FileType::Dicom => "a DICOM file",
            FileType::Program => "a program",
            FileType::Other => "neither DICOM nor a program",
        })
    }
}

/// What a list of firewall rules says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rules {
    /// Whether a rule drops or rejects anything; nothing, if no table was
    /// listed to its end. An empty list is not told apart from one that could
    /// not be read.
    #[serde(default)]
    pub drops: Option<bool>,
    /// Whether a rule with a counter has met a packet.
    pub counted: bool,
}
