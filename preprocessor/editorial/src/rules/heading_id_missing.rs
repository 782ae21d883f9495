//! Headings that cannot be linked to for good.

use std::collections::HashSet;

use super::{Check, Findings, Rule};
use crate::anchors::of_its_kind;
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "heading/id-missing",
    wants: "Every heading has an id of its own: `## What to do {#what-to-do}`.",
    why: "Without one, the address of a section is made from its words, and breaks when somebody \
          edits or translates them. Two headings of a page cannot share an id. The build makes the \
          title of a piece, so a piece has no heading of level 1.",
    can_be_waived: true,
    check: Check::Page(check),
};

/// The ids that `theme/index.hbs` and its fields have on every page. No link leads to them.
const OF_THE_TEMPLATE: [&str; 3] = ["content", "appearance", "search-words"];

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    if page.piece.is_none() {
        return;
    }
    let made = shelf.made_ids.iter().chain(of_its_kind(page));
    let made = made.chain(&OF_THE_TEMPLATE);
    let mut seen: HashSet<&str> = made.copied().collect();
    for heading in &page.outline.headings {
        if heading.level == 1 {
            findings.error(
                &page.file,
                heading.span.clone(),
                "this heading stands on the level of the title",
                "give it another #, or leave it out: the build makes the title from the front matter",
            );
            continue;
        }
        match heading.id.as_deref() {
            None => findings.error(
                &page.file,
                heading.span.clone(),
                format!("the heading \"{}\" has no id", heading.words.text.trim()),
                format!(
                    "add one at its end: {{#{}}}",
                    proposed_id(&heading.words.text)
                ),
            ),
            Some(id) if !seen.insert(id) => findings.error(
                &page.file,
                heading.span.clone(),
                format!("the id \"{id}\" is taken on this page"),
                "choose another",
            ),
            Some(_) => {}
        }
    }
}

fn proposed_id(text: &str) -> String {
    let words: Vec<String> = text
        .replace(['\'', '\u{2019}'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}
