//! Abbreviations that nobody explains.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Check, Findings, Rule};
use crate::passage::{Passage, Reading, Role, overlap};
use crate::shelf::Shelf;
use crate::words::words;

pub(super) const RULE: Rule = Rule {
    name: "words/acronym",
    wants: "An abbreviation is a term of the glossary, or is written out where a page first uses it.",
    why: "A reader who does not know the letters cannot guess them. Terms of content/terms.toml are \
          written out by the build at their first use; any other abbreviation is followed or \
          preceded by its full name, as in \"Medical Imaging & Technology Alliance (MITA)\". Names \
          of content/names.toml, numbers of publications such as IEC 81001-5-1, units, Roman \
          numerals, quotations and code need no such thing.",
    can_be_waived: true,
    check: Check::Reading(check),
};

/// Abbreviations that are words by now: more people know the letters than what they stand for.
const WORDS: [&str; 16] = [
    "CD", "CT", "DVD", "EU", "ID", "IT", "MR", "MRI", "OK", "PC", "PDF", "TV", "UK", "UN", "US",
    "USB",
];

const UNITS: [&str; 12] = [
    "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "MHz", "GHz", "THz",
];

/// Publishers whose documents are known by their letters and a number.
const NUMBERED: [&str; 22] = [
    "AAMI", "ANSI", "BS", "CEN", "CWE", "DIN", "EN", "ETSI", "FIPS", "IEC", "IEEE", "IETF", "ISO",
    "ITU", "MDCG", "NEMA", "NIST", "PS", "RFC", "SP", "TIR", "UL",
];

fn check(shelf: &Shelf, reading: &Reading<'_>, findings: &mut Findings) {
    let mut seen = HashSet::new();
    let first_uses = first_uses(reading);
    for passage in &reading.passages {
        for span in unexplained(shelf, passage) {
            let written = &passage.text[span.clone()];
            let letters = singular(written);
            if !seen.insert(letters.to_owned()) || is_explained(&first_uses, letters) {
                continue;
            }
            findings.error(
                reading.file,
                passage.span(span),
                format!("nobody explains the abbreviation \"{written}\""),
                format!(
                    "write it out, as in \"full name ({letters})\", or add it to content/terms.toml \
                     with its `expansion`"
                ),
            );
        }
    }
}

/// Whether a word is written as an abbreviation: `TLS`, `CAs`, `mTLS`, `IoT`, but not `PowerShell`.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let others = singular(word).chars().filter(|c| c.is_lowercase()).count();
    capitals >= 2 && capitals >= others
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(letters) if letters.ends_with(char::is_uppercase) => letters,
        _ => word,
    }
}

/// The abbreviations of a passage that are neither terms, names, codes nor common words.
fn unexplained(shelf: &Shelf, passage: &Passage<'_>) -> Vec<Range<usize>> {
    let text = passage.text;
    let candidates: Vec<_> = candidates(text).collect();
    if candidates.is_empty() {
        return candidates;
    }
    let mut explained = passage.code();
    let searched = passage.searched();
    let terms = searched.occurrences(&shelf.terms.entries);
    explained.extend(passage.quotations());
    explained.extend(terms.into_iter().map(|(span, _)| span));
    for name in &shelf.names.entries {
        explained.extend(searched.whole_words(&name.name.value));
    }
    // `RESTful` is as much a word as an abbreviation.
    let words = shelf.words.entries.iter().map(|word| word.value.as_str());
    for word in words.filter(|word| word.contains(char::is_lowercase)) {
        explained.extend(searched.whole_words(word));
    }
    candidates
        .into_iter()
        .filter(|span| !explained.iter().any(|explained| overlap(explained, span)))
        .collect()
}

/// What is written like an abbreviation and is no unit, numeral or code.
fn candidates(text: &str) -> impl Iterator<Item = Range<usize>> {
    words(text)
        .filter(|(_, word)| has_two_capitals(word) && !is_address(word))
        .flat_map(move |(at, word)| {
            word.split(|c: char| !c.is_alphanumeric())
                .filter(|part| is_abbreviation(part))
                .map(move |part| {
                    let start = at + part.as_ptr().addr() - word.as_ptr().addr();
                    start..start + part.len()
                })
        })
        .filter(|span| {
            let letters = singular(&text[span.clone()]);
            !WORDS.contains(&letters)
                && !UNITS.contains(&letters)
                && !is_roman(letters)
                && !is_code(text, span)
        })
}

/// Whether some part of the word can be an abbreviation.
fn has_two_capitals(word: &str) -> bool {
    let mut capitals = word.chars().filter(|c| c.is_uppercase());
    capitals.nth(1).is_some()
}

/// Whether the word is an address or the name of a file.
fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.contains("//") || word.contains(['@', '_', '\\', '=']) || is_file_name(word)
}

fn is_file_name(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(before, ending)| {
        before.chars().nth(1).is_some()
            && ending.chars().nth(1).is_some()
            && ending
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    })
}

/// Numerals that a text may well hold: up to XXXIX. Beyond, they look like abbreviations.
fn is_roman(letters: &str) -> bool {
    letters.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// Whether digits belong to the letters, as in `PS3.15`, `CVE-2025-0896`, `AES-256` and `HTTP/2`, or
/// a number follows that makes them a publication: `IEC 81001-5-1`.
fn is_code(text: &str, span: &Range<usize>) -> bool {
    let letters = &text[span.clone()];
    if letters.contains(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let after = &text[span.end..];
    let joined = after.strip_prefix(['-', '/', ':']).unwrap_or_default();
    if joined.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    // Also what stands before the number of the same code: `ISO/IEC 27001`, `NIST SP 800-52`.
    let number = after
        .trim_start_matches(|c: char| c.is_uppercase() || matches!(c, ' ' | '/' | '-' | '\u{a0}'));
    NUMBERED.contains(&letters) && number.starts_with(|c: char| c.is_ascii_digit())
}

/// A paragraph, and where in it an abbreviation stands.
type Use<'a> = (&'a str, Range<usize>);

/// Where each abbreviation of the text is used for the first time.
fn first_uses<'a>(reading: &Reading<'a>) -> HashMap<&'a str, Use<'a>> {
    let is_text = |passage: &&Passage<'_>| {
        matches!(
            passage.role,
            Role::Prose | Role::Cell | Role::Caption | Role::Row | Role::Wrong
        )
    };
    let mut uses = HashMap::new();
    for passage in reading.passages.iter().filter(is_text) {
        let text = passage.text;
        for place in candidates(text) {
            let letters = singular(&text[place.clone()]);
            uses.entry(letters).or_insert((text, place));
        }
    }
    uses
}

/// Whether the text gives the full name in the paragraph that first uses the letters.
fn is_explained(first_uses: &HashMap<&str, Use<'_>>, letters: &str) -> bool {
    first_uses
        .get(letters)
        .is_some_and(|(text, place)| is_in_brackets(text, place) || is_spelled_out(text, letters))
}

/// Whether the letters stand alone in brackets after the words that they abbreviate.
fn is_in_brackets(text: &str, place: &Range<usize>) -> bool {
    let before = text[..place.start].strip_suffix('(').map(str::trim_end);
    let is_closed = text[place.end..].trim_start_matches('s').starts_with(')');
    is_closed && before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

/// Whether consecutive words of the text begin with the letters, with small words or without.
fn is_spelled_out(text: &str, letters: &str) -> bool {
    let wanted: Vec<char> = letters.chars().flat_map(char::to_lowercase).collect();
    let all = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !is_abbreviation(word));
    let large = all.clone().filter(|word| {
        !matches!(
            *word,
            "of" | "and" | "the" | "for" | "in" | "to" | "on" | "a"
        )
    });
    let initials = |words: &mut dyn Iterator<Item = &str>| -> Vec<char> {
        let firsts = words.filter_map(|word| word.chars().next());
        firsts.flat_map(char::to_lowercase).collect()
    };
    [initials(&mut all.clone()), initials(&mut large.clone())]
        .iter()
        .any(|initials| initials.windows(wanted.len()).any(|found| found == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_told_from_words_codes_and_numerals() {
        for (text, wanted) in [
            ("The XYZ and its XYZs", &["XYZ", "XYZs"][..]),
            ("mTLS, IoT and XY-based", &["mTLS", "IoT", "XY"]),
            ("A PowerShell on an iPhone", &[]),
            ("PS3.15, CVE-2025-0896, AES-256, HTTP/2, T1040", &[]),
            ("ISO/IEC 27001, NIST SP 800-52, IEC 81001-5-1", &[]),
            ("the IEC itself in 2020", &["IEC"]),
            ("Annex B, part II, World War XX", &[]),
            ("5 GB at 2 GHz on a PC", &[]),
            ("see FILE.txt, https://ABC.example.org and A_B", &[]),
        ] {
            let found: Vec<_> = candidates(text).map(|span| &text[span]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn initials_explain_letters() {
        for (text, letters, wanted) in [
            ("the Food and Drug Administration, or FDA", "FDA", true),
            ("the Internet of Things", "IoT", true),
            ("the FDA", "FDA", false),
            ("Food, then Drug", "FDA", false),
        ] {
            assert_eq!(is_spelled_out(text, letters), wanted, "{text}");
        }
        assert!(is_in_brackets("cross-site scripting (XSS) is", &(22..25)));
        assert!(!is_in_brackets("it (XSS is) so", &(4..7)));
    }
}
