//! `cargo shelf check`: the rules alone, without running anything; or which pages are due for review.

use std::io;

use anyhow::Result;
use editorial::Shelf;

use crate::Verdict;
use crate::calendar::Calendar;
use crate::cli::{Check, Format};
use crate::progress::{count, is_styled, say};
use crate::project::Project;
use crate::{experiments, report};

/// Prints every finding on standard output, or the calendar of reviews where that was asked for.
pub(crate) fn run(project: &Project, wish: &Check) -> Result<Verdict> {
    let shelf = Shelf::read(&project.root, project.today)?;
    let mut findings = editorial::check(&shelf);
    if let Some(days) = wish.due {
        let calendar = Calendar::of(&shelf, &findings, days)?;
        calendar.print(&mut io::stdout().lock(), wish.format)?;
        if wish.format == Format::Human {
            say("Listed", &calendar.tally());
        }
        return Ok(calendar.verdict());
    }
    findings.extend(experiments::gather(&shelf).findings);
    let styled = is_styled(&io::stdout());
    report::print(
        &mut io::stdout().lock(),
        wish.format,
        &findings,
        &shelf,
        styled,
    )?;
    if wish.format == Format::Human {
        let pages = count(shelf.pages.len(), "page");
        say("Checked", &format!("{pages}: {}", report::tally(&findings)));
    }
    Ok(report::verdict(&findings))
}
