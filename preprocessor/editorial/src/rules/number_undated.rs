//! Counts without a day on which they were counted.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Check, Findings, Rule};
use crate::passage::{Passage, Reading, Role, overlap};
use crate::phrases::{Phrases, Token, tokens};
use crate::shelf::Shelf;
use crate::words::sentences_of;

pub(super) const RULE: Rule = Rule {
    name: "number/undated",
    wants: "A count says what was counted, and when: in its sentence or beside it.",
    why: "Servers come and go, and a number without its day is wrong soon and quoted for years. The \
          rule looks at counts of a hundred and more, and at money, where they count what changes: \
          servers, patients, records, attacks, fines. A limit that a standard sets, a length of \
          time and what we measured in our own lab need no date.",
    can_be_waived: true,
    check: Check::Reading(check),
};

/// From here on a number is a count of the world rather than of the page.
const MANY: f64 = 100.0;
/// How many words may stand between a count and what it counts.
const REACH: usize = 4;

/// What changes from one count to the next.
const THINGS: [&str; 56] = [
    "account",
    "accounts",
    "address",
    "addresses",
    "archive",
    "archives",
    "attack",
    "attacks",
    "breach",
    "breaches",
    "clinics",
    "companies",
    "computers",
    "countries",
    "cases",
    "device",
    "devices",
    "dollars",
    "euros",
    "examinations",
    "exams",
    "files",
    "fine",
    "fines",
    "firms",
    "flaws",
    "hospitals",
    "hosts",
    "images",
    "incidents",
    "individuals",
    "infections",
    "installations",
    "intrusions",
    "machines",
    "networks",
    "organisations",
    "patient",
    "patients",
    "people",
    "persons",
    "pictures",
    "pounds",
    "practices",
    "products",
    "records",
    "scanners",
    "scans",
    "server",
    "servers",
    "sites",
    "studies",
    "systems",
    "users",
    "victims",
    "vulnerabilities",
];

/// Words after a number that cannot be what it counts.
const NO_THINGS: [&str; 24] = [
    "and", "are", "as", "at", "but", "by", "did", "for", "from", "had", "has", "have", "in", "is",
    "of", "on", "or", "than", "that", "to", "was", "were", "while", "with",
];

/// Words after which a number names something and counts nothing.
const NAMES: [&str; 16] = [
    "address", "article", "cve", "edition", "error", "figure", "no", "number", "page", "part",
    "port", "ports", "rfc", "section", "step", "version",
];

const MAGNITUDES: [&str; 3] = ["thousand", "million", "billion"];

/// What a number measures rather than counts.
const UNITS: [&str; 13] = [
    "bit", "bits", "byte", "bytes", "days", "hours", "kb", "mb", "gb", "metres", "minutes", "ms",
    "seconds",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Words after which a year stands, whatever follows it: `in 2019 servers answered`.
const BEFORE_YEARS: [&str; 7] = ["during", "early", "in", "late", "mid", "since", "until"];

/// What tells a reader that we counted it ourselves. When we did, the build tells.
static OUR_OWN: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "our|this lab|bench",
        "our own lab|bench",
        "the lab's|bench's own",
        "lab|bench|machine|machines of ours",
        "our own|tests|test|trial|runs|run",
    ])
});

fn check(shelf: &Shelf, reading: &Reading<'_>, findings: &mut Findings) {
    let (this_year, ..) = shelf.today.year_month_day();
    for passage in &reading.passages {
        // The cells of a row have their date in another; a heading has it in the text below. A wrong
        // option counts nothing.
        if matches!(
            passage.role,
            Role::Cell | Role::Heading | Role::Row | Role::Title | Role::Wrong
        ) {
            continue;
        }
        for (span, problem, help) in undated(passage, this_year) {
            findings.error(reading.file, passage.span(span), problem, help);
        }
    }
}

fn undated(passage: &Passage<'_>, this_year: u16) -> Vec<(Range<usize>, String, &'static str)> {
    let may_count = |token: &Token<'_>| is_vague(&token.word) || has_digit(&token.word);
    if !passage.tokens().iter().any(may_count) {
        return Vec::new();
    }
    let code = passage.code();
    let sentences: Vec<Sentence<'_>> = sentences_of(passage.text)
        .into_iter()
        .map(|(start, text)| Sentence::read(start, text, this_year))
        .collect();
    let mut found = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let start = sentence.start;
        let near = sentences
            .get(index.saturating_sub(2)..sentences.len().min(index + 2))
            .unwrap_or_default();
        for count in counts(sentence.text, &sentence.tokens) {
            let span = start + count.span.start..start + count.span.end;
            if code.iter().any(|code| overlap(code, &span)) {
                continue;
            }
            let said = &passage.text[span.clone()];
            if !count.has_unit && !near.iter().any(|near| near.has_a_thing) {
                let problem = format!("nobody can tell what \"{said}\" counts");
                found.push((span, problem, "name what was counted, in this sentence"));
            } else if count.changes && !near.iter().any(|near| near.has_a_date) {
                let problem = format!("\"{said}\" is a count without a date");
                let help = "say in this sentence or the next when it was counted";
                found.push((span, problem, help));
            }
        }
    }
    found
}

/// A sentence, and what its neighbours may take from it.
#[derive(Debug)]
struct Sentence<'a> {
    /// Where it stands in its passage, in bytes.
    start: usize,
    text: &'a str,
    tokens: Vec<Token<'a>>,
    /// Whether it names something that changes from one count to the next.
    has_a_thing: bool,
    /// Whether it says when something was counted, or that we counted it ourselves.
    has_a_date: bool,
}

impl<'a> Sentence<'a> {
    fn read(start: usize, text: &'a str, this_year: u16) -> Self {
        let tokens = tokens(text);
        let is_thing = |token: &Token<'_>| THINGS.contains(&token.word.as_ref());
        Sentence {
            start,
            text,
            has_a_thing: tokens.iter().any(is_thing),
            has_a_date: has_a_date(text, &tokens, this_year),
            tokens,
        }
    }
}

/// A number that counts something.
#[derive(Debug, PartialEq)]
struct Count {
    span: Range<usize>,
    /// Whether what it counts follows.
    has_unit: bool,
    /// Whether that changes from one count to the next.
    changes: bool,
}

fn counts(sentence: &str, tokens: &[Token<'_>]) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_free = counts
            .last()
            .is_none_or(|last| last.span.end <= token.span.start);
        let is_a_name = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| NAMES.contains(&before.word.as_ref()));
        if !is_free || is_a_name || !stands_alone(sentence, token) {
            continue;
        }
        let before = &sentence[..token.span.start];
        let is_money = before.trim_end().ends_with(['$', '€', '£']);
        let magnitude = |at: usize| {
            let token = tokens
                .get(at)
                .filter(|token| MAGNITUDES.contains(&token.word.as_ref()));
            token.is_some()
        };
        let is_many = match number(&token.word) {
            Some(number) => is_money || number >= MANY || magnitude(at + 1),
            None => is_vague(&token.word),
        };
        if !is_many || is_year(tokens, at) {
            continue;
        }
        let last = if magnitude(at + 1) { at + 1 } else { at };
        let after = tokens.get(last + 1..).unwrap_or_default();
        let reach = after.iter().take(REACH).map(|token| token.word.as_ref());
        let changes = is_money || reach.clone().any(|word| THINGS.contains(&word));
        let is_a_count = token.word.contains(',') || magnitude(at + 1) || is_vague(&token.word);
        counts.push(Count {
            span: token.span.start..tokens[last].span.end,
            // A bare number may be a code or a port.
            has_unit: changes || !is_a_count || has_a_noun(after),
            changes,
        });
    }
    counts
}

/// Whether the first of the words after a number can be what it counts. In `3,800 answered` it is not,
/// in `2,048 encrypted bits` it may be.
fn has_a_noun(after: &[Token<'_>]) -> bool {
    let is_noun = |token: &Token<'_>| !NO_THINGS.contains(&token.word.as_ref());
    match after {
        [] => false,
        [first, rest @ ..] if first.word.ends_with("ed") => rest.first().is_some_and(is_noun),
        [first, ..] => is_noun(first),
    }
}

/// Whether a token is a number by itself, and no part of a code, a range or a fraction.
fn stands_alone(sentence: &str, token: &Token<'_>) -> bool {
    let is_joint = |c: char| matches!(c, '-' | '/' | '.' | ':' | '#' | '_') || c.is_alphanumeric();
    let before = &sentence[..token.span.start];
    let after = &sentence[token.span.end..];
    let joined_after = after.starts_with(['-', '/', ':', '_', '%'])
        || after
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    !before.ends_with(is_joint) && !joined_after && !after.trim_start().starts_with('%')
}

/// Whether the word stands for a large number without saying which.
fn is_vague(word: &str) -> bool {
    matches!(word, "thousands" | "millions" | "billions")
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

fn number(word: &str) -> Option<f64> {
    let is_plain = word.starts_with(|c: char| c.is_ascii_digit());
    is_plain
        .then(|| word.replace(',', "").parse().ok())
        .flatten()
}

/// The year that a word begins with, as `2025` and the edition `2025e` do.
fn year(word: &str) -> Option<u16> {
    let (year, rest) = word.split_at_checked(4)?;
    let is_plain =
        year.chars().all(|c| c.is_ascii_digit()) && rest.chars().all(char::is_alphabetic);
    let year = year.parse().ok().filter(|_| is_plain)?;
    (1900..2100).contains(&year).then_some(year)
}

/// Whether the token at an index is a year, and counts nothing: `2000 servers` does, and `2048-bit`.
fn is_year(tokens: &[Token<'_>], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map(|token| token.word.as_ref());
    let is_counted =
        word(at + 1).is_some_and(|next| THINGS.contains(&next) || UNITS.contains(&next));
    let before = at.checked_sub(1).and_then(word);
    let is_led_in = before.is_some_and(|before| {
        let is_month = |month: &&str| month.eq_ignore_ascii_case(before);
        BEFORE_YEARS.contains(&before) || MONTHS.iter().any(is_month)
    });
    word(at).is_some_and(|word| year(word).is_some()) && (is_led_in || !is_counted)
}

/// Whether a sentence names a year that has begun or is about to, or a month, or says that we
/// counted it ourselves.
fn has_a_date(sentence: &str, tokens: &[Token<'_>], this_year: u16) -> bool {
    let is_past = |word: &str| year(word).is_some_and(|year| year <= this_year.saturating_add(1));
    let dated = tokens.iter().enumerate().any(|(at, token)| {
        is_month(sentence, tokens, at) || (is_year(tokens, at) && is_past(&token.word))
    });
    dated || !OUR_OWN.find(sentence, tokens).is_empty()
}

/// Whether the token at an index is a month. `May` and `March` are verbs too, and need a number
/// beside them.
fn is_month(sentence: &str, tokens: &[Token<'_>], at: usize) -> bool {
    let Some(written) = tokens.get(at).map(|token| &sentence[token.span.clone()]) else {
        return false;
    };
    let is_number = |token: &Token<'_>| number(&token.word).is_some();
    let beside = [at.checked_sub(1), Some(at + 1)];
    let mut beside = beside.into_iter().flatten().filter_map(|at| tokens.get(at));
    MONTHS.contains(&written) && (!matches!(written, "May" | "March") || beside.any(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_what_changes_are_told_from_other_numbers() {
        for (sentence, wanted) in [
            ("More than 3,800 servers answered", &["3,800"][..]),
            ("About 24 million patient records", &["24 million"]),
            (
                "A fine of $4.75 million, and of € 300,000",
                &["4.75 million", "300,000"],
            ),
            ("Thousands of archives and 12 servers", &["Thousands"]),
            ("In 2019 servers ran the edition 2025e", &[]),
            ("It found 2000 servers", &["2000"]),
            ("Up to 65,535 ports and 128 bytes", &[]),
            ("Port 11112 of the server, RFC 9325 on servers", &[]),
            ("CVE-2025-0896, IEC 81001-5-1 and 400/500 devices", &[]),
            ("90 % of servers, 300% of devices", &[]),
        ] {
            let found: Vec<_> = told(sentence)
                .into_iter()
                .filter(|count| count.changes)
                .map(|count| &sentence[count.span])
                .collect();
            assert_eq!(found, wanted, "{sentence}");
        }
    }

    #[test]
    fn a_date_is_told_from_what_looks_like_one() {
        for (text, wanted) in [
            ("Counted in 2023", true),
            ("In early 2023 servers answered", true),
            ("By May 2023 and on 17 March", true),
            ("In September they counted", true),
            ("The edition 2025e", true),
            ("Planned for 2027", true),
            ("Planned for 2028", false),
            ("You may ask", false),
            ("May they ask? They March on", false),
            ("The 2048-bit key, the 2000-bit key", false),
            ("It found 2000 servers", false),
            ("Today, yesterday, this year and last week", false),
            ("The lab of a hospital, on a bench", false),
            ("In our lab, on this bench", true),
            ("On one machine of ours", true),
            ("Two patients of ours", false),
            ("The lab's own server", true),
            ("In our own tests", true),
        ] {
            assert_eq!(Sentence::read(0, text, 2026).has_a_date, wanted, "{text}");
        }
    }

    fn told(sentence: &str) -> Vec<Count> {
        counts(sentence, &tokens(sentence))
    }

    #[test]
    fn a_number_before_a_verb_counts_nothing_by_itself() {
        assert!(
            told("Of these 3,800 were open")
                .iter()
                .all(|count| !count.has_unit)
        );
        assert!(
            told("The ports are 104 and 11112")
                .iter()
                .all(|count| count.has_unit)
        );
        assert!(
            told("It made 5,000 guesses")
                .iter()
                .all(|count| count.has_unit)
        );
    }
}
