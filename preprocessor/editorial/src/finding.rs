//! What a rule noticed, and where.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

/// How much a finding weighs: an error stops the build, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The build stops and nothing is published.
    Error,
    /// Shown, and published all the same.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// One thing that one rule noticed in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name, such as `words/length`.
    pub rule: &'static str,
    /// Whether it stops the build.
    pub severity: Severity,
    /// The file, relative to the book's root.
    pub path: PathBuf,
    /// The bytes of that file that the finding is about.
    pub span: Range<usize>,
    /// Line of the span's start, counted from 1.
    pub line: usize,
    /// Column of the span's start in characters, counted from 1.
    pub column: usize,
    /// What is wrong, in one sentence.
    pub problem: String,
    /// How to mend it, in one sentence.
    pub help: String,
}

/// A problem in a text somebody wrote, before it is known which file it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The bytes of the text that the problem is about.
    pub span: Range<usize>,
    /// What is wrong, in one sentence.
    pub problem: String,
    /// How to mend it, in one sentence.
    pub help: String,
}

impl Misfit {
    /// A problem at `span`, with the way to mend it.
    pub fn new(span: Range<usize>, problem: impl Into<String>, help: impl Into<String>) -> Self {
        Misfit {
            span,
            problem: problem.into(),
            help: help.into(),
        }
    }
}
