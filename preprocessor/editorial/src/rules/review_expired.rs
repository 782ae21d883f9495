//! Pieces whose next check is overdue.

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "review/expired",
    wants: "No page is past the day on which it was to be compared with its sources again.",
    why: "Standards get new editions and studies new counts. A press officer must be able to trust \
          a page without asking when it was last looked at.",
    can_be_waived: true,
    check: Check::Page(check),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    let review = page.piece.as_ref().and_then(|piece| piece.review.as_ref());
    if let Some(review) = review.filter(|review| review.due.value < shelf.today) {
        findings.error(
            &page.file,
            review.due.span.clone(),
            format!("the check was due on {}", review.due.value.in_words()),
            "compare the page with its sources, then set `checked` to that day and `due` anew",
        );
    }
}
