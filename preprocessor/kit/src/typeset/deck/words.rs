//! The words of slides and notes as values of the templates.

use std::collections::BTreeSet;

use typst::foundations::{Array, Bytes, Dict, IntoValue, Value, dict};

use super::fit::Drawn;
use crate::deck::{Deck, Slide, SlideKind};
use crate::document::{Block, Inline};
use crate::paper::Paper;
use crate::typeset::fonts::{FAMILY, TERMINAL};
use crate::typeset::words::{Words, Writer, file_title, keywords, string};
use crate::typography::set;

/// What the slides say, and the publications that they cite.
pub(super) fn of_slides(deck: &Deck) -> Words {
    let mut writer = Writer::new(deck.notes.len());
    let mut slides = Array::new();
    let mut part = None;
    for (index, slide) in deck.slides.iter().enumerate() {
        part = slide.part.as_deref().or(part);
        let mut values = face(&mut writer, deck, index);
        // An exercise is its own part, and the end belongs to none.
        let is_in_part = !is_exercise(slide) && slide.kind != SlideKind::End;
        let shown = part.filter(|_| is_in_part);
        let shown = shown.map_or(Value::None, |part| writer.short(part));
        values.insert("part".into(), shown);
        slides.push(values.into_value());
    }
    let cited = writer.cited.clone();
    let mut values = about(deck, &mut writer);
    values.insert("notes-in-line".into(), true.into_value());
    values.insert("slides".into(), slides.into_value());
    values.insert("notes".into(), notes(deck, &mut writer, Some(&cited)));
    Words {
        values,
        missing: writer.missing,
    }
}

/// What the slides and the notes say, and all publications.
pub(super) fn of_notes(deck: &Deck, paper: Paper) -> Words {
    let mut writer = Writer::new(deck.notes.len());
    let mut slides = Array::new();
    let mut minute = 0;
    for (index, slide) in deck.slides.iter().enumerate() {
        let mut values = face(&mut writer, deck, index);
        let part = slide.part.as_deref().filter(|_| !is_exercise(slide));
        let part = part.map_or(Value::None, |part| writer.words(part));
        values.insert("part-begins".into(), part);
        values.insert("clock".into(), string(&clock(minute, slide.minutes)));
        values.insert("says".into(), writer.blocks(&slide.says, 0));
        let origins: Array = origins(slide)
            .iter()
            .map(|from| writer.words(from))
            .collect();
        values.insert("provenance".into(), origins.into_value());
        minute = minute.saturating_add(slide.minutes);
        slides.push(values.into_value());
    }
    let mut values = about(deck, &mut writer);
    let notes = notes(deck, &mut writer, None);
    let cited = writer
        .cited
        .iter()
        .filter_map(|number| i64::try_from(*number).ok());
    let cited: Array = cited.map(IntoValue::into_value).collect();
    values.insert("paper".into(), string(paper.typesetters_name()));
    values.insert("length".into(), string(&minutes(deck.minutes)));
    values.insert("slides".into(), slides.into_value());
    values.insert("cited".into(), cited.into_value());
    values.insert("notes".into(), notes);
    Words {
        values,
        missing: writer.missing,
    }
}

/// What the file says of itself.
fn about(deck: &Deck, writer: &mut Writer) -> Dict {
    let properties = &deck.properties;
    dict! {
        "font" => string(FAMILY),
        "terminal" => string(TERMINAL),
        "file-title" => string(&file_title(properties)),
        "keywords" => keywords(properties),
        "author" => string(&set(&properties.book)),
        "book" => writer.short(&properties.book),
        "lesson" => writer.short(&deck.lesson),
        "title" => writer.short(&properties.title),
        "state" => writer.short(&properties.state),
        "is-draft" => properties.is_draft,
        "version" => writer.short(&properties.version),
        // Below the heading of the first slide.
        "sources-level" => if deck.slides.is_empty() { 1_i64 } else { 2 },
    }
}

/// The publications with their numbers: all of them, or those that were cited.
fn notes(deck: &Deck, writer: &mut Writer, cited: Option<&BTreeSet<usize>>) -> Value {
    let mut values = Array::new();
    for (number, words) in (1_usize..).zip(&deck.notes) {
        if cited.is_none_or(|cited| cited.contains(&number)) {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            let note = dict! { "number" => number, "words" => writer.line(words) };
            values.push(note.into_value());
        }
    }
    values.into_value()
}

/// What the room sees.
fn face(writer: &mut Writer, deck: &Deck, index: usize) -> Dict {
    let slide = &deck.slides[index];
    let title = writer.line(&slide.title);
    let blocks = writer.blocks(&slide.face, 0);
    dict! {
        // The first heading is that of the whole file.
        "level" => if index == 0 { 1_i64 } else { 2 },
        "is-title" => slide.kind == SlideKind::Title,
        "says-lesson" => says_lesson(slide, &deck.lesson),
        "is-end" => slide.kind == SlideKind::End,
        "is-exercise" => is_exercise(slide),
        "is-plain" => slide.picture.is_none() && slide.face.iter().all(is_plain),
        "title" => title,
        "blocks" => blocks,
        "picture" => picture(slide),
    }
}

/// The picture. What is no picture leaves its words alone.
fn picture(slide: &Slide) -> Value {
    let Some(picture) = &slide.picture else {
        return Value::None;
    };
    let Some(drawn) = Drawn::read(&picture.svg) else {
        return Value::None;
    };
    let value = dict! {
        "svg" => Bytes::new(picture.svg.clone().into_bytes()),
        "says" => string(&set(&picture.says)),
        "width" => drawn.width,
        "height" => drawn.height,
    };
    value.into_value()
}

/// Whether the class works while the slide stays.
fn is_exercise(slide: &Slide) -> bool {
    matches!(slide.kind, SlideKind::Lab | SlideKind::Quiz)
}

/// Whether the words of a slide begin with the number of the lesson.
fn says_lesson(slide: &Slide, lesson: &str) -> bool {
    let Some(Block::Paragraph { words, .. }) = slide.face.first() else {
        return false;
    };
    matches!(words.first(), Some(Inline::Text(text)) if text.starts_with(lesson))
}

/// Words alone, which may be larger.
fn is_plain(block: &Block) -> bool {
    match block {
        Block::Heading { .. } | Block::Paragraph { .. } => true,
        Block::List { items, .. } => items.iter().flatten().all(is_plain),
        Block::Quotation(blocks) => blocks.iter().all(is_plain),
        Block::Code(_) | Block::Table { .. } | Block::Sample(_) => false,
    }
}

/// Where what is shown comes from, and what the picture shows.
fn origins(slide: &Slide) -> Vec<String> {
    let samples = slide.face.iter().filter_map(|block| match block {
        Block::Sample(sample) if !sample.provenance.is_empty() => {
            Some(format!("{}: {}", sample.caption(), sample.provenance))
        }
        _ => None,
    });
    let picture = slide.picture.iter();
    let picture = picture.map(|picture| format!("The picture: {}", picture.says));
    samples.chain(picture).collect()
}

/// When a slide is shown, in minutes from the beginning: `Minute 12 to 15 (3 minutes)`.
fn clock(from: u32, lasts: u32) -> String {
    match lasts {
        0 => format!("Minute {from}"),
        lasts => format!(
            "Minute {from} to {} ({})",
            from.saturating_add(lasts),
            minutes(lasts)
        ),
    }
}

fn minutes(minutes: u32) -> String {
    match minutes {
        1 => "1 minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}
