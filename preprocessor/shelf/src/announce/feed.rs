//! `feed/changes.atom`: what has changed, for those who follow the website (RFC 4287).

use editorial::{Change, Day, Shelf};

use super::Imprint;
use crate::resolve::escape::xml;

/// Where it stands.
pub(crate) const PLACE: &str = "feed/changes.atom";
/// What readers of feeds see in their lists.
pub(super) const TITLE: &str = "What has changed";

/// The feed; `None` where no change is noted. It is as new as its newest entry: a build changes nothing
/// for its readers.
pub(super) fn feed(shelf: &Shelf, imprint: &Imprint) -> Option<String> {
    let changes = &shelf.changes.entries;
    let newest = changes.first()?;
    let authors: String = match imprint.authors.as_slice() {
        [] => person(&imprint.title),
        authors => authors.iter().map(|name| person(name)).collect(),
    };
    let entries: String = changes
        .iter()
        .map(|change| entry(change, shelf, imprint))
        .collect();
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{}</id>\n<title>{}: {}</title>\n<updated>{}</updated>\n{authors}\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n{entries}</feed>\n",
        xml(&imprint.language),
        tag(imprint, changes, "changes"),
        xml(&imprint.title),
        xml(&TITLE.to_lowercase()),
        moment(newest.date.value),
        imprint.address.of(PLACE),
        imprint.address,
    ))
}

fn entry(change: &Change, shelf: &Shelf, imprint: &Imprint) -> String {
    let pages = change.paths();
    let pages: Vec<(String, String)> = pages
        .filter_map(|path| {
            let page = shelf.page(&path)?;
            let title = page.piece.as_ref().map(|piece| piece.title.value.as_str());
            let address = imprint.address.of(&page.address()?);
            Some((xml(title.unwrap_or(&address)), address))
        })
        .collect();
    let what = xml(&change.what.value);
    let first = pages.first().map_or(String::new(), |(_, address)| {
        format!("<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n")
    });
    let list: String = pages
        .iter()
        .map(|(title, address)| xml(&format!("<li><a href=\"{address}\">{title}</a></li>")))
        .collect();
    format!(
        "<entry>\n<id>{}</id>\n<title>{what}</title>\n<updated>{}</updated>\n{first}\
         <content type=\"html\">{}{list}{}</content>\n</entry>\n",
        tag(
            imprint,
            &shelf.changes.entries,
            &format!("changes/{}", change.id.value)
        ),
        moment(change.date.value),
        xml(&format!("<p>{what}</p><ul>")),
        xml("</ul>"),
    )
}

fn person(name: &str) -> String {
    format!("<author><name>{}</name></author>\n", xml(name))
}

/// A name that no build, no correction of the sentence and no new title changes (RFC 4151). It holds the
/// host and the day of the first change; a website that moves to another host begins a new feed.
fn tag(imprint: &Imprint, changes: &[Change], name: &str) -> String {
    let first = changes
        .last()
        .map_or(String::new(), |change| change.date.value.to_string());
    format!("tag:{},{first}:{name}", imprint.address.host())
}

/// A change has a day, and no hour. Atom wants one.
fn moment(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::announce::tests::{imprint, shelf};

    const ATOM: &str = "http://www.w3.org/2005/Atom";

    #[test]
    fn the_feed_has_what_the_rfc_wants() {
        let text = feed(&shelf(), &imprint("https://a.org/b/")).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let feed = document.root_element();
        let child = |node: roxmltree::Node<'_, '_>, name: &str| {
            let found = node
                .children()
                .find(|child| child.has_tag_name((ATOM, name)));
            found.and_then(|child| child.text().map(str::to_owned))
        };
        assert!(feed.has_tag_name((ATOM, "feed")));
        assert_eq!(child(feed, "id").unwrap(), "tag:a.org,2026-11-20:changes");
        assert_eq!(child(feed, "updated").unwrap(), "2026-11-22T00:00:00Z");
        assert_eq!(
            child(feed, "title").unwrap(),
            "Größe & Maß: what has changed"
        );
        let is_self = |node: &roxmltree::Node<'_, '_>| node.attribute("rel") == Some("self");
        let link = feed.children().find(is_self).unwrap();
        assert_eq!(
            link.attribute("href"),
            Some("https://a.org/b/feed/changes.atom")
        );
        let entries: Vec<_> = feed
            .children()
            .filter(|node| node.has_tag_name((ATOM, "entry")))
            .collect();
        let ids: Vec<_> = entries
            .iter()
            .map(|entry| child(*entry, "id").unwrap())
            .collect();
        assert_eq!(
            ids,
            [
                "tag:a.org,2026-11-20:changes/second",
                "tag:a.org,2026-11-20:changes/first"
            ]
        );
        assert_eq!(
            child(entries[1], "title").unwrap(),
            "The archive <is> here."
        );
        let content = child(entries[1], "content").unwrap();
        assert_eq!(
            content,
            "<p>The archive &lt;is&gt; here.</p><ul><li><a href=\"https://a.org/b/answers/gr%C3%B6%C3%9Fe.html\">How large?</a></li></ul>"
        );
    }

    #[test]
    fn a_book_without_changes_has_no_feed() {
        let mut shelf = shelf();
        shelf.changes.entries.clear();
        assert_eq!(feed(&shelf, &imprint("https://a.org/")), None);
    }
}
