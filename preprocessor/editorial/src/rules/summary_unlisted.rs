//! Pages that nobody would ever see.

use std::collections::HashSet;

use super::link_broken::resolve;
use super::{Check, Findings, Rule};
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "summary/unlisted",
    wants: "Every page of src/ stands in src/SUMMARY.md.",
    why: "mdBook publishes what the summary lists, and nothing else.",
    can_be_waived: true,
    check: Check::Shelf(check),
};

fn check(shelf: &Shelf, findings: &mut Findings) {
    let summary = &shelf.summary;
    let listed: HashSet<_> = summary
        .outline
        .links
        .iter()
        .filter_map(|link| resolve(summary.file.path(), &link.destination))
        .collect();
    for page in shelf
        .pages
        .iter()
        .filter(|page| !listed.contains(page.file.path()))
    {
        findings.error(
            &page.file,
            0..0,
            "the page is not in src/SUMMARY.md",
            "add it there, or delete the file",
        );
    }
}
