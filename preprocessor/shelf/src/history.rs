//! What the repository keeps of the book: which version this is, and every version of every piece.
//!
//! A book without a repository, and a machine without `git`, have no history. That stops nothing: the
//! reason is kept, and a page says so.

mod git;
mod log;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use editorial::{Day, Page, SourceText, stem};
use kit::{ArticleKind, Version};

pub(crate) use log::Commit;
use log::Log;

/// The folder of old texts in the website.
pub(crate) const FOLDER: &str = "versions";

/// The history of a book.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    version: Version,
    /// The commits of the main line, the newest first.
    commits: Vec<Commit>,
    /// Every piece that ever was, by its file.
    pieces: BTreeMap<String, Past>,
    is_shallow: bool,
    trouble: Option<String>,
}

/// Every version of one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Past {
    /// Its file, as it is called today: `src/answers/decoys.md`.
    pub(crate) path: String,
    /// The name of its folder under [`FOLDER`]: as a rule its file name without ending.
    pub(crate) slug: String,
    /// Its question or title, by its newest text.
    pub(crate) title: String,
    /// What kind of piece it was last.
    pub(crate) kind: ArticleKind,
    /// The versions, the newest first.
    pub(crate) versions: Vec<Kept>,
    /// The day on which it went away, where it did.
    pub(crate) withdrawn: Option<Day>,
}

/// One version of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The commit that brought it.
    pub(crate) version: Version,
    /// The day on which the next took its place; nothing for the one that stands.
    pub(crate) until: Option<Day>,
    /// The commits at which it stood, the newest first.
    at: std::ops::Range<usize>,
    /// The file as it was.
    written: Arc<str>,
}

impl History {
    /// Reads the history of the book in the folder `root`.
    pub(crate) fn read(root: &Path) -> History {
        History::default().again(root)
    }

    /// Reads it once more. Where nobody has committed since, that takes no more than two questions.
    pub(crate) fn again(&self, root: &Path) -> History {
        match self.next(root) {
            Ok(history) => history,
            Err(reason) => History {
                trouble: Some(reason),
                ..History::default()
            },
        }
    }

    fn next(&self, root: &Path) -> Result<History, String> {
        if !root.join(".git").exists() {
            return Err("the book does not lie at the top of a git repository".to_owned());
        }
        let head = git::ask(
            root,
            &[
                "rev-parse",
                "--is-shallow-repository",
                "--verify",
                "HEAD^{commit}",
            ],
            "",
        )?;
        let head = String::from_utf8_lossy(&head).into_owned();
        let (is_shallow, head) = head.split_once('\n').ok_or("git tells no commit")?;
        let (is_shallow, head) = (is_shallow == "true", head.trim());
        let status = git::ask_about_files(
            root,
            &[
                "status",
                "--porcelain",
                "-z",
                "--untracked-files=all",
                "--",
                "book.toml",
                "src",
                "content",
            ],
        )?;
        let is_same = self.version.commit.as_deref() == Some(head) && self.is_shallow == is_shallow;
        let mut history = if is_same {
            self.clone()
        } else {
            whole(root, head, is_shallow)?
        };
        history.version.is_changed = !status.is_empty();
        Ok(history)
    }

    /// Which version of the book this is.
    pub(crate) fn version(&self) -> Version {
        self.version.clone()
    }

    /// Why nothing is known; nothing where something is.
    pub(crate) fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Whether only the newest part of the history lies here.
    pub(crate) fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// Every version of the piece in a file; none where it is in no commit.
    pub(crate) fn of(&self, path: &str) -> Option<&Past> {
        self.pieces.get(path)
    }

    /// The pieces that went away.
    pub(crate) fn withdrawn(&self) -> impl Iterator<Item = &Past> {
        let pieces = self.pieces.values();
        pieces.filter(|past| past.withdrawn.is_some())
    }

    /// The day of the newest commit that touched the piece in a file. Nobody knows, where that is the
    /// commit at which a shallow clone begins.
    pub(crate) fn changed(&self, path: &str) -> Option<Day> {
        let newest = self.of(path)?.versions.first()?;
        self.is_certain(newest).then_some(newest.version.day)?
    }

    /// The day of the first commit with the piece in a file, where that is known.
    pub(crate) fn begun(&self, path: &str) -> Option<Day> {
        let oldest = self.of(path)?.versions.last()?;
        self.is_certain(oldest).then_some(oldest.version.day)?
    }

    fn is_certain(&self, kept: &Kept) -> bool {
        !self.is_shallow || kept.at.end < self.commits.len()
    }

    /// The texts of all versions and a list for each piece, by their places in the website.
    pub(crate) fn texts(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        for past in self.pieces.values() {
            files.push((past.list(), self.list(past).into_bytes()));
            for kept in &past.versions {
                let text = text::text(&past.path, &kept.written, &kept.version);
                files.push((past.place(kept), text.into_bytes()));
            }
        }
        files
    }

    /// Which version of a piece stood at which commit.
    fn list(&self, past: &Past) -> String {
        let mut list = format!(
            "{}\n\nEvery text of this piece, the newest first. A statement names its version, such as {}: \
             look for that number below, and open the file above it.\n",
            past.title,
            self.version.short().unwrap_or_default(),
        );
        for kept in &past.versions {
            let name = Past::name(kept);
            list.push_str(&format!(
                "\n{}/{name}\n  {}, at:\n",
                past.slug,
                kept.in_words()
            ));
            let commits = self.commits.get(kept.at.clone()).unwrap_or_default();
            for line in commits.chunks(8) {
                let ids = line.iter().map(|commit| short(&commit.id));
                list.push_str(&format!("  {}\n", ids.collect::<Vec<_>>().join(" ")));
            }
        }
        if self.is_shallow {
            list.push_str(
                "\nOlder texts are not here: this copy of the repository begins later.\n",
            );
        }
        list
    }
}

impl Past {
    /// Where the text of a version lies in the website: `versions/decoys/0a1b2c3d4e.txt`.
    pub(crate) fn place(&self, kept: &Kept) -> String {
        format!("{FOLDER}/{}/{}", self.slug, Past::name(kept))
    }

    /// Where the list of all versions lies: `versions/decoys.txt`.
    pub(crate) fn list(&self) -> String {
        format!("{FOLDER}/{}.txt", self.slug)
    }

    fn name(kept: &Kept) -> String {
        format!("{}.txt", kept.version.short().unwrap_or_default())
    }
}

impl Kept {
    /// `From 22 November 2026 until 1 May 2027`
    pub(crate) fn in_words(&self) -> String {
        let day = |day: Option<Day>| day.map_or("an unknown day".to_owned(), |day| day.in_words());
        let from = day(self.version.day);
        match self.until {
            Some(until) if Some(until) == self.version.day => format!("For a part of {from}"),
            Some(until) => format!("From {from} until {}", until.in_words()),
            None => format!("Since {from}"),
        }
    }
}

/// Reads the whole history, which ends in the commit `head`.
fn whole(root: &Path, head: &str, is_shallow: bool) -> Result<History, String> {
    let mut question = log::QUESTION.to_vec();
    question.insert(1, head);
    let answer = git::ask(root, &question, "")?;
    let Log { commits, pages } = log::read(&answer).ok_or("the log of git is not understood")?;
    let newest = commits.first().filter(|commit| commit.id == head);
    let version = Version {
        commit: Some(head.to_owned()),
        day: newest.map(|commit| commit.day),
        is_changed: false,
    };
    let steps = pages.values().flatten();
    let blobs: BTreeSet<&str> = steps.filter_map(|step| step.blob.as_deref()).collect();
    let texts = texts_of(root, &blobs)?;
    let mut pieces = BTreeMap::new();
    let mut taken = BTreeSet::new();
    // Those that stand take their names before those that went away.
    let (standing, gone): (Vec<_>, Vec<_>) = pages
        .into_iter()
        .partition(|(_, steps)| steps.first().is_some_and(|step| step.blob.is_some()));
    for (path, steps) in standing.into_iter().chain(gone) {
        if let Some(mut past) = past(&path, &steps, &commits, &texts) {
            while !taken.insert(past.slug.clone()) {
                past.slug.push_str("-before");
            }
            pieces.insert(path, past);
        }
    }
    Ok(History {
        version,
        commits,
        pieces,
        is_shallow,
        trouble: None,
    })
}

/// Everything that is known of a page; nothing where its newest text is no piece.
fn past(
    path: &str,
    steps: &[log::Step],
    commits: &[Commit],
    texts: &HashMap<String, Arc<str>>,
) -> Option<Past> {
    let mut versions: Vec<Kept> = Vec::new();
    let mut newest: Option<&Arc<str>> = None;
    let mut withdrawn = None;
    let mut newer: Option<&log::Step> = None;
    for step in steps {
        let commit = commits.get(step.at)?;
        let until = newer.and_then(|newer| commits.get(newer.at));
        match &step.blob {
            Some(blob) => {
                let written = texts.get(blob)?;
                newest = newest.or(Some(written));
                let version = Version {
                    commit: Some(commit.id.clone()),
                    day: Some(commit.day),
                    is_changed: false,
                };
                versions.push(Kept {
                    written: Arc::clone(written),
                    version,
                    until: until.map(|commit| commit.day),
                    at: newer.map_or(0, |newer| newer.at + 1)..step.at + 1,
                });
            }
            None if versions.is_empty() => withdrawn = Some(commit.day),
            None => {}
        }
        newer = Some(step);
    }
    let page = Page::read(SourceText::new(path, &**newest?));
    let piece = page.piece?;
    Some(Past {
        slug: stem(Path::new(path)),
        path: path.to_owned(),
        title: piece.title.value,
        kind: ArticleKind::of(piece.kind)?,
        versions,
        withdrawn,
    })
}

/// The texts of objects.
fn texts_of(root: &Path, blobs: &BTreeSet<&str>) -> Result<HashMap<String, Arc<str>>, String> {
    let mut texts = HashMap::new();
    if blobs.is_empty() {
        return Ok(texts);
    }
    let wanted: String = blobs.iter().map(|blob| format!("{blob}\n")).collect();
    let answer = git::ask(root, &["cat-file", "--batch"], &wanted)?;
    let mut rest = answer.as_slice();
    // `ID blob LENGTH`, a line break, the bytes, a line break.
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
        let Some((id, length)) = head.split_once(" blob ") else {
            return Err(format!("git has no text: {head}"));
        };
        let length: usize = length.parse().map_err(|_| "git tells no length")?;
        let (from, to) = (end + 1, end + 1 + length);
        let bytes = rest.get(from..to).ok_or("a text of git breaks off")?;
        texts.insert(id.to_owned(), String::from_utf8_lossy(bytes).into());
        rest = rest.get(to + 1..).unwrap_or_default();
    }
    Ok(texts)
}

/// The beginning of a commit, as [`Version::short`] has it.
fn short(id: &str) -> &str {
    id.get(..Version::SHORT).unwrap_or(id)
}
