//! The list of sources at the end of a page, made from the registry.

use editorial::{Misfit, Page, Shelf, Source, Verified};

use super::escape::markdown;

/// One footnote for each publication that the page cites, in the order of first citation.
///
/// # Errors
///
/// A key that is not in the registry.
pub(super) fn list(page: &Page, shelf: &Shelf) -> Result<String, Misfit> {
    let mut cited: Vec<&Source> = Vec::new();
    for citation in &page.outline.citations {
        let Some(source) = shelf.source(&citation.key) else {
            return Err(Misfit::new(
                citation.span.clone(),
                format!("no source has the key \"{}\"", citation.key),
                "add the publication to content/sources.toml",
            ));
        };
        if !cited.contains(&source) {
            cited.push(source);
        }
    }
    if cited.is_empty() {
        return Ok(String::new());
    }
    let mut list = String::from("\n\n## Sources {#sources}\n\n");
    for source in cited {
        list.push_str(&format!("[^{}]: {}\n\n", source.key.value, entry(source)));
    }
    Ok(list)
}

fn entry(source: &Source) -> String {
    let mut entry = format!(
        "*{}*. {}",
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
        .filter(|_| source.verified != Verified::NotVerified)
    {
        checked.push_str(&format!(" on {}", opened.in_words()));
    }
    if let Some(read) = &source.read {
        checked.push_str(&format!(": {}", read.trim_end_matches('.')));
    }
    entry.push_str(&markdown(&capitalised(&checked)));
    entry.push('.');
    entry
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
