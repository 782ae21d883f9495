//! The website as it was made last, and what was wrong with the attempt.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::Result;
use editorial::{Finding, Shelf};

use crate::Verdict;
use crate::announce::Imprint;
use crate::making::{Beside, Maker};
use crate::progress::{Voice, in_words, say};
use crate::project::Project;
use crate::report;

/// One attempt to make the website. The last website that could be made stays in sight.
#[derive(Debug, Default)]
pub(crate) struct Edition {
    /// Grows with every attempt, and from one start of the command to the next.
    pub(super) number: u64,
    /// The website in sight; none where none could be made yet.
    pub(super) site: Option<Arc<Site>>,
    /// What the attempt read; none where it could not even do that.
    pub(super) shelf: Option<Arc<Shelf>>,
    /// What is wrong with the book.
    pub(super) findings: Vec<Finding>,
    /// What kept the attempt from being made at all.
    pub(super) trouble: Option<String>,
}

impl Edition {
    /// The number of the edition that made the website in sight; 0 where there is none.
    pub(super) fn in_sight(&self) -> u64 {
        self.site.as_ref().map_or(0, |site| site.number)
    }
}

/// A website in a folder of its own, which goes when nobody shows it any more.
#[derive(Debug)]
pub(super) struct Site {
    number: u64,
    folder: PathBuf,
    beside: Beside,
}

impl Site {
    /// Where it lies.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file to which pages lead, by its address in the website. It is made when somebody asks for it: most
    /// editions are looked at once, at one page.
    pub(super) fn beside(&self, address: &str) -> Option<Result<Arc<[u8]>>> {
        self.beside.file(address)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // Its parent goes in the end, with whatever is left.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Makes one edition after the other.
#[derive(Debug)]
pub(crate) struct Editions {
    root: PathBuf,
    folder: PathBuf,
    maker: Maker,
    last: Arc<Edition>,
}

impl Editions {
    /// Of the book at `root`, made below `folder`.
    pub(crate) fn new(root: &Path, folder: &Path, maker: Maker) -> Editions {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let milliseconds = since.map_or(0, |since| since.as_millis());
        let before = Edition {
            number: u64::try_from(milliseconds).unwrap_or_default(),
            ..Edition::default()
        };
        Editions {
            root: root.to_owned(),
            folder: folder.to_owned(),
            maker,
            last: Arc::new(before),
        }
    }

    /// Makes the next edition, and tells what came of it. `what` has changed.
    pub(crate) fn next(&mut self, what: &str) -> Arc<Edition> {
        let began = Instant::now();
        let mut edition = Edition {
            number: self.last.number + 1,
            site: self.last.site.clone(),
            ..Edition::default()
        };
        let result = self.make(&mut edition);
        // From the second one on, one line tells it all.
        self.maker.speak(Voice::Quiet);
        let (verb, mut told) = match result {
            Ok(Verdict::Good) => ("Made", report::tally(&edition.findings)),
            Ok(Verdict::Findings) => ("Stopped", report::tally(&edition.findings)),
            Err(error) => {
                let trouble = format!("{error:#}");
                eprintln!("error: {trouble}");
                edition.trouble = Some(trouble);
                ("Stopped", "it could not be made".to_owned())
            }
        };
        if edition.in_sight() != edition.number && edition.site.is_some() {
            told.push_str("; the last good website stays in sight");
        }
        if let Some(shelf) = &edition.shelf {
            // A terminal that is gone is no reason to stop.
            let _ = report::to_stderr(&edition.findings, shelf);
        }
        say(
            verb,
            &format!("{what}: {told}, in {}", in_words(began.elapsed())),
        );
        self.last = Arc::new(edition);
        Arc::clone(&self.last)
    }

    fn make(&mut self, edition: &mut Edition) -> Result<Verdict> {
        // Its settings may have changed, and the day too.
        let project = Project::find(Some(&self.root))?;
        // On this machine it stands at the root.
        let imprint = Imprint::of(&project, Some(&project.settings.address.at_root()))?;
        let mut draft = self.maker.draft(&project, imprint)?;
        edition.shelf = Some(Arc::clone(&draft.shelf));
        let mut result = Ok(());
        if draft.verdict() == Verdict::Good {
            let site = Site {
                number: edition.number,
                folder: self.folder.join(edition.number.to_string()),
                beside: draft.beside(),
            };
            result = draft.render(&project, site.folder());
            if result.is_ok() && draft.verdict() == Verdict::Good {
                edition.site = Some(Arc::new(site));
            }
        }
        let verdict = draft.verdict();
        edition.findings = draft.findings;
        result.map(|()| verdict)
    }
}
