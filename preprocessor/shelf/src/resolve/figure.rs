//! A sample as a figure: what was asked, what was printed, what to notice, and where it comes from.

mod html;
mod plain;

use std::collections::HashSet;

use editorial::Sample;
use evidence::Line;
use time::OffsetDateTime;

use super::{Form, Stock};
use crate::evidence_run::{Origin, Shown};
use crate::notices;

/// The figure of sample `id`, beside its "before" where it names one that the page does not show yet.
/// `on_page` are the samples that the page shows, to which a "before" is added. `None` where there
/// is no such sample.
pub(super) fn figure(
    id: &str,
    on_page: &mut HashSet<String>,
    stock: Stock<'_>,
    form: Form,
) -> Option<String> {
    let after = Figure::of(id, stock)?;
    let before = after.sample.before.as_ref();
    let before = before
        .filter(|before| on_page.insert(before.value.clone()))
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

    /// Every line that was printed, with the number of the notice that points at it, counted from 1.
    fn lines(&self) -> Vec<(&'a Line, Option<usize>)> {
        let lines = || self.shown.steps.iter().flat_map(|step| &step.lines);
        let places = notices::place(&self.sample.notices, lines());
        let number = |index| places.iter().position(|place| *place == Some(index));
        lines()
            .enumerate()
            .map(|(index, line)| (line, number(index).map(|notice| notice + 1)))
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
            "{state} on {}: our own {} {}, against a lab server with invented patients (scene “{}”).{replaced}",
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
