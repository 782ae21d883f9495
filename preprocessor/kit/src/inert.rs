//! Text that can do nothing but be seen: what every format of letters begins with.

use evidence::Clean;

/// The characters that the cleaner takes at a time. In visible form, each takes up to ten.
const AT_A_TIME: usize = 100;

/// Text on one line: every invisible or steering character in visible form, and one space where there
/// was any number of spaces and line breaks. A space at either end stays.
pub(crate) fn inert(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_space(c) {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    plain(&line)
}

/// A line of code or of a terminal: as [`inert`], with all of its spaces.
pub(crate) fn inert_line(line: &str) -> String {
    plain(
        line.trim_end_matches(is_space)
            .replace('\t', "    ")
            .as_str(),
    )
}

/// The marks of HTML and XML as entities, for an element or a quoted attribute. For text that is inert already.
pub(crate) fn entities(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address that a reader may follow: `https` or `mailto`, in letters of which none can end it.
pub(crate) fn address(to: &str) -> Option<String> {
    if !to.starts_with("https://") && !to.starts_with("mailto:") {
        return None;
    }
    let mut safe = String::with_capacity(to.len());
    for c in to.chars() {
        if c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c) {
            safe.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                safe.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    Some(safe)
}

/// The spaces that mean nothing but a space. One that keeps two words together is none of them.
fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The text, however long, every character that is not seen in visible form. Braces are cleaned one by one:
/// outside a book, two of them begin no directive.
pub(crate) fn plain(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(AT_A_TIME).map(clean).collect()
}

fn clean(part: &[char]) -> String {
    let part: String = part.iter().collect();
    let parts = part.split_inclusive('{');
    let clean = parts.map(|part| Clean::line(part, 10 * AT_A_TIME));
    clean.map(|part| part.as_plain().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_seen() {
        assert_eq!(inert(" a\n\r\n b\u{202e}c\0 "), " a b\\u{202e}c\\u{0} ");
        assert_eq!(inert("{{#include a}}"), "{{#include a}}");
        assert_eq!(inert("a\u{a0}b"), "a\u{a0}b");
        assert_eq!(inert_line("a\tb  c  "), "a    b  c");
        let long = "ü word ".repeat(1_000);
        assert_eq!(inert(&long), long);
    }

    #[test]
    fn only_pages_and_letters_can_be_reached() {
        assert_eq!(address("javascript:alert(1)"), None);
        assert_eq!(address("http://example.org/"), None);
        assert_eq!(
            address("https://example.org/a b\"<ü>").as_deref(),
            Some("https://example.org/a%20b%22%3C%C3%BC%3E")
        );
    }
}
