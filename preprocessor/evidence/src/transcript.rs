//! What one run printed and found out.

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::clean::Clean;
use crate::digest::Digest;
use crate::facts::Seen;
use crate::redaction::Redaction;
use crate::scanner::{Exit, Scanner};

/// One run of one experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    /// When the first scanner began.
    pub started: OffsetDateTime,
    /// How long it took, without standing the scene up.
    pub duration: Duration,
    /// What was done, in order; one step a call of the experiment.
    pub steps: Vec<Step>,
    /// What was replaced in the lines.
    pub redactions: Vec<Redaction>,
    /// The packages, with their versions, of the servers that are not ours.
    pub servers: Vec<Clean>,
    /// The untouched outputs of programs that are not ours, to be kept beside
    /// the build. They are never shown.
    pub raw: Vec<RawOutput>,
}

/// One call of one scanner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// Who looked.
    pub scanner: Scanner,
    /// Its version.
    pub version: Clean,
    /// The package it comes from with that package's version, if it is not
    /// ours, e.g. `nmap 7.93+dfsg1-1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Clean>,
    /// The command as a reader sees it.
    pub argv: Vec<Clean>,
    /// How it ended, if it is a program that is not ours and ended by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit: Option<Exit>,
    /// How long it took, in tenths of a second; it is another in every run.
    pub tenths: u32,
    /// What was printed.
    pub lines: Vec<Line>,
    /// What it found out.
    pub seen: Seen,
    /// The digest of the untouched output, if the program is not ours: standard
    /// output, standard error, and the report it wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<Digest>,
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

/// What a program printed, byte by byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawOutput {
    /// The step it belongs to, counted from 1.
    pub step: usize,
    /// The program.
    pub scanner: Scanner,
    /// The bytes: standard output, standard error, and the report it wrote.
    pub bytes: Vec<u8>,
}

impl Transcript {
    /// All lines in order, the command lines not among them.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.steps.iter().flat_map(|step| &step.lines)
    }
}

impl Step {
    /// What must be the same in every run.
    pub(crate) fn findings(&self) -> (Scanner, Seen) {
        (self.scanner, self.seen.findings())
    }
}
