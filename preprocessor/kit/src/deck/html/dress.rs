//! How the words of a slide and of its notes are dressed.

use crate::deck::{Deck, Slide};
use crate::document::Role;
use crate::markup::{Dress, Part, escaped};

/// The words that the room sees.
pub(super) struct OnFace<'a> {
    deck: &'a Deck,
    slide: &'a Slide,
}

/// The words that the lecturer says.
pub(super) struct InNotes<'a> {
    face: OnFace<'a>,
    /// The publications that the words cite, by number, in the order in which they were met.
    pub cited: Vec<usize>,
}

impl<'a> OnFace<'a> {
    /// For a slide of the deck.
    pub(super) fn new(deck: &'a Deck, slide: &'a Slide) -> OnFace<'a> {
        OnFace { deck, slide }
    }

    /// A reference that leads to the publication in the notes of the slide. The number is as large as the
    /// words: nothing on a slide is small.
    fn reference(&self, number: usize) -> String {
        if number == 0 || number > self.deck.notes.len() {
            return String::new();
        }
        let to = source(&self.slide.id, number);
        format!("<a class=\"cited\" href=\"#{to}\" aria-label=\"Source {number}\">[{number}]</a>")
    }
}

impl<'a> InNotes<'a> {
    /// For a slide of the deck.
    pub(super) fn new(deck: &'a Deck, slide: &'a Slide) -> InNotes<'a> {
        InNotes {
            face: OnFace::new(deck, slide),
            cited: Vec::new(),
        }
    }
}

/// Where a publication stands in the notes of a slide.
pub(super) fn source(slide: &str, number: usize) -> String {
    escaped(&format!("{slide}-source-{number}"))
}

impl Dress for OnFace<'_> {
    const SAMPLE: (&'static str, &'static str) = ("figure", "figcaption");

    fn attributes(&self, part: Part) -> String {
        let class = match part {
            Part::Paragraph(Role::State) => "state",
            Part::Paragraph(Role::Says) => "says",
            Part::Paragraph(Role::Action) => "action",
            Part::Paragraph(Role::Facts) => "facts",
            Part::Paragraph(Role::Small) => "small",
            Part::Gap => "gap",
            Part::Sample => "sample",
            Part::Title => "sample-title",
            Part::Notices => "notices",
            Part::Provenance => "small",
            _ => return String::new(),
        };
        format!(" class=\"{class}\"")
    }

    /// Below the heading of the slide.
    fn level(&mut self, _: u8) -> u8 {
        3
    }

    /// The page of the lesson has the same parts, with ids; here, only slides and their sources need one.
    fn id(&mut self, _: &str) -> String {
        String::new()
    }

    fn note(&mut self, number: usize) -> String {
        let reference = self.reference(number);
        let space = if reference.is_empty() { "" } else { " " };
        format!("{space}{reference}")
    }
}

impl Dress for InNotes<'_> {
    const SAMPLE: (&'static str, &'static str) = OnFace::SAMPLE;

    fn attributes(&self, part: Part) -> String {
        self.face.attributes(part)
    }

    fn level(&mut self, level: u8) -> u8 {
        self.face.level(level)
    }

    fn id(&mut self, id: &str) -> String {
        self.face.id(id)
    }

    fn note(&mut self, number: usize) -> String {
        if !self.cited.contains(&number) {
            self.cited.push(number);
        }
        self.face.note(number)
    }
}
