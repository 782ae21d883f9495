//! The slides of a lesson, from its page.

use std::path::Path;

use editorial::{
    Finding, Lesson, LessonPart, Page, Quiz, Severity, Shelf, Slide as Written, SourceText, Way,
    slides, words,
};
use kit::document::{Block, Inline, Role};
use kit::{Article, Deck, Picture, Slide, SlideKind};

use super::article::{Aim, SPLIT, text};
use super::drawing::{self, OnSlide};
use super::{Stock, Unresolved, lab, read};
use crate::progress::count;
use crate::rules::SLIDE_OVERFLOW;
use crate::summary::name;

/// More words than this are not put on a slide that the build makes.
const MOST_WORDS: usize = 40;
/// What the lecturer does while the class talks.
const DISCUSSION: &str = "Ask, and wait. Collect three answers before you give one of your own. If time is short, this is \
                          what can be left out.";
/// Under which the texts stand, on the last slide.
const LICENCE: &str = "Texts: CC BY 4.0.";

/// The slides of the lesson on the page `content`, which mdBook read from `path`. `article` is what is sent of
/// the same page. Nothing for a page that is no lesson.
///
/// # Errors
///
/// Everything that an include brought in and that breaks a rule or leads nowhere.
pub(crate) fn deck(
    path: &str,
    content: &str,
    stock: Stock<'_>,
    article: &Article,
) -> Result<Option<Deck>, Unresolved> {
    let page = read(path, content, stock)?;
    let Some(lesson) = page.piece.as_ref().and_then(|piece| piece.lesson.as_ref()) else {
        return Ok(None);
    };
    let reading = text(path, content, &page, stock, Aim::Slides)?;
    let mut sections = sections(reading.blocks).into_iter();
    let opening = sections.next().unwrap_or_default();
    let written: Vec<Written<'_>> = slides(&page);
    let sections: Vec<Vec<Block>> = sections.collect();
    let mut made = vec![title(article, lesson, opening)];
    made.extend(objectives(lesson));
    let firsts = firsts(lesson, &written);
    for (index, part) in lesson.parts.iter().enumerate() {
        match part.way {
            Way::Slides(_) => {
                let (Some(first), end) = (firsts[index], next_first(&firsts, index, written.len()))
                else {
                    continue;
                };
                let mut name = Some(part.what.value.clone());
                for (slide, blocks) in written.iter().zip(&sections).take(end).skip(first) {
                    let parts = Parts {
                        slide,
                        part: name.take(),
                        blocks,
                    };
                    made.extend(parts.into_slides(&page, stock.shelf));
                }
            }
            Way::Lab => {
                let mut slide = exercise(part, SlideKind::Lab, "lab", lab_face(&article.slug));
                let lab = stock.shelf.lab_of(page.file.path());
                slide.says = lab.map_or(Vec::new(), |(_, lab)| lab::for_the_lecturer(lab));
                made.push(slide);
            }
            Way::Quiz => {
                let mut slide = exercise(part, SlideKind::Quiz, "quiz", quiz_face());
                let quiz = stock.shelf.quiz_of(page.file.path());
                slide.says = quiz.map_or(Vec::new(), answers);
                made.push(slide);
            }
            Way::Discussion => {
                let id = format!("discussion-{index}");
                let mut slide = exercise(part, SlideKind::Quiz, &id, Vec::new());
                slide.says = vec![Block::says(Role::Text, DISCUSSION)];
                made.push(slide);
            }
        }
    }
    made.push(end(lesson, article, stock.shelf));
    Ok(Some(Deck {
        lesson: format!("Lesson {}", lesson.number.value),
        minutes: small(lesson.minutes.value),
        slides: made,
        notes: reading.notes.into_iter().map(|(_, words)| words).collect(),
        properties: article.about(),
    }))
}

/// That something does not fit on a slide.
pub(crate) fn overflow(file: &SourceText, span: std::ops::Range<usize>, problem: &str) -> Finding {
    let help = "show less of it, or make two slides: `cargo shelf explain slide/overflow`";
    file.finding(SLIDE_OVERFLOW, Severity::Error, span, problem, help)
}

/// The text before the first slide, then that of each slide without its heading.
fn sections(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let mut sections = vec![Vec::new()];
    for block in blocks {
        match (&block, sections.last_mut()) {
            (Block::Heading { level: 2, .. }, _) => sections.push(Vec::new()),
            (_, Some(section)) => section.push(block),
            (_, None) => {}
        }
    }
    sections
}

/// The index of the first slide of each part; nothing for parts without slides.
fn firsts(lesson: &Lesson, written: &[Written<'_>]) -> Vec<Option<usize>> {
    let place = |part: &LessonPart| {
        let Way::Slides(from) = &part.way else {
            return None;
        };
        let mut slides = written.iter();
        slides.position(|slide| slide.heading.id.as_deref() == Some(&from.value))
    };
    lesson.parts.iter().map(place).collect()
}

/// Where the slides of a part end: with the first of the next part that has any.
fn next_first(firsts: &[Option<usize>], index: usize, all: usize) -> usize {
    let mut later = firsts.iter().skip(index + 1);
    later.find_map(|first| *first).unwrap_or(all)
}

/// What one section of the page gives to the slides.
struct Parts<'a> {
    slide: &'a Written<'a>,
    /// The part of the plan that begins here.
    part: Option<String>,
    /// What stands below the heading.
    blocks: &'a [Block],
}

impl Parts<'_> {
    /// One slide; two for a network before and after a change.
    fn into_slides(self, page: &Page, shelf: &Shelf) -> Vec<Slide> {
        let is_split = |block: &Block| matches!(block, Block::Sample(found) if found.id == SPLIT);
        let mut halves = self.blocks.split(is_split);
        let mut face = halves.next().unwrap_or_default().to_vec();
        let mut says = plain(&mut face);
        says.splice(0..0, halves.next().unwrap_or_default().to_vec());
        let shown = page.outline.figures();
        let figure = shown
            .filter(|found| self.slide.face.contains(&found.span.start))
            .find_map(|found| shelf.figure(&found.argument));
        let pictures = figure.map(drawing::on_slides).unwrap_or_default();
        let heading = &self.slide.heading;
        let slide = Slide {
            id: heading.id.clone().unwrap_or_default(),
            kind: SlideKind::Text,
            part: self.part,
            title: vec![Inline::text(editorial::with_quotes(
                heading.words.text.trim(),
            ))],
            face,
            picture: None,
            says,
            minutes: small(self.slide.minutes().unwrap_or_default()),
        };
        let says = figure.and_then(|found| found.figure.as_ref());
        let says = says.map_or("", |figure| figure.plain.value.as_str());
        match (figure, pictures.as_slice()) {
            (Some(figure), [only]) => vec![slide.with(&figure.id, says, only)],
            (Some(figure), [before, after]) => {
                let mut first = slide.clone().with(&figure.id, says, before);
                let mut second = slide.with(&figure.id, says, after);
                // The plan counts the minutes of both; the first keeps them.
                second.minutes = first.minutes / 2;
                first.minutes -= second.minutes;
                second.part = None;
                second.id = format!("{}-after", second.id);
                vec![first, second]
            }
            _ => vec![slide],
        }
    }
}

/// Takes the plain sentence of each sample from the slide, whose heading says as much, to the notes.
fn plain(face: &mut [Block]) -> Vec<Block> {
    let samples = face.iter_mut().filter_map(|block| match block {
        Block::Sample(sample) => Some(sample),
        _ => None,
    });
    let taken = samples.map(|sample| {
        let plain = std::mem::take(&mut sample.plain);
        Block::says(Role::Small, format!("{}: {plain}", sample.title))
    });
    taken.collect()
}

trait WithPicture {
    fn with(self, id: &str, says: &str, picture: &OnSlide) -> Slide;
}

impl WithPicture for Slide {
    fn with(mut self, id: &str, says: &str, picture: &OnSlide) -> Slide {
        let when = picture.when.map_or(String::new(), |when| {
            format!("{}. ", super::escape::capitalised(when))
        });
        self.picture = Some(Picture {
            id: match picture.when {
                Some(when) => format!("{id}-{when}"),
                None => id.to_owned(),
            },
            svg: picture.svg.clone(),
            says: format!("{when}{says}"),
        });
        self
    }
}

fn title(article: &Article, lesson: &Lesson, opening: Vec<Block>) -> Slide {
    Slide {
        id: "title".to_owned(),
        kind: SlideKind::Title,
        part: None,
        title: vec![Inline::text(&article.title)],
        face: vec![
            Block::says(
                Role::Text,
                format!(
                    "Lesson {}, {}",
                    lesson.number.value,
                    count(small(lesson.minutes.value) as usize, "minute")
                ),
            ),
            Block::says(Role::State, &article.review.in_words),
        ],
        picture: None,
        says: opening,
        minutes: 0,
    }
}

/// What the class will be able to do, on as many slides as it takes.
fn objectives(lesson: &Lesson) -> Vec<Slide> {
    const TITLE: &str = "What you will be able to do";
    let mut slides: Vec<Vec<&str>> = Vec::new();
    let mut left = 0;
    for objective in &lesson.objectives {
        let says = objective.says.value.as_str();
        let length = words::words(says).count();
        match slides.last_mut().filter(|_| length <= left) {
            Some(slide) => {
                left -= length;
                slide.push(says);
            }
            None => {
                left = MOST_WORDS.saturating_sub(words::words(TITLE).count() + length);
                slides.push(vec![says]);
            }
        }
    }
    let slides = slides.into_iter().enumerate();
    slides
        .map(|(index, says)| Slide {
            id: match index {
                0 => "objectives".to_owned(),
                _ => format!("objectives-{}", index + 1),
            },
            kind: SlideKind::Objectives,
            part: None,
            title: vec![Inline::text(TITLE)],
            face: vec![Block::list(
                says.into_iter()
                    .map(|says| vec![Inline::text(editorial::with_quotes(says))]),
            )],
            picture: None,
            says: Vec::new(),
            minutes: 0,
        })
        .collect()
}

/// A slide for the time in which the class works or talks.
fn exercise(part: &LessonPart, kind: SlideKind, id: &str, mut face: Vec<Block>) -> Slide {
    let minutes = small(part.minutes.value);
    face.push(Block::says(
        Role::Text,
        format!("{}.", count(minutes as usize, "minute")),
    ));
    Slide {
        id: id.to_owned(),
        kind,
        part: Some(part.what.value.clone()),
        title: vec![Inline::text(editorial::with_quotes(&part.what.value))],
        face,
        picture: None,
        says: Vec::new(),
        minutes,
    }
}

fn lab_face(slug: &str) -> Vec<Block> {
    vec![Block::Code(vec![format!("cargo shelf lab {slug}")])]
}

/// The questions with their right answers, for the lecturer.
fn answers(quiz: &Quiz) -> Vec<Block> {
    let items = quiz.questions.iter().map(|question| {
        let right = question.options.iter().filter(|option| option.is_right);
        let right = right.map(|option| lab::inlines(&option.says.value));
        vec![
            Block::text(lab::inlines(&question.asks.value)),
            Block::list(right),
            Block::text(lab::inlines(&question.why.value)),
        ]
    });
    vec![Block::List {
        start: Some(1),
        items: items.collect(),
    }]
}

fn quiz_face() -> Vec<Block> {
    vec![Block::says(
        Role::Text,
        "The questions stand at the end of the lesson's page, and on the quiz sheet.",
    )]
}

/// What to read next, as far as it fits, and the licence.
fn end(lesson: &Lesson, article: &Article, shelf: &Shelf) -> Slide {
    const TITLE: &str = "Read next";
    let mut left = MOST_WORDS
        .saturating_sub(words::words(TITLE).count())
        .saturating_sub(words::words(LICENCE).count());
    let mut titles = Vec::new();
    for target in &lesson.next {
        let file = target.value.split('#').next().unwrap_or_default();
        let page = shelf.page(&Path::new("src").join(file));
        let title = page.and_then(name).unwrap_or(file);
        let length = words::words(title).count();
        if length > left {
            break;
        }
        left -= length;
        titles.push(vec![Inline::text(editorial::with_quotes(title))]);
    }
    let mut says = Vec::new();
    if let Some(address) = &article.address {
        says.push(Block::text(vec![
            Inline::text("The lesson stands at "),
            Inline::Link {
                to: address.clone(),
                words: vec![Inline::text(address)],
            },
            Inline::text("."),
        ]));
    }
    says.push(Block::says(Role::Small, article.version.in_words()));
    Slide {
        id: "read-next".to_owned(),
        kind: SlideKind::End,
        part: None,
        title: vec![Inline::text(TITLE)],
        face: vec![Block::list(titles), Block::says(Role::Small, LICENCE)],
        picture: None,
        says,
        minutes: 0,
    }
}

fn small(minutes: u64) -> u32 {
    u32::try_from(minutes).unwrap_or(u32::MAX)
}
