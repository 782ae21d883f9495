//! What a web client and a search engine say.

use serde::{Deserialize, Serialize};

use super::Log;
use crate::clean::Clean;

/// What a web client got from a web server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Web {
    /// The status of the answer; nothing, if none came.
    pub status: Option<u16>,
    /// How many things a JSON list in the answer holds, if it is one.
    pub matches: Option<u32>,
    /// What the server noted while it was asked, about others too if they asked
    /// then; nothing, where its log is not ours to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Log>,
}

/// What the command line of a search engine for machines says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Index {
    /// The ports it lists for a host, by number; nothing, if it shows no host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ports: Option<Vec<u16>>,
    /// How many results it counts, if it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// Whether it says that an alert was made, or that there is none; nothing,
    /// if it says neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<bool>,
    /// The products it names, sorted. They are left out of findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Clean>,
    /// The error it ended with, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Clean>,
}

impl Index {
    /// The part that must be the same in every run, on other machines too.
    pub fn findings(&self) -> Index {
        Index {
            products: Vec::new(),
            ..self.clone()
        }
    }
}
