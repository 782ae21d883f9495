//! A piece to paste: elements that stand anywhere in a page of somebody else.

use super::{Site, plain};
use crate::Article;
use crate::{Fragment, fragment};

/// The level of the question's heading; sections are one below.
pub(super) const LEVEL: u8 = 2;

/// The file of a piece: the same words in the same order as in every other format, in an element of its own
/// whose id is the piece's. All other ids begin with it.
pub(super) fn piece(site: &Site, article: &Article) -> String {
    let document = article.document();
    let place = Fragment {
        level: LEVEL,
        prefix: article.slug.clone(),
    };
    let text = fragment(&document.blocks, &document.notes, &place);
    let address = format!("{}{}", site.address, plain::in_address(&article.page));
    format!(
        "<article id=\"{}\" lang=\"{}\">\n{}\n<p>From <a href=\"{}\">{}</a>. {}</p>\n</article>\n",
        plain::html(&article.slug),
        plain::html(&site.language),
        text.trim(),
        plain::html(&address),
        plain::html(&site.title),
        plain::html(&article.version.in_words()),
    )
}
