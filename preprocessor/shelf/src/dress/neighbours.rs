//! What to read before and after a page, by topic.

use std::collections::HashMap;
use std::path::Path;

use editorial::{Page, Shelf};

use crate::resolve::escape::{html, prose};
use crate::resolve::index::topic_addresses;
use crate::summary::{Part, name, parts};

/// The order of the book, worked out once for all of its pages.
#[derive(Debug)]
pub(super) struct Neighbours<'s> {
    parts: Vec<Part<'s>>,
    /// Where the index of questions lists a topic.
    topics: HashMap<&'s str, String>,
    /// The part in which a page stands first, and its place there.
    places: HashMap<&'s Path, (usize, usize)>,
}

impl<'s> Neighbours<'s> {
    /// Of the pages of a shelf.
    pub(super) fn of(shelf: &'s Shelf) -> Neighbours<'s> {
        let parts = parts(shelf);
        let mut places = HashMap::new();
        for (part, pages) in parts.iter().map(|part| &part.pages).enumerate() {
            for (at, page) in pages.iter().enumerate() {
                places.entry(page.file.path()).or_insert((part, at));
            }
        }
        Neighbours {
            parts,
            topics: topic_addresses(shelf),
            places,
        }
    }

    /// The pages before and after this one under its topic, and the way to all of them; nothing for a page
    /// that stands under no topic. `up` is the way to the root of the site.
    pub(super) fn around(&self, page: &Page, up: &str) -> Option<String> {
        let (part, at) = *self.places.get(page.file.path())?;
        let part = self.parts.get(part)?;
        let title = part.title?;
        let entry = |rel: &str, word: &str, other: Option<&&Page>| {
            let named = other.and_then(|other| Some((other.address()?, name(other)?)));
            named.map_or(String::new(), |(address, name)| {
                format!(
                    "<li><a rel=\"{rel}\" href=\"{up}{}\"><span class=\"which\">{word}</span> {}</a></li>",
                    html(&address),
                    prose(name)
                )
            })
        };
        let before = at.checked_sub(1).and_then(|at| part.pages.get(at));
        let (before, next) = (
            entry("prev", "Before", before),
            entry("next", "Next", part.pages.get(at + 1)),
        );
        let topic = match self.topics.get(title) {
            Some(index) => format!("<a href=\"{up}{}\">{}</a>", html(index), prose(title)),
            None => prose(title),
        };
        Some(format!(
            "<nav class=\"after neighbours\" aria-label=\"More on this topic\"><p class=\"topic\">More on this topic&#58; {topic}</p><ul role=\"list\">{before}{next}</ul></nav>\n"
        ))
    }
}
