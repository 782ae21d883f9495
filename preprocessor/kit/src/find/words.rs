//! Words as the finder knows them: how a text falls into words, which of them tell nothing, and what the
//! forms of a word share. The tables are data, because the script of the press room reads them too.

use std::collections::HashSet;
use std::sync::LazyLock;

/// How many characters of a question are read.
pub const LONGEST: usize = 2_000;
/// A slip is forgiven only in a word with as many letters, and a stem with as many.
pub const SLIP_FROM: usize = 5;
/// The shortest word that loses its ending.
pub const STEM_FROM: usize = 4;

/// Words that tell nothing, in the order of the alphabet.
pub const COMMON: &str = "a about after again all also am an and another any anybody anyone anything are arent as at away be became because become been before being but by can cannot cant come could did didnt do does doesnt doing dont each else even ever every everything few for from get gets getting give gives go goes going gone got had has hasnt have having he hello her here him his how however i if im in into is isnt it its just know lately let lets like long made make makes many may maybe me might more most much must my new no nobody not nothing now of off ok on once one only or other others our out over please put really recently right said same say says see set she should so some somebody someone something somewhere still such sure take tell than thank thanks that thats the their them then there these they thing things think this those to today tomorrow too true truly two under until up upon us use used using very via want wants was we well were what whats when where whether which while who whom whose why will with without wont would yes yesterday yet you your";

/// Letters with a mark, each with what it is read as.
pub const FOLDS: [(&str, &str); 24] = [
    ("àáâãäåāăą", "a"),
    ("çćĉċč", "c"),
    ("ďđ", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŉ", "n"),
    ("òóôõöøōŏő", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűų", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
    ("ß", "ss"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("þ", "th"),
    ("ð", "d"),
];

/// Endings, in steps. Of each step the first that fits is replaced, where as many letters stay before it.
pub const ENDINGS: [&[(&str, &str, usize)]; 4] = [
    &[
        ("sses", "ss", 2),
        ("shes", "sh", 2),
        ("ches", "ch", 2),
        ("xes", "x", 2),
        ("ies", "y", 2),
        ("ss", "ss", 0),
        ("us", "us", 0),
        ("is", "is", 0),
        ("s", "", 3),
    ],
    &[
        ("ibility", "", 4),
        ("ability", "", 4),
        ("ications", "", 4),
        ("ication", "", 4),
        ("icating", "", 4),
        ("icated", "", 4),
        ("icate", "", 4),
        ("atory", "", 4),
        ("ation", "", 4),
        ("ating", "", 4),
        ("ated", "", 4),
        ("ible", "", 4),
        ("able", "", 4),
        ("ment", "", 4),
        ("ate", "", 4),
        ("ity", "", 4),
        ("ery", "", 4),
        ("ing", "", 3),
        ("ion", "", 4),
        ("ure", "", 4),
        ("al", "", 5),
        ("er", "", 4),
        ("ed", "", 3),
        ("ly", "", 4),
    ],
    &[("e", "", 3), ("y", "", 3), ("i", "", 3)],
    &[
        ("bb", "b", 2),
        ("dd", "d", 2),
        ("gg", "g", 2),
        ("ll", "l", 2),
        ("mm", "m", 2),
        ("nn", "n", 2),
        ("pp", "p", 2),
        ("rr", "r", 2),
        ("ss", "s", 2),
        ("tt", "t", 2),
    ],
];

/// What holds the parts of a compound together.
pub const JOINS: &str = "-‐‑./_";
/// What may stand inside a word and is not read.
pub const SILENT: &str = "'’";

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it was written.
    pub typed: String,
    /// Small and folded: `clear` and `text` for `clear-text`.
    pub parts: Vec<String>,
}

/// The words of a question, or of any short text.
pub fn of(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut typed = String::new();
    let letters: Vec<char> = text.chars().take(LONGEST).collect();
    for (at, &letter) in letters.iter().enumerate() {
        let is_inside = |at: usize| letters.get(at).copied().is_some_and(is_letter);
        let joins = || JOINS.contains(letter) || SILENT.contains(letter);
        if is_letter(letter) || (!typed.is_empty() && joins() && is_inside(at + 1)) {
            typed.push(letter);
        } else {
            words.extend(word(std::mem::take(&mut typed)));
        }
    }
    words.extend(word(typed));
    words
}

fn word(typed: String) -> Option<Word> {
    let parts = typed.split(|letter| JOINS.contains(letter));
    let parts: Vec<String> = parts.map(fold).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then_some(Word { typed, parts })
}

/// What the index keeps of a text: the stems of its words, and of compounds as one word too.
pub fn indexed(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for paragraph in text.lines() {
        // Only questions are cut; a text is read in pieces that are shorter.
        let letters: Vec<char> = paragraph.chars().collect();
        for piece in letters.chunks(LONGEST) {
            for word in of(&piece.iter().collect::<String>()) {
                if word.parts.len() > 1 {
                    all.push(stem(&word.parts.concat()));
                }
                all.extend(stems(&word.parts));
            }
        }
    }
    all
}

/// The stems of words that tell something.
pub fn stems(parts: &[String]) -> Vec<String> {
    let telling = parts
        .iter()
        .filter(|part| !is_common(part) && part.chars().nth(1).is_some());
    telling.map(|part| stem(part)).collect()
}

/// Whether a word tells nothing.
pub fn is_common(word: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| COMMON.split(' ').collect());
    ALL.contains(word)
}

/// What the forms of a word share: `encrypt` for `encrypts`, `encrypted` and `encryption`.
pub fn stem(word: &str) -> String {
    let mut word = word.to_owned();
    let length = |word: &str| word.chars().count();
    if length(&word) < STEM_FROM || word.chars().any(char::is_numeric) {
        return word;
    }
    for step in ENDINGS {
        let fits = |&&(ending, _, least): &&(&str, &str, usize)| {
            word.strip_suffix(ending)
                .is_some_and(|rest| length(rest) >= least)
        };
        if let Some((ending, other, _)) = step.iter().find(fits) {
            word.truncate(word.len() - ending.len());
            word.push_str(other);
        }
    }
    word
}

/// Whether one slip stands between a known stem and the word, or its stem: a letter too many, too few,
/// wrong, or two that changed places. The first letter is no slip, and a name with a digit is another name.
pub fn slips(word: &str, stem: &str, known: &str) -> bool {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    let (word, stem, known) = (letters(word), letters(stem), letters(known));
    word.len() >= SLIP_FROM
        && known.len() >= SLIP_FROM
        && !word.iter().chain(&known).any(|letter| letter.is_numeric())
        && word.first() == known.first()
        && (is_slip(&word, &known) || is_slip(&stem, &known))
}

fn is_slip(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 if same == long.len() => true,
        0 => {
            short[same + 1..] == long[same + 1..]
                || (same + 1 < short.len()
                    && short[same] == long[same + 1]
                    && short[same + 1] == long[same]
                    && short[same + 2..] == long[same + 2..])
        }
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || is_mark(letter)
}

/// Accents that stand by themselves.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Small letters without accents, and without what is silent.
fn fold(part: &str) -> String {
    let mut folded = String::with_capacity(part.len());
    for letter in part.to_lowercase().chars() {
        if is_mark(letter) || SILENT.contains(letter) {
            continue;
        }
        // Most letters are plain, and need no look at the table.
        let fold = match letter.is_ascii() {
            true => None,
            false => FOLDS.iter().find(|(letters, _)| letters.contains(letter)),
        };
        match fold {
            Some((_, plain)) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        for forms in [
            &[
                "encrypt",
                "encrypts",
                "encrypted",
                "encryption",
                "encrypting",
            ][..],
            &["expose", "exposed", "exposes", "exposure", "exposures"],
            &["secure", "security"],
            &["vulnerable", "vulnerability", "vulnerabilities"],
            &["mandate", "mandatory", "mandated"],
            &["forge", "forged", "forgery"],
            &["scan", "scans", "scanner", "scanners", "scanning"],
            &["fine", "fined", "fines"],
            &["fake", "faked", "fakes"],
            &["leak", "leaks", "leaky", "leaking"],
            &["certificate", "certificates", "certification"],
            &["server", "servers"],
            &["bank", "banks", "banking"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
        assert_ne!(stem("bank"), stem("banner"));
    }

    #[test]
    fn a_text_falls_into_words() {
        let parts =
            |text| -> Vec<Vec<String>> { of(text).into_iter().map(|word| word.parts).collect() };
        assert_eq!(
            parts("X-rays, isn’t it?"),
            [vec!["x", "rays"], vec!["isnt"], vec!["it"]]
        );
        assert_eq!(
            parts("Röntgen CVE-2019-11687."),
            [vec!["rontgen"], vec!["cve", "2019", "11687"]]
        );
        assert_eq!(parts("Ro\u{308}ntgen"), [vec!["rontgen"]]);
        assert_eq!(parts(" - ' ."), Vec::<Vec<String>>::new());
        assert_eq!(parts("-a' b"), [vec!["a"], vec!["b"]]);
    }

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for (typed, known) in [
            ("ransomwear", "ransomwar"),
            ("pasword", "password"),
            ("encription", "encrypt"),
            ("shodna", "shodan"),
            ("firewalll", "firewal"),
            // Its own stem is another.
            ("firewal", "firewal"),
        ] {
            assert!(slips(typed, &stem(typed), known), "{typed}");
        }
        for (typed, known) in [
            ("bank", "rank"),
            ("paris", "pari5s"),
            ("weather", "leather"),
            ("rnsmware", "ransomwar"),
            ("2019x", "2019"),
        ] {
            assert!(!slips(typed, &stem(typed), known), "{typed}");
        }
    }

    #[test]
    fn common_words_stand_in_their_order() {
        let words: Vec<&str> = COMMON.split(' ').collect();
        assert!(words.is_sorted());
    }
}
