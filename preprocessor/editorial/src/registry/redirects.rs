//! `[output.html.redirect]` of `book.toml`: addresses that moved.

use crate::fields::{Placed, read_toml};
use crate::finding::Misfit;

/// An address that no longer has a page, and where mdBook sends its readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address, such as `/answers/bait.html`.
    pub from: Placed<String>,
    /// The new one: an address of the web, one from the root of the site, or one as seen from the
    /// folder of the old.
    pub to: Placed<String>,
}

impl Redirect {
    /// The redirects of `book.toml`. What else is in that file, and what is wrong in it, is mdBook's.
    pub(crate) fn parse_all(text: &str) -> (Vec<Redirect>, Vec<Misfit>) {
        let (pairs, _) = read_toml(text, 0, |book| {
            book.leave_the_rest();
            book.table("output", |output| {
                output.leave_the_rest();
                output.table("html", |html| {
                    html.leave_the_rest();
                    html.table("redirect", |redirects| redirects.pairs())
                })
            })
        });
        let pairs = pairs.flatten().flatten().unwrap_or_default();
        let redirects = pairs.into_iter().map(|(from, to)| Redirect { from, to });
        (redirects.collect(), Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::Redirect;

    #[test]
    fn redirects_are_found_among_the_settings() {
        let text = "[book]\ntitle = \"x\"\n[output.html.redirect]\n\"/a.html\" = \"b.html\"\n";
        let (redirects, _) = Redirect::parse_all(text);
        assert_eq!(redirects.len(), 1);
        assert_eq!(redirects[0].from.value, "/a.html");
        assert_eq!(&text[redirects[0].to.span.clone()], "\"b.html\"");
        for text in ["", "nonsense", "[output]\nhtml = 3", "[output.html]"] {
            assert!(Redirect::parse_all(text).0.is_empty(), "{text}");
        }
    }
}
