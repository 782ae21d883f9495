//! What to read before and after a page, by topic.

use editorial::{Page, Shelf};

use crate::resolve::escape::{html, prose};
use crate::resolve::index::topic_address;
use crate::summary::{name, parts};

/// The pages before and after this one under its topic, and the way to all of them; nothing for a page
/// that stands under no topic. `up` is the way to the root of the site.
pub(super) fn neighbours(page: &Page, shelf: &Shelf, up: &str) -> Option<String> {
    let parts = parts(shelf);
    let at = |pages: &[&Page]| pages.iter().position(|other| is_same(other, page));
    let (part, at) = parts
        .iter()
        .find_map(|part| Some((part, at(&part.pages)?)))?;
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
    let topic = match topic_address(title, shelf) {
        Some(index) => format!("<a href=\"{up}{}\">{}</a>", html(&index), prose(title)),
        None => prose(title),
    };
    Some(format!(
        "<nav class=\"after neighbours\" aria-label=\"More on this topic\"><p class=\"topic\">More on this topic&#58; {topic}</p><ul role=\"list\">{before}{next}</ul></nav>\n"
    ))
}

fn is_same(one: &Page, other: &Page) -> bool {
    one.file.path() == other.file.path()
}
