//! Pages that nobody would ever see.

use std::collections::HashSet;

use super::link_broken::resolve;
use super::{Check, Findings, Rule};
use crate::outline::Link;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "summary/unlisted",
    wants: "Every page of src/ stands in src/SUMMARY.md.",
    why: "mdBook publishes what the summary lists, and nothing else but src/404.md, which it shows \
          where an address leads nowhere.",
    can_be_waived: true,
    check: Check::Shelf(check),
};

pub(super) const TWICE: Rule = Rule {
    name: "summary/listed-twice",
    wants: "A page stands in src/SUMMARY.md once.",
    why: "mdBook refuses a summary that lists a page twice: it could not tell which place is meant.",
    can_be_waived: false,
    check: Check::Shelf(check_twice),
};

fn check_twice(shelf: &Shelf, findings: &mut Findings) {
    let summary = &shelf.summary;
    let mut listed = HashSet::new();
    // A chapter without an address is a draft, of which a summary may hold many.
    let written = |link: &&Link| !link.destination.is_empty();
    for link in summary.outline.links.iter().filter(written) {
        let page = resolve(summary.file.path(), &link.destination);
        if page.is_some_and(|page| !listed.insert(page)) {
            findings.error(
                &summary.file,
                link.span.clone(),
                format!("{} is listed for the second time", link.destination),
                "keep one of the two lines",
            );
        }
    }
}

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
        .filter(|page| !page.is_not_found() && !listed.contains(page.file.path()))
    {
        findings.error(
            &page.file,
            0..0,
            "the page is not in src/SUMMARY.md",
            "add it there, or delete the file",
        );
    }
}
