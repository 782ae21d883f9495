//! Sections that ask to be believed.

use super::{Check, Findings, Rule};
use crate::lesson::NOTES;
use crate::page::Page;
use crate::shelf::Shelf;
use crate::words::words;

/// Sections up to this many words may be pure advice or a bridge.
const SHORT: usize = 50;

pub(super) const RULE: Rule = Rule {
    name: "source/uncited-section",
    wants: "Every section of more than 50 words cites a source or shows a sample.",
    why: "A reader from the press or a regulator must be able to follow each statement to where it \
          comes from, section by section.",
    can_be_waived: true,
    check: Check::Page(check),
};

fn check(_: &Shelf, page: &Page, findings: &mut Findings) {
    if !page
        .piece
        .as_ref()
        .is_some_and(|piece| piece.kind.is_prose())
    {
        return;
    }
    for (heading, section) in page.outline.sections(page.body.clone()) {
        let inside = |at: usize| section.contains(&at);
        let length: usize = page
            .outline
            .blocks
            .iter()
            .filter(|block| inside(block.place(0)))
            .map(|block| words(&block.text).count())
            .sum();
        let is_founded =
            page.outline
                .citations
                .iter()
                .any(|found| inside(found.span.start))
                || page.outline.directives.iter().any(|found| {
                    found.is_ours() && found.name != NOTES && inside(found.span.start)
                });
        if length > SHORT && !is_founded {
            let name = heading.map_or("the lead".to_owned(), |heading| {
                format!("\"{}\"", heading.words.text.trim())
            });
            let first = page
                .outline
                .blocks
                .iter()
                .map(|block| block.place(0))
                .find(|at| inside(*at));
            let at = heading.map_or(first.unwrap_or(section.start), |heading| heading.span.start);
            findings.error(
                &page.file,
                at..at,
                format!("{name} has {length} words and cites nothing"),
                "cite the source of its statements: [^key]",
            );
        }
    }
}
