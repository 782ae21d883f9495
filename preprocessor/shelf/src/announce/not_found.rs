//! The page that servers show where an address leads nowhere. They show it at any depth, so that every
//! address in it has to begin at the root.

/// The attributes that hold an address.
const ADDRESSES: [&str; 5] = ["href", "src", "data-engine", "data-pages", "data-root"];
/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// The page `html`, which stands at the root of the website, with every relative address in it beginning
/// at `folder`, such as `/` or `/shelf/`. Addresses of its own headings stay as they are.
pub(crate) fn absolute(html: &str, folder: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, markup) = rest.split_at(at);
        out.push_str(before);
        let end = end_of_markup(markup);
        let (tag, after) = markup.split_at(end);
        out.push_str(&rewritten(tag, folder));
        rest = after;
        let name = name(tag);
        if let Some(raw) = RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw)) {
            let end = find_ignoring_case(rest, &format!("</{raw}"));
            let (content, after) = rest.split_at(end);
            out.push_str(content);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The name of an element, where `tag` opens one.
fn name(tag: &str) -> &str {
    let inside = tag.strip_prefix('<').unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let end = inside.find(|c| !is_name(c)).unwrap_or(inside.len());
    &inside[..end]
}

/// The bytes of a tag or a comment at the start of a text: to its end, quoted values included.
fn end_of_markup(markup: &str) -> usize {
    if markup.starts_with("<!--") {
        return markup.find("-->").map_or(markup.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, c) in markup.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    markup.len()
}

fn find_ignoring_case(text: &str, needle: &str) -> usize {
    let found = text
        .as_bytes()
        .windows(needle.len())
        .position(|part| part.eq_ignore_ascii_case(needle.as_bytes()));
    found.unwrap_or(text.len())
}

/// A tag with its addresses made absolute. Only values in double quotation marks are addresses of ours:
/// the theme and mdBook write no others.
fn rewritten(tag: &str, folder: &str) -> String {
    if name(tag).is_empty() {
        return tag.to_owned();
    }
    let mut out = String::with_capacity(tag.len() + folder.len());
    let mut rest = tag;
    while let Some((before, value_and_rest)) = rest.split_once("=\"") {
        let Some((value, after)) = value_and_rest.split_once('"') else {
            break;
        };
        out.push_str(before);
        out.push_str("=\"");
        let attribute = before.split_whitespace().next_back().unwrap_or_default();
        let is_address = ADDRESSES
            .iter()
            .any(|known| attribute.eq_ignore_ascii_case(known));
        if is_address && is_relative(value) {
            out.push_str(folder);
            out.push_str(without_dots(value));
        } else {
            out.push_str(value);
        }
        out.push('"');
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether an address leads somewhere from the folder in which its page stands.
fn is_relative(value: &str) -> bool {
    // In attributes of ours, a colon may stand as a character reference.
    let value = value.replace("&#58;", ":").replace("&#47;", "/");
    let head = value.split(['/', '?', '#']).next().unwrap_or_default();
    !value.is_empty() && !value.starts_with(['/', '#', '?']) && !head.contains(':')
}

/// The page stands at the root: what leads up from it, or to its own folder, leads to the root.
fn without_dots(mut value: &str) -> &str {
    loop {
        match value.strip_prefix("./").or(value.strip_prefix("../")) {
            Some(rest) => value = rest,
            None => return value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn relative_addresses_begin_at_the_root() {
        for (html, wanted) in [
            ("<a href=\"a/b.html#c\">", "<a href=\"/s/a/b.html#c\">"),
            ("<a href=\"./a.html\">", "<a href=\"/s/a.html\">"),
            ("<a href=\"../a.html\">", "<a href=\"/s/a.html\">"),
            (
                "<a rel=\"x\" HREF=\"a.html\" id=\"y\">",
                "<a rel=\"x\" HREF=\"/s/a.html\" id=\"y\">",
            ),
            ("<a\nhref=\"a.html\"\n>", "<a\nhref=\"/s/a.html\"\n>"),
            (
                "<img src=\"i.png\" alt=\"a > b\"/>",
                "<img src=\"/s/i.png\" alt=\"a > b\"/>",
            ),
            (
                "<p title=\"it's\"><a href=\"a\">",
                "<p title=\"it's\"><a href=\"/s/a\">",
            ),
            (
                "<i data-root=\"./\" data-pages=\"pages.js\">",
                "<i data-root=\"/s/\" data-pages=\"/s/pages.js\">",
            ),
        ] {
            assert_eq!(absolute(html, "/s/"), wanted);
        }
    }

    #[test]
    fn everything_else_stays_to_the_byte() {
        for html in [
            "",
            "<",
            "a < b > c",
            "<a href=\"/a.html\">",
            "<a href=\"#c\">",
            "<a href=\"?q\">",
            "<a href=\"\">",
            "<a href=\"https://a.org/b\">",
            "<a href=\"https&#58;&#47;&#47;a.org\">",
            "<a href=\"mailto:a@b.org\">",
            "<a href=\"data:x\">",
            "<a title=\"href=a\">",
            "<a data-id=\"a.html\" hreflang=\"en\">",
            "<!-- <a href=\"a.html\"> -->",
            "<script>let a = '<a href=\"a.html\">';</script>",
            "<title><a href=\"a.html\"></TITLE>",
            "</a href=\"a.html\">",
            "<!DOCTYPE html>",
            "<a href=\"a.html",
            "größe <b>ü</b>",
        ] {
            assert_eq!(absolute(html, "/s/"), html);
        }
    }

    #[test]
    fn markup_after_a_script_is_read_again() {
        assert_eq!(
            absolute("<script src=\"a.js\">\"<\"</script><a href=\"b\">", "/"),
            "<script src=\"/a.js\">\"<\"</script><a href=\"/b\">"
        );
    }
}
