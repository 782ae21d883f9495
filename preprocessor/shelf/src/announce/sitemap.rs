//! `sitemap.xml`: every page, for search engines (sitemaps.org, version 0.9).

use editorial::{Change, Day, Page, Shelf};

use super::Imprint;
use crate::summary::parts;

/// The file. A page has a date only where an editor has noted a change of it: engines stop believing
/// dates that move with every build.
pub(super) fn sitemap(shelf: &Shelf, imprint: &Imprint) -> String {
    let mut sitemap = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in parts(shelf).iter().flat_map(|part| &part.pages) {
        let Some(place) = page.address() else {
            continue;
        };
        let changed =
            changed(page, shelf).map_or(String::new(), |day| format!("<lastmod>{day}</lastmod>"));
        sitemap.push_str(&format!(
            "<url><loc>{}</loc>{changed}</url>\n",
            imprint.address.of(&place)
        ));
    }
    sitemap.push_str("</urlset>\n");
    sitemap
}

/// The day of the newest change that names a page.
pub(super) fn changed(page: &Page, shelf: &Shelf) -> Option<Day> {
    let names = |change: &&Change| change.paths().any(|path| path == page.file.path());
    let newest = shelf.changes.entries.iter().find(names)?;
    Some(newest.date.value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::announce::tests::{imprint, shelf};

    #[test]
    fn every_page_of_the_summary_stands_in_it_with_the_day_of_its_newest_change() {
        let text = sitemap(&shelf(), &imprint("https://a.org/b/"));
        let document = roxmltree::Document::parse(&text).unwrap();
        let urls: Vec<Vec<_>> = document
            .root_element()
            .children()
            .filter(|node| node.is_element())
            .map(|url| url.children().filter_map(|node| node.text()).collect())
            .collect();
        assert_eq!(
            urls,
            [
                vec!["https://a.org/b/", "2026-11-22"],
                vec!["https://a.org/b/answers/gr%C3%B6%C3%9Fe.html", "2026-11-20"],
                vec!["https://a.org/b/plain.html"],
            ]
        );
    }
}
