//! What a page is, in the words of schema.org, as attributes in its text: a strict policy forbids the
//! scripts in which such data usually stands.
//!
//! Search engines show no list of questions any more: Google ended it for all websites in May 2026, and
//! had ended how-to lists in 2023. Both are left out, though these pages answer questions. What is still
//! read is `Article`: title, summary, and the day of the last change. `BreadcrumbList` would name topics
//! that have no pages of their own, and is left out too.

use editorial::{Page, Shelf, Status};

use super::sitemap::changed;
use crate::resolve::escape::xml;

/// One element without anything to see, for the head of a piece that may be quoted; nothing for other
/// pages. It has no line break, so that Markdown lets it through as it is.
pub(crate) fn microdata(page: &Page, shelf: &Shelf) -> String {
    let Some(piece) = page.piece.as_ref().filter(|piece| piece.kind.is_quoted()) else {
        return String::new();
    };
    let mut data = String::new();
    let mut add = |name: &str, content: &str| {
        data.push_str(&format!(
            "<meta itemprop=\"{name}\" content=\"{}\">",
            inert(content)
        ));
    };
    add("headline", &piece.title.value);
    if let Some(review) = &piece.review {
        let status = match review.status {
            Status::Draft => "Draft",
            Status::Reviewed => "Reviewed",
            Status::Cleared => "Published",
        };
        add("creativeWorkStatus", status);
    }
    if let Some(day) = changed(page, shelf) {
        add("dateModified", &day.to_string());
    }
    format!("<div itemscope itemtype=\"https://schema.org/Article\">{data}</div>\n\n")
}

/// Text in an attribute in which no pass before the browser finds a directive.
fn inert(text: &str) -> String {
    xml(text).replace('{', "&#123;").replace('`', "&#96;")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::announce::tests::shelf;

    #[test]
    fn an_article_says_what_it_is_on_one_line() {
        let shelf = shelf();
        let page = |path: &str| shelf.page(Path::new(path)).unwrap();
        assert_eq!(
            microdata(page("src/answers/größe.md"), &shelf),
            "<div itemscope itemtype=\"https://schema.org/Article\">\
             <meta itemprop=\"headline\" content=\"How large?\">\
             <meta itemprop=\"creativeWorkStatus\" content=\"Draft\">\
             <meta itemprop=\"dateModified\" content=\"2026-11-20\"></div>\n\n"
        );
        assert_eq!(microdata(page("src/index.md"), &shelf), "");
    }
}
