//! `cargo shelf build`: checked pages and live evidence in, a website out.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use editorial::{Finding, Shelf};

use crate::Verdict;
use crate::cli::{Build, Format};
use crate::evidence_run::{self, Evidence, Origin};
use crate::progress::{count, in_words, is_styled, say};
use crate::project::Project;
use crate::publish::Workshop;
use crate::site::{Resolver, render};
use crate::{experiments, report};

/// Builds the website, or says why not and leaves the old one as it is.
pub(crate) fn run(project: &Project, build: &Build) -> Result<Verdict> {
    let start = Instant::now();
    let destination = match &build.output {
        Some(output) => std::path::absolute(output)?,
        None => project.root.join(&project.config.build.build_dir),
    };
    let shelf = Shelf::read(&project.root, project.today)?;
    let words: usize = shelf.pages.iter().map(|page| page.word_count()).sum();
    say(
        "Read",
        &format!(
            "{} with {}, {}, {}",
            count(shelf.pages.len(), "page"),
            count(words, "word"),
            count(shelf.sources.entries.len(), "source"),
            count(shelf.samples.len(), "sample")
        ),
    );
    let mut findings = editorial::check(&shelf);
    let gathered = experiments::gather(&shelf);
    findings.extend(gathered.findings);
    say("Checked", &report::tally(&findings));
    let mode = build.samples.unwrap_or(project.settings.samples);
    let evidence = evidence_run::collect(&shelf, gathered.experiments, mode)?;
    let ran = tally(&evidence);
    findings.extend(evidence.findings);
    if report::verdict(&findings) == Verdict::Findings {
        return refuse(&findings, &shelf);
    }

    let workshop = Workshop::open(&destination)?;
    let resolver = Resolver {
        shelf: Arc::new(shelf.clone()),
        shown: Arc::new(evidence.shown),
    };
    findings.extend(render(project, resolver, &workshop.site())?);
    if report::verdict(&findings) == Verdict::Findings {
        return refuse(&findings, &shelf);
    }
    workshop.publish()?;
    print(&findings, &shelf)?;
    say(
        "Built",
        &format!(
            "{}, {}, {ran}, {}, in {}",
            count(shelf.pages.len(), "page"),
            count(words, "word"),
            report::tally(&findings),
            in_words(start.elapsed())
        ),
    );
    say(
        "Open",
        &destination.join("index.html").display().to_string(),
    );
    Ok(Verdict::Good)
}

fn refuse(findings: &[Finding], shelf: &Shelf) -> Result<Verdict> {
    print(findings, shelf)?;
    say(
        "Stopped",
        &format!("{}; the website is as it was", report::tally(findings)),
    );
    Ok(Verdict::Findings)
}

fn print(findings: &[Finding], shelf: &Shelf) -> io::Result<()> {
    let styled = is_styled(&io::stderr());
    report::print(
        &mut io::stderr().lock(),
        Format::Human,
        findings,
        shelf,
        styled,
    )
}

fn tally(evidence: &Evidence) -> String {
    let live = |shown: &&evidence_run::Shown| matches!(shown.origin, Origin::Live(_));
    let live = evidence.shown.values().filter(live).count();
    format!(
        "{} live and {} recorded",
        count(live, "sample"),
        evidence.shown.len() - live
    )
}
