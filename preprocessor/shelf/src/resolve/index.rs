//! Indexes: every question the book answers, and every publication it draws on.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use editorial::anchors::slug;
use editorial::{Letters, Page, Shelf, Source, Verified};

use super::escape::markdown;
use super::sources::{citations, entry};
use crate::summary::{self, Part};

/// Every piece that may be quoted, under the headings of the summary and in its order: the question,
/// and the sentence that answers it. `from` is the page that shows the index.
pub(super) fn questions(from: &str, shelf: &Shelf) -> String {
    let mut index = String::new();
    for (part, id) in quoted_parts(from, shelf) {
        if let Some(title) = part.title {
            index.push_str(&format!("\n## {} {{#{id}}}\n\n", markdown(title)));
        }
        for page in part.pages {
            let Some(piece) = &page.piece else { continue };
            let link = link(from, page, &piece.title.value);
            let says = piece.says.as_ref();
            let says = says.map_or(String::new(), |says| {
                format!("\\\n{}", markdown(&says.value))
            });
            index.push_str(&format!("- {link}{says}\n"));
        }
    }
    index
}

/// Where the index of questions lists each topic, from the root of the site; nothing where the book has no
/// such index.
pub(crate) fn topic_addresses(shelf: &Shelf) -> HashMap<&str, String> {
    let has_index = |page: &&Page| {
        let mut directives = page.outline.directives.iter();
        directives.any(|found| found.is_ours() && found.name == "questions")
    };
    let index = shelf.pages.iter().find(has_index);
    let index = index.and_then(|index| Some((index, index.address()?)));
    let mut addresses = HashMap::new();
    if let Some((index, address)) = index {
        for (part, id) in quoted_parts(&index.file.path().to_string_lossy(), shelf) {
            let title = part.title.into_iter();
            title.for_each(|title| {
                addresses
                    .entry(title)
                    .or_insert_with(|| format!("{address}#{id}"));
            });
        }
    }
    addresses
}

/// The topics that have pieces to quote, with those alone, each with the id of its heading on the
/// page at `from`.
fn quoted_parts<'a>(from: &str, shelf: &'a Shelf) -> Vec<(Part<'a>, String)> {
    let headings = shelf.page(Path::new(from)).into_iter();
    let headings = headings.flat_map(|page| &page.outline.headings);
    let mut taken: HashSet<String> = headings.filter_map(|found| found.id.clone()).collect();
    let is_quoted = |page: &&Page| {
        page.piece
            .as_ref()
            .is_some_and(|piece| piece.kind.is_quoted())
    };
    let mut parts = summary::parts(shelf);
    for part in &mut parts {
        part.pages.retain(is_quoted);
    }
    parts.retain(|part| !part.pages.is_empty());
    let id = |part: &Part<'_>, taken: &mut HashSet<String>| {
        part.title
            .map_or(String::new(), |title| part_id(title, taken))
    };
    parts
        .into_iter()
        .map(|part| {
            let id = id(&part, &mut taken);
            (part, id)
        })
        .collect()
}

/// Every publication of the registry that somebody has opened, by title, with how it was checked and
/// the pages that cite it; those whose titles begin with `letters`. `from` is the page that shows the
/// index.
pub(super) fn sources(from: &str, letters: Letters, shelf: &Shelf) -> String {
    let mut read: Vec<&Source> = shelf.sources.entries.iter().collect();
    read.retain(|source| source.verified != Verified::NotVerified && letters.hold(&source.title));
    read.sort_by_key(|source| source.title.to_lowercase());
    let mut cited_in: HashMap<&str, Vec<String>> = HashMap::new();
    for page in summary::parts(shelf).iter().flat_map(|part| &part.pages) {
        let Some(piece) = &page.piece else {
            continue;
        };
        let link = link(from, page, &piece.title.value);
        let keys = citations(page, shelf).into_iter().map(|(key, _)| key);
        for key in keys.collect::<HashSet<_>>() {
            cited_in.entry(key).or_default().push(link.clone());
        }
    }
    let mut index = String::new();
    for source in read {
        let citing = cited_in.remove(source.key.value.as_str());
        let citing = citing.unwrap_or_default();
        let cited = if citing.is_empty() {
            "No page cites it yet.".to_owned()
        } else {
            format!("Cited in: {}.", citing.join("; "))
        };
        index.push_str(&format!("- {} {cited}\n", entry(source)));
    }
    index
}

/// A link to a page of the book, as seen from the page at `from`.
fn link(from: &str, page: &Page, title: &str) -> String {
    let path = page.file.path();
    let path = path.strip_prefix("src").unwrap_or(path);
    // A link has forward slashes on every system.
    let path: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let (title, up) = (markdown(title), summary::way(Path::new(from)));
    format!("[{title}]({up}{})", path.join("/"))
}

/// The id of a part's heading, which stands nowhere in the book's own text: with a number where its
/// words make none, or one that is taken.
fn part_id(heading: &str, taken: &mut HashSet<String>) -> String {
    let words = slug(heading);
    let (plain, first) = if words.is_empty() {
        ("part".to_owned(), 1)
    } else {
        (format!("part-{words}"), 2)
    };
    let bare = (!words.is_empty()).then(|| plain.clone());
    let mut ids = bare
        .into_iter()
        .chain((first..).map(|number: usize| format!("{plain}-{number}")));
    ids.find(|id| taken.insert(id.clone())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;

    use editorial::{Page, SourceText};

    use super::{link, part_id};

    #[test]
    fn every_part_has_an_id_of_its_own() {
        let mut taken = HashSet::from(["part-taken".to_owned()]);
        let ids = ["Sources", "???", "Sources", "!", "Taken"];
        assert_eq!(
            ids.map(|heading| part_id(heading, &mut taken)),
            [
                "part-sources",
                "part-1",
                "part-sources-2",
                "part-2",
                "part-taken-2"
            ]
        );
    }

    #[test]
    fn a_link_has_forward_slashes() {
        let path = Path::new("src").join("answers").join("a.md");
        let page = Page::read(SourceText::new(path, "Text.\n"));
        assert_eq!(link("src/index.md", &page, "A"), "[A](answers/a.md)");
        assert_eq!(link("src/papers/p.md", &page, "A"), "[A](../answers/a.md)");
    }
}
