//! The figure for whoever takes the page along: what it says, before any file has said it.

use editorial::with_quotes;
use evidence::Clean;
use kit::document::{Line, Sample};

use super::Figure;
use crate::evidence_run::command;

/// The longest command that is shown, in characters.
const LONGEST: usize = 1_000;

/// One sample, or two in turn.
pub(super) fn samples(before: Option<&Figure<'_>>, after: &Figure<'_>) -> Vec<Sample> {
    match before {
        None => vec![sample(after, None)],
        Some(before) => vec![sample(before, Some("Before")), sample(after, Some("After"))],
    }
}

fn sample(figure: &Figure<'_>, when: Option<&str>) -> Sample {
    let notices = figure.sample.notices.iter();
    Sample {
        id: figure.id.to_owned(),
        when: when.map(str::to_owned),
        title: with_quotes(&figure.sample.title.value),
        plain: with_quotes(&figure.sample.plain.value),
        lines: lines(figure),
        notices: notices
            .map(|notice| with_quotes(&notice.says.value))
            .collect(),
        provenance: format!("{} Repeat it: {}", figure.provenance(), figure.repeat()),
    }
}

fn lines(figure: &Figure<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (step, printed) in figure.steps() {
        let typed = Clean::line(&command(step), LONGEST);
        lines.push(Line {
            text: format!("$ {}", typed.as_plain()),
            is_command: true,
            notice: None,
        });
        lines.extend(printed.into_iter().map(|(line, notice)| Line {
            text: line.text.as_plain().into_owned(),
            is_command: false,
            notice,
        }));
        lines.extend(Figure::ending(step).map(|ending| Line {
            text: ending,
            is_command: false,
            notice: None,
        }));
    }
    lines
}
