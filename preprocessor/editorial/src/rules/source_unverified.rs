//! Citations of publications that nobody has opened.

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::registry::Verified;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "source/unverified",
    wants: "A page cites only publications that one of us has opened.",
    why: "The registry may hold a publication that somebody meant to read. Citing it would lend a \
          sentence an authority that it does not have.",
    can_be_waived: false,
    check: Check::Page(check),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    for citation in &page.outline.citations {
        let source = shelf.source(&citation.key);
        if source.is_some_and(|source| source.verified == Verified::NotVerified) {
            findings.error(
                &page.file,
                citation.span.clone(),
                format!("nobody has opened \"{}\" yet", citation.key),
                "open it, compare the sentence with it, then set `verified` and `opened`",
            );
        }
    }
}
