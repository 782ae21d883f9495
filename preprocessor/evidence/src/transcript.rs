//! What one run printed and found out.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::clean::Clean;
use crate::facts::Facts;
use crate::redaction::Redaction;
use crate::scanner::Scanner;

/// One run of one scanner.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    /// Who looked.
    pub scanner: Scanner,
    /// The scanner's version.
    pub version: String,
    /// The command as a reader sees it, with the shown address.
    pub argv: Vec<Clean>,
    /// When the scanner began.
    pub started: OffsetDateTime,
    /// How long it took, without standing the scene up.
    pub duration: Duration,
    /// What it did, in order.
    pub steps: Vec<Step>,
    /// What it found out.
    pub facts: Facts,
    /// What was replaced in the lines.
    pub redactions: Vec<Redaction>,
}

/// One thing a scanner did, and the lines it printed about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// What was done: `port`, `tls`, `associate`, `C-ECHO`, `C-FIND`, `wire`.
    pub what: String,
    /// What was printed, laid out in columns.
    pub lines: Vec<Line>,
}

/// One printed line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Line {
    /// The text, safe to show in one of its forms.
    pub text: Clean,
    /// Whether it is another in every run, such as encrypted bytes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub volatile: bool,
}

impl Transcript {
    /// All lines in order, the command line not among them.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.steps.iter().flat_map(|step| &step.lines)
    }
}
