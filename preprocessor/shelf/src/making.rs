//! From the texts to a website, the same way for every command that makes one.
//!
//! read → check → evidence → print, which is the [`Draft`]; then render → dress, which is the website;
//! and announce, for a website that will be published. Where the website goes, and what becomes of the
//! findings, is the caller's.

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use anyhow::Result;
use editorial::{Finding, Shelf, stem};
use kit::Paper;

use crate::Verdict;
use crate::announce::{self, Files, Imprint};
use crate::dress::{self, dress};
use crate::evidence_run::{Memory, Mode};
use crate::history::{self, History};
use crate::preparation::Preparation;
use crate::printing::Press;
use crate::progress::{Voice, count};
use crate::project::Project;
use crate::report;
use crate::resolve::drawing;
use crate::sending::{self, Kit};
use crate::site::{Rendered, Resolver, render, sent};
use crate::slides;

/// Makes websites of one book, and keeps what is dear and rarely changes: evidence and printed sheets.
#[derive(Debug)]
pub(crate) struct Maker {
    memory: Memory,
    press: Press,
    voice: Voice,
    history: Arc<History>,
    /// What pieces are printed on.
    pub(crate) paper: Paper,
    /// Whether there are files to send, and a feed.
    pub(crate) is_sent: bool,
    /// The pages of the website before, for a process that makes many.
    pub(crate) before: Option<Arc<Rendered>>,
    /// The names of the pieces that are asked for; none where it is all of them.
    pub(crate) only: Vec<String>,
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
    /// What can be sent.
    pub(crate) kit: Arc<Kit>,
    resolver: Resolver,
    before: Option<Arc<Rendered>>,
    voice: Voice,
}

/// What the pages of a website lead to, and do not show.
#[derive(Debug)]
pub(crate) struct Beside {
    kit: Arc<Kit>,
    history: Arc<History>,
    imprint: Imprint,
}

impl Beside {
    /// The slides of lessons, and every text that a piece ever had.
    pub(crate) fn files(&self) -> Files {
        let mut files = self.kit.slides(&self.imprint);
        files.extend(self.history.texts());
        files
    }

    /// One file, by its address in the website; nothing where there is none. Of the kit, a file of a piece:
    /// lists of the whole kit are not made here.
    pub(crate) fn file(&self, address: &str) -> Option<Result<Arc<[u8]>>> {
        let mut items = self.kit.items().iter();
        if let Some(item) = items.find(|item| item.address() == address) {
            return Some(self.kit.make(item));
        }
        let folder = address.split('/').next().unwrap_or_default();
        let files = match folder {
            slides::FOLDER => self.kit.slides(&self.imprint),
            history::FOLDER => self.history.texts(),
            _ => return None,
        };
        let (_, bytes) = files.into_iter().find(|(place, _)| place == address)?;
        Some(Ok(bytes.into()))
    }
}

impl Maker {
    /// One that takes evidence in a mode, and tells each stage or leaves that to the caller.
    pub(crate) fn new(mode: Mode, voice: Voice) -> Maker {
        Maker {
            memory: Memory::new(mode),
            press: Press::default(),
            voice,
            history: Arc::default(),
            paper: Paper::default(),
            is_sent: true,
            before: None,
            only: Vec::new(),
        }
    }

    /// Tells each stage from now on, or not.
    pub(crate) fn speak(&mut self, voice: Voice) {
        self.voice = voice;
    }

    /// Does all that comes before mdBook, for a website with this imprint. Nothing is printed where the
    /// texts break a rule.
    pub(crate) fn draft(&mut self, project: &Project, imprint: Imprint) -> Result<Draft> {
        // Git is asked meanwhile.
        let before = Arc::clone(&self.history);
        let (preparation, history) = thread::scope(|scope| {
            let history = scope.spawn(move || before.again(&project.root));
            let preparation = Preparation::of(project, &mut self.memory, self.voice);
            let history = history.join().unwrap_or_else(|panic| resume_unwind(panic));
            (preparation, history)
        });
        self.history = Arc::new(history);
        let preparation = preparation?;
        let summary = preparation.summary();
        let Preparation {
            mut resolver,
            mut findings,
        } = preparation;
        let shelf = Arc::clone(&resolver.shelf);
        findings.extend(imprint.findings(&shelf));
        resolver.site = Some(imprint.address.clone());
        resolver.history = Arc::clone(&self.history);
        let mut kit = Kit::default();
        if report::verdict(&findings) == Verdict::Good {
            let book = project.config.book.title.as_deref().unwrap_or_default();
            let version = self.history.version();
            let has_sheets = self.asks_for_checklist(&shelf);
            // The sheets are printed while mdBook reads the pieces.
            let (printed, pieces) = thread::scope(|scope| {
                let (press, shelf, voice) = (&mut self.press, &shelf, self.voice);
                let print = move || press.print(shelf, book, voice);
                let printed = has_sheets.then(|| scope.spawn(print));
                let pieces = self.is_sent.then(|| sent(project, &resolver, &version));
                let join = |printed: ScopedJoinHandle<'_, _>| {
                    printed.join().unwrap_or_else(|panic| resume_unwind(panic))
                };
                (printed.map_or_else(|| Ok(Default::default()), join), pieces)
            });
            let (sheets, unprintable) = printed?;
            findings.extend(unprintable);
            if let Some(pieces) = pieces {
                let (sent, unresolved) = pieces?;
                findings.extend(unresolved);
                let language = imprint.language.as_str();
                kit = Kit::new(&shelf, (book, language), version, sent, self.paper)?;
                kit.keep(sheets);
                resolver.files = kit.items().to_vec().into();
            }
        }
        Ok(Draft {
            shelf,
            findings,
            summary,
            imprint,
            kit: Arc::new(kit),
            resolver,
            before: self.before.clone(),
            voice: self.voice,
        })
    }

    /// Whether the pieces that are asked for are all of them, or the checklist is among them.
    fn asks_for_checklist(&self, shelf: &Shelf) -> bool {
        let page = shelf.checklist_page();
        let name = page.map(|page| stem(Path::new(page.file.path())));
        self.only.is_empty() || name.is_some_and(|name| self.only.contains(&name))
    }
}

impl Maker {
    /// The files that somebody can send, without a look at the rules: for a student, who cannot mend the
    /// texts.
    pub(crate) fn kit(&mut self, project: &Project, imprint: &Imprint) -> Result<Kit> {
        let mut resolver = Preparation::of(project, &mut self.memory, self.voice)?.resolver;
        resolver.site = Some(imprint.address.clone());
        self.history = Arc::new(self.history.again(&project.root));
        resolver.history = Arc::clone(&self.history);
        let version = self.history.version();
        let (sent, _) = sent(project, &resolver, &version)?;
        let book = project.config.book.title.as_deref().unwrap_or_default();
        let names = (book, imprint.language.as_str());
        Kit::new(&resolver.shelf, names, version, sent, self.paper)
    }
}

impl Draft {
    /// Whether it may be rendered, or, when it is, whether it may be shown.
    pub(crate) fn verdict(&self) -> Verdict {
        report::verdict(&self.findings)
    }

    /// Makes the pages in the folder `site` with what they show, and adds what is wrong with them to the
    /// findings.
    pub(crate) fn render(&mut self, project: &Project, site: &Path) -> Result<()> {
        let found = render(project, self.resolver.clone(), self.before.clone(), site)?;
        self.findings.extend(found);
        if self.verdict() == Verdict::Good {
            dress(&self.shelf, &self.imprint, site)?;
            announce::lay_beside(&drawing::files(&self.shelf), site)?;
            announce::lay_beside(&announce::feed_file(&self.shelf, &self.imprint), site)?;
        }
        Ok(())
    }

    /// What pages lead to, and do not show. It is made when somebody needs it.
    pub(crate) fn beside(&self) -> Beside {
        Beside {
            kit: Arc::clone(&self.kit),
            history: Arc::clone(&self.resolver.history),
            imprint: self.imprint.clone(),
        }
    }

    /// The pieces as data for other websites.
    pub(crate) fn faq(&self) -> kit::feed::Feed {
        announce::faq::feed(self.kit.articles(), &self.resolver.history, &self.imprint)
    }

    /// Adds to the website in the folder `site` what can be sent, and to the findings what cannot be printed.
    pub(crate) fn send(&mut self, site: &Path) -> Result<()> {
        let items = self.kit.items();
        if items.is_empty() {
            return Ok(());
        }
        let folder = site.join(sending::FOLDER);
        let found = self.kit.lay_into(&folder, items, &self.shelf)?;
        self.findings.extend(found);
        let pieces = count(self.kit.articles().len(), "piece");
        self.voice.say(
            "Kit",
            &format!("{} for {pieces}", count(items.len(), "file")),
        );
        Ok(())
    }

    /// Adds to the website in the folder `site` what other machines ask for once it is published.
    pub(crate) fn announce(&self, site: &Path) -> Result<()> {
        let (articles, history) = (self.kit.articles(), &self.resolver.history);
        if !articles.is_empty() {
            let faq = announce::faq::files(articles, history, &self.imprint)?;
            announce::lay_beside(&faq, site)?;
        }
        let published = dress::files(site)?;
        let files = announce::files(&self.shelf, &self.imprint, &published)?;
        announce::lay_beside(&files, site)
    }
}
