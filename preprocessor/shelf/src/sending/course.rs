//! What a lesson has beside its text: what is shown, done and asked in a room, and all of it in one file.

use anyhow::Result;
use kit::document::{Block, Inline, Role};
use kit::{Article, Deck, Document, Quiz};

use super::{Form, Item, Kit, bundle};
use crate::slides::{self, Beside};

/// Under what the texts and the programs stand.
const LICENCE: &str = include_str!("../../../../LICENSE.md");

/// What is shown, done and asked in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Course {
    /// The slides.
    pub(crate) deck: Deck,
    /// The tasks of the lab with their hints, to print.
    pub(crate) lab: Option<Document>,
    /// The questions.
    pub(crate) quiz: Option<Quiz>,
}

impl Course {
    /// Whether a lesson has something of a form.
    pub(super) fn has(&self, form: Form) -> bool {
        match form {
            Form::LabPdf | Form::LabWord => self.lab.is_some(),
            Form::QuizPdf | Form::QuizMoodle | Form::QuizQti => self.quiz.is_some(),
            _ => true,
        }
    }
}

/// The questions without their answers, for a class that writes on paper.
pub(super) fn sheet(quiz: &Quiz, lesson: &Article) -> Document {
    let mut properties = lesson.about();
    properties.kind = "Quiz".to_owned();
    let mut blocks = vec![
        Block::heading(1, &lesson.title),
        Block::says(Role::State, &lesson.review.in_words),
        Block::says(
            Role::Facts,
            "The questions of the lesson. Tick every choice that is right; the answers are with the lecturer.",
        ),
    ];
    let items = quiz.questions.iter().map(|question| {
        let choices = question.choices.iter();
        let choices =
            choices.map(|choice| vec![Inline::Tick, Inline::text(format!(" {}", choice.says))]);
        vec![
            Block::text(vec![Inline::Strong(vec![Inline::text(&question.asks)])]),
            Block::list(choices),
        ]
    });
    blocks.push(Block::List {
        start: Some(1),
        items: items.collect(),
    });
    Document {
        properties,
        blocks,
        notes: Vec::new(),
    }
}

/// All of a lesson: its files, the slides as a folder that needs nothing beside it, the licence, and the list
/// of all.
pub(super) fn zip(kit: &Kit, lesson: &Article, course: &Course) -> Result<Vec<u8>> {
    let own = kit.items_of(lesson);
    let own: Vec<&Item> = own.filter(|item| item.form != Form::Course).collect();
    let mut files = Vec::new();
    for item in &own {
        files.push((item.name.clone(), *item, kit.make(item)?));
    }
    let mut beside = slides::shared();
    beside.push((slides::place(&course.deck), show(kit, lesson, course)));
    beside.push(("LICENSE.md".to_owned(), LICENCE.as_bytes().to_vec()));
    bundle::pack(kit, lesson, &files, &beside)
}

/// The page with the slides, whose links lead to the other files of the zip.
fn show(kit: &Kit, lesson: &Article, course: &Course) -> Vec<u8> {
    let way = |form: Form| {
        let mut items = kit.items_of(lesson);
        let item = items.find(|item| item.form == form)?;
        Some(format!("../{}", item.name))
    };
    let beside = Beside {
        lesson: way(Form::Pdf).or_else(|| way(Form::Word)),
        slides: way(Form::SlidesPdf),
        notes: way(Form::NotesPdf),
    };
    slides::page(&course.deck, beside, &kit.language, true).into_bytes()
}
