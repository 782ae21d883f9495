//! A sample as a figure: what was asked, what was printed, what to notice, and where it comes from.

mod html;
mod plain;

use editorial::{Page, Sample};
use evidence::Line;
use time::OffsetDateTime;

use super::{Form, Stock};
use crate::evidence_run::{Origin, Shown};

/// The figure of sample `id` on `page`, beside its "before" where it names one that the page does
/// not show by itself. `None` where there is no such sample.
pub(super) fn figure(id: &str, page: &Page, stock: Stock<'_>, form: Form) -> Option<String> {
    let after = Figure::of(id, stock)?;
    let is_shown_by_itself = |id: &str| {
        let directives = page.outline.directives.iter();
        directives
            .filter(|directive| directive.is_ours() && directive.name == "sample")
            .any(|directive| directive.argument == id)
    };
    let before = after
        .sample
        .before
        .as_ref()
        .filter(|before| !is_shown_by_itself(&before.value))
        .and_then(|before| Figure::of(&before.value, stock));
    Some(match form {
        Form::Html => html::figures(before.as_ref(), &after),
        Form::Plain => plain::figures(before.as_ref(), &after),
    })
}

/// A sample with what it shows.
struct Figure<'a> {
    id: &'a str,
    sample: &'a Sample,
    shown: &'a Shown,
}

impl<'a> Figure<'a> {
    fn of(id: &str, stock: Stock<'a>) -> Option<Figure<'a>> {
        let file = stock.shelf.sample(id)?;
        Some(Figure {
            id: &file.id,
            sample: file.sample.as_ref()?,
            shown: stock.shown.get(id)?,
        })
    }

    /// The command as a reader sees it.
    fn command(&self) -> String {
        self.shown.argv.join(" ")
    }

    /// Every line that was printed, with the number of the notice it belongs to, counted from 1.
    fn lines(&self) -> Vec<(&'a Line, Option<usize>)> {
        let mut taken = vec![false; self.sample.notices.len()];
        let lines = self.shown.steps.iter().flat_map(|step| &step.lines);
        lines
            .map(|line| {
                let text = line.text.as_plain();
                let mut notices = self.sample.notices.iter().enumerate();
                let notice = notices
                    .find(|(index, notice)| !taken[*index] && text.contains(&notice.line.value))
                    .map(|(index, _)| index);
                if let Some(index) = notice {
                    taken[index] = true;
                }
                (line, notice.map(|index| index + 1))
            })
            .collect()
    }

    /// Who looked at what, when, and what was replaced.
    fn provenance(&self) -> String {
        let (state, time) = match self.shown.origin {
            Origin::Live(time) => ("Run live for this page", time),
            Origin::Recorded(time) => ("Recorded", time),
        };
        let replaced: Vec<String> = self
            .shown
            .redactions
            .iter()
            .map(|redaction| format!("{} by {}", redaction.what, redaction.shown))
            .collect();
        let replaced = if replaced.is_empty() {
            String::new()
        } else {
            format!(" Replaced: {}.", replaced.join("; "))
        };
        format!(
            "{state} on {}: our own {} {}, against a lab server with invented patients (scene \"{}\").{replaced}",
            moment(time),
            self.shown.experiment.scanner,
            self.shown.version,
            self.shown.experiment.scene.id,
        )
    }

    /// The command with which a reader repeats the run.
    fn repeat(&self) -> String {
        format!("cargo shelf samples run {}", self.id)
    }
}

/// `22 November 2026, 08:14 UTC`
fn moment(time: OffsetDateTime) -> String {
    format!(
        "{} {} {}, {:02}:{:02} UTC",
        time.day(),
        time.month(),
        time.year(),
        time.hour(),
        time.minute()
    )
}
