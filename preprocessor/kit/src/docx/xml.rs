//! Text in XML, where it can only be seen.

use editorial::with_quotes;

use crate::inert::{entities, inert, inert_line};

/// Words on one line, every character that is not seen in visible form: XML 1.0 has no room for most of
/// them (§2.2).
pub(super) fn text(text: &str) -> String {
    entities(&inert(text))
}

/// A line of a terminal, with all of its spaces.
pub(super) fn line(line: &str) -> String {
    entities(&inert_line(line))
}

/// Words of a sentence, with the quotation marks of printers. The character before them says which way a mark
/// at their beginning faces.
pub(super) fn sentence(before: char, text: &str) -> String {
    let text = with_quotes(&format!("{before}{}", inert(text)));
    entities(&text.chars().skip(1).collect::<String>())
}

/// The beginning of a text, at most so many letters as Word counts them, in UTF-16.
pub(super) fn title(text: &str, longest: usize) -> String {
    let mut room = longest;
    let shown = inert(text);
    let fits = shown.chars().take_while(|c| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    });
    entities(&fits.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_xml_and_nothing_is_hidden() {
        assert_eq!(text("a < b\n& \"c\""), "a &lt; b &amp; &quot;c&quot;");
        assert_eq!(
            text("a\u{202e}b\u{0}\u{fffe}"),
            "a\\u{202e}b\\u{0}\\u{fffe}"
        );
        assert_eq!(line("  a\t<b> "), "  a    &lt;b&gt;");
    }

    #[test]
    fn a_title_is_no_longer_than_word_takes() {
        assert_eq!(title(&"\"a".repeat(50), 64), "&quot;a".repeat(32));
        assert_eq!(title("\u{1f5ce}\u{1f5ce}", 3), "\u{1f5ce}");
    }

    #[test]
    fn quotation_marks_face_their_words() {
        assert_eq!(sentence(' ', "\"it's\" "), "“it’s” ");
        assert_eq!(sentence('o', "\", she said"), "”, she said");
        assert_eq!(sentence('"', " a"), " a");
        assert_eq!(sentence('“', ""), "");
    }
}
