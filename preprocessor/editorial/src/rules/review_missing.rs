//! Pieces that do not say who checked them and when.

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "review/missing",
    wants: "Every page with front matter has a [review] with status, checked and due.",
    why: "A reader must see whether anybody but its writers has read a page, and on what day it was \
          last compared with its sources. `checked` is that comparison and nothing else.",
    can_be_waived: true,
    check: Check::Page(check),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    let Some(piece) = &page.piece else {
        return;
    };
    let Some(review) = &piece.review else {
        if piece.review_is_missing {
            findings.error(
                &page.file,
                piece.span.start..piece.span.start,
                "the page does not say how far its review has come",
                "add [review] with status = \"draft\", checked and due",
            );
        }
        return;
    };
    if review.checked.value > shelf.today {
        findings.error(
            &page.file,
            review.checked.span.clone(),
            format!("{} has not come yet", review.checked.value.in_words()),
            "give the day on which somebody did compare the page with its sources",
        );
    }
    if review.due.value <= review.checked.value {
        findings.error(
            &page.file,
            review.due.span.clone(),
            "the next check is due no later than the last one was made",
            "set `due` to a day after `checked`",
        );
    }
}
