//! Findings on paper: for people, for programs, for pull requests.

mod github;
mod human;
mod json;

use std::io::{self, Write};

use editorial::{Finding, Severity, Shelf};

use crate::Verdict;
use crate::cli::Format;

/// Prints the findings in a format, in the order of files and lines. `styled` allows colours.
pub(crate) fn print(
    out: &mut dyn Write,
    format: Format,
    findings: &[Finding],
    shelf: &Shelf,
    styled: bool,
) -> io::Result<()> {
    let mut findings = findings.to_vec();
    findings.sort_by(|a, b| (&a.path, a.span.start, a.rule).cmp(&(&b.path, b.span.start, b.rule)));
    let findings = findings.as_slice();
    match format {
        Format::Human => human::print(out, findings, shelf, styled),
        Format::Json => json::print(out, findings),
        Format::Github => github::print(out, findings),
    }
}

/// Whether the findings stop a build.
pub(crate) fn verdict(findings: &[Finding]) -> Verdict {
    if findings
        .iter()
        .any(|found| found.severity == Severity::Error)
    {
        Verdict::Findings
    } else {
        Verdict::Good
    }
}

/// `3 errors and 1 warning`, or `nothing`.
pub(crate) fn tally(findings: &[Finding]) -> String {
    let count = |severity| {
        findings
            .iter()
            .filter(|found| found.severity == severity)
            .count()
    };
    let said = |n: usize, noun: &str| match n {
        0 => None,
        1 => Some(format!("1 {noun}")),
        n => Some(format!("{n} {noun}s")),
    };
    let parts: Vec<String> = [
        said(count(Severity::Error), "error"),
        said(count(Severity::Warning), "warning"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(" and ")
    }
}
