//! Figures that are not there.

use std::collections::HashSet;

use super::{Check, Findings, Rule};
use crate::nearest::did_you_mean;
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "figure/unknown",
    wants: "A page shows figures that exist in content/figures, each once.",
    why: "The figure would be missing from the page, and with it the counts that the text explains.",
    can_be_waived: false,
    check: Check::Page(check),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    let mut shown = HashSet::new();
    for directive in page.outline.figures().filter(|found| found.is_closed) {
        let id = directive.argument.as_str();
        if !shown.insert(id) {
            findings.error(
                &page.file,
                directive.argument_span.clone(),
                format!("the figure \"{id}\" stands on this page already"),
                "show it once, and refer to it in words",
            );
        } else if !id.is_empty() && shelf.figure(id).is_none() {
            let ids = shelf.figures.iter().map(|figure| figure.id.as_str());
            findings.error(
                &page.file,
                directive.argument_span.clone(),
                format!("there is no figure \"{id}\""),
                did_you_mean(id, ids, "add a file to content/figures"),
            );
        }
    }
}
