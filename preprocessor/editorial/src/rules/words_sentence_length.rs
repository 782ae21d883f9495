//! Sentences that lose their reader.

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::shelf::Shelf;
use crate::words::{sentences, words};

const LIMIT: usize = 30;

pub(super) const RULE: Rule = Rule {
    name: "words/sentence-length",
    wants: "A sentence has at most 30 words.",
    why: "A sentence that long has to be read twice, and cannot be quoted.",
    can_be_waived: true,
    check: Check::Page(check),
};

fn check(_: &Shelf, page: &Page, findings: &mut Findings) {
    if page.piece.is_none() {
        return;
    }
    for block in &page.outline.blocks {
        for (at, sentence) in sentences(block) {
            let length = words(sentence).count();
            if length > LIMIT {
                findings.error(
                    &page.file,
                    block.span(at..at + sentence.trim_end().len()),
                    format!("this sentence has {length} words"),
                    format!("split it, or cut it to {LIMIT}"),
                );
            }
        }
    }
}
