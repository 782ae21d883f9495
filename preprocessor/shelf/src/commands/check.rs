//! `cargo shelf check`: the rules alone, without running anything.

use std::io;

use anyhow::Result;
use editorial::Shelf;

use crate::Verdict;
use crate::cli::Format;
use crate::progress::{count, is_styled, say};
use crate::project::Project;
use crate::{experiments, report};

/// Prints every finding on standard output.
pub(crate) fn run(project: &Project, format: Format) -> Result<Verdict> {
    let shelf = Shelf::read(&project.root, project.today)?;
    let mut findings = editorial::check(&shelf);
    findings.extend(experiments::gather(&shelf).findings);
    let styled = is_styled(&io::stdout());
    report::print(&mut io::stdout().lock(), format, &findings, &shelf, styled)?;
    if format == Format::Human {
        let pages = count(shelf.pages.len(), "page");
        say("Checked", &format!("{pages}: {}", report::tally(&findings)));
    }
    Ok(report::verdict(&findings))
}
