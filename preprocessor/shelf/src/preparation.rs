//! Read, check, evidence: the stages before a page is resolved, the same for every way to build.

use std::sync::Arc;

use anyhow::Result;
use editorial::{Finding, Severity, Shelf};
use mdbook_summary::parse_summary;

use crate::evidence_run::{Memory, Origin};
use crate::progress::{Voice, count};
use crate::project::Project;
use crate::rules::MDBOOK_WARNING;
use crate::site::Resolver;
use crate::{experiments, report};

/// Everything that is known before a page is resolved.
#[derive(Debug)]
pub(crate) struct Preparation {
    /// What resolves the pages.
    pub(crate) resolver: Resolver,
    /// What is wrong so far.
    pub(crate) findings: Vec<Finding>,
}

impl Preparation {
    /// Reads the book, holds it against the rules and collects the evidence, with what is remembered
    /// of it.
    pub(crate) fn of(project: &Project, memory: &mut Memory, voice: Voice) -> Result<Preparation> {
        let shelf = Shelf::read(&project.root, project.today)?;
        let read = [
            count(shelf.pages.len(), "page"),
            count(words(&shelf), "word"),
            count(shelf.sources.entries.len(), "source"),
            count(shelf.samples.len(), "sample"),
        ];
        voice.say("Read", &read.join(", "));
        let mut findings = editorial::check(&shelf);
        findings.extend(misread_summary(&shelf));
        let gathered = experiments::gather(&shelf);
        findings.extend(gathered.findings);
        voice.say("Checked", &report::tally(&findings));
        let evidence = memory.collect(&shelf, gathered.experiments)?;
        findings.extend(evidence.findings);
        let resolver = Resolver {
            shelf: Arc::new(shelf),
            shown: Arc::new(evidence.shown),
            files: Arc::new([]),
            history: Arc::default(),
            site: None,
        };
        Ok(Preparation { resolver, findings })
    }

    /// `7 pages, 3197 words, 10 samples live and 0 recorded`
    pub(crate) fn summary(&self) -> String {
        let shelf = &self.resolver.shelf;
        let shown = &self.resolver.shown;
        let is_live = |origin: Origin| matches!(origin, Origin::Live(_));
        let live = shown.values().filter(|shown| is_live(shown.origin)).count();
        format!(
            "{}, {}, {} live and {} recorded",
            count(shelf.pages.len(), "page"),
            count(words(shelf), "word"),
            count(live, "sample"),
            shown.len() - live
        )
    }
}

/// What mdBook cannot read in the summary: it would stop in the middle of the build.
fn misread_summary(shelf: &Shelf) -> Option<Finding> {
    const BYTE_ORDER_MARK: char = '\u{feff}';
    let text = shelf.summary.file.text();
    let error = parse_summary(text.trim_start_matches(BYTE_ORDER_MARK)).err()?;
    let problem = format!(
        "mdBook cannot read the list of pages: {}",
        error.root_cause()
    );
    let help = "write each page as `- [Title](file.md)`, indented under the page it belongs to";
    let file = &shelf.summary.file;
    Some(file.finding(MDBOOK_WARNING, Severity::Error, 0..0, problem, help))
}

fn words(shelf: &Shelf) -> usize {
    shelf.pages.iter().map(|page| page.word_count()).sum()
}
