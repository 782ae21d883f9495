//! Findings in the style of rustc: the line, a caret under the place, and the way to mend it.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use editorial::{Finding, Severity, Shelf};

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
    for finding in findings {
        let report = [group(finding, shelf)];
        writeln!(out, "{}\n", renderer.render(&report))?;
    }
    Ok(())
}

fn group<'a>(finding: &'a Finding, shelf: &'a Shelf) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(finding.problem.as_str())
        .id(finding.rule);
    let help = Level::HELP.message(finding.help.as_str());
    let file = shelf.files().find(|file| file.path() == finding.path);
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
