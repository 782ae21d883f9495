//! Quotation marks and apostrophes as printers set them, in a text that cannot act.

use editorial::with_quotes;
use evidence::Clean;

/// The characters that the cleaner takes at a time. In visible form, each takes up to ten.
const AT_A_TIME: usize = 100;

/// The text on one line, however long, every invisible or steering character in visible form, with the
/// quotation marks that a printer would use.
pub(crate) fn set(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: Vec<char> = words.join(" ").chars().collect();
    let clean: String = line.chunks(AT_A_TIME).map(clean).collect();
    with_quotes(&clean)
}

fn clean(part: &[char]) -> String {
    let part: String = part.iter().collect();
    Clean::line(&part, 10 * AT_A_TIME).as_plain().into_owned()
}

#[cfg(test)]
mod tests {
    use super::set;

    #[test]
    fn quotation_marks_face_their_words() {
        assert_eq!(
            set("Why doesn't it say \"no\" ('never')?"),
            "Why doesn’t it say “no” (‘never’)?"
        );
        assert_eq!(set("  two\n lines "), "two lines");
        assert_eq!(set("a\u{202e}b\0"), "a\\u{202e}b\\u{0}");
    }

    #[test]
    fn a_long_text_is_not_cut() {
        let long = "ü word ".repeat(1_000);
        assert_eq!(set(&long), long.trim());
        let odd = "\u{e0001}".repeat(1_000);
        assert_eq!(set(&odd), "\\u{e0001}".repeat(1_000));
    }
}
