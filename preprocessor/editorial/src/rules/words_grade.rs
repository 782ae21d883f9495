//! Pieces that are hard to read.

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::shelf::Shelf;
use crate::words::grade;

/// Above this an editor should look again.
const AIM: f64 = 10.0;
/// Above this the page is not published.
const LIMIT: f64 = 11.0;

pub(super) const RULE: Rule = Rule {
    name: "words/grade",
    wants: "Pieces and lessons aim at reading grade 9; above 10 is a warning, above 11 an error.",
    why: "The grade is Flesch-Kincaid's: years of school that a text asks for. Busy people who can \
          read grade 14 still read grade 9 faster. Terms of the glossary count as easy words, \
          because the page explains them. Shorter sentences bring the grade down quickest.",
    can_be_waived: true,
    check: Check::Page(check),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    let Some(piece) = page.piece.as_ref().filter(|piece| piece.kind.is_prose()) else {
        return;
    };
    let Some(grade) = grade(&page.outline.blocks, &shelf.terms.entries) else {
        return;
    };
    let span = piece.title.span.clone();
    let problem = format!("the page reads at grade {grade:.1}");
    let help = "split the longest sentences and take shorter words; grade 9 is the aim";
    if grade > LIMIT {
        findings.error(&page.file, span, problem, help);
    } else if grade > AIM {
        findings.warning(&page.file, span, problem, help);
    }
}
