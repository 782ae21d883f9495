//! Pages that no text leads to.

use std::collections::HashSet;
use std::path::PathBuf;

use super::link_broken::resolve;
use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::piece::Kind;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "link/orphan",
    wants: "Another page links to every page, in its own text.",
    why: "Few readers walk down a table of contents; they follow a sentence that makes them want to \
          know more. The summary does not count, nor does a list that a directive makes, because \
          both take in every page. Pages of the kind `page` need no such link: the landing page and \
          the indexes are where readers begin.",
    can_be_waived: true,
    check: Check::Shelf(check),
};

fn check(shelf: &Shelf, findings: &mut Findings) {
    // A page that stands alone has nobody to link to it.
    if shelf.pages.len() < 2 {
        return;
    }
    let linked: HashSet<PathBuf> = shelf.pages.iter().flat_map(destinations).collect();
    for page in &shelf.pages {
        let Some(piece) = page.piece.as_ref().filter(|piece| piece.kind != Kind::Page) else {
            continue;
        };
        if !linked.contains(page.file.path()) {
            findings.error(
                &page.file,
                piece.title.span.clone(),
                "no other page links to this one",
                "link to it from a sentence that raises its question",
            );
        }
    }
}

/// The files that a page links to, itself left out.
fn destinations(page: &Page) -> impl Iterator<Item = PathBuf> {
    let own = page.file.path();
    page.outline.links.iter().filter_map(move |link| {
        let file = link.destination.split('#').next().unwrap_or_default();
        resolve(own, file).filter(|path| path != own)
    })
}
