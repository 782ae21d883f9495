//! Lines of a width that every mail program leaves alone.

/// The longest line, in characters.
pub(super) const WIDTH: usize = 72;

/// Keeps two words on one line. It becomes a space when the lines are made.
pub(super) const TIE: char = '\u{a0}';

/// Breaks a text into lines of at most `width` characters. No word is cut: one that is longer has a
/// line for itself. A line break in the text stays.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    text.split('\n')
        .flat_map(|line| wrap_line(line, width))
        .collect()
}

fn wrap_line(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for part in parts(text, width) {
        if line.is_empty() {
            line = part;
        } else if length(&line) + 1 + length(&part) <= width {
            line.push(' ');
            line.push_str(&part);
        } else {
            lines.push(std::mem::replace(&mut line, part));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines.iter().map(|line| line.replace(TIE, " ")).collect()
}

/// The words, each with those that must not begin a line: a mail program would take `>` for a quotation
/// there, and a reader `-` for an item of a list.
fn parts(text: &str, width: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match parts.last_mut() {
            Some(last) if opens(word) && length(last) + 1 + length(word) <= width => {
                last.push(TIE);
                last.push_str(word);
            }
            _ => parts.push(word.to_owned()),
        }
    }
    parts
}

/// Whether a line that begins with this word looks like something else than text.
fn opens(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']);
    word.starts_with('>')
        || word.chars().all(|c| c.is_ascii_punctuation())
        || number
            .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_line_begins_with_a_mark() {
        assert_eq!(wrap("aaa bbb - ccc", 7), ["aaa", "bbb -", "ccc"]);
        assert_eq!(wrap("it was in 2019. So", 10), ["it was", "in 2019.", "So"]);
        assert_eq!(wrap("one\ntwo", 20), ["one", "two"]);
        assert_eq!(wrap("", 20), [""; 0]);
    }

    proptest! {
        #[test]
        fn a_line_is_too_long_only_if_it_is_one_word(text in "[a-z>.0-9 -]{0,300}", width in 5..80usize) {
            let lines = wrap(&text, width);
            for line in &lines {
                prop_assert!(length(line) <= width || !line.contains(' '), "{line}");
            }
            let words: Vec<&str> = text.split_whitespace().collect();
            let kept: Vec<&str> = lines.iter().flat_map(|line| line.split(' ')).collect();
            prop_assert_eq!(words, kept);
        }
    }
}
