//! The book in the order of its summary: which page stands under which topic.

use std::collections::HashMap;
use std::path::Path;

use editorial::{Heading, Page, Shelf};

use crate::percent::decoded;

/// The page at the top of the site.
const TOP: &str = "index.html";

/// A topic: a heading of the summary with the pages under it.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    /// The heading; pages above the first have none.
    pub(crate) title: Option<&'a str>,
    /// The pages, in order.
    pub(crate) pages: Vec<&'a Page>,
}

/// Every topic of the summary, in its order.
pub(crate) fn parts(shelf: &Shelf) -> Vec<Part<'_>> {
    let outline = &shelf.summary.outline;
    // mdBook takes a heading above everything else for the title of the summary.
    let first_link = outline.links.first().map_or(0, |link| link.span.start);
    let title = outline
        .headings
        .first()
        .filter(|heading| heading.span.start < first_link);
    let is_topic = |heading: &&Heading| title != Some(*heading);
    let mut parts: Vec<Part<'_>> = Vec::new();
    for link in &outline.links {
        let mut headings = outline.headings.iter().filter(is_topic);
        let heading = headings.rfind(|heading: &&Heading| heading.span.start < link.span.start);
        let title = heading.map(|heading| heading.words.text.trim());
        let file = decoded(&link.destination).unwrap_or_default();
        let Some(page) = shelf.page(&Path::new("src").join(file)) else {
            continue;
        };
        match parts.last_mut().filter(|part| part.title == title) {
            Some(part) => part.pages.push(page),
            None => parts.push(Part {
                title,
                pages: vec![page],
            }),
        }
    }
    parts
}

/// Which page mdBook shows at which address, such as `answers/a.html`. At the top that is the first of the
/// summary, where no page has that place.
#[derive(Debug)]
pub(crate) struct Addresses<'s>(HashMap<String, &'s Page>);

impl<'s> Addresses<'s> {
    /// Of every page of a shelf.
    pub(crate) fn of(shelf: &'s Shelf) -> Addresses<'s> {
        let mut pages = HashMap::new();
        for page in &shelf.pages {
            if let Some(address) = page.address() {
                pages.entry(address).or_insert(page);
            }
        }
        if !pages.contains_key(TOP) {
            let parts = parts(shelf);
            let first = parts.first().and_then(|part| part.pages.first());
            first.and_then(|first| pages.insert(TOP.to_owned(), first));
        }
        Addresses(pages)
    }

    /// The page at an address.
    pub(crate) fn page(&self, address: &str) -> Option<&'s Page> {
        self.0.get(address).copied()
    }
}

/// The page that mdBook shows at one address.
pub(crate) fn page_at<'s>(shelf: &'s Shelf, address: &str) -> Option<&'s Page> {
    Addresses::of(shelf).page(address)
}

/// What a page is called: its title, or else its first heading. None for a page without words for it.
pub(crate) fn name(page: &Page) -> Option<&str> {
    let title = page.piece.as_ref().map(|piece| piece.title.value.as_str());
    let heading = || Some(page.outline.headings.first()?.words.text.as_str());
    let name = title.or_else(heading)?.trim();
    (!name.is_empty()).then_some(name)
}

/// The way from the file at `path`, such as `src/answers/a.md`, to the root of the site.
pub(crate) fn way(path: &Path) -> String {
    "../".repeat(path.components().count().saturating_sub(2))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_where_mdbook_shows_it() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("src/deep")).unwrap();
        for (path, text) in [
            (
                "SUMMARY.md",
                "- [One](first%20one.md)\n- [Deep](deep/README.md)\n",
            ),
            ("first one.md", "# *One* or none\n"),
            ("deep/README.md", "No heading.\n"),
            ("404.md", "# Lost\n"),
        ] {
            std::fs::write(folder.path().join("src").join(path), text).unwrap();
        }
        let shelf = Shelf::read(folder.path(), editorial::Day::new(2026, 11, 22)).unwrap();
        for (address, wanted) in [
            ("index.html", Some("src/first one.md")),
            ("first one.html", Some("src/first one.md")),
            ("deep/index.html", Some("src/deep/README.md")),
            ("deep/README.html", None),
            ("404.html", None),
        ] {
            let found = page_at(&shelf, address).map(|page| page.file.path());
            assert_eq!(found, wanted.map(Path::new), "{address}");
        }
        let name_of = |address| name(page_at(&shelf, address).unwrap());
        assert_eq!(name_of("index.html"), Some("One or none"));
        assert_eq!(name_of("deep/index.html"), None);
    }

    #[test]
    fn the_way_leads_up_from_every_folder() {
        assert_eq!(way(Path::new("src/index.md")), "");
        assert_eq!(way(Path::new("src/a/b/checklist.md")), "../../");
        assert_eq!(way(&Path::new("src").join("answers").join("a.md")), "../");
    }
}
