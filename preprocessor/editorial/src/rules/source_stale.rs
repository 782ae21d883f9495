//! Sources that nobody has opened for a year.

use std::collections::HashSet;

use super::{Check, Findings, Rule};
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "source/stale",
    wants: "Every source that a page, a figure, a quiz or the checklist cites was opened within the last year.",
    why: "Addresses move, counts are corrected and standards get new editions. A reader who follows \
          a citation should find there what the page says. Sources that nobody cites may rest.",
    can_be_waived: false,
    check: Check::Shelf(check),
};

fn check(shelf: &Shelf, findings: &mut Findings) {
    let citations = shelf.pages.iter().flat_map(|page| &page.outline.citations);
    let by_pages = citations.map(|citation| citation.key.as_str());
    let by_content = shelf.cited_in_content().map(|(_, key)| key.value.as_str());
    let cited: HashSet<&str> = by_pages.chain(by_content).collect();
    for source in &shelf.sources.entries {
        let is_cited = cited.contains(source.key.value.as_str());
        let opened = source.opened.as_ref().filter(|_| is_cited);
        if let Some(opened) = opened.filter(|day| day.value.a_year_later() < shelf.today) {
            findings.error(
                &shelf.sources.file,
                opened.span.clone(),
                format!(
                    "\"{}\" is cited, and was last opened on {}",
                    source.key.value,
                    opened.value.in_words()
                ),
                "open it, compare what cites it, then set `opened` to that day",
            );
        }
    }
}
