//! Words that no dictionary has.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::words_acronym::is_abbreviation;
use super::{Check, Findings, Rule};
use crate::passage::{Passage, Reading, overlap};
use crate::shelf::Shelf;
use crate::spelling::Spelling;
use crate::words::words;

pub(super) const RULE: Rule = Rule {
    name: "words/spelling",
    wants: "Words are spelt as the British dictionary spells them, with -ise and not -ize.",
    why: "One hand seems to have written the whole book, and a slip costs a reader's trust in the \
          numbers beside it. Words of the glossary and of content/names.toml count as known; \
          further words of the trade go into content/words.txt. Code, addresses and file names are \
          left alone, and so is American spelling inside quotation marks, because a quotation is \
          not ours to mend.",
    can_be_waived: false,
    check: Check::Readings(check),
};

/// First parts of words with a hyphen, which say nothing by themselves.
const PREFIXES: [&str; 17] = [
    "anti", "bi", "co", "de", "ex", "inter", "micro", "mid", "mis", "multi", "non", "post", "pre",
    "re", "semi", "sub", "un",
];

/// For how many words of a file a suggestion is looked up, which takes long. A file with more was not
/// written in English.
const SUGGESTED: usize = 20;

fn check(shelf: &Shelf, readings: &[Reading<'_>], findings: &mut Findings) {
    let spelling = match Spelling::british() {
        Ok(spelling) => spelling,
        Err(error) => {
            let help = "restore preprocessor/editorial/dictionary and build again";
            let problem = format!("the dictionary cannot be read: {error}");
            for reading in readings {
                findings.error(reading.file, 0..0, &problem, help);
            }
            return;
        }
    };
    let known = Known::of(shelf, spelling);
    for reading in readings {
        check_file(reading, &known, findings);
    }
}

fn check_file<'w>(reading: &Reading<'w>, known: &Known<'_, 'w>, findings: &mut Findings) {
    let spelling = known.spelling;
    let mut left = SUGGESTED;
    for passage in &reading.passages {
        let quotations = passage.quotations();
        for part in unknown(passage, known) {
            let word = &passage.text[part.clone()];
            let ours = spelling.ours(word);
            if ours.is_some() && quotations.iter().any(|quoted| overlap(quoted, &part)) {
                continue;
            }
            let problem = match ours {
                Some(_) => format!("\"{word}\" is not spelt in the British way"),
                None => format!("no dictionary has the word \"{word}\""),
            };
            let suggestion = ours.or_else(|| {
                left = left.checked_sub(1)?;
                spelling.suggestion(word)
            });
            let help = match suggestion {
                Some(other) => format!(
                    "write \"{other}\"; if \"{word}\" is right, add it to content/words.txt"
                ),
                None => "correct it, or add it to content/words.txt".to_owned(),
            };
            findings.error(reading.file, passage.span(part), problem, help);
        }
    }
}

/// What counts as a word.
struct Known<'s, 'w> {
    spelling: Spelling,
    /// Words of the registries.
    ours: HashSet<&'s str>,
    /// What was found of the words that were looked up: a book says most of its words many times.
    looked_up: RefCell<HashMap<&'w str, bool>>,
}

impl<'s, 'w> Known<'s, 'w> {
    fn of(shelf: &'s Shelf, spelling: Spelling) -> Self {
        let terms = shelf.terms.entries.iter();
        let terms = terms.flat_map(|term| term.spellings().chain(term.expansion.as_deref()));
        let names = shelf
            .names
            .entries
            .iter()
            .map(|name| name.name.value.as_str());
        let words = shelf.words.entries.iter().map(|word| word.value.as_str());
        let ours = terms
            .chain(names)
            .chain(words)
            .flat_map(|text| words_of(text).chain(parts(text, 0..text.len())))
            .collect();
        let looked_up = RefCell::default();
        Known {
            spelling,
            ours,
            looked_up,
        }
    }

    /// Whether the word is known: as it stands, or without the `s` of its plural or the `un` of its
    /// opposite, of which the dictionary has only the commoner.
    fn has(&self, word: &'w str) -> bool {
        let mut looked_up = self.looked_up.borrow_mut();
        *looked_up.entry(word).or_insert_with(|| self.look_up(word))
    }

    fn look_up(&self, word: &str) -> bool {
        let is_ours = |word: &str| {
            let small = small_initial(word);
            self.ours.contains(word) || self.ours.contains(small.as_str())
        };
        let opposite = word.strip_prefix("un").or_else(|| word.strip_prefix("Un"));
        let is_opposite = |of: &str| {
            ["ed", "ing", "able"]
                .iter()
                .any(|ending| of.ends_with(ending))
                && self.spelling.knows(of)
        };
        is_ours(word)
            || word.strip_suffix('s').is_some_and(is_ours)
            || self.spelling.knows(word)
            || opposite.is_some_and(is_opposite)
    }
}

/// The words of an entry, and their parts, as they would be looked up.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    words(text).map(|(_, word)| word.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn small_initial(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(letters)
        .collect()
}

/// The parts of a passage that are words and not known.
fn unknown<'w>(passage: &Passage<'w>, known: &Known<'_, 'w>) -> Vec<Range<usize>> {
    let text = passage.text;
    let code = passage.code();
    let mut found = Vec::new();
    for (at, written) in words(text) {
        let span = at..at + written.len();
        let word = without_marks(written);
        let is_code = code.iter().any(|code| overlap(code, &span));
        if is_code || is_no_word(word) || known.has(without_possessive(word)) {
            continue;
        }
        let parts: Vec<_> = parts(text, span).collect();
        let last = parts.len().saturating_sub(1);
        for (index, part) in parts.into_iter().enumerate() {
            let is_prefix = index < last && PREFIXES.contains(&small_initial(part).as_str());
            if !is_prefix && !is_abbreviation(part) && !known.has(part) {
                let start = part.as_ptr().addr() - text.as_ptr().addr();
                found.push(start..start + part.len());
            }
        }
    }
    found
}

/// The parts of the words in a span that are joined by hyphens and strokes.
fn parts(text: &str, span: Range<usize>) -> impl Iterator<Item = &str> {
    text[span]
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .map(|part| without_possessive(without_marks(part)))
        .filter(|part| part.chars().nth(1).is_some())
}

fn without_marks(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word)
}

/// Addresses, file names, codes and numbers.
fn is_no_word(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '_' | '.' | '\\' | '=' | '^'))
        || word.contains("//")
}
