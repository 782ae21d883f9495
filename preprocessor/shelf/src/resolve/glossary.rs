//! Says what a term's letters stand for, at its first use in a page.

use std::collections::HashSet;
use std::ops::Range;

use editorial::{Block, Page, Shelf, words};

use super::escape::markdown;
use super::splice::Edit;

/// An insertion after the first use of each term that has an expansion.
pub(super) fn expansions(page: &Page, shelf: &Shelf) -> Vec<Edit> {
    if page.piece.is_none() {
        return Vec::new();
    }
    let terms = &shelf.terms.entries;
    let mut explained = HashSet::new();
    let mut edits = Vec::new();
    for block in &page.outline.blocks {
        for (range, index) in words::occurrences(&block.text, terms) {
            let Some(expansion) = &terms[index].expansion else {
                continue;
            };
            if explained.contains(&index) || !can_stand_here(page, block, &range) {
                continue;
            }
            explained.insert(index);
            let is_spelled_out = block
                .text
                .to_lowercase()
                .contains(&expansion.to_lowercase());
            if !is_spelled_out {
                // One run: as many bytes in the file as in the block's text.
                let end = block.place(range.start) + range.len();
                edits.push(Edit::replace(
                    end..end,
                    format!(" ({})", markdown(expansion)),
                ));
            }
        }
    }
    edits
}

/// A bracket would read badly inside a link, in code, or before an apostrophe or a hyphen.
fn can_stand_here(page: &Page, block: &Block, range: &Range<usize>) -> bool {
    let place = block.place(range.start);
    let after = block.text[range.end..].chars().next();
    let before = block.text[..range.start].chars().next_back();
    block.is_one_run(range)
        && !page
            .outline
            .not_prose
            .iter()
            .any(|span| span.contains(&place))
        && !after.is_some_and(|c| "'’-/".contains(c))
        && !before.is_some_and(|c| "-/(".contains(c))
}
