//! Text in XML, where it can only be seen.

use crate::inert::{inert, inert_line};

/// Words, made inert: XML 1.0 has no room for most characters that steer (§2.2).
pub(super) fn text(text: &str) -> String {
    escaped(&inert(text))
}

/// A line of code or of a terminal, with all of its spaces.
pub(super) fn line(line: &str) -> String {
    escaped(&inert_line(line))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_xml_and_nothing_is_hidden() {
        assert_eq!(text("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
        assert_eq!(text("a\u{202e}b\u{0}"), "a\\u{202e}b\\u{0}");
        assert_eq!(line("  a  <b>"), "  a  &lt;b&gt;");
    }
}
