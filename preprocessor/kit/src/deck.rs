//! The slides of a lesson: what the room sees, and what the lecturer says beside it.

mod html;

use crate::document::{Block, Inline, Properties};

pub use html::{DeckPage, deck_page};

/// The slides of one lesson, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Deck {
    /// What its files say of themselves. The name is that of the lesson: `lesson-1`.
    pub properties: Properties,
    /// How the lesson is called among the others: `Lesson 1`.
    pub lesson: String,
    /// The minutes that the whole lesson takes, with lab and quiz.
    pub minutes: u32,
    /// The slides. The first is the title.
    pub slides: Vec<Slide>,
    /// The publications that slides and notes cite; [`Inline::Note`] 1 is the first.
    pub notes: Vec<Vec<Inline>>,
}

/// One slide.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slide {
    /// Its id, which is also that of its section on the reading page. No two slides have the same.
    pub id: String,
    /// What it is for.
    pub kind: SlideKind,
    /// The part of the lesson that begins with it.
    pub part: Option<String>,
    /// Its heading.
    pub title: Vec<Inline>,
    /// What the room sees below the heading: text, lists, tables, samples. No headings.
    pub face: Vec<Block>,
    /// The picture below that.
    pub picture: Option<Picture>,
    /// What the lecturer says, and what the page has to read.
    pub says: Vec<Block>,
    /// The minutes that it stays: for a lab or a quiz, those of the whole exercise.
    pub minutes: u32,
}

/// What a slide is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlideKind {
    /// The first one.
    Title,
    /// What the class will be able to do.
    Objectives,
    /// One of the text.
    Text,
    /// While the class works on its laptops.
    Lab,
    /// While the class answers questions, or talks.
    Quiz,
    /// The last one: where to read on, the sources' address, the licence.
    End,
}

/// A drawing of dated facts or of a network.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Picture {
    /// The id of its figure.
    pub id: String,
    /// The drawing as a file of its own: SVG with fixed colours, no script, no style sheet.
    pub svg: String,
    /// What it shows, for those who do not see it, and for the notes.
    pub says: String,
}
