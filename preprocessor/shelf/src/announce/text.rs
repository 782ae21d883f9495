//! Texts of editors in the formats of machines.

/// The text on one line, without characters that steer instead of being seen.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_seen = |c: &char| !c.is_control() && !matches!(*c, '\u{fffe}' | '\u{ffff}');
    words.join(" ").chars().filter(is_seen).collect()
}

/// At most `most` characters of a text, cut after a word, with a mark where it was cut.
pub(super) fn beginning(text: &str, most: usize) -> String {
    let text = line(text);
    if text.chars().count() <= most {
        return text;
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = head
        .rsplit_once(' ')
        .map_or(head.as_str(), |(words, _)| words);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_after_a_word() {
        assert_eq!(beginning("one two", 7), "one two");
        assert_eq!(beginning("one, two three", 10), "one, two…");
        assert_eq!(beginning("one, twofold", 8), "one…");
        assert_eq!(beginning("Größeres", 4), "Grö…");
    }
}
