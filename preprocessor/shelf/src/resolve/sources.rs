//! The list of sources at the end of a page, made from the registry.

use std::ops::Range;

use editorial::{Figure, Misfit, Page, Shelf, Source, Verified};

use super::escape::{capitalised, markdown};

/// The id of the section with the sources.
pub(super) const SOURCES: &str = "sources";

/// One footnote for each publication that the page cites, in the order of first citation.
///
/// # Errors
///
/// A key that is not in the registry.
pub(super) fn list(page: &Page, shelf: &Shelf) -> Result<String, Misfit> {
    let definitions = definitions(page, shelf)?;
    if definitions.is_empty() {
        return Ok(definitions);
    }
    Ok(format!("\n\n## Sources {{#{SOURCES}}}\n\n{definitions}"))
}

/// The footnotes alone, as [`list`] has them.
///
/// # Errors
///
/// A key that is not in the registry.
pub(super) fn definitions(page: &Page, shelf: &Shelf) -> Result<String, Misfit> {
    let mut cited: Vec<&Source> = Vec::new();
    for (key, span) in citations(page, shelf) {
        let Some(source) = shelf.source(key) else {
            return Err(Misfit::new(
                span,
                format!("no source has the key \"{key}\""),
                "add the publication to content/sources.toml",
            ));
        };
        if !cited.contains(&source) {
            cited.push(source);
        }
    }
    let entries = cited.into_iter();
    let entries = entries.map(|source| format!("[^{}]: {}\n\n", source.key.value, entry(source)));
    Ok(entries.collect())
}

/// Every key that the page cites, those of its figures and of the checklist included, in the order in
/// which a reader meets them.
pub(super) fn citations<'a>(page: &'a Page, shelf: &'a Shelf) -> Vec<(&'a str, Range<usize>)> {
    let mut citations: Vec<(&str, Range<usize>)> = Vec::new();
    for citation in &page.outline.citations {
        citations.push((&citation.key, citation.span.clone()));
    }
    for directive in page.outline.figures() {
        let file = shelf.figure(&directive.argument);
        let figure = file.and_then(|file| file.figure.as_ref());
        for source in figure.into_iter().flat_map(Figure::sources) {
            citations.push((&source.value, directive.span.clone()));
        }
    }
    for directive in page.outline.checklists() {
        let sources = shelf
            .checklist
            .entries
            .iter()
            .flat_map(|task| &task.sources);
        citations.extend(sources.map(|key| (key.value.as_str(), directive.span.clone())));
    }
    citations.sort_by_key(|(_, span)| span.start);
    citations
}

/// A publication as the list says it: title, publisher, edition, address, and how it was checked.
pub(super) fn entry(source: &Source) -> String {
    let stop = if source.title.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    let mut entry = format!(
        "*{}*{stop} {}",
        markdown(&source.title),
        markdown(&source.publisher)
    );
    if let Some(edition) = &source.edition {
        entry.push_str(&format!(", {}", markdown(edition)));
    }
    entry.push_str(". ");
    if let Some(url) = &source.url {
        entry.push_str(&format!(
            "<{}>. ",
            url.value.replace(['<', '>', ' ', '\n'], "")
        ));
    }
    let mut checked = source.verified.in_words().to_owned();
    if let Some(opened) = source
        .opened
        .as_ref()
        .filter(|_| source.verified != Verified::NotVerified)
    {
        checked.push_str(&format!(" on {}", opened.value.in_words()));
    }
    if let Some(read) = &source.read {
        checked.push_str(&format!(": {}", read.trim_end_matches('.')));
    }
    entry.push_str(&markdown(&capitalised(&checked)));
    entry.push('.');
    entry
}
