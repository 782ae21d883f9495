//! The front matter of a page: what kind of piece it is, for whom, and what it says in brief.

use std::fmt;
use std::ops::Range;

use crate::day::Day;
use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;
use crate::lesson::Lesson;

/// What kind of piece a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One question, answered in about 700 words.
    Answer,
    /// A fact sheet about one incident.
    Incident,
    /// A longer paper.
    Paper,
    /// The one-page checklist.
    Checklist,
    /// Teaching material.
    Lesson,
    /// Any other page, such as the landing page.
    Page,
}

impl Kind {
    const WORDS: [(&'static str, Kind); 6] = [
        ("answer", Kind::Answer),
        ("incident", Kind::Incident),
        ("paper", Kind::Paper),
        ("checklist", Kind::Checklist),
        ("lesson", Kind::Lesson),
        ("page", Kind::Page),
    ];

    /// Whether it is a text that is held to its sources and to a reading grade.
    pub fn is_prose(self) -> bool {
        self.is_quoted() || self == Kind::Lesson
    }

    /// Whether the press may quote it, so that it needs a sentence to quote and three messages.
    pub fn is_quoted(self) -> bool {
        matches!(self, Kind::Answer | Kind::Incident | Kind::Paper)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Kind::WORDS
            .iter()
            .find(|(_, kind)| kind == self)
            .map_or("page", |(word, _)| word);
        f.write_str(word)
    }
}

/// How far a piece has come. Only a person may move it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Written and checked against its sources by its writers; nobody else has reviewed it.
    Draft,
    /// Read and agreed by the named reviewer.
    Reviewed,
    /// Cleared for publication by the named person.
    Cleared,
}

impl Status {
    const WORDS: [(&'static str, Status); 3] = [
        ("draft", Status::Draft),
        ("reviewed", Status::Reviewed),
        ("cleared", Status::Cleared),
    ];

    /// The word that front matter has for it.
    pub fn word(self) -> &'static str {
        let word = Status::WORDS.iter().find(|(_, status)| *status == self);
        word.map_or("draft", |(word, _)| word)
    }
}

/// Who stands behind a piece, and when it was compared with its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How far it has come.
    pub status: Status,
    /// Who reviewed or cleared it; always there once the status says so.
    pub by: Option<String>,
    /// The day somebody compared the page with its sources.
    pub checked: Placed<Day>,
    /// The day by which that must be done again.
    pub due: Placed<Day>,
}

/// A rule that a page is excused from, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The rule's name.
    pub rule: Placed<String>,
    /// Why the page may break it.
    pub reason: String,
}

/// The front matter of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What kind of piece it is.
    pub kind: Kind,
    /// The question it answers, or the title of a page that answers none.
    pub title: Placed<String>,
    /// For whom it is written.
    pub audience: Vec<String>,
    /// What it is about.
    pub topics: Vec<Placed<String>>,
    /// Words that readers look for it by, and that it need not say.
    pub also: Vec<Placed<String>>,
    /// The one sentence to quote.
    pub says: Option<Placed<String>>,
    /// Up to three messages for nine seconds of speech.
    pub messages: Vec<Placed<String>>,
    /// What the reader should do.
    pub action: Option<Placed<String>>,
    /// What not to say to a reporter: the wrong sentence in quotation marks, and why it is wrong.
    pub avoid: Vec<Placed<String>>,
    /// What only a lesson says; always there in one that could be read.
    pub lesson: Option<Lesson>,
    /// Absent where the page has none, or one that could not be read.
    pub review: Option<Review>,
    /// Whether the page has none at all.
    pub(crate) review_is_missing: bool,
    /// The rules it is excused from.
    pub waivers: Vec<Waiver>,
    /// The bytes of the front matter between its fences.
    pub span: Range<usize>,
}

impl Review {
    /// How far the review has come, in words that cannot be mistaken.
    pub fn in_words(&self) -> String {
        let by = self.by.as_deref().unwrap_or("an unnamed person");
        match self.status {
            Status::Draft => "Draft: nobody but its writers has reviewed this page.".to_owned(),
            Status::Reviewed => format!("Reviewed by {by}."),
            Status::Cleared => format!("Cleared by {by}."),
        }
    }
}

const AUDIENCES: [(&str, &str); 7] = [
    ("administrator", "PACS administrators"),
    ("ciso", "security officers"),
    ("product-manager", "product managers"),
    ("regulator", "regulators"),
    ("press", "the press"),
    ("educator", "educators"),
    ("editor", "editors"),
];

impl Piece {
    /// Reads the front matter `toml`, which starts at byte `base` of its file. A piece comes back
    /// only where its kind and title could be read.
    pub(crate) fn parse(toml: &str, base: usize) -> (Option<Piece>, Vec<Misfit>) {
        read_toml(toml, base, |fields| {
            let kind = fields.choice("kind", &Kind::WORDS);
            let title = read_title(fields, kind.as_ref().map(|kind| kind.value));
            let piece = Piece {
                kind: kind.as_ref().map_or(Kind::Page, |kind| kind.value),
                title: title.clone().unwrap_or(Placed {
                    value: String::new(),
                    span: base..base,
                }),
                audience: read_audience(fields),
                topics: read_topics(fields),
                also: fields.texts("also"),
                says: fields.text("says"),
                messages: fields.texts("messages"),
                action: fields.text("action"),
                avoid: fields.texts("avoid"),
                lesson: read_lesson(fields, kind.as_ref().map(|kind| kind.value)),
                review_is_missing: !fields.has("review"),
                review: fields.table("review", read_review).flatten(),
                waivers: fields
                    .tables("waive", read_waiver)
                    .into_iter()
                    .flatten()
                    .collect(),
                span: base..base + toml.len(),
            };
            (kind.is_some() && title.is_some()).then_some(piece)
        })
    }
}

fn read_title(fields: &mut Fields<'_>, kind: Option<Kind>) -> Option<Placed<String>> {
    if kind == Some(Kind::Answer) {
        let question = fields.required_text("question", "write the question the page answers")?;
        if !question.value.trim_end().ends_with('?') {
            fields.misfit(
                question.span.clone(),
                "the question does not end in a question mark",
                "ask it as a reader would",
            );
        }
        return Some(question);
    }
    if fields.has("question") {
        return fields.required_text("question", "write the question the page answers");
    }
    fields.required_text("title", "write the page's title")
}

/// The table of a lesson, which stands in a lesson and nowhere else.
fn read_lesson(fields: &mut Fields<'_>, kind: Option<Kind>) -> Option<Lesson> {
    if kind == Some(Kind::Lesson) && !fields.has("lesson") {
        fields.missing(
            "lesson",
            "add the table [lesson]; CONTRIBUTING.md shows its form",
        );
    }
    let lesson = fields.table("lesson", |fields| {
        let start = fields.span().start;
        (Lesson::read(fields), start)
    })?;
    if kind.is_some_and(|kind| kind != Kind::Lesson) {
        fields.misfit(
            lesson.1..lesson.1,
            "this page is no lesson, and has the table of one",
            "set kind = \"lesson\", or take the table away",
        );
    }
    lesson.0
}

fn read_audience(fields: &mut Fields<'_>) -> Vec<String> {
    const HELP: &str = "say for whom the page is: audience = [\"press\"]";
    let mut readers = Vec::new();
    for word in fields.required_texts("audience", HELP) {
        match AUDIENCES.iter().find(|(known, _)| *known == word.value) {
            Some((_, said)) => readers.push((*said).to_owned()),
            None => {
                let known: Vec<_> = AUDIENCES.iter().map(|(known, _)| *known).collect();
                fields.misfit(
                    word.span,
                    format!("nobody here is called \"{}\"", word.value),
                    format!("the readers are: {}", known.join(", ")),
                );
            }
        }
    }
    readers
}

fn read_topics(fields: &mut Fields<'_>) -> Vec<Placed<String>> {
    const HELP: &str = "say what the page is about: topics = [\"exposure\"]";
    fields.required_texts("topics", HELP)
}

fn read_review(fields: &mut Fields<'_>) -> Option<Review> {
    let status = fields.choice("status", &Status::WORDS);
    let by = fields.text("by").filter(|by| !by.value.trim().is_empty());
    let checked = read_required_day(
        fields,
        "checked",
        "give the day somebody compared the page with its sources",
    );
    let due = read_required_day(
        fields,
        "due",
        "give the day by which it must be compared again",
    );
    let status = status?;
    if status.value != Status::Draft && by.is_none() {
        fields.misfit(
            status.span,
            "the page says it was reviewed, but not by whom",
            "add `by = \"…\"`, or set the status back to \"draft\"",
        );
    }
    Some(Review {
        status: status.value,
        by: by.map(|by| by.value),
        checked: checked?,
        due: due?,
    })
}

fn read_required_day(
    fields: &mut Fields<'_>,
    key: &'static str,
    help: &str,
) -> Option<Placed<Day>> {
    let day = fields.day(key);
    if !fields.has(key) {
        fields.missing(key, help);
    }
    day
}

fn read_waiver(fields: &mut Fields<'_>) -> Option<Waiver> {
    let rule = fields.required_text("rule", "name the rule, such as \"words/length\"");
    let reason = fields.required_text("reason", "say why this page may break the rule");
    Some(Waiver {
        rule: rule?,
        reason: reason?.value,
    })
}
