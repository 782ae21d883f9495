//! `cargo shelf build`: checked pages and live evidence in, a website out.

use std::time::Instant;

use anyhow::Result;
use editorial::{Finding, Shelf};

use crate::Verdict;
use crate::announce::{self, Imprint};
use crate::cli::Build;
use crate::dress::{self, dress};
use crate::preparation::Preparation;
use crate::printing;
use crate::progress::{in_words, say};
use crate::project::Project;
use crate::publish::{Place, Workshop};
use crate::report;
use crate::site::render;

/// Builds the website, or says why not and leaves the old one as it is.
pub(crate) fn run(project: &Project, build: &Build) -> Result<Verdict> {
    let start = Instant::now();
    let place = match &build.output {
        Some(output) => Place::Named(std::path::absolute(output)?),
        None => Place::Configured(project.root.join(&project.config.build.build_dir)),
    };
    let imprint = Imprint::of(project, build.address.as_ref())?;
    let mode = build.samples.unwrap_or(project.settings.samples);
    let preparation = Preparation::of(project, mode)?;
    let summary = preparation.summary();
    let Preparation {
        mut resolver,
        mut findings,
    } = preparation;
    let shelf = resolver.shelf.clone();
    findings.extend(imprint.findings(&shelf));
    if report::verdict(&findings) == Verdict::Findings {
        return refuse(&findings, &shelf);
    }
    let book = project.config.book.title.as_deref().unwrap_or_default();
    let (sheets, unprintable) = printing::print(&shelf, book)?;
    resolver.sheets = sheets.links();
    resolver.site = Some(imprint.address.clone());
    findings.extend(unprintable);
    if report::verdict(&findings) == Verdict::Findings {
        return refuse(&findings, &shelf);
    }
    let workshop = Workshop::open(place)?;
    findings.extend(render(project, resolver, &workshop.site())?);
    if report::verdict(&findings) == Verdict::Findings {
        return refuse(&findings, &shelf);
    }
    dress(&shelf, &imprint, &workshop.site())?;
    sheets.lay_beside(&workshop.site())?;
    let published = dress::files(&workshop.site())?;
    let files = announce::files(&shelf, &imprint, &published)?;
    announce::lay_beside(&files, &workshop.site())?;
    let destination = workshop.publish()?;
    report::to_stderr(&findings, &shelf)?;
    let tally = report::tally(&findings);
    say(
        "Built",
        &format!("{summary}, {tally}, in {}", in_words(start.elapsed())),
    );
    if let Some(note) = imprint.note() {
        say("Placeholder", &note);
    }
    let index = destination.join("index.html");
    let open = if index.is_file() { index } else { destination };
    say("Open", &open.display().to_string());
    Ok(Verdict::Good)
}

fn refuse(findings: &[Finding], shelf: &Shelf) -> Result<Verdict> {
    report::to_stderr(findings, shelf)?;
    let tally = report::tally(findings);
    say("Stopped", &format!("{tally}; the website is as it was"));
    Ok(Verdict::Findings)
}
