//! A sample as a figure: what was asked, what was printed, what to notice, and where it comes from.

mod html;
mod plain;
mod taken;

use std::collections::HashSet;

use editorial::Sample;
use evidence::{Clean, Line, Step};
use time::OffsetDateTime;

use super::{Form, Stock};
use crate::evidence_run::{Origin, OtherVersion, Shown};
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
    let (before, after) = pair(id, on_page, stock)?;
    Some(match form {
        Form::Html => html::figures(before.as_ref(), &after),
        Form::Plain => plain::figures(before.as_ref(), &after),
    })
}

/// The same for whoever takes the page along: one sample, or two.
pub(super) fn samples(
    id: &str,
    on_page: &mut HashSet<String>,
    stock: Stock<'_>,
) -> Option<Vec<kit::document::Sample>> {
    let (before, after) = pair(id, on_page, stock)?;
    Some(taken::samples(before.as_ref(), &after))
}

fn pair<'a>(
    id: &str,
    on_page: &mut HashSet<String>,
    stock: Stock<'a>,
) -> Option<(Option<Figure<'a>>, Figure<'a>)> {
    let after = Figure::of(id, stock)?;
    let before = after.sample.before.as_ref();
    let before = before
        .filter(|before| on_page.insert(before.value.clone()))
        .and_then(|before| Figure::of(&before.value, stock));
    Some((before, after))
}

/// A line that was printed, with the number of the notice that points at it.
type Numbered<'a> = (&'a Line, Option<usize>);

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

    /// Every step, and every line that was printed with the number of the notice that points at it,
    /// counted from 1.
    fn steps(&self) -> Vec<(&'a Step, Vec<Numbered<'a>>)> {
        let steps = || self.shown.steps.iter();
        let lines = steps().flat_map(|step| &step.lines);
        let places = notices::place(&self.sample.notices, lines);
        let number = |index| places.iter().position(|place| *place == Some(index));
        let mut index = 0;
        let mut numbered = Vec::new();
        for step in steps() {
            let mut lines = Vec::new();
            for line in &step.lines {
                lines.push((line, number(index).map(|notice| notice + 1)));
                index += 1;
            }
            numbered.push((step, lines));
        }
        numbered
    }

    /// How a step ended, if it is a program that is not ours and ended by itself.
    fn ending(step: &Step) -> Option<String> {
        let (seconds, tenths) = (step.tenths / 10, step.tenths % 10);
        step.exit
            .map(|exit| format!("[{exit}, after {seconds}.{tenths} s]"))
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
            "{state} on {}: {}, {} (scene “{}”).{}{replaced}",
            moment(time),
            self.tools(),
            self.against(),
            self.shown.experiment.scene.id,
            self.other_versions(),
        )
    }

    /// The tools that looked, each once, with their versions.
    fn tools(&self) -> String {
        let mut tools: Vec<String> = Vec::new();
        for step in &self.shown.steps {
            let title = step.scanner.title();
            let version = step.version.as_plain();
            let tool = match &step.package {
                Some(package) => format!("{title} {version} ({})", package.as_plain()),
                None if step.scanner.is_ours() => format!("our own {title} {version}"),
                None => format!("{title} {version}"),
            };
            if !tools.contains(&tool) {
                tools.push(tool);
            }
        }
        tools.join(", ")
    }

    /// What they looked at.
    fn against(&self) -> String {
        let servers = &self.shown.servers;
        if !self.shown.experiment.needs_a_cage() {
            return "against a lab server with invented patients".to_owned();
        }
        let servers: Vec<_> = servers.iter().map(Clean::as_plain).collect();
        if servers.is_empty() {
            return "in a private network, with invented patients".to_owned();
        }
        let servers = servers.join(", ");
        format!("against {servers}, in a private network, with invented patients")
    }

    /// Which other versions the recording of a live run was made with.
    fn other_versions(&self) -> String {
        let others = self.shown.versions.iter();
        others
            .map(|found| {
                let OtherVersion { tool, other } = found;
                format!(" The recording kept for builds without it was made with {tool} {other}.")
            })
            .collect()
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
