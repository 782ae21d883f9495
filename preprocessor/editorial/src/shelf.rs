//! Everything read from `src/` and `content/`, typed.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::day::Day;
use crate::fields::Placed;
use crate::figure::{Figure, FigureFile};
use crate::finding::Misfit;
use crate::lab::{LabFile, LessonLab};
use crate::page::Page;
use crate::proof::{Goal, Measure, MeasureFile};
use crate::quiz::{Quiz, QuizFile};
use crate::registry::{
    Change, Name, Press, Redirect, Registry, Source, Task, Term, parse_addresses, parse_words,
};
use crate::sample::SampleFile;
use crate::source_text::SourceText;

/// mdBook's own settings, of which we read the redirects.
const BOOK: &str = "book.toml";

/// How long a page may be, in bytes. The longest form, a paper of 2,500 words, has some 20,000.
const LONGEST_PAGE: u64 = 1 << 20;
/// How long any other file may be, in bytes: a list of sources or pages for ten thousand pages has some
/// three million.
const LONGEST_FILE: u64 = 16 << 20;

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
    /// `content/proof.toml`: the numbers we want to reach.
    pub goals: Registry<Goal>,
    /// `content/proof/*.toml`, by id: what the bench measured.
    pub measures: Vec<MeasureFile>,
    /// `content/press.toml`: the words of the press kit that stand on no page.
    pub press: Press,
    /// `content/samples/*.toml`, by id.
    pub samples: Vec<SampleFile>,
    /// `content/figures/*.toml`, by id.
    pub figures: Vec<FigureFile>,
    /// `content/quizzes/*.toml`, by id.
    pub quizzes: Vec<QuizFile>,
    /// `content/labs/*.toml`, by id.
    pub labs: Vec<LabFile>,
    /// `content/scenes/*.toml`: the files, whose content the crate `evidence` understands.
    pub scenes: Vec<SourceText>,
    /// Files that are not there or are no text: each with an empty text in its place, and why.
    pub unreadable: Vec<(SourceText, Misfit)>,
    /// The ids of headings that the build puts on every page of its own accord.
    pub made_ids: Vec<&'static str>,
    /// Which of the pages has the glossary. Every page asks, so that nobody looks at them all for it.
    glossary: Option<usize>,
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
        let quizzes = texts(files_below(root, Path::new("content/quizzes"), "toml")?)?
            .into_iter()
            .map(|file| QuizFile::read(stem(file.path()), file))
            .collect();
        let labs = texts(files_below(root, Path::new("content/labs"), "toml")?)?
            .into_iter()
            .map(|file| LabFile::read(stem(file.path()), file))
            .collect();
        let measures = texts(files_below(root, Path::new("content/proof"), "toml")?)?
            .into_iter()
            .map(|file| MeasureFile::read(stem(file.path()), file))
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
        let goals = registry("content/proof.toml")?;
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
        let glossary = pages.iter().position(Page::has_glossary);
        Ok(Shelf {
            glossary,
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
            goals: Registry::read(goals, Goal::parse_all),
            measures,
            press: Press::read(press),
            samples,
            figures,
            quizzes,
            labs,
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
        by_id(&self.samples, id, "content/samples", |file| {
            (&file.id, file.file.path())
        })
    }

    /// The figure with an id.
    pub fn figure(&self, id: &str) -> Option<&FigureFile> {
        by_id(&self.figures, id, "content/figures", |file| {
            (&file.id, file.file.path())
        })
    }

    /// What the bench measured under an id, where it can be read.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        let found = self.measures.iter().find(|file| file.id == id)?;
        found.measure.as_ref()
    }

    /// Whether a goal rests on a measure.
    pub fn awaits(&self, measure: &str) -> bool {
        let mut goals = self.goals.entries.iter();
        goals.any(|goal| goal.measure() == Some(measure))
    }

    /// The quiz of the lesson at a path relative to the book's root.
    pub fn quiz_of(&self, lesson: &Path) -> Option<&Quiz> {
        let mut quizzes = self.quizzes.iter().filter_map(|file| file.quiz.as_ref());
        quizzes.find(|quiz| quiz.lesson_path() == lesson)
    }

    /// The lab of the lesson at a path relative to the book's root, with its id.
    pub fn lab_of(&self, lesson: &Path) -> Option<(&str, &LessonLab)> {
        let labs = self.labs.iter();
        let mut labs = labs.filter_map(|file| Some((file.id.as_str(), file.lab.as_ref()?)));
        labs.find(|(_, lab)| Path::new("src").join(&lab.lesson.value) == lesson)
    }

    /// Every key that a figure, a task of the checklist, the outline of a lesson or a question of a quiz
    /// names, with the file in which it stands.
    pub(crate) fn cited_in_content(&self) -> impl Iterator<Item = (&SourceText, &Placed<String>)> {
        let by_figures = self.figures.iter().flat_map(|found| {
            let sources = found.figure.iter().flat_map(Figure::sources);
            sources.map(|source| (&found.file, source))
        });
        let tasks = self.checklist.entries.iter();
        let by_tasks = tasks.flat_map(|task| &task.sources);
        let by_lessons = self.pages.iter().flat_map(|page| {
            let lesson = page.piece.iter().filter_map(|piece| piece.lesson.as_ref());
            let topics = lesson.flat_map(|lesson| &lesson.outline);
            topics.map(|topic| (&page.file, &topic.source))
        });
        let by_quizzes = self.quizzes.iter().flat_map(|found| {
            let questions = found.quiz.iter().flat_map(|quiz| &quiz.questions);
            let sources = questions.flat_map(|question| &question.sources);
            sources.map(|source| (&found.file, source))
        });
        let by_tasks = by_tasks.map(|source| (&self.checklist.file, source));
        by_figures
            .chain(by_tasks)
            .chain(by_lessons)
            .chain(by_quizzes)
    }

    /// The page that shows the glossary: the first with its directive.
    pub fn glossary_page(&self) -> Option<&Page> {
        self.pages.get(self.glossary?)
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
            .chain(self.quizzes.iter().map(|quiz| &quiz.file))
            .chain(self.labs.iter().map(|lab| &lab.file))
            .chain(self.measures.iter().map(|measure| &measure.file))
            .chain(&self.scenes)
            .chain([&self.sources.file, &self.terms.file, &self.names.file])
            .chain([&self.words.file, &self.addresses.file, &self.redirects.file])
            .chain([&self.checklist.file, &self.changes.file, &self.press.file])
            .chain([&self.goals.file])
            .chain(self.unreadable.iter().map(|(file, _)| file))
    }
}

/// The file with an id, of files in the order of their paths. As a rule it lies in `folder` itself, and is found
/// without a look at all others.
fn by_id<'f, T>(
    files: &'f [T],
    id: &str,
    folder: &str,
    named: impl Fn(&T) -> (&String, &Path),
) -> Option<&'f T> {
    let path = Path::new(folder).join(format!("{id}.toml"));
    let place = files.binary_search_by(|file| named(file).1.cmp(&path));
    let there = place.ok().and_then(|place| files.get(place));
    let there = there.filter(|file| named(file).0 == id);
    there.or_else(|| files.iter().find(|file| named(file).0 == id))
}

/// A file's name without its ending.
pub fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Why a file is not even opened: it is none, or longer than any text of a book. It says nothing of a file
/// that is not there.
fn unfit(path: &Path, place: &Path) -> Option<(String, &'static str)> {
    let found = std::fs::metadata(place).ok()?;
    let is_page = path.extension().is_some_and(|ending| ending == "md")
        && path != Path::new("src/SUMMARY.md");
    let longest = if is_page { LONGEST_PAGE } else { LONGEST_FILE };
    if !found.is_file() {
        Some(("this is no file".to_owned(), "put a text file in its place"))
    } else if found.len() > longest {
        let (bytes, megabytes) = (found.len(), longest >> 20);
        Some((
            format!("the file has {bytes} bytes, and no more than {megabytes} MiB are read"),
            "divide it, or look what was pasted into it",
        ))
    } else {
        None
    }
}

/// Reads a text file. One that is not there or is no text is noted in `unreadable`; none comes back.
fn read_text(
    root: &Path,
    path: &Path,
    unreadable: &mut Vec<(SourceText, Misfit)>,
) -> Result<Option<SourceText>, ReadError> {
    let place = root.join(path);
    if let Some((problem, help)) = unfit(path, &place) {
        unreadable.push((SourceText::new(path, ""), Misfit::new(0..0, problem, help)));
        return Ok(None);
    }
    let (problem, help) = match std::fs::read_to_string(place) {
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
