//! Words without marks, and nothing in them but words.

use crate::document::Inline;
use crate::inert::inert;

/// Text on one line, with every character that is not seen in visible form.
pub(super) fn line(text: &str) -> String {
    inert(text.trim())
}

/// Text in an element or a quoted attribute of HTML.
pub(super) fn html(text: &str) -> String {
    crate::markup::escaped(text.trim())
}

/// The words of a paragraph.
pub(super) fn words(words: &[Inline]) -> String {
    let mut text = String::new();
    for word in words {
        match word {
            Inline::Text(said) | Inline::Code(said) => text.push_str(said),
            Inline::Emphasis(inner) | Inline::Strong(inner) => text.push_str(&self::words(inner)),
            Inline::Link { words: inner, .. } => text.push_str(&self::words(inner)),
            Inline::Note(number) => text.push_str(&format!("[{number}]")),
            Inline::Gap(what) => text.push_str(&Inline::gap(what)),
            Inline::Tick => text.push_str(Inline::BOX),
            Inline::Break => text.push(' '),
        }
    }
    text
}

/// A path with everything but letters, digits, `-._~` and `/` in the form that addresses have for it.
pub(super) fn in_address(path: &str) -> String {
    let mut encoded = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
