//! What cannot be printed as it is, as findings where an editor can mend it: letters that no font of the PDF has,
//! and slides that are too full.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use editorial::{Finding, Severity, Shelf, SourceText};

use super::pdf::{Overflowing, Unprintable};
use super::{Item, Kit};
use crate::resolve::deck::overflow;
use crate::rules::KIT_UNPRINTABLE;

/// A finding for each such letter and each such slide of each piece.
pub(super) fn findings(
    items: &[Item],
    made: &[Result<Arc<[u8]>>],
    kit: &Kit,
    shelf: &Shelf,
) -> Vec<Finding> {
    let mut missing: BTreeSet<(&str, char)> = BTreeSet::new();
    for (item, made) in items.iter().zip(made) {
        let unprintable = made
            .as_ref()
            .err()
            .and_then(|error| error.downcast_ref::<Unprintable>());
        if let Some(Unprintable(letters)) = unprintable {
            missing.extend(letters.iter().map(|letter| (item.slug.as_str(), *letter)));
        }
    }
    let mut findings = Vec::new();
    for (slug, letter) in missing {
        let source = kit
            .article(slug)
            .map_or("", |article| article.source.as_str());
        findings.push(finding(source, letter, shelf));
    }
    for (item, made) in items.iter().zip(made) {
        let error = made.as_ref().err();
        if let Some(Overflowing(slides)) = error.and_then(|error| error.downcast_ref()) {
            let source = kit.article(&item.slug);
            let source = source.map_or("", |article| article.source.as_str());
            findings.extend(
                slides
                    .iter()
                    .map(|(id, what)| too_full(source, id, what, shelf)),
            );
        }
    }
    findings
}

fn too_full(source: &str, id: &str, what: &str, shelf: &Shelf) -> Finding {
    let nowhere = SourceText::new(source, "");
    let page = shelf.page(Path::new(source));
    let file = page.map_or(&nowhere, |page| &page.file);
    let slides = page.map(editorial::slides).unwrap_or_default();
    // The second slide of a network has the id of the first, and a mark behind it.
    let is_it = |found: &&editorial::Slide<'_>| {
        found.heading.id.as_deref() == Some(id.strip_suffix("-after").unwrap_or(id))
    };
    let span = slides
        .iter()
        .find(is_it)
        .map(|found| found.heading.span.clone());
    overflow(file, span.unwrap_or(0..0), &format!("{id}: {what}"))
}

fn finding(source: &str, letter: char, shelf: &Shelf) -> Finding {
    let nowhere = SourceText::new(source, "");
    let page = shelf.page(Path::new(source));
    let file = page.map_or(&nowhere, |page| &page.file);
    let place = file.text().find(letter);
    let help = match place {
        Some(_) => "use another character here",
        None => {
            "it stands in a sample, a figure or a source of this page; use another character there"
        }
    };
    let start = place.unwrap_or(0);
    let end = place.map_or(0, |start| start + letter.len_utf8());
    file.finding(
        KIT_UNPRINTABLE,
        Severity::Error,
        start..end,
        format!(
            "the fonts of the PDF have no \"{letter}\" (U+{:04X})",
            u32::from(letter)
        ),
        help,
    )
}
