//! What the lecturer says, below the slide.

use super::dress::{InNotes, source};
use super::minutes;
use crate::deck::{Deck, Slide};
use crate::document::{Block, Role};
use crate::markup::{blocks, escaped, inlines};

/// The notes of a slide: what is said, where its samples come from, and the publications that it cites.
pub(super) fn notes(deck: &Deck, slide: &Slide) -> String {
    let mut dress = InNotes::new(deck, slide);
    dress.cited = cited(deck, slide);
    let mut inside = blocks(&slide.says, &mut dress);
    for block in &slide.face {
        if let Block::Sample(sample) = block
            && !sample.provenance.is_empty()
        {
            let words = format!("{}: {}", sample.title, sample.provenance);
            inside.push_str(&blocks(&[Block::says(Role::Small, words)], &mut dress));
        }
    }
    if let Some(picture) = &slide.picture {
        let words = format!("The picture: {}", picture.says);
        inside.push_str(&blocks(&[Block::says(Role::Small, words)], &mut dress));
    }
    inside.push_str(&sources(deck, slide, &mut dress));
    if inside.is_empty() {
        inside.push_str("<p class=\"small\">There are no notes to this slide.</p>\n");
    }
    format!(
        "<details class=\"notes\" open>\n<summary>{}</summary>\n<div class=\"says\" tabindex=\"-1\">\n{inside}</div>\n</details>\n",
        summary(slide),
    )
}

/// How long the slide stays, and the part of the lesson that begins with it.
fn summary(slide: &Slide) -> String {
    let mut summary = "Notes".to_owned();
    if slide.minutes > 0 {
        summary.push_str(&format!(", {}", minutes(slide.minutes)));
    }
    if let Some(part) = &slide.part {
        summary.push_str(&format!(" · {}", escaped(part)));
    }
    summary
}

/// The publications that the slide and its notes cite, under their numbers in the whole lesson.
fn sources(deck: &Deck, slide: &Slide, dress: &mut InNotes<'_>) -> String {
    let mut numbers = std::mem::take(&mut dress.cited);
    numbers.sort_unstable();
    numbers.dedup();
    let items: String = numbers
        .iter()
        .filter_map(|number| {
            let note = deck.notes.get(number.checked_sub(1)?)?;
            let id = source(&slide.id, *number);
            let words = inlines(note, dress);
            Some(format!("<li id=\"{id}\" value=\"{number}\">{words}</li>\n"))
        })
        .collect();
    if items.is_empty() {
        return items;
    }
    format!("<ol class=\"sources\" aria-label=\"Sources\">\n{items}</ol>\n")
}

/// The publications that the face of a slide cites.
fn cited(deck: &Deck, slide: &Slide) -> Vec<usize> {
    let mut dress = InNotes::new(deck, slide);
    inlines(&slide.title, &mut dress);
    blocks(&slide.face, &mut dress);
    dress.cited
}
