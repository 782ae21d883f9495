//! What the head of a page says about it.

use std::path::Path;

use editorial::{BlockKind, Page, Shelf};

use super::text::beginning;
use super::{Imprint, feed, policy};
use crate::resolve::escape::xml;
use crate::summary::way;

/// As much of a description as search engines and previews show.
const LONGEST: usize = 200;

/// The lines that the theme's region `head` takes, for the page at `path` of the website, which was made
/// from `page`. A page that is none of the summary's, such as the one shown where an address leads
/// nowhere, gets the policy and stays out of indexes.
pub(crate) fn head(shelf: &Shelf, imprint: &Imprint, page: Option<&Page>, path: &Path) -> String {
    // First, so that it holds for all that follows.
    let mut head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n",
        policy::in_page()
    );
    let place = page.and_then(Page::address);
    if place.is_none() || imprint.address.is_placeholder() {
        head.push_str("<meta name=\"robots\" content=\"noindex\">\n");
    }
    if !shelf.changes.entries.is_empty() {
        let up = way(&Path::new("src").join(path));
        head.push_str(&format!(
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{}\" href=\"{up}{}\">\n",
            feed::TITLE,
            feed::PLACE
        ));
    }
    if let (Some(page), Some(place)) = (page, place) {
        head.push_str(&about(page, &place, imprint));
    }
    head
}

/// The page's address, description, and what programs show beside a link to it (ogp.me).
fn about(page: &Page, place: &str, imprint: &Imprint) -> String {
    let address = imprint.address.of(place);
    let description = xml(&description(page, imprint));
    let title = title(page, imprint);
    let is_article = page
        .piece
        .as_ref()
        .is_some_and(|piece| piece.kind.is_quoted());
    let kind = if is_article { "article" } else { "website" };
    let mut lines = format!("<link rel=\"canonical\" href=\"{address}\">\n");
    let mut describe = |attribute: &str, name: &str, content: &str| {
        if !content.is_empty() {
            lines.push_str(&format!(
                "<meta {attribute}=\"{name}\" content=\"{content}\">\n"
            ));
        }
    };
    describe("name", "description", &description);
    describe("property", "og:type", kind);
    describe("property", "og:site_name", &xml(&imprint.title));
    describe("property", "og:title", &xml(&title));
    describe("property", "og:description", &description);
    describe("property", "og:url", &address);
    #[cfg(feature = "pdf")]
    if let Some(card) = super::cards::card(page, imprint).filter(|_| imprint.has_cards) {
        let picture = imprint.address.of(&super::cards::place(place));
        describe("property", "og:image", &picture);
        describe("property", "og:image:type", "image/png");
        describe("property", "og:image:width", &kit::Card::WIDTH.to_string());
        describe(
            "property",
            "og:image:height",
            &kit::Card::HEIGHT.to_string(),
        );
        describe(
            "property",
            "og:image:alt",
            &xml(&super::cards::in_words(&card)),
        );
        describe("name", "twitter:card", "summary_large_image");
    }
    lines
}

/// The question or the title of a page; the site's, where it has none.
fn title(page: &Page, imprint: &Imprint) -> String {
    let piece = page.piece.as_ref();
    piece.map_or_else(|| imprint.title.clone(), |piece| piece.title.value.clone())
}

/// The sentence to quote; where there is none, how the page begins.
fn description(page: &Page, imprint: &Imprint) -> String {
    let says = page.piece.as_ref().and_then(|piece| piece.says.as_ref());
    let mut blocks = page.outline.blocks.iter();
    let first =
        blocks.find(|block| block.kind == BlockKind::Paragraph && !block.text.trim().is_empty());
    let text = match (says, first) {
        (Some(says), _) => &says.value,
        (None, Some(block)) => &block.text,
        (None, None) => &imprint.summary,
    };
    beginning(text, LONGEST)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::announce::tests::{imprint, shelf};

    fn head_of(source: &str, address: &str) -> String {
        let shelf = shelf();
        let page = shelf.page(Path::new(source));
        let path = Path::new(source)
            .strip_prefix("src")
            .unwrap()
            .with_extension("html");
        head(&shelf, &imprint(address), page, &path)
    }

    #[test]
    fn the_policy_comes_first_and_the_page_is_named() {
        let head = head_of("src/answers/größe.md", "https://a.org/b/");
        assert!(head.starts_with(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
        ));
        for line in [
            "<link rel=\"canonical\" href=\"https://a.org/b/answers/gr%C3%B6%C3%9Fe.html\">",
            "<meta name=\"description\" content=\"As *large* as &quot;it&quot; &lt;is&gt;.\">",
            "<meta property=\"og:type\" content=\"article\">",
            "<meta property=\"og:title\" content=\"How large?\">",
            "<meta property=\"og:site_name\" content=\"Größe &amp; Maß\">",
            "type=\"application/atom+xml\" title=\"What has changed\" href=\"../feed/changes.atom\">",
        ] {
            assert!(head.contains(line), "{line}\n{head}");
        }
        assert!(!head.contains("noindex"));
        assert_eq!(
            head.contains("<meta property=\"og:image\" content=\"https://a.org/b/cards/answers/gr%C3%B6%C3%9Fe.png\">"),
            cfg!(feature = "pdf")
        );
    }

    #[test]
    fn a_page_without_a_sentence_is_described_by_its_beginning() {
        let head = head_of("src/index.md", "https://a.org/");
        assert!(
            head.contains("name=\"description\" content=\"Words of the start.\""),
            "{head}"
        );
        assert!(
            head.contains("rel=\"canonical\" href=\"https://a.org/\""),
            "{head}"
        );
        assert!(head.contains("og:type\" content=\"website\""), "{head}");
    }

    #[test]
    fn what_should_not_be_found_says_so() {
        assert!(head_of("src/index.md", "https://a.example/").contains("noindex"));
        let lost = head_of("src/404.md", "https://a.org/");
        assert!(
            lost.contains("noindex") && lost.contains("Content-Security-Policy"),
            "{lost}"
        );
        assert!(
            !lost.contains("canonical") && !lost.contains("og:"),
            "{lost}"
        );
    }
}
