//! Findings on paper: for people, for programs, for pull requests.

pub(crate) mod github;
mod human;
mod json;

use std::io::{self, Write};

use editorial::{Finding, Severity, Shelf};

use crate::Verdict;
use crate::cli::Format;
use crate::progress::{count, is_styled};

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

/// Prints the findings for people on standard error.
pub(crate) fn to_stderr(findings: &[Finding], shelf: &Shelf) -> io::Result<()> {
    let styled = is_styled(&io::stderr());
    print(
        &mut io::stderr().lock(),
        Format::Human,
        findings,
        shelf,
        styled,
    )
}

/// `3 errors and 1 warning`, or `no findings`.
pub(crate) fn tally(findings: &[Finding]) -> String {
    let said = |severity, noun| {
        let found = findings.iter().filter(|found| found.severity == severity);
        Some(found.count())
            .filter(|n| *n > 0)
            .map(|n| count(n, noun))
    };
    match (
        said(Severity::Error, "error"),
        said(Severity::Warning, "warning"),
    ) {
        (None, None) => "no findings".to_owned(),
        (Some(errors), Some(warnings)) => format!("{errors} and {warnings}"),
        (one, other) => one.or(other).unwrap_or_default(),
    }
}
