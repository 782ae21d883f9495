//! What a web client and a search engine say.

use serde::{Deserialize, Serialize};

use crate::clean::Clean;

/// What `curl` got from a web server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Web {
    /// The status of the answer; nothing, if none came.
    pub status: Option<u16>,
    /// How many things a JSON list in the answer holds, if it is one.
    pub matches: Option<u32>,
}

/// What the command line of a search engine for machines says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Index {
    /// The ports it lists for a host, by number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<u16>,
    /// How many results it counts, if it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// Whether it says that an alert was made.
    #[serde(default)]
    pub alert: bool,
    /// The products it names, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Clean>,
    /// The error it ended with, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Clean>,
}
