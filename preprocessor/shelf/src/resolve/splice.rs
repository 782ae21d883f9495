//! Replaces parts of a text where they stand.

use std::ops::Range;

/// A part of a text, and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    span: Range<usize>,
    text: String,
}

impl Edit {
    /// Puts `text` in the place of the bytes `span`.
    pub(super) fn replace(span: Range<usize>, text: impl Into<String>) -> Self {
        Edit {
            span,
            text: text.into(),
        }
    }
}

/// Makes the edits, which may come in any order. Of two that overlap, the one that starts first is
/// made and the other left out.
pub(super) fn splice(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut spliced = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        if edit.span.start < at {
            continue;
        }
        spliced.push_str(&text[at..edit.span.start]);
        spliced.push_str(&edit.text);
        at = edit.span.end;
    }
    spliced.push_str(&text[at..]);
    spliced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_outside_an_edit_stays_byte_for_byte() {
        let text = "a*b*  \r\nü{{#x}}\n\n\tend";
        let at = text.find("{{").unwrap_or_default();
        let edits = vec![
            Edit::replace(at..at + 6, "X"),
            Edit::replace(0..0, "^"),
            Edit::replace(text.len()..text.len(), "$"),
        ];
        assert_eq!(splice(text, edits), "^a*b*  \r\nüX\n\n\tend$");
        assert_eq!(splice(text, Vec::new()), text);
    }

    #[test]
    fn of_two_overlapping_edits_the_first_is_made() {
        let edits = vec![Edit::replace(2..4, "B"), Edit::replace(1..3, "A")];
        assert_eq!(splice("01234", edits), "0A34");
    }
}
