//! Quotation marks and apostrophes as printers set them, in a text that cannot act.

use evidence::Clean;

/// Far above any sentence of a sheet; what is longer is cut with a visible mark.
const LONGEST: usize = 1_000;

/// The text on one line, every invisible or steering character in visible form, with the quotation
/// marks that a printer would use.
pub(crate) fn set(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let clean = Clean::line(&words.join(" "), LONGEST);
    let mut set = String::with_capacity(text.len());
    let mut before = ' ';
    for c in clean.as_plain().chars() {
        let opens = before.is_whitespace() || "([{–—-“‘".contains(before);
        let c = match c {
            '"' if opens => '“',
            '"' => '”',
            '\'' if opens => '‘',
            '\'' => '’',
            c => c,
        };
        set.push(c);
        before = c;
    }
    set
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
}
