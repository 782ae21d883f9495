//! Words, sentences and the reading grade, counted as a reader counts them.
//!
//! A word is a run of characters between white space with at least one letter or digit in it, so
//! `end-to-end` is one word and a lone dash is none.

mod beginnings;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::outline::{Block, BlockKind};
use crate::registry::Term;
use beginnings::Beginnings;

/// The words of a text, each with its place in it.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

/// How many words the blocks hold.
pub fn count(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| words(&block.text).count()).sum()
}

/// The sentences of a block, each with its place in the block's text. Table cells hold none.
pub fn sentences(block: &Block) -> Vec<(usize, &str)> {
    if block.kind == BlockKind::Cell {
        return Vec::new();
    }
    sentences_of(&block.text)
}

/// The sentences of a text, each with its place in it.
pub(crate) fn sentences_of(text: &str) -> Vec<(usize, &str)> {
    let mut starts: Vec<usize> = text
        .split_sentence_bound_indices()
        .map(|(at, _)| at)
        .filter(|&at| is_boundary(&text[..at], &text[at..]))
        .chain(boundaries_before_numbers(text))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| (start, &text[start..end]))
        .filter(|(_, sentence)| words(sentence).next().is_some())
        .collect()
}

/// Abbreviations that no sentence ends with.
const NEVER_LAST: [&str; 15] = [
    "e.g", "E.g", "i.e", "I.e", "vs", "cf", "Cf", "approx", "Dr", "Mr", "Mrs", "Ms", "Prof", "St",
    "al",
];
/// Abbreviations that belong to the number after them.
const BEFORE_NUMBERS: [&str; 14] = [
    "No", "Nos", "no", "nos", "Art", "Sec", "Fig", "Figs", "Vol", "vol", "p", "pp", "ch", "v",
];
/// Words that start a sentence more often than a name: what follows `U.S.` may be either.
const STARTERS: [&str; 26] = [
    "A", "An", "The", "This", "That", "These", "Those", "It", "Its", "He", "She", "They", "We",
    "You", "In", "On", "At", "By", "For", "If", "When", "But", "And", "No", "Not", "There",
];

/// Whether a sentence ends with `before`, where the Unicode rules think so.
fn is_boundary(before: &str, after: &str) -> bool {
    if before.is_empty() {
        return true;
    }
    // No end: the question in `asked "why?" and left`, or a mark inside a word.
    if after.starts_with(char::is_lowercase) || !before.ends_with(char::is_whitespace) {
        return false;
    }
    let last = last_word(before);
    let letters: Vec<&str> = last.split('.').collect();
    let is_letter =
        |part: &&str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    let is_spelled = letters.len() > 1 && letters.iter().all(is_letter);
    let next = after.split_whitespace().next().unwrap_or_default();
    let next = next.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = next.starts_with(|c: char| c.is_ascii_digit());
    let continues = NEVER_LAST.contains(&last)
        || (is_number && BEFORE_NUMBERS.contains(&last))
        || (is_spelled && !STARTERS.contains(&next));
    !(before.trim_end().ends_with('.') && continues)
}

/// Sentences that start with a number, which the Unicode rules overlook if a small letter follows.
fn boundaries_before_numbers(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(". ").filter_map(|(at, stop)| {
        let (before, rest) = text.split_at(at + stop.len());
        let after = rest.trim_start();
        let is_number = after.starts_with(|c: char| c.is_ascii_digit());
        (is_number && is_boundary(before, after)).then_some(text.len() - after.len())
    })
}

/// The last word of a text without the marks around it.
fn last_word(text: &str) -> &str {
    text.split_whitespace()
        .next_back()
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric())
}

/// The Flesch-Kincaid grade of the blocks: school years in the United States. A word of a glossary
/// term counts one syllable, because the page explains the term. `None` without a sentence.
///
/// Kincaid et al., "Derivation of New Readability Formulas", Research Branch Report 8-75, 1975.
pub fn grade(blocks: &[Block], terms: &[Term]) -> Option<f64> {
    let mut sentence_count = 0usize;
    let mut word_count = 0usize;
    let mut syllable_count = 0usize;
    for block in blocks {
        let known = occurrences(&block.text, terms);
        for (at, sentence) in sentences(block) {
            sentence_count += 1;
            for (word_at, word) in words(sentence) {
                word_count += 1;
                let place = at + word_at;
                let is_known = known
                    .iter()
                    .any(|(term, _)| term.start < place + word.len() && place < term.end);
                syllable_count += if is_known { 1 } else { syllables(word) };
            }
        }
    }
    if sentence_count == 0 || word_count == 0 {
        return None;
    }
    #[allow(clippy::cast_precision_loss)]
    let [sentence_count, word_count, syllable_count] =
        [sentence_count, word_count, syllable_count].map(|n| n as f64);
    Some(0.39 * word_count / sentence_count + 11.8 * syllable_count / word_count - 15.59)
}

/// Where terms of the glossary stand in a text as whole words, in order, with the term's index.
/// Of two terms that start at the same place, the longer one counts. A term written in lower case
/// is also found with a capital.
pub fn occurrences(text: &str, terms: &[Term]) -> Vec<(Range<usize>, usize)> {
    Searched::new(text).occurrences(terms)
}

/// A text in which many words are looked for.
#[derive(Debug, Clone)]
pub struct Searched<'t> {
    text: &'t str,
    beginnings: Beginnings,
}

impl<'t> Searched<'t> {
    /// Gets a text ready.
    pub fn new(text: &'t str) -> Self {
        let beginnings = Beginnings::of(text);
        Searched { text, beginnings }
    }

    /// Where `needle` stands, as [`whole_words`] finds it.
    pub fn whole_words(&self, needle: &str) -> Vec<Range<usize>> {
        let found = self.beginnings.find(self.text, needle);
        found.unwrap_or_else(|| whole_words(self.text, needle))
    }

    /// Where terms of the glossary stand, as [`occurrences`] finds them.
    pub(crate) fn occurrences(&self, terms: &[Term]) -> Vec<(Range<usize>, usize)> {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for (index, term) in terms.iter().enumerate() {
            for spelling in term.spellings() {
                let places = self.whole_words(spelling).into_iter();
                found.extend(places.map(|range| (range, index)));
            }
        }
        found.sort_by_key(|(range, index)| (range.start, std::cmp::Reverse(range.end), *index));
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_free = range.start >= end;
            if is_free {
                end = range.end;
            }
            is_free
        });
        found
    }
}

/// Where `needle` stands in `text` with no letter or digit beside it. The first letter may be a
/// capital where `needle` writes none, and an apostrophe may be curled.
pub fn whole_words(text: &str, needle: &str) -> Vec<Range<usize>> {
    let mut found = as_written(text, needle);
    let mut letters = needle.chars();
    let first = letters.next().filter(|first| first.is_lowercase());
    let capital = first.map(|first| first.to_uppercase().chain(letters).collect::<String>());
    found.extend(capital.iter().flat_map(|capital| as_written(text, capital)));
    if needle.contains('\'') {
        for spelling in [Some(needle), capital.as_deref()].into_iter().flatten() {
            found.extend(as_written(text, &spelling.replace('\'', "’")));
        }
    }
    found
}

/// Where `needle` stands in `text`, letter for letter, with no letter or digit beside it.
fn as_written(text: &str, needle: &str) -> Vec<Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric();
    let places = text.match_indices(needle);
    places
        .map(|(at, found)| at..at + found.len())
        .filter(|range| {
            !text[..range.start].ends_with(is_word) && !text[range.end..].starts_with(is_word)
        })
        .collect()
}

/// Neighbouring vowels that are spoken apart.
const APART: [&str; 5] = ["ia", "io", "eo", "ua", "iu"];
/// Groups of letters in which such vowels are spoken as one.
const TOGETHER: [&str; 10] = [
    "tion", "sion", "cial", "tial", "cian", "gion", "xion", "qua", "gua", "people",
];

/// Syllables of an English word, by its groups of vowels: near enough for a grade over hundreds of words.
fn syllables(word: &str) -> usize {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let word: String = letters.flat_map(char::to_lowercase).collect();
    if word.is_empty() {
        return 1;
    }
    let is_vowel = |c: char| match c.is_ascii() {
        true => matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'),
        false => "áàâäãåéèêëíìîïóòôöõúùûü".contains(c),
    };
    let mut count = 0;
    let mut after_vowel = false;
    for letter in word.chars() {
        let is_vowel = is_vowel(letter);
        count += usize::from(is_vowel && !after_vowel);
        after_vowel = is_vowel;
    }
    if has_silent_end(&word, is_vowel) {
        count -= 1;
    }
    let starts = |of: &[&str]| {
        let rests = (0..word.len()).filter_map(|at| word.get(at..));
        rests
            .filter(|rest| of.iter().any(|part| rest.starts_with(part)))
            .count()
    };
    let apart = starts(&APART);
    if apart > 0 {
        count += apart;
        count -= starts(&TOGETHER).min(count);
    }
    count.max(1)
}

/// Whether the last vowel is a silent `e`, as in `whole`, `names` and `hoped`.
fn has_silent_end(word: &str, is_vowel: impl Fn(char) -> bool) -> bool {
    let stem = word.strip_suffix(['s', 'd']).unwrap_or(word);
    let Some(rest) = stem.strip_suffix('e') else {
        return false;
    };
    let mut before = rest.chars().rev();
    let (Some(last), last_but_one) = (before.next(), before.next()) else {
        return false;
    };
    let is_syllable_of_its_own = match last {
        // `table`, `settled`, but `whole`, `called`.
        'l' => last_but_one.is_some_and(|c| !is_vowel(c) && c != 'l'),
        't' | 'd' if word.ends_with('d') => true,
        _ if word.ends_with('s') => ["s", "x", "z", "ch", "sh", "g", "c"]
            .iter()
            .any(|end| rest.ends_with(end)),
        _ => false,
    };
    !is_vowel(last) && !is_syllable_of_its_own
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Outline;

    #[test]
    fn a_word_is_what_a_reader_counts() {
        for (text, wanted) in [
            ("end-to-end", 1),
            ("a lone – dash", 3),
            ("PS3.15 and TLS 1.2", 4),
            ("", 0),
            ("… — &", 0),
            ("don't stop", 2),
        ] {
            assert_eq!(words(text).count(), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_counted() {
        for (text, wanted) in [
            ("**over**rate it", 2),
            ("## Not this {#x}\n\nbut this", 2),
            ("```sh\nnot this\n```\n\nbut this", 2),
            ("- but [this link](a.md)", 3),
            ("a [link by name][x]\n\n[x]: https://example.org", 4),
            ("{{#sample open-archive}}\n\nbut this", 2),
            ("\\{{#include a-file}}", 2),
            ("![not this](p.png) but this", 2),
            ("1. Do this:\n   ```sh\n   x\n   ```\n   then that.", 4),
            ("- one\n  - two\n    - three\n- four", 4),
            ("| one | two |\n|---|---|\n| three | `four` |", 4),
            ("en\u{ad}cryp\u{ad}tion works, en&shy;cryption too", 4),
            ("it says.[^a] So[^b]", 3),
        ] {
            assert_eq!(count(&Outline::read(text, 0).blocks), wanted, "{text}");
        }
    }

    #[test]
    fn sentences_end_where_a_reader_says() {
        for wanted in [
            &["One sentence. ", "And another."][..],
            &["Use a toolkit, e.g. DCMTK, or a scanner."],
            &["Try TLS vs. IPsec on the line."],
            &["The text is PS3.15 of 2024. ", "It is long."],
            &["See No. 5 of the list. ", "Then go."],
            &["The U.S. Food and Drug Administration wrote it."],
            &["It holds in the U.S. ", "The rule is older in Europe."],
            &["Listen on the port. ", "104 and 11112 are common."],
            &["It took 0.41 seconds. ", "400 images passed."],
            &["Dr. Smith et al. Found nothing."],
            &[
                "Ask \u{201c}are you there?\u{201d} and wait. ",
                "Then stop.",
            ],
            &[
                "He said \u{201c}stop.\u{201d} ",
                "\u{201c}Why?\u{201d} ",
                "Nobody knew.",
            ],
            &["It asks for TLS 1.2. ", "Nmap tries 1.0."],
            &["It is signed by the CA. ", "The archive trusts it."],
            &["See Annex B. ", "It says so."],
        ] {
            let text = wanted.concat();
            let blocks = Outline::read(&text, 0).blocks;
            let found: Vec<_> = sentences(&blocks[0])
                .into_iter()
                .map(|(_, sentence)| sentence)
                .collect();
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn syllables_of_common_words() {
        for (word, wanted) in [
            ("cat", 1),
            ("hospital", 3),
            ("image", 2),
            ("table", 2),
            ("encryption", 3),
            ("association", 5),
            ("hoped", 1),
            ("needed", 2),
            ("radiology", 5),
            ("device", 2),
            ("devices", 3),
            ("names", 1),
            ("official", 3),
            ("people", 2),
            ("2762", 1),
            ("file", 1),
            ("rules", 1),
            ("settled", 2),
            ("called", 1),
            ("agree", 2),
            ("policies", 3),
            ("value", 2),
            ("the", 1),
            ("free", 1),
        ] {
            assert_eq!(syllables(word), wanted, "{word}");
        }
    }

    #[test]
    fn a_known_term_weighs_little() {
        let text = "The administrator configured authentication.";
        let blocks = Outline::read(text, 0).blocks;
        let (terms, _) = Term::parse_all(
            "[[term]]\nterm = \"authentication\"\nplain = \"Proof of who somebody is.\"",
        );
        let with = grade(&blocks, &terms);
        let without = grade(&blocks, &[]);
        assert!(with < without, "{with:?} {without:?}");
        assert_eq!(grade(&[], &[]), None);
    }

    #[test]
    fn a_name_is_found_however_its_apostrophe_is_written() {
        for (text, needle, wanted) in [
            ("Let's Go and Let’s Go", "Let's Go", 2),
            ("Makers and SuperMaker", "Maker", 0),
            ("Maker’s, «Maker» and non-Maker", "Maker", 3),
            ("Sslscan, sslscan, SSLSCAN", "sslscan", 2),
        ] {
            assert_eq!(whole_words(text, needle).len(), wanted, "{text}");
            let searched = Searched::new(text);
            assert_eq!(searched.whole_words(needle).len(), wanted, "{text}");
        }
    }

    #[test]
    fn the_longer_term_wins_and_parts_of_words_do_not_count() {
        let (terms, _) = Term::parse_all(
            "[[term]]\nterm = \"TLS\"\nplain = \"x\"\n[[term]]\nterm = \"mutual TLS\"\nplain = \"y\"",
        );
        let found = occurrences("Mutual TLS, TLS and STARTTLS", &terms);
        assert_eq!(found, [(0..10, 1), (12..15, 0)]);
    }
}
