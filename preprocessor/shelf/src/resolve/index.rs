//! Indexes: every question the book answers, and every publication it draws on.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use editorial::{Page, Shelf, Source, Verified};

use super::escape::markdown;
use super::sources::{citations, entry};

/// Every piece that may be quoted, under the headings of the summary and in its order: the question,
/// and the sentence that answers it. `from` is the page that shows the index.
pub(super) fn questions(from: &str, shelf: &Shelf) -> String {
    let mut index = String::new();
    let mut part = None;
    let headings = shelf.page(Path::new(from)).into_iter();
    let headings = headings.flat_map(|page| &page.outline.headings);
    let mut taken: HashSet<String> = headings.filter_map(|found| found.id.clone()).collect();
    for (heading, page) in listed(shelf) {
        let Some(piece) = page.piece.as_ref().filter(|piece| piece.kind.is_quoted()) else {
            continue;
        };
        if heading != part
            && let Some(heading) = heading
        {
            part = Some(heading);
            let title = markdown(heading.trim());
            let id = part_id(heading, &mut taken);
            index.push_str(&format!("\n## {title} {{#{id}}}\n\n"));
        }
        let link = link(from, page, &piece.title.value);
        let says = piece.says.as_ref();
        let says = says.map_or(String::new(), |says| {
            format!("\\\n{}", markdown(&says.value))
        });
        index.push_str(&format!("- {link}{says}\n"));
    }
    index
}

/// The pages of the summary in its order, each with the heading it stands under.
fn listed(shelf: &Shelf) -> Vec<(Option<&str>, &Page)> {
    let outline = &shelf.summary.outline;
    let mut listed = Vec::new();
    for link in &outline.links {
        let path = Path::new("src").join(&link.destination);
        let mut headings = outline.headings.iter();
        let heading = headings.rfind(|heading| heading.span.start < link.span.start);
        if let Some(page) = shelf.page(&path) {
            listed.push((heading.map(|heading| heading.words.text.as_str()), page));
        }
    }
    listed
}

/// Every publication of the registry that somebody has opened, by title, with how it was checked and
/// the pages that cite it. `from` is the page that shows the index.
pub(super) fn sources(from: &str, shelf: &Shelf) -> String {
    let mut read: Vec<&Source> = shelf.sources.entries.iter().collect();
    read.retain(|source| source.verified != Verified::NotVerified);
    read.sort_by_key(|source| source.title.to_lowercase());
    let mut cited_in: HashMap<&str, Vec<String>> = HashMap::new();
    for (_, page) in listed(shelf) {
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
    let up = Path::new(from).components().count().saturating_sub(2);
    let path = page.file.path();
    let path = path.strip_prefix("src").unwrap_or(path);
    // A link has forward slashes on every system.
    let path: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let (title, up) = (markdown(title), "../".repeat(up));
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

/// The words of a heading as they can stand in an id.
fn slug(heading: &str) -> String {
    let words = heading.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;

    use editorial::{Page, SourceText};

    use super::{link, part_id, slug};

    #[test]
    fn a_heading_becomes_an_id() {
        assert_eq!(
            slug(" Finding out: who can reach you? "),
            "finding-out-who-can-reach-you"
        );
    }

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
