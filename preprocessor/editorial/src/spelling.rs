//! Whether a word is well spelt, by the British dictionary in `dictionary/`.

use std::sync::LazyLock;

use spellbook::{Dictionary, ParseDictionaryError};

/// Read when the first word is looked up, once for the program.
static DICTIONARY: LazyLock<Result<Dictionary, ParseDictionaryError>> = LazyLock::new(|| {
    Dictionary::new(
        include_str!("../dictionary/en-GB-ise.aff"),
        include_str!("../dictionary/en-GB-ise.dic"),
    )
});

/// How American spelling, and British spelling with -ize, differ from ours: `(theirs, ours)`.
const VARIANTS: [(&str, &str); 14] = [
    ("iz", "is"),
    ("yz", "ys"),
    ("or", "our"),
    ("ter", "tre"),
    ("ber", "bre"),
    ("og", "ogue"),
    ("ens", "enc"),
    ("led", "lled"),
    ("ling", "lling"),
    ("ler", "ller"),
    ("lfill", "lfil"),
    ("gm", "gem"),
    ("ray", "rey"),
    ("e", "ae"),
];

/// How many letters a word may have to be compared with others; the time that takes grows with their
/// square. The longest words that people write have fewer.
const COMPARED: usize = 30;

/// A dictionary that could be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spelling(&'static Dictionary);

impl Spelling {
    /// The dictionary that is built into the program.
    ///
    /// # Errors
    ///
    /// The files in `dictionary/` were damaged before the program was built.
    pub(crate) fn british() -> Result<Spelling, &'static ParseDictionaryError> {
        DICTIONARY.as_ref().map(Spelling)
    }

    /// Whether the dictionary has the word.
    pub(crate) fn knows(self, word: &str) -> bool {
        self.0.check(word)
    }

    /// Our spelling of a word that is written in the American way, or with -ize; none of a word of
    /// more than 30 letters.
    pub(crate) fn ours(self, word: &str) -> Option<String> {
        if !is_compared(word) {
            return None;
        }
        VARIANTS.iter().find_map(|(theirs, ours)| {
            // Single letters differ in learned words, which are long.
            let is_likely = theirs.len() > 1 || word.chars().count() > 6;
            let places = word.match_indices(theirs).filter(|_| is_likely);
            let mut changed = places
                .map(|(at, _)| format!("{}{ours}{}", &word[..at], &word[at + theirs.len()..]));
            changed.find(|changed| self.knows(changed))
        })
    }

    /// The word that was probably meant, a slip or two away. What merely shares letters is left out: it
    /// takes long to find, and would be another word on each run. A word of more than 30 letters gets
    /// none.
    pub(crate) fn suggestion(self, word: &str) -> Option<String> {
        if !is_compared(word) {
            return None;
        }
        let mut found = Vec::new();
        let suggester = self.0.suggester().with_ngram_suggestions(false);
        suggester.suggest(word, &mut found);
        found.into_iter().next()
    }
}

fn is_compared(word: &str) -> bool {
    word.chars().nth(COMPARED).is_none()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Spelling;

    #[test]
    fn very_long_words_are_compared_with_none() {
        let spelling = Spelling::british().unwrap();
        let long = "interoperability".repeat(6_000);
        assert_eq!(spelling.ours(&long), None);
        assert_eq!(spelling.suggestion(&long), None);
        // Two words without their space, of 30 letters and of 31.
        let joined = "misunderstanding".len() + "counterargument".len();
        assert_eq!(joined, 31);
        assert!(super::is_compared("misunderstandingcounterargumen"));
        assert!(!super::is_compared("misunderstandingcounterargument"));
    }

    #[test]
    fn one_spelling_is_known_and_it_is_ours() {
        let spelling = Spelling::british().unwrap();
        for (ours, theirs) in [
            ("organisation", "organization"),
            ("unauthorised", "unauthorized"),
            ("analyse", "analyze"),
            ("behaviour", "behavior"),
            ("centre", "center"),
            ("fibre", "fiber"),
            ("catalogue", "catalog"),
            ("defence", "defense"),
            ("labelled", "labeled"),
            ("modelling", "modeling"),
            ("traveller", "traveler"),
            ("fulfil", "fulfill"),
            ("judgement", "judgment"),
            ("grey", "gray"),
            ("paediatric", "pediatric"),
            ("anaesthesia", "anesthesia"),
        ] {
            assert!(spelling.knows(ours), "{ours}");
            assert!(!spelling.knows(theirs), "{theirs}");
            assert_eq!(spelling.ours(theirs).as_deref(), Some(ours));
        }
    }

    #[test]
    fn a_slip_is_mended() {
        let spelling = Spelling::british().unwrap();
        assert!(!spelling.knows("archve"));
        assert_eq!(spelling.ours("archve"), None);
        assert_eq!(spelling.suggestion("archve").as_deref(), Some("archive"));
    }
}
