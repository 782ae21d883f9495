//! The list of sources at the end of a page, made from the registry.

use std::ops::Range;

use editorial::{Figure, Misfit, Page, Shelf, Source, Verified};

use super::escape::{capitalised, markdown, plain};

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

/// Every key that the page cites, those of its figures, of the checklist and of its quiz included, in the order in
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
    let lesson = page.piece.as_ref().and_then(|piece| piece.lesson.as_ref());
    for topic in lesson.iter().flat_map(|lesson| &lesson.outline) {
        citations.push((&topic.source.value, topic.source.span.clone()));
    }
    for directive in page.outline.checklists() {
        let sources = shelf
            .checklist
            .entries
            .iter()
            .flat_map(|task| &task.sources);
        citations.extend(sources.map(|key| (key.value.as_str(), directive.span.clone())));
    }
    // Its questions stand below the text.
    let questions = shelf.quiz_of(page.file.path());
    let questions = questions.into_iter().flat_map(|quiz| &quiz.questions);
    let end = page.file.text().len();
    let keys = questions.flat_map(|question| &question.sources);
    citations.extend(keys.map(|key| (key.value.as_str(), end..end)));
    citations.sort_by_key(|(_, span)| span.start);
    citations
}

/// A publication as the list says it: title, publisher, edition, address, and how it was checked.
pub(super) fn entry(source: &Source) -> String {
    entry_in(
        source,
        markdown,
        |title| format!("*{}*", markdown(title)),
        |url| format!("<{}>", url.replace(['<', '>', ' ', '\n'], "")),
    )
}

/// The same entry in letters alone.
pub(super) fn plain_entry(source: &Source) -> String {
    entry_in(source, plain, plain, str::to_owned)
}

/// An entry whose words, title and address are written in a way of their own.
fn entry_in(
    source: &Source,
    words: impl Fn(&str) -> String,
    title: impl Fn(&str) -> String,
    address: impl Fn(&str) -> String,
) -> String {
    let stop = if source.title.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    let mut entry = format!(
        "{}{stop} {}",
        title(&source.title),
        words(&source.publisher)
    );
    if let Some(edition) = &source.edition {
        entry.push_str(&format!(", {}", words(edition)));
    }
    entry.push_str(". ");
    if let Some(url) = &source.url {
        entry.push_str(&format!("{}. ", address(&url.value)));
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
    entry.push_str(&words(&capitalised(&checked)));
    entry.push('.');
    entry
}
