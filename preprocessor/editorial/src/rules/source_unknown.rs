//! Citations of nothing.

use super::{Check, Findings, Rule};
use crate::nearest::did_you_mean;
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "source/unknown",
    wants: "What a page, a figure, a quiz or a task of the checklist cites is in content/sources.toml.",
    why: "The list of sources is made from the registry, so that a publication is described once and \
          the same everywhere. For that reason a page defines no footnotes of its own.",
    can_be_waived: false,
    check: Check::PageAndShelf(check, check_content),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    for citation in &page.outline.citations {
        if shelf.source(&citation.key).is_none() {
            findings.error(
                &page.file,
                citation.span.clone(),
                format!("no source has the key \"{}\"", citation.key),
                help(shelf, &citation.key),
            );
        }
    }
    for definition in &page.outline.definitions {
        findings.error(
            &page.file,
            definition.span.clone(),
            format!(
                "the footnote \"{}\" is written here by hand",
                definition.key
            ),
            "register the publication in content/sources.toml and cite its key",
        );
    }
}

fn check_content(shelf: &Shelf, findings: &mut Findings) {
    for (file, source) in shelf.cited_in_content() {
        if shelf.source(&source.value).is_none() {
            findings.error(
                file,
                source.span.clone(),
                format!("no source has the key \"{}\"", source.value),
                help(shelf, &source.value),
            );
        }
    }
}

fn help(shelf: &Shelf, key: &str) -> String {
    let keys = shelf.sources.entries.iter();
    let keys = keys.map(|source| source.key.value.as_str());
    did_you_mean(key, keys, "add the publication to content/sources.toml")
}
