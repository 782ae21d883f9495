//! One text to send: everything that a file says, before any format has said it.
//!
//! Every format writes the same [`Block`]s in the same order, so that the text is the same in all of
//! them. What a format cannot show (a colour, a link) it leaves out; it leaves out no word.

mod read;
pub(crate) mod words;

use editorial::Day;

pub use read::{Reading, Surroundings, mark, read};

/// A text with what its file says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Document {
    /// What the file says about itself.
    pub properties: Properties,
    /// The text, in the order in which it is read. The first block is the title.
    pub blocks: Vec<Block>,
    /// The publications that the text cites: [`Inline::Note`] 1 is the first.
    pub notes: Vec<Vec<Inline>>,
}

/// What a file says about itself, in its letterhead and in its properties.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Properties {
    /// The file's name, without its ending and without the mark of a draft.
    pub name: String,
    /// The title.
    pub title: String,
    /// The book that it comes from, which is its author: the letterhead begins with it.
    pub book: String,
    /// What kind of text it is: `Answer`.
    pub kind: String,
    /// What it is about, in single words.
    pub keywords: Vec<String>,
    /// How far its review has come, in a sentence.
    pub state: String,
    /// Whether nobody but its writers has reviewed it.
    pub is_draft: bool,
    /// The day on which it was last compared with its sources: the date of the file.
    pub checked: Day,
    /// Which version it is: `Version 0a1b2c3d4e of 22 November 2026`.
    pub version: String,
}

impl Properties {
    /// The mark that the name of a draft's file carries.
    pub const DRAFT: &str = "DRAFT";

    /// The name of the file with an ending: `why-no-mandate-DRAFT.pdf`.
    pub fn file(&self, ending: &str) -> String {
        let mark = if self.is_draft { "-" } else { "" };
        let draft = if self.is_draft { Self::DRAFT } else { "" };
        format!("{}{mark}{draft}.{ending}", self.name)
    }
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 for the title, 2 for a section, at most 4. No level is left out.
        level: u8,
        /// Its id on the website, where it has one.
        id: Option<String>,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// What it is for.
        role: Role,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A list.
    List {
        /// The number of the first item, where the items are numbered.
        start: Option<u64>,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// What somebody else says, or sentences to use as they stand.
    Quotation(Vec<Block>),
    /// Lines of code, as they were written.
    Code(Vec<String>),
    /// A table with a row of headings.
    Table {
        /// The headings of its columns.
        head: Vec<Vec<Inline>>,
        /// Its rows, each with as many cells as there are columns.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// What a scanner showed.
    Sample(Sample),
}

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The text itself.
    Text,
    /// How far the review has come.
    State,
    /// The sentence to quote.
    Says,
    /// What the reader should do.
    Action,
    /// For whom it is, and when it was checked.
    Facts,
    /// What need not be read first: where the text comes from, that tools are examples.
    Small,
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words that stand out, such as a title.
    Emphasis(Vec<Inline>),
    /// Words that stand out more.
    Strong(Vec<Inline>),
    /// Words as a machine takes them.
    Code(String),
    /// Words that lead somewhere.
    Link {
        /// The whole address: `https` or `mailto`.
        to: String,
        /// The words.
        words: Vec<Inline>,
    },
    /// A reference to [`Document::notes`], counted from 1.
    Note(usize),
    /// A gap for somebody to fill: `name of your organisation`. Every format shows it as
    /// [`Inline::gap`] says, so that gaps that nobody filled can be found.
    Gap(String),
    /// A box to tick.
    Tick,
    /// A new line in the same paragraph.
    Break,
}

impl Inline {
    /// How every gap begins, in every format.
    pub const GAP: &str = "[FILL IN: ";
    /// How a box to tick looks where there are only letters.
    pub const BOX: &str = "[ ]";

    /// A gap as people see it: `[FILL IN: name of your organisation]`.
    pub fn gap(what: &str) -> String {
        format!("{}{what}]", Self::GAP)
    }

    /// Words, and nothing else.
    pub fn text(words: impl Into<String>) -> Inline {
        Inline::Text(words.into())
    }
}

/// A sample in its plain form: what it means, what was typed and printed, what to notice, where it comes
/// from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sample {
    /// Its id.
    pub id: String,
    /// `Before` or `After`, for one of two that are compared.
    pub when: Option<String>,
    /// Its title.
    pub title: String,
    /// What a lay reader should take away.
    pub plain: String,
    /// What was typed and printed.
    pub lines: Vec<Line>,
    /// What to notice; the first is note 1.
    pub notices: Vec<String>,
    /// Who looked at what, when, and how to repeat it.
    pub provenance: String,
}

/// A line of a terminal, cleaned of everything that is not seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Line {
    /// What stands there; a command begins with `$ `.
    pub text: String,
    /// Whether somebody typed it.
    pub is_command: bool,
    /// The notice that points at it, counted from 1.
    pub notice: Option<usize>,
}

impl Block {
    /// A paragraph of the text.
    pub fn text(words: Vec<Inline>) -> Block {
        Block::Paragraph {
            role: Role::Text,
            words,
        }
    }

    /// A paragraph with a role and words that need no marks.
    pub fn says(role: Role, words: impl Into<String>) -> Block {
        Block::Paragraph {
            role,
            words: vec![Inline::text(words)],
        }
    }

    /// A heading without an id.
    pub fn heading(level: u8, words: impl Into<String>) -> Block {
        Block::Heading {
            level,
            id: None,
            words: vec![Inline::text(words)],
        }
    }

    /// A list without numbers, a paragraph an item.
    pub fn list(items: impl IntoIterator<Item = Vec<Inline>>) -> Block {
        Block::List {
            start: None,
            items: items
                .into_iter()
                .map(|words| vec![Block::text(words)])
                .collect(),
        }
    }
}

impl Inline {
    /// How many characters it shows, about.
    pub(crate) fn length(&self) -> usize {
        match self {
            Inline::Text(text) | Inline::Code(text) => text.chars().count(),
            Inline::Emphasis(words) | Inline::Strong(words) | Inline::Link { words, .. } => {
                words.iter().map(Inline::length).sum()
            }
            Inline::Gap(what) => Inline::gap(what).chars().count(),
            Inline::Note(_) | Inline::Tick | Inline::Break => 1,
        }
    }
}

impl Line {
    /// The line with the number of its notice at its end: `104/tcp open  <1>`.
    pub fn shown(&self) -> String {
        match self.notice {
            Some(number) => format!("{}  <{number}>", self.text),
            None => self.text.clone(),
        }
    }
}
