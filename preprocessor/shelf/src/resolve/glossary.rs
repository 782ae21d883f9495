//! Explains a term at its first use in a page: what its letters stand for and, on the website, what
//! it means.

use std::collections::HashSet;
use std::ops::Range;

use editorial::{Block, BlockKind, Page, Shelf, Term, anchors, words};

use super::Form;
use super::escape::{html, markdown, prose};
use super::splice::Edit;
use crate::summary::way;

/// How many terms of a paragraph are explained; one more waits for its next use.
const MOST: usize = 3;

/// The edits that explain the terms of a page.
pub(super) fn explanations(page: &Page, shelf: &Shelf, form: Form) -> Vec<Edit> {
    if page.piece.is_none() {
        return Vec::new();
    }
    let terms = &shelf.terms.entries;
    let glossary = match form {
        Form::Html => Glossary::seen_from(page, shelf),
        Form::Plain => None,
    };
    let (mut spelled_out, mut explained) = (HashSet::new(), HashSet::new());
    let mut edits = Vec::new();
    for block in &page.outline.blocks {
        let mut marks = 0;
        for (range, index) in words::occurrences(&block.text, terms) {
            if !can_be_marked(page, block, &range) {
                continue;
            }
            let expansion = terms[index].expansion.as_deref();
            let expansion = expansion
                .filter(|_| can_take_bracket(block, &range) && spelled_out.insert(index))
                .filter(|expansion| !says(block, expansion));
            let glossary = glossary.as_ref().filter(|_| {
                block.kind != BlockKind::Cell && marks < MOST && explained.insert(index)
            });
            if expansion.is_none() && glossary.is_none() {
                continue;
            }
            // One run: as many bytes in the file as in the block's text.
            let start = block.place(range.start);
            let span = start..start + range.len();
            let mut text = page.file.text()[span.clone()].to_owned();
            if let Some(glossary) = glossary {
                marks += 1;
                text = glossary.explained(index, &text);
            }
            if let Some(expansion) = expansion {
                text.push_str(&format!(" ({})", markdown(expansion)));
            }
            edits.push(Edit::replace(span, text));
        }
    }
    edits
}

/// The page that explains every term.
struct Glossary<'a> {
    terms: &'a [Term],
    slugs: Vec<String>,
    /// Its address, as seen from another page.
    address: String,
}

impl<'a> Glossary<'a> {
    /// The glossary for the readers of another page; `None` where the book has none, and on its own
    /// page.
    fn seen_from(page: &Page, shelf: &'a Shelf) -> Option<Glossary<'a>> {
        if page.has_glossary() {
            return None;
        }
        let glossary = shelf.glossary_page()?;
        Some(Glossary {
            terms: &shelf.terms.entries,
            slugs: anchors::term_slugs(&shelf.terms.entries),
            address: format!(
                "{}{}",
                way(page.file.path()),
                glossary.address().unwrap_or_default()
            ),
        })
    }

    /// The words of a term as a link to its entry, with a note that appears beside it. The note is heard
    /// as the link's description, and not again as text.
    fn explained(&self, index: usize, words: &str) -> String {
        let slug = html(&self.slugs[index]);
        let entry = html(&anchors::term_id(&self.slugs[index]));
        let plain = prose(&self.terms[index].plain.value);
        format!(
            "<span class=\"term\"><a href=\"{}#{entry}\" aria-describedby=\"tip-{slug}\">{words}</a>\
             <span class=\"tip\" id=\"tip-{slug}\" role=\"tooltip\" aria-hidden=\"true\">{plain}</span></span>",
            html(&self.address)
        )
    }
}

/// A term is marked in prose alone: not in a link, in code, or as part of a compound.
fn can_be_marked(page: &Page, block: &Block, range: &Range<usize>) -> bool {
    let place = block.place(range.start);
    let (before, after) = around(block, range);
    block.is_one_run(range)
        && !page
            .outline
            .not_prose
            .iter()
            .any(|span| span.contains(&place))
        && !after.is_some_and(|c| "-/".contains(c))
        && !before.is_some_and(|c| "-/".contains(c))
}

/// A bracket would read badly before an apostrophe or in another bracket.
fn can_take_bracket(block: &Block, range: &Range<usize>) -> bool {
    let (before, after) = around(block, range);
    before != Some('(') && !after.is_some_and(|c| "'’".contains(c))
}

fn around(block: &Block, range: &Range<usize>) -> (Option<char>, Option<char>) {
    let before = block.text[..range.start].chars().next_back();
    (before, block.text[range.end..].chars().next())
}

/// Whether the block spells a term out in its own words.
fn says(block: &Block, expansion: &str) -> bool {
    let text = block.text.to_lowercase();
    text.contains(&expansion.to_lowercase())
}
