//! Citations of publications that nobody has opened.

use std::ops::Range;

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::registry::Verified;
use crate::shelf::Shelf;
use crate::source_text::SourceText;

const HELP: &str = "open it, compare the sentence with it, then set `verified` and `opened`";

pub(super) const RULE: Rule = Rule {
    name: "source/unverified",
    wants: "A page, a figure, a quiz or a task of the checklist cites only publications that one of us has opened.",
    why: "The registry may hold a publication that somebody meant to read. Citing it would lend a \
          sentence an authority that it does not have.",
    can_be_waived: false,
    check: Check::PageAndShelf(check, check_content),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    for citation in &page.outline.citations {
        refuse_unread(
            shelf,
            &page.file,
            &citation.key,
            citation.span.clone(),
            findings,
        );
    }
}

fn check_content(shelf: &Shelf, findings: &mut Findings) {
    for (file, source) in shelf.cited_in_content() {
        refuse_unread(shelf, file, &source.value, source.span.clone(), findings);
    }
}

fn refuse_unread(
    shelf: &Shelf,
    file: &SourceText,
    key: &str,
    span: Range<usize>,
    findings: &mut Findings,
) {
    let source = shelf.source(key);
    if source.is_some_and(|source| source.verified == Verified::NotVerified) {
        findings.error(file, span, format!("nobody has opened \"{key}\" yet"), HELP);
    }
}
