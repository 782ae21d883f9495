//! Warnings to a spokesperson that would not help in the minute before the call.

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::passage::quotations;
use crate::shelf::Shelf;
use crate::words::words;

/// Words that are read at a glance: as many as a sentence of a page may have.
const LIMIT: usize = 30;
/// Fewer leave a trap open, and more are not remembered.
const FEWEST: usize = 2;
const MOST: usize = 3;

pub(super) const RULE: Rule = Rule {
    name: "message/avoid",
    wants: "`avoid` holds two or three sentences that a spokesperson should not say, each in \
            quotation marks with its reason, in at most 30 words.",
    why: "A wrong sentence is said in a second and printed for years. Whoever answers a reporter \
          reads these just before the call, so each one quotes the sentence that comes to mind first, \
          and says why it is wrong or what is true instead. A piece without `avoid` breaks no rule; \
          its message card then warns of nothing.",
    can_be_waived: true,
    check: Check::Page(check),
};

fn check(_: &Shelf, page: &Page, findings: &mut Findings) {
    let Some(piece) = &page.piece else { return };
    let Some(first) = piece.avoid.first() else {
        return;
    };
    let count = piece.avoid.len();
    if !(FEWEST..=MOST).contains(&count) {
        findings.error(
            &page.file,
            first.span.clone(),
            format!("the piece states {count} instead of two or three warnings"),
            "keep those that come to mind first under pressure",
        );
    }
    for avoid in &piece.avoid {
        let length = words(&avoid.value).count();
        if length > LIMIT {
            findings.error(
                &page.file,
                avoid.span.clone(),
                format!("this warning has {length} words"),
                format!("cut it to {LIMIT}"),
            );
        }
        if quotations(&avoid.value).is_empty() {
            findings.error(
                &page.file,
                avoid.span.clone(),
                "this warning quotes no sentence",
                "put the wrong sentence in quotation marks: \"Not \\\"our archive is safe\\\": …\"",
            );
        }
    }
}
