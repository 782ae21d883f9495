//! From the texts to a website, the same way for every command that makes one.
//!
//! read → check → evidence → print, which is the [`Draft`]; then render → dress, which is the website;
//! and announce, for a website that will be published. Where the website goes, and what becomes of the
//! findings, is the caller's.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use editorial::{Finding, Shelf};

use crate::Verdict;
use crate::announce::{self, Imprint};
use crate::dress::{self, dress};
use crate::evidence_run::{Memory, Mode};
use crate::preparation::Preparation;
use crate::printing::{Press, Sheets};
use crate::progress::Voice;
use crate::project::Project;
use crate::report;
use crate::resolve::drawing;
use crate::site::{Resolver, render};

/// Makes websites of one book, and keeps what is dear and rarely changes: evidence and printed sheets.
#[derive(Debug)]
pub(crate) struct Maker {
    memory: Memory,
    press: Press,
    voice: Voice,
}

/// A book that is read, checked, and ready to be rendered.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The book.
    pub(crate) shelf: Arc<Shelf>,
    /// What is wrong so far.
    pub(crate) findings: Vec<Finding>,
    /// What there is, in numbers.
    pub(crate) summary: String,
    /// What the website says about itself.
    pub(crate) imprint: Imprint,
    resolver: Resolver,
    sheets: Sheets,
}

impl Maker {
    /// One that takes evidence in a mode, and tells each stage or leaves that to the caller.
    pub(crate) fn new(mode: Mode, voice: Voice) -> Maker {
        Maker {
            memory: Memory::new(mode),
            press: Press::default(),
            voice,
        }
    }

    /// Tells each stage from now on, or not.
    pub(crate) fn speak(&mut self, voice: Voice) {
        self.voice = voice;
    }

    /// Does all that comes before mdBook, for a website with this imprint. Nothing is printed where the
    /// texts break a rule.
    pub(crate) fn draft(&mut self, project: &Project, imprint: Imprint) -> Result<Draft> {
        let preparation = Preparation::of(project, &mut self.memory, self.voice)?;
        let summary = preparation.summary();
        let Preparation {
            mut resolver,
            mut findings,
        } = preparation;
        let shelf = Arc::clone(&resolver.shelf);
        findings.extend(imprint.findings(&shelf));
        resolver.site = Some(imprint.address.clone());
        let mut sheets = Sheets::default();
        if report::verdict(&findings) == Verdict::Good {
            let book = project.config.book.title.as_deref().unwrap_or_default();
            let (printed, unprintable) = self.press.print(&shelf, book)?;
            sheets = printed;
            resolver.sheets = sheets.links();
            findings.extend(unprintable);
        }
        Ok(Draft {
            shelf,
            findings,
            summary,
            imprint,
            resolver,
            sheets,
        })
    }
}

impl Draft {
    /// Whether it may be rendered, or, when it is, whether it may be shown.
    pub(crate) fn verdict(&self) -> Verdict {
        report::verdict(&self.findings)
    }

    /// Makes the website in the folder `site`, and adds what is wrong with it to the findings.
    pub(crate) fn render(&mut self, project: &Project, site: &Path) -> Result<()> {
        let found = render(project, self.resolver.clone(), site)?;
        self.findings.extend(found);
        if self.verdict() == Verdict::Good {
            dress(&self.shelf, &self.imprint, site)?;
            self.sheets.lay_beside(site)?;
            announce::lay_beside(&drawing::files(&self.shelf), site)?;
            announce::lay_beside(&announce::feed_file(&self.shelf, &self.imprint), site)?;
        }
        Ok(())
    }

    /// Adds to the website in the folder `site` what other machines ask for once it is published.
    pub(crate) fn announce(&self, site: &Path) -> Result<()> {
        let published = dress::files(site)?;
        let files = announce::files(&self.shelf, &self.imprint, &published)?;
        announce::lay_beside(&files, site)
    }
}
