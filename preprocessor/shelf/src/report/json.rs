//! Findings as one JSON array.

use std::io::{self, Write};
use std::path::Path;

use editorial::Finding;
use serde::Serialize;

/// A finding as programs read it. The names are a promise: do not change them.
#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
    severity: String,
    path: &'a Path,
    line: usize,
    column: usize,
    problem: &'a str,
    help: &'a str,
}

pub(super) fn print(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    let rows: Vec<Row<'_>> = findings
        .iter()
        .map(|finding| Row {
            rule: finding.rule,
            severity: finding.severity.to_string(),
            path: &finding.path,
            line: finding.line,
            column: finding.column,
            problem: &finding.problem,
            help: &finding.help,
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    writeln!(out)
}
