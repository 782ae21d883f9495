//! Slides that nobody could read from the back row, or that say nothing to the lecturer.

use super::{Check, Findings, Rule};
use crate::lesson::{NOTES, slides};
use crate::page::Page;
use crate::shelf::Shelf;

/// More words than this are read instead of heard.
const MOST_WORDS: usize = 40;

pub(super) const RULE: Rule = Rule {
    name: "lesson/slide",
    wants: "A slide of a lesson has at most 40 words, and notes that say what the lecturer says and for \
            how long.",
    why: "Every heading of a lesson is a slide: what stands below it, up to `{{#notes 3}}`, is what the \
          room sees, and what follows is what the lecturer says in those three minutes. People who read \
          do not listen. The heading counts, and so do lists, cells and the notices of a sample; what a \
          scanner printed does not. Headings below the second level have no place on a slide.",
    can_be_waived: true,
    check: Check::Page(check),
};

pub(super) const OVERFLOW: Rule = Rule {
    name: "slide/overflow",
    wants: "Everything on a slide fits on it, in letters that can be read from the back row.",
    why: "The build sets every slide in letters of at least 24 pixels on a screen of 1280 by 720, and sees \
          whether anything is left over. Show fewer lines of a sample (`keep`), cut a table, or make two \
          slides of it.",
    can_be_waived: false,
    check: Check::Build,
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    for slide in slides(page) {
        let heading = slide.heading.span.clone();
        if slide.notes.is_empty() {
            findings.error(
                &page.file,
                heading.clone(),
                "this slide has no notes",
                format!("say how many minutes it takes on a line of its own, {{{{#{NOTES} 3}}}}, and below it what is said"),
            );
        } else if page.file.text()[slide.says.clone()].trim().is_empty() {
            findings.error(
                &page.file,
                heading.clone(),
                "nothing is said to this slide",
                "write below the notes what the lecturer says",
            );
        }
        let words = slide.word_count(page, shelf);
        if words > MOST_WORDS {
            findings.error(
                &page.file,
                heading,
                format!("this slide has {words} words; {MOST_WORDS} are the most"),
                format!(
                    "cut {} or more, or move them below the notes",
                    words - MOST_WORDS
                ),
            );
        }
    }
    let is_lesson = page
        .piece
        .as_ref()
        .is_some_and(|piece| piece.lesson.is_some());
    let deeper = page.outline.headings.iter().filter(|found| found.level > 2);
    for heading in deeper.filter(|_| is_lesson) {
        findings.error(
            &page.file,
            heading.span.clone(),
            "a lesson has no headings below its slides",
            "make it a slide of its own, or a sentence",
        );
    }
}
