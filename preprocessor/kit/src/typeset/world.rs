//! All that the typesetter can see: one template, our fonts, and the words of one file.
//!
//! The words come in as values of the template, never as a part of its code, so that nothing in them
//! can mean anything. There are no other files, no network, and no clock.

use std::sync::LazyLock;

use editorial::{Milestone, Tag};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Array, Bytes, Datetime, Dict, Duration, IntoValue, Str, Value, dict};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::card::Card;
use super::fonts::{BOOK, FACES, FAMILY};
use crate::paper::Paper;
use crate::sheet::{Point, Sheet};
use crate::typography::set;

type Template = LazyLock<Source>;

static CHECKLIST: Template =
    LazyLock::new(|| Source::detached(include_str!("../../templates/checklist.typ")));
static CARD: Template =
    LazyLock::new(|| Source::detached(include_str!("../../templates/card.typ")));
static DOCUMENT: Template = LazyLock::new(|| {
    Source::detached(concat!(
        include_str!("../../templates/words.typ"),
        include_str!("../../templates/document.typ"),
    ))
});
static SLIDES: Template = LazyLock::new(|| {
    Source::detached(concat!(
        include_str!("../../templates/words.typ"),
        include_str!("../../templates/slide.typ"),
        include_str!("../../templates/slides.typ"),
    ))
});
static NOTES: Template = LazyLock::new(|| {
    Source::detached(concat!(
        include_str!("../../templates/words.typ"),
        include_str!("../../templates/slide.typ"),
        include_str!("../../templates/notes.typ"),
    ))
});

/// What the typesetter is given for one file.
pub(crate) struct Desk {
    library: LazyHash<Library>,
    template: &'static Source,
}

impl Desk {
    /// A desk with a sheet's words on it.
    pub(crate) fn with(sheet: &Sheet, paper: Paper) -> Desk {
        Desk::for_template(&CHECKLIST, words(sheet, paper))
    }

    /// A desk with a card's words on it.
    pub(crate) fn with_card(card: &Card) -> Desk {
        let words = dict! {
            "font" => text(FAMILY),
            "site" => text(&card.site),
            "title" => text(&card.title),
            "state" => text(&card.state),
            "kind" => text(&card.kind),
        };
        Desk::for_template(&CARD, words)
    }

    /// A desk with the words of a document on it.
    pub(crate) fn with_document(words: Dict) -> Desk {
        Desk::for_template(&DOCUMENT, words)
    }

    /// A desk with the words of slides on it.
    pub(crate) fn with_slides(words: Dict) -> Desk {
        Desk::for_template(&SLIDES, words)
    }

    /// A desk with the words of slides and of the notes beside them on it.
    pub(crate) fn with_notes(words: Dict) -> Desk {
        Desk::for_template(&NOTES, words)
    }

    fn for_template(template: &'static Source, words: Dict) -> Desk {
        let library = Library::builder().with_inputs(words).build();
        Desk {
            library: LazyHash::new(library),
            template,
        }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FACES.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn words(sheet: &Sheet, paper: Paper) -> Dict {
    let legend = Tag::ALL.into_iter().map(|tag| {
        dict! { "tag" => text(tag.name()), "meaning" => text(tag.meaning()) }
    });
    // On a task there is room for the number alone.
    let milestones = Milestone::ALL.into_iter().map(|milestone| {
        dict! { "number" => text(&milestone.number().to_string()), "title" => text(milestone.title()) }
    });
    dict! {
        "paper" => text(paper.typesetters_name()),
        "font" => text(FAMILY),
        "book" => text(&sheet.book),
        "title" => text(&sheet.title),
        "document" => text(&format!("{}{}", sheet.title, if sheet.is_draft { " (DRAFT)" } else { "" })),
        "keywords" => list(sheet.is_draft.then(|| text("DRAFT")).into_iter().chain([text("checklist")])),
        "lead" => list(sheet.lead.iter().map(|paragraph| text(paragraph))),
        "status" => text(&sheet.status),
        "checked" => text(&sheet.checked_in_words()),
        "points" => list(sheet.points.iter().map(point)),
        "legend" => list(legend),
        "plan" => text(Milestone::PLAN),
        "milestones" => list(milestones),
    }
}

fn point(point: &Point) -> Dict {
    let milestone = point.milestone;
    dict! {
        "task" => text(&point.task),
        "why" => text(&point.why),
        "tag" => text(point.tag.name()),
        "milestone" => text(&format!("Milestone {}", milestone.number())),
        "answer" => text(&point.answer),
    }
}

fn text(text: &str) -> Value {
    Str::from(set(text)).into_value()
}

fn list<T: IntoValue>(items: impl Iterator<Item = T>) -> Value {
    items
        .map(IntoValue::into_value)
        .collect::<Array>()
        .into_value()
}
