//! The book in the order of its summary: which page stands under which topic.

use std::path::Path;

use editorial::{Heading, Page, Shelf};

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
        let Some(page) = shelf.page(&Path::new("src").join(&link.destination)) else {
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

/// The way from the file at `path`, such as `src/answers/a.md`, to the root of the site.
pub(crate) fn way(path: &Path) -> String {
    "../".repeat(path.components().count().saturating_sub(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_leads_up_from_every_folder() {
        assert_eq!(way(Path::new("src/index.md")), "");
        assert_eq!(way(&Path::new("src").join("answers").join("a.md")), "../");
    }
}
