//! `robots.txt`: what programs that gather pages may read, which is everything.
//!
//! Pages that should not be found say so themselves: a page that may not be read cannot say it.

use super::Imprint;

/// The file. It counts at the root of a host alone (RFC 9309).
pub(super) fn robots(imprint: &Imprint) -> String {
    let sitemap = imprint.address.of("sitemap.xml");
    format!("User-agent: *\nDisallow:\n\nSitemap: {sitemap}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::announce::tests::imprint;

    #[test]
    fn everything_may_be_read() {
        assert_eq!(
            robots(&imprint("https://a.org/b/")),
            "User-agent: *\nDisallow:\n\nSitemap: https://a.org/b/sitemap.xml\n"
        );
    }
}
