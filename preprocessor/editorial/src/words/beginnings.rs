//! With which letters the words of a text begin: most words that are looked for cannot stand in it, and
//! that is told without looking; the others can stand in few places.

use std::ops::Range;

/// The words of a text by the pair of bytes with which they begin.
#[derive(Debug, Clone)]
pub(super) struct Beginnings {
    /// One bit for each pair; some pairs share one.
    pairs: [u64; 64],
    /// Each pair with the place where it stands, in order.
    places: Vec<([u8; 2], usize)>,
}

impl Beginnings {
    /// Those of a text: what follows its start, and what follows whatever is no letter or digit.
    pub(super) fn of(text: &str) -> Beginnings {
        let mut pairs = [0; 64];
        let mut places = Vec::new();
        let mut is_start = true;
        for (at, letter) in text.char_indices() {
            if is_start && let [first, second, ..] = text.as_bytes()[at..] {
                let (word, bit) = bit(first, second);
                pairs[word] |= bit;
                places.push(([first, second], at));
            }
            is_start = !letter.is_alphanumeric();
        }
        places.sort_unstable();
        Beginnings { pairs, places }
    }

    /// Where `needle` stands as a word in `text`, from which these were made: as it is written, then with a
    /// capital. `None` where it has to be looked for: it begins with no plain letter or digit, or has an
    /// apostrophe, of which there are two kinds.
    pub(super) fn find(&self, text: &str, needle: &str) -> Option<Vec<Range<usize>>> {
        let [first, second, ..] = *needle.as_bytes() else {
            return None;
        };
        if !first.is_ascii_alphanumeric() || !second.is_ascii() {
            return None;
        }
        let capital = first.to_ascii_uppercase();
        let firsts = [first, capital]
            .into_iter()
            .take(1 + usize::from(first != capital));
        let mut firsts = firsts.filter(|first| self.has(*first, second)).peekable();
        if firsts.peek().is_none() && second != b'\'' {
            return Some(Vec::new());
        }
        if needle.contains('\'') {
            return None;
        }
        let stands = |at: &usize| {
            let rest = text
                .get(at + 1..)
                .and_then(|rest| rest.strip_prefix(&needle[1..]));
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        let places = firsts.flat_map(|first| self.places([first, second]));
        Some(
            places
                .filter(stands)
                .map(|at| at..at + needle.len())
                .collect(),
        )
    }

    /// Whether a word of the text may begin with the pair.
    fn has(&self, first: u8, second: u8) -> bool {
        let (word, bit) = bit(first, second);
        self.pairs[word] & bit != 0
    }

    /// Where words begin with the pair.
    fn places(&self, pair: [u8; 2]) -> impl Iterator<Item = usize> {
        let start = self.places.partition_point(|(other, _)| *other < pair);
        let after = self.places.iter().skip(start);
        let of_the_pair = after.take_while(move |(other, _)| *other == pair);
        of_the_pair.map(|(_, at)| *at)
    }
}

/// Where a pair of bytes is kept. Some pairs share a place, which costs a look in vain.
fn bit(first: u8, second: u8) -> (usize, u64) {
    (usize::from(first & 63), 1 << (second & 63))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::words::whole_words;

    fn find(text: &str, needle: &str) -> Option<Vec<Range<usize>>> {
        Beginnings::of(text).find(text, needle)
    }

    #[test]
    fn what_stands_in_a_text_is_never_missed() {
        let text = "Mutual TLS, ‘sslscan’ and (Größe) x-ray’s éa 9a";
        for (needle, wanted) in [
            ("Mutual", Some("Mutual")),
            ("mutual", Some("Mutual")),
            ("TLS", Some("TLS")),
            ("sslscan", Some("sslscan")),
            ("Größe", Some("Größe")),
            ("x-ray", Some("x-ray")),
            ("ray", Some("ray")),
            ("9a", Some("9a")),
            ("utual", None),
            ("LS", None),
            ("scan", None),
            ("zebra", None),
            ("Grö", None),
        ] {
            let found = find(text, needle).expect("it is told without looking");
            let found: Vec<_> = found.into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, Vec::from_iter(wanted), "{needle}");
        }
        for needle in ["éa", "a", "", "x'y", "ray's"] {
            assert_eq!(find(text, needle), None, "{needle}");
        }
        assert_eq!(find("", "word"), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn it_finds_what_a_search_finds(
            words in proptest::collection::vec("[abAé9]{1,3}", 0..12),
            marks in proptest::collection::vec("[ ,.’'-]{1,2}", 12),
            needle in "[abAé9]{1,3}([ -][abé]{1,2})?",
        ) {
            let parts = words.iter().zip(&marks).map(|(word, mark)| format!("{word}{mark}"));
            let text: String = parts.collect();
            let looked_for = whole_words(&text, &needle);
            // A phrase that overlaps itself stands twice here and once there.
            if let Some(found) = find(&text, &needle).filter(|_| !needle.contains([' ', '-'])) {
                prop_assert_eq!(found, looked_for);
            } else if let Some(found) = find(&text, &needle) {
                prop_assert!(looked_for.iter().all(|place| found.contains(place)));
            }
        }
    }
}
