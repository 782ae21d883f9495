//! Quotation marks and apostrophes as printers set them, in a text that cannot act.

use editorial::with_quotes;

use crate::inert::plain;

/// The text on one line, however long, every invisible or steering character in visible form, with the
/// quotation marks that a printer would use.
pub(crate) fn set(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    with_quotes(&plain(&words.join(" ")))
}

/// The same for a part of a line, which begins and ends in a space where it did before. The character that
/// stands before it says which way a quotation mark at its beginning faces.
pub(crate) fn set_after(before: char, text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let space = |is_there: bool| if is_there { " " } else { "" };
    let first = text.starts_with(char::is_whitespace);
    let last = text.ends_with(char::is_whitespace) && !words.is_empty();
    let line = [
        before.to_string().as_str(),
        space(first),
        &plain(&words.join(" ")),
        space(last),
    ]
    .concat();
    with_quotes(&line).chars().skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::{set, set_after};
    use crate::inert::plain;

    #[test]
    fn quotation_marks_face_their_words() {
        assert_eq!(
            set("Why doesn't it say \"no\" ('never')?"),
            "Why doesn’t it say “no” (‘never’)?"
        );
        assert_eq!(set("  two\n lines "), "two lines");
        assert_eq!(set("a\u{202e}b\0"), "a\\u{202e}b\\u{0}");
        assert_eq!(set("{{#include a}} {{{"), "{{#include a}} {{{");
    }

    #[test]
    fn a_part_of_a_line_joins_what_stands_before_it() {
        assert_eq!(set_after(' ', "\"yes\" and \n"), "“yes” and ");
        assert_eq!(set_after('o', "\", she said"), "”, she said");
        assert_eq!(set_after('o', " \"no\""), " “no”");
        assert_eq!(set_after('“', "'tis"), "‘tis");
        assert_eq!(set_after('a', " "), " ");
        assert_eq!(set_after('a', ""), "");
    }

    #[test]
    fn a_long_text_is_not_cut() {
        let long = "ü word ".repeat(1_000);
        assert_eq!(set(&long), long.trim());
        let odd = "\u{e0001}".repeat(1_000);
        assert_eq!(set(&odd), "\\u{e0001}".repeat(1_000));
    }

    #[test]
    fn what_a_machine_takes_keeps_its_spaces_and_marks() {
        assert_eq!(plain("  \"a\"  'b'\t\0"), "  \"a\"  'b'\\u{9}\\u{0}");
    }
}
