//! Text that a stranger wrote, made inert.
//!
//! A server chooses what a scanner prints about it: names, titles, banners.
//! Nothing of it may steer a terminal, reorder a line, hide, or become markup.

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// Where text was left out, a reader sees this.
pub const CUT: &str = "[…]";

/// The longest line a `Clean` ever holds, in characters, whatever the limits
/// ask for: a stored recording passes the cleaner again without them.
const LONGEST_LINE: usize = 1_000;

/// One line of text that is safe to show.
///
/// It holds no control, bidirectional, zero-width or otherwise invisible
/// character; each of these stands there in the visible form `\u{1b}`. The
/// only way to make one is the cleaner, also when it is read from JSON, and
/// it has no `Display`: the caller has to say which form is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct Clean(String);

impl Clean {
    /// Cleans one line. Line breaks inside it become visible too.
    pub fn line(text: &str, longest: usize) -> Clean {
        let longest = longest.clamp(CUT.chars().count(), LONGEST_LINE);
        let mut clean = String::with_capacity(text.len().min(longest));
        let mut length = 0;
        for character in text.chars() {
            if is_unsafe(character) {
                // Writing to a String cannot fail.
                let _ = write!(clean, "\\u{{{:x}}}", u32::from(character));
            } else {
                clean.push(character);
            }
            length += 1;
            // Enough to know that the line has to be cut.
            if length > longest {
                break;
            }
        }
        Clean(cut(clean, longest))
    }

    /// Cleans one value from bytes, which need not be UTF-8.
    pub fn value(bytes: &[u8], longest: usize) -> Clean {
        // A value this long is cut anyway; do not decode the rest.
        let enough = longest.saturating_mul(4).saturating_add(4);
        let head = bytes.get(..enough).unwrap_or(bytes);
        Clean::line(&String::from_utf8_lossy(head), longest)
    }

    /// For HTML: letters and digits of ASCII stay, every other character is a
    /// numeric character reference. Nothing in it can be markup, Markdown or a
    /// directive, whichever of them reads it first.
    pub fn as_html(&self) -> String {
        let mut html = String::with_capacity(self.0.len() * 3);
        for character in self.0.chars() {
            if character.is_ascii_alphanumeric() {
                html.push(character);
            } else {
                // Writing to a String cannot fail.
                let _ = write!(html, "&#{};", u32::from(character));
            }
        }
        html
    }

    /// For plain text: the line as it is, except that two opening braces, with
    /// which a directive would begin, stand in visible form.
    pub fn as_plain(&self) -> Cow<'_, str> {
        if self.0.contains("{{") {
            Cow::Owned(self.0.replace("{{", "\\u{7b}\\u{7b}"))
        } else {
            Cow::Borrowed(&self.0)
        }
    }

    /// The clean text, for use inside this crate.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Clean {
    fn from(text: String) -> Clean {
        Clean::line(&text, LONGEST_LINE)
    }
}

/// Cuts to at most `longest` characters, the mark included, so that cutting
/// again changes nothing.
fn cut(text: String, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text;
    }
    let kept = longest - CUT.chars().count();
    let mut short: String = text.chars().take(kept).collect();
    short.push_str(CUT);
    short
}

/// Whether a character could act instead of being seen: the general category
/// Cc, line and paragraph separators, everything with the Unicode property
/// `Default_Ignorable_Code_Point` (which holds the bidirectional controls,
/// zero-width characters, variation selectors and tags), interlinear
/// annotations, and code points that are not characters.
fn is_unsafe(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    character.is_control()
        || matches!(
            u32::from(character),
            0xAD | 0x34F
                | 0x61C
                | 0x115F..=0x1160
                | 0x17B4..=0x17B5
                | 0x180B..=0x180F
                | 0x200B..=0x200F
                | 0x2028..=0x202E
                | 0x2060..=0x206F
                | 0x3164
                | 0xFDD0..=0xFDEF
                | 0xFE00..=0xFE0F
                | 0xFEFF
                | 0xFFA0
                | 0xFFF0..=0xFFFB
                | 0x1BCA0..=0x1BCA3
                | 0x1D173..=0x1D17A
                | 0xE0000..=0xE0FFF
        )
        || u32::from(character) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests;
