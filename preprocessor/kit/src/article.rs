//! A piece of the book, read whole: what its page says, and what is known about it.

mod contacts;
mod message_card;
mod piece;
mod statement;

use editorial::{Day, Kind, Status};

use crate::document::{Block, Inline};

/// One piece, ready to be sent, listed or fed to another website.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Article {
    /// Its file name without ending: `why-no-mandate`. No two pieces have the same.
    pub slug: String,
    /// Its file as seen from the book's folder, with forward slashes: `src/answers/why-no-mandate.md`.
    pub source: String,
    /// Its page as seen from the website's root: `answers/why-no-mandate.html`.
    pub page: String,
    /// The whole address of its page; nothing where the website has no home yet.
    pub address: Option<String>,
    /// The title of the book.
    pub book: String,
    /// What kind of piece it is.
    pub kind: ArticleKind,
    /// The question or title.
    pub title: String,
    /// The sentence to quote.
    pub says: Option<String>,
    /// The three messages.
    pub messages: Vec<String>,
    /// What the reader should do.
    pub action: Option<String>,
    /// What not to say to a reporter, a sentence each with its reason.
    pub avoid: Vec<String>,
    /// For whom it is written, in words: `the press`.
    pub audience: Vec<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Words that readers look for it by, and that it need not say.
    pub also: Vec<String>,
    /// How far its review has come.
    pub review: ArticleReview,
    /// Which version of the text it is.
    pub version: Version,
    /// The minutes it takes to read.
    pub minutes: usize,
    /// The text between its head and its messages. The title is no part of it; sections have level 2.
    pub body: Vec<Block>,
    /// That the tools it names are examples, where it names any.
    pub examples: Option<String>,
    /// The publications it cites; [`Inline::Note`] 1 is the first.
    pub notes: Vec<ArticleNote>,
}

/// What kind of piece it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArticleKind {
    /// One question, answered in about 700 words.
    Answer,
    /// A fact sheet about one kind of incident.
    Incident,
    /// A longer paper.
    Paper,
    /// The checklist.
    Checklist,
    /// A lesson for a class.
    Lesson,
}

/// How far a review has come.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ArticleReview {
    /// `draft`, `reviewed` or `cleared`.
    pub status: &'static str,
    /// The same in a sentence: who has reviewed it, or that nobody has.
    pub in_words: String,
    /// Whether nobody but its writers has reviewed it.
    pub is_draft: bool,
    /// Whether a person has cleared it for publication.
    pub is_cleared: bool,
    /// The day on which it was last compared with its sources.
    pub checked: Day,
    /// The day by which that must be done again.
    pub due: Day,
    /// Whether it cites anything that it was compared with.
    pub was_compared: bool,
}

/// A publication that a piece cites.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ArticleNote {
    /// Its key in the registry.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// Its whole entry: title, publisher, edition, address, how it was checked.
    pub words: Vec<Inline>,
}

/// Which version of the book a text comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Version {
    /// The commit of the repository, in full; nothing where that is not known.
    pub commit: Option<String>,
    /// The day of that commit.
    pub day: Option<Day>,
    /// Whether the book's files differ from that commit.
    pub is_changed: bool,
}

impl ArticleKind {
    /// The kind of a page; nothing for pages that nobody sends.
    pub fn of(kind: Kind) -> Option<ArticleKind> {
        match kind {
            Kind::Answer => Some(ArticleKind::Answer),
            Kind::Incident => Some(ArticleKind::Incident),
            Kind::Paper => Some(ArticleKind::Paper),
            Kind::Checklist => Some(ArticleKind::Checklist),
            Kind::Lesson => Some(ArticleKind::Lesson),
            Kind::Page => None,
        }
    }

    /// As front matter has it: `answer`.
    pub fn word(self) -> &'static str {
        match self {
            ArticleKind::Answer => "answer",
            ArticleKind::Incident => "incident",
            ArticleKind::Paper => "paper",
            ArticleKind::Checklist => "checklist",
            ArticleKind::Lesson => "lesson",
        }
    }

    /// As people say it: `Fact sheet`.
    pub fn name(self) -> &'static str {
        match self {
            ArticleKind::Answer => "Answer",
            ArticleKind::Incident => "Fact sheet",
            ArticleKind::Paper => "Paper",
            ArticleKind::Checklist => "Checklist",
            ArticleKind::Lesson => "Lesson",
        }
    }
}

impl ArticleReview {
    /// What a piece's front matter says of its review. `was_compared`: whether it cites anything.
    pub fn of(review: &editorial::Review, was_compared: bool) -> ArticleReview {
        ArticleReview {
            status: review.status.word(),
            in_words: of_a_text(review.in_words()),
            is_draft: review.status == Status::Draft,
            is_cleared: review.status == Status::Cleared,
            checked: review.checked.value,
            due: review.due.value,
            was_compared,
        }
    }

    /// `Compared with its sources on 22 November 2026.`
    pub fn checked_in_words(&self) -> String {
        let what = if self.was_compared {
            "Compared with its sources"
        } else {
            "Checked"
        };
        format!("{what} on {}.", self.checked.in_words())
    }
}

/// What a page says of itself, said of a text that has left its page.
pub(crate) fn of_a_text(state: String) -> String {
    state.replace("this page", "this text")
}

impl Version {
    /// How many characters of a commit people are shown.
    pub const SHORT: usize = 10;

    /// The beginning of the commit, for people.
    pub fn short(&self) -> Option<&str> {
        let commit = self.commit.as_deref()?;
        Some(commit.get(..Version::SHORT).unwrap_or(commit))
    }

    /// `Version 0a1b2c3d4e of 22 November 2026.`, or that it is not known.
    pub fn in_words(&self) -> String {
        let Some(commit) = self.short() else {
            return "Version not known: made from no commit.".to_owned();
        };
        let day = self
            .day
            .map_or(String::new(), |day| format!(" of {}", day.in_words()));
        let changed = if self.is_changed {
            ", with changes that are not kept in the repository yet"
        } else {
            ""
        };
        format!("Version {commit}{day}{changed}.")
    }
}
