//! Pieces that are too long or too short.

use std::ops::RangeInclusive;

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::piece::Kind;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "words/length",
    wants: "An answer has 630 to 770 words, an incident sheet 250 to 400, a paper 1,500 to 2,500.",
    why: "Seven hundred words are an opinion column: read in three minutes, printed on a page and a \
          half. Words are counted as a reader counts them: prose, lists and tables; not headings, \
          samples, code, front matter or the list of sources.",
    can_be_waived: true,
    check: Check::Page(check),
};

/// The words a kind of piece may have, where it matters.
fn limits(kind: Kind) -> Option<RangeInclusive<usize>> {
    match kind {
        Kind::Answer => Some(630..=770),
        Kind::Incident => Some(250..=400),
        Kind::Paper => Some(1500..=2500),
        Kind::Checklist | Kind::Lesson | Kind::Page => None,
    }
}

fn check(_: &Shelf, page: &Page, findings: &mut Findings) {
    let Some(piece) = &page.piece else {
        return;
    };
    let count = page.word_count();
    let Some(limits) = limits(piece.kind) else {
        if page.file.text()[page.body.clone()].trim().is_empty() {
            findings.error(
                &page.file,
                piece.title.span.clone(),
                "the page is empty",
                "write it, or take it out of src/SUMMARY.md and delete the file",
            );
        }
        return;
    };
    if limits.contains(&count) {
        return;
    }
    let help = if count > *limits.end() {
        format!("cut {} or more words", count - limits.end())
    } else {
        format!("add {} or more words", limits.start() - count)
    };
    findings.error(
        &page.file,
        piece.title.span.clone(),
        format!(
            "this {} has {count} words; {} to {} are wanted",
            piece.kind,
            limits.start(),
            limits.end()
        ),
        help,
    );
}
