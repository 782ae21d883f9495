//! Sentences for quotation that the page no longer says.

use std::collections::HashSet;
use std::ops::Range;

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::passage::{Passage, Reading, Role, overlap};
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "message/says-not-in-page",
    wants: "What `says` and `messages` state stands in the text of the page.",
    why: "A page is rewritten more often than its front matter, and it is the front matter that gets \
          quoted. Each of its numbers, terms and names must stand in the text, and so must most of \
          the other words that carry meaning, in whatever form: \"encrypts\" is found in \
          \"encryption\". Where they are missing, either the text has moved on or the sentence \
          claims more than the text does.",
    can_be_waived: true,
    check: Check::Page(check),
};

/// Words that a sentence needs and that state nothing.
const EMPTY: [&str; 66] = [
    "about", "after", "again", "also", "already", "always", "another", "away", "because", "been",
    "before", "being", "both", "comes", "could", "does", "each", "else", "even", "every", "first",
    "from", "gets", "give", "gives", "happen", "happens", "have", "here", "into", "itself", "keep",
    "keeps", "make", "makes", "mean", "means", "more", "most", "must", "never", "none", "once",
    "only", "other", "over", "same", "should", "some", "still", "such", "than", "that", "their",
    "them", "then", "there", "they", "this", "very", "was", "were", "what", "when", "will", "with",
];

/// How many missing words a finding lists.
const SHOWN: usize = 8;

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    let Some(reading) = &Reading::of_page(page) else {
        return;
    };
    let body = reading
        .passages
        .iter()
        .filter(|passage| matches!(passage.role, Role::Prose | Role::Cell | Role::Heading));
    let said: HashSet<String> = body
        .flat_map(Passage::tokens)
        .map(|token| stem(&token.word))
        .collect();
    for passage in &reading.passages {
        if matches!(passage.role, Role::Says | Role::Message) {
            compare(shelf, reading, passage, &said, findings);
        }
    }
}

fn compare(
    shelf: &Shelf,
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    said: &HashSet<String>,
    findings: &mut Findings,
) {
    let of_the_trade = of_the_trade(shelf, passage);
    let mut total = 0;
    let mut missing: Vec<&str> = Vec::new();
    let help = "say it in the text, with its source, or bring this sentence up to date";
    for token in passage.tokens() {
        let is_a_number = token.word.contains(|c: char| c.is_ascii_digit());
        let is_a_fact = is_a_number || of_the_trade.iter().any(|part| overlap(part, &token.span));
        let is_empty = token.word.chars().count() < 4 || EMPTY.contains(&token.word.as_ref());
        if is_empty && !is_a_fact {
            continue;
        }
        total += 1;
        if is_said(&token.word, said) {
            continue;
        }
        let written = &passage.text[token.span.clone()];
        if is_a_fact {
            let problem = format!("the text of the page never says \"{written}\"");
            findings.error(
                reading.file,
                passage.span(token.span.clone()),
                problem,
                help,
            );
        } else {
            missing.push(written);
        }
    }
    // A message is short, and one other word is a large part of it.
    let part = if passage.role == Role::Says { 4 } else { 3 };
    if missing.len() > 1 && missing.len() * part > total {
        findings.error(
            reading.file,
            passage.span(0..passage.text.len()),
            format!(
                "the text of the page says little of this sentence; it lacks: {}",
                missing.get(..SHOWN).unwrap_or(&missing).join(", ")
            ),
            help,
        );
    }
}

/// Where the registries have something to say about a text: terms, names and words of the trade.
fn of_the_trade(shelf: &Shelf, passage: &Passage<'_>) -> Vec<Range<usize>> {
    let text = passage.searched();
    let terms = text.occurrences(&shelf.terms.entries);
    let names = shelf.names.entries.iter().map(|name| &name.name.value);
    let words = shelf.words.entries.iter().map(|word| &word.value);
    let mut places: Vec<_> = terms.into_iter().map(|(place, _)| place).collect();
    places.extend(names.chain(words).flat_map(|name| text.whole_words(name)));
    places
}

/// Whether a word stands in the text in one of its forms.
fn is_said(word: &str, said: &HashSet<String>) -> bool {
    let stem = stem(word);
    said.contains(&stem)
        || (stem.chars().count() > 3
            && said.iter().any(|other| {
                other.chars().count() > 3 && (other.starts_with(&stem) || stem.starts_with(other))
            }))
}

/// What the forms of a word have in common, near enough to tell one word from another.
fn stem(word: &str) -> String {
    const ENDINGS: [&str; 13] = [
        "'s", "ation", "ings", "ing", "ies", "ied", "ion", "ers", "er", "ed", "es", "s", "ly",
    ];
    if word.contains(|c: char| c.is_ascii_digit()) {
        return word.replace(',', "");
    }
    let bare = ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|bare| bare.chars().count() > 2)
        .unwrap_or(word);
    // `site` and `sites`, `policy` and `policies`.
    let bare = bare
        .strip_suffix(['e', 'y'])
        .filter(|bare| bare.chars().count() > 2)
        .unwrap_or(bare);
    bare.chars().take(6).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_its_other_forms() {
        let said: HashSet<String> = [
            "encryption",
            "reading",
            "certificate",
            "3,800",
            "policies",
            "in",
        ]
        .into_iter()
        .map(stem)
        .collect();
        for word in [
            "encrypts",
            "read",
            "reader",
            "certificates",
            "3800",
            "policy",
            "in",
            "cert",
        ] {
            assert!(is_said(word, &said), "{word}");
        }
        for word in ["380", "inside", "token"] {
            assert!(!is_said(word, &said), "{word}");
        }
    }
}
