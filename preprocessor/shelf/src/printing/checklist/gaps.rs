//! What the page says and the sheet cannot.

use std::collections::BTreeSet;
use std::ops::Range;

use editorial::{Finding, Page, Placed, Severity, Shelf, SourceText};

use crate::rules::CHECKLIST_UNPRINTABLE;

/// A finding for each part above the list that is not printed.
pub(super) fn left_out(shelf: &Shelf) -> Vec<Finding> {
    let Some(page) = shelf.checklist_page() else {
        return Vec::new();
    };
    let parts = kit::left_out(page).into_iter();
    parts
        .map(|span| {
            page.file.finding(
                CHECKLIST_UNPRINTABLE,
                Severity::Error,
                span,
                "this stands above the checklist and would be missing on the printed sheet",
                "say it in a paragraph, or move it below {{#checklist}}",
            )
        })
        .collect()
}

/// A finding for each letter that the sheet's font does not have, where it stands first.
pub(super) fn missing_letters(shelf: &Shelf, missing: &BTreeSet<char>) -> Vec<Finding> {
    let texts = texts(shelf);
    let elsewhere = SourceText::new("book.toml", "");
    missing
        .iter()
        .map(|letter| {
            let found = texts.iter().find(|text| text.words.contains(*letter));
            let (file, span) = found.map_or((&elsewhere, 0..0), |text| text.place_of(*letter));
            file.finding(
                CHECKLIST_UNPRINTABLE,
                Severity::Error,
                span,
                format!(
                    "the font of the printed checklist has no \"{letter}\" (U+{:04X})",
                    u32::from(*letter)
                ),
                "use another character here",
            )
        })
        .collect()
}

/// A text that the sheet shows, and where it stands.
struct Text<'s> {
    file: &'s SourceText,
    words: &'s str,
    span: Range<usize>,
}

impl<'s> Text<'s> {
    fn placed(file: &'s SourceText, text: &'s Placed<String>) -> Text<'s> {
        Text {
            file,
            words: &text.value,
            span: text.span.clone(),
        }
    }

    /// The place of a letter; of the whole text, where the file has it in another form.
    fn place_of(&self, letter: char) -> (&'s SourceText, Range<usize>) {
        let written = self.file.text().get(self.span.clone());
        let at = written.and_then(|written| written.find(letter));
        let span = at.map_or(self.span.clone(), |at| {
            let start = self.span.start + at;
            start..start + letter.len_utf8()
        });
        (self.file, span)
    }
}

/// Every text of an editor that the sheet shows, but for the title of the book.
fn texts(shelf: &Shelf) -> Vec<Text<'_>> {
    let list = &shelf.checklist;
    let mut texts = Vec::new();
    for task in &list.entries {
        texts.push(Text::placed(&list.file, &task.task));
        texts.push(Text::placed(&list.file, &task.why));
    }
    if let Some(page) = shelf.checklist_page() {
        texts.extend(title(page));
        let blocks = page.outline.blocks.iter();
        texts.extend(blocks.map(|block| Text {
            file: &page.file,
            words: &block.text,
            span: block.place(0)..block.place(block.text.len()),
        }));
        let piece = page.piece.as_ref();
        let reviewer = piece.and_then(|piece| {
            Some(Text {
                file: &page.file,
                words: piece.review.as_ref()?.by.as_deref()?,
                span: piece.span.clone(),
            })
        });
        texts.extend(reviewer);
    }
    let answers = list.entries.iter();
    let answers = answers.filter_map(|task| shelf.page(&task.answer_path()));
    texts.extend(answers.filter_map(title));
    texts
}

fn title(page: &Page) -> Option<Text<'_>> {
    let piece = page.piece.as_ref()?;
    Some(Text::placed(&page.file, &piece.title))
}
