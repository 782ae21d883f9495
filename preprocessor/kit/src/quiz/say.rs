//! Words of a quiz in files that a learning-management system reads.

use editorial::with_quotes;

use crate::inert::{entities, inert};

/// Words on one line that can only be seen, as HTML and XML have them. What a system may take for a formula,
/// a file or a place to fill (`$$`, `\(`, `@@`, `[[`, `{`) is written as numbers of letters.
pub(super) fn words(text: &str) -> String {
    let said = entities(&with_quotes(inert(text).trim()));
    let mut safe = String::with_capacity(said.len());
    for letter in said.chars() {
        match letter {
            '$' | '\\' | '@' | '[' | '{' => safe.push_str(&format!("&#{};", u32::from(letter))),
            letter => safe.push(letter),
        }
    }
    safe
}

/// A name of letters, digits, dashes and lines below, which begins with a letter and needs no escape anywhere.
pub(super) fn name(text: &str) -> String {
    let mut name: String = text
        .chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') => c,
            _ => '_',
        })
        .collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "q_");
    }
    name
}

/// The beginning of a text, at most so many characters, as it stands in a title.
pub(super) fn short(text: &str, longest: usize) -> String {
    let text = with_quotes(inert(text).trim());
    if text.chars().count() <= longest {
        return text;
    }
    let start: String = text.chars().take(longest - 1).collect();
    let whole = start.rfind(' ').map_or(start.as_str(), |at| &start[..at]);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_can_only_be_seen() {
        assert_eq!(
            words(" a <b>\n& \"c\" ]]> "),
            "a &lt;b&gt; &amp; “c” ]]&gt;"
        );
        assert_eq!(
            words("$$x$$ \\(y\\) {a}"),
            "&#36;&#36;x&#36;&#36; &#92;(y&#92;) &#123;a}"
        );
        assert_eq!(
            words("@@PLUGINFILE@@ [[b]]"),
            "&#64;&#64;PLUGINFILE&#64;&#64; &#91;&#91;b]]"
        );
        assert_eq!(words("a\u{202e}b\0"), "a&#92;u&#123;202e}b&#92;u&#123;0}");
    }

    #[test]
    fn names_need_no_escape() {
        assert_eq!(name("lesson-1"), "lesson-1");
        assert_eq!(name("1 a/../ü\"<"), "q_1_a_______");
        assert_eq!(name(""), "q_");
    }

    #[test]
    fn a_title_ends_with_a_whole_word() {
        assert_eq!(short("one two three", 13), "one two three");
        assert_eq!(short("one two three", 12), "one two…");
        assert_eq!(short("onetwothree", 5), "onet…");
    }
}
