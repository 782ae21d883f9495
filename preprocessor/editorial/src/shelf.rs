//! Everything read from `src/` and `content/`, typed.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::day::Day;
use crate::fields::Placed;
use crate::figure::{Figure, FigureFile};
use crate::finding::Misfit;
use crate::page::Page;
use crate::registry::{
    Change, Name, Press, Redirect, Registry, Source, Task, Term, parse_addresses, parse_words,
};
use crate::sample::SampleFile;
use crate::source_text::SourceText;

/// mdBook's own settings, of which we read the redirects.
const BOOK: &str = "book.toml";

/// A file or folder that could not be read.
#[derive(Debug, Error)]
#[error("cannot read {path}")]
pub struct ReadError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    #[source]
    pub source: io::Error,
}

/// Everything an editor wrote, as it lies on the disk.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The book's root folder.
    pub root: PathBuf,
    /// The day that expiry is judged by.
    pub today: Day,
    /// `src/SUMMARY.md`.
    pub summary: Page,
    /// The other pages of `src/`, by path.
    pub pages: Vec<Page>,
    /// `content/sources.toml`.
    pub sources: Registry<Source>,
    /// `content/terms.toml`.
    pub terms: Registry<Term>,
    /// `content/names.toml`.
    pub names: Registry<Name>,
    /// `content/words.txt`: words that no dictionary has, and that a page may use.
    pub words: Registry<Placed<String>>,
    /// `content/addresses.txt`: every address at which a page was ever published.
    pub addresses: Registry<Placed<String>>,
    /// What `book.toml` says about addresses that moved.
    pub redirects: Registry<Redirect>,
    /// `content/checklist.toml`.
    pub checklist: Registry<Task>,
    /// `content/changes.toml`: what readers may want to know has changed, the newest first.
    pub changes: Registry<Change>,
    /// `content/press.toml`: the words of the press kit that stand on no page.
    pub press: Press,
    /// `content/samples/*.toml`, by id.
    pub samples: Vec<SampleFile>,
    /// `content/figures/*.toml`, by id.
    pub figures: Vec<FigureFile>,
    /// `content/scenes/*.toml`: the files, whose content the crate `evidence` understands.
    pub scenes: Vec<SourceText>,
    /// Files that are not there or are no text: each with an empty text in its place, and why.
    pub unreadable: Vec<(SourceText, Misfit)>,
    /// The ids of headings that the build puts on every page of its own accord.
    pub made_ids: Vec<&'static str>,
}

impl Shelf {
    /// Reads the book at `root`. What is wrong in a file is kept with the file, for the rules to report.
    ///
    /// # Errors
    ///
    /// A folder or file that the system refuses to read.
    pub fn read(root: &Path, today: Day) -> Result<Shelf, ReadError> {
        let mut unreadable = Vec::new();
        let mut texts = |paths: BTreeSet<PathBuf>| -> Result<Vec<SourceText>, ReadError> {
            let mut texts = Vec::new();
            for path in paths {
                texts.extend(read_text(root, &path, &mut unreadable)?);
            }
            Ok(texts)
        };
        let mut pages: Vec<Page> = texts(files_below(root, Path::new("src"), "md")?)?
            .into_iter()
            .map(Page::read)
            .collect();
        let samples = texts(files_below(root, Path::new("content/samples"), "toml")?)?
            .into_iter()
            .map(|file| SampleFile::read(stem(file.path()), file))
            .collect();
        let figures = texts(files_below(root, Path::new("content/figures"), "toml")?)?
            .into_iter()
            .map(|file| FigureFile::read(stem(file.path()), file))
            .collect();
        let scenes = texts(files_below(root, Path::new("content/scenes"), "toml")?)?;
        let mut registry = |path: &str| {
            let found = texts(BTreeSet::from([PathBuf::from(path)]))?.pop();
            Ok(found.unwrap_or_else(|| SourceText::new(path, "")))
        };
        let (sources, terms, names) = (
            registry("content/sources.toml")?,
            registry("content/terms.toml")?,
            registry("content/names.toml")?,
        );
        let checklist = registry("content/checklist.toml")?;
        let changes = registry("content/changes.toml")?;
        let press = registry("content/press.toml")?;
        let (words, addresses) = (
            registry("content/words.txt")?,
            registry("content/addresses.txt")?,
        );
        let book = registry(BOOK)?;
        // A book may do without one of the registries, but not without its summary.
        unreadable.retain(|(file, _)| {
            let may_be_absent =
                file.path().starts_with("content") || file.path() == Path::new(BOOK);
            !may_be_absent || root.join(file.path()).exists()
        });
        let is_summary = |page: &Page| page.file.path() == Path::new("src/SUMMARY.md");
        let summary = match pages.iter().position(is_summary) {
            Some(index) => pages.remove(index),
            None => {
                let path = Path::new("src/SUMMARY.md");
                let _ = read_text(root, path, &mut unreadable)?;
                Page::read(SourceText::new(path, ""))
            }
        };
        Ok(Shelf {
            root: root.to_owned(),
            today,
            summary,
            pages,
            sources: Registry::read(sources, Source::parse_all),
            terms: Registry::read(terms, Term::parse_all),
            names: Registry::read(names, Name::parse_all),
            words: Registry::read(words, parse_words),
            addresses: Registry::read(addresses, parse_addresses),
            redirects: Registry::read(book, Redirect::parse_all),
            checklist: Registry::read(checklist, Task::parse_all),
            changes: Registry::read(changes, Change::parse_all),
            press: Press::read(press),
            samples,
            figures,
            scenes,
            unreadable,
            made_ids: vec!["sources", "in-nine-seconds", "send-this-piece"],
        })
    }

    /// The page at a path relative to the book's root.
    pub fn page(&self, path: &Path) -> Option<&Page> {
        let index = self
            .pages
            .binary_search_by(|page| page.file.path().cmp(path))
            .ok()?;
        self.pages.get(index)
    }

    /// The source with a key.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources
            .entries
            .iter()
            .find(|source| source.key.value == key)
    }

    /// The sample with an id.
    pub fn sample(&self, id: &str) -> Option<&SampleFile> {
        self.samples.iter().find(|sample| sample.id == id)
    }

    /// The figure with an id.
    pub fn figure(&self, id: &str) -> Option<&FigureFile> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// Every key that a figure or a task of the checklist names, with the file in which it stands.
    pub(crate) fn cited_in_content(&self) -> impl Iterator<Item = (&SourceText, &Placed<String>)> {
        let by_figures = self.figures.iter().flat_map(|found| {
            let sources = found.figure.iter().flat_map(Figure::sources);
            sources.map(|source| (&found.file, source))
        });
        let tasks = self.checklist.entries.iter();
        let by_tasks = tasks.flat_map(|task| &task.sources);
        by_figures.chain(by_tasks.map(|source| (&self.checklist.file, source)))
    }

    /// The page that shows the checklist: the first with its directive.
    pub fn checklist_page(&self) -> Option<&Page> {
        self.pages
            .iter()
            .find(|page| page.outline.checklists().next().is_some())
    }

    /// The question or the title of the page that explains a task; its path, where there is none.
    pub fn question<'a>(&'a self, task: &'a Task) -> &'a str {
        let page = self.page(&task.answer_path());
        match page.and_then(|page| page.piece.as_ref()) {
            Some(piece) => &piece.title.value,
            None => &task.answer.value,
        }
    }

    /// Every file that was read, for showing lines of it.
    pub fn files(&self) -> impl Iterator<Item = &SourceText> {
        std::iter::once(&self.summary.file)
            .chain(self.pages.iter().map(|page| &page.file))
            .chain(self.samples.iter().map(|sample| &sample.file))
            .chain(self.figures.iter().map(|figure| &figure.file))
            .chain(&self.scenes)
            .chain([&self.sources.file, &self.terms.file, &self.names.file])
            .chain([&self.words.file, &self.addresses.file, &self.redirects.file])
            .chain([&self.checklist.file, &self.changes.file, &self.press.file])
            .chain(self.unreadable.iter().map(|(file, _)| file))
    }
}

/// A file's name without its ending.
pub fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Reads a text file. One that is not there or is no text is noted in `unreadable`; none comes back.
fn read_text(
    root: &Path,
    path: &Path,
    unreadable: &mut Vec<(SourceText, Misfit)>,
) -> Result<Option<SourceText>, ReadError> {
    let (problem, help) = match std::fs::read_to_string(root.join(path)) {
        Ok(text) => return Ok(Some(SourceText::new(path, text))),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound => ("the file is not there", "write it, or restore it"),
            io::ErrorKind::InvalidData => (
                "the file is not UTF-8 text",
                "save it as UTF-8 in the editor it was written with",
            ),
            _ => {
                return Err(ReadError {
                    path: path.to_owned(),
                    source: error,
                });
            }
        },
    };
    unreadable.push((SourceText::new(path, ""), Misfit::new(0..0, problem, help)));
    Ok(None)
}

/// The files with an ending below a folder, sorted by path; none where the folder does not exist.
/// Symbolic links are not followed, so that a book cannot lead outside itself.
fn files_below(root: &Path, folder: &Path, ending: &str) -> Result<BTreeSet<PathBuf>, ReadError> {
    let mut files = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |source| ReadError {
            path: folder.clone(),
            source,
        };
        let entries = match std::fs::read_dir(root.join(&folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            other => other.map_err(failed)?,
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|found| found == ending) {
                files.insert(path);
            }
        }
    }
    Ok(files)
}
