//! Findings in the style of rustc: the line, a caret under the place, and the way to mend it.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use editorial::{Finding, Severity, Shelf, SourceText};

/// How many findings are shown: nobody mends more at a time.
const SHOWN: usize = 200;
/// How many bytes of lines are drawn before only places are told. A page with 30,000 findings in a line of
/// 300,000 letters took minutes.
const DRAWN: usize = 1 << 20;

pub(super) fn print(
    out: &mut dyn Write,
    findings: &[Finding],
    shelf: &Shelf,
    styled: bool,
) -> io::Result<()> {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut drawn = 0;
    let shown = findings.iter().take(SHOWN);
    for finding in shown {
        let file = shelf.files().find(|file| file.path() == finding.path);
        drawn += file.map_or(0, |file| length_of_line(file.text(), finding.span.start));
        let report = [group(finding, file.filter(|_| drawn < DRAWN))];
        writeln!(out, "{}\n", renderer.render(&report))?;
    }
    let more = findings.len().saturating_sub(SHOWN);
    if more > 0 {
        let how = "`cargo shelf check --format json` lists those of the rules";
        writeln!(out, "... and {more} more; {how}\n")?;
    }
    Ok(())
}

/// The bytes of the line in which a place stands.
fn length_of_line(text: &str, at: usize) -> usize {
    let (before, after) = text.split_at(at);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    before.len() - start + after.find('\n').unwrap_or(after.len())
}

/// What is said of a finding; with its file, its line is drawn.
fn group<'a>(finding: &'a Finding, file: Option<&'a SourceText>) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(finding.problem.as_str())
        .id(finding.rule);
    let help = Level::HELP.message(finding.help.as_str());
    let group = Group::with_title(title);
    let group = match file {
        Some(file) => {
            let path = finding.path.to_string_lossy().into_owned();
            let span = shown_span(file.text(), finding.span.clone());
            group.element(
                Snippet::source(file.text())
                    .path(path)
                    .annotation(AnnotationKind::Primary.span(span)),
            )
        }
        None => group.element(
            Origin::path(finding.path.to_string_lossy().into_owned())
                .line(finding.line)
                .char_column(finding.column),
        ),
    };
    group.element(help)
}

/// The first line of a span: a whole section under carets helps nobody.
fn shown_span(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let end = text[span.clone()]
        .find('\n')
        .map_or(span.end, |at| span.start + at);
    span.start..end.max(span.start)
}
