//! Finds phrases of a list in a text.
//!
//! A phrase is written as its words, in small letters. A word may have alternatives, `fail|fails`,
//! and may end in `*` for any ending; `_` stands for any one word. What lies between two words of a
//! phrase may be a space, a hyphen or a quotation mark, but no stop and no comma.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// A run of letters and digits, or a percent sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// Its bytes in the text.
    pub(crate) span: Range<usize>,
    /// The word in small letters, with its apostrophes straight.
    pub(crate) word: Cow<'t, str>,
}

/// The words of a text, split at hyphens; `3,800`, `0.41` and `maker's` are one each.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, letter)| *letter);
        if is_part(before, letter, after) {
            start.get_or_insert(at);
        } else {
            tokens.extend(start.take().map(|start| token(text, start..at)));
        }
        if letter == '%' {
            tokens.push(token(text, at..at + 1));
        }
        before = Some(letter);
    }
    tokens.extend(start.map(|start| token(text, start..text.len())));
    tokens
}

fn token(text: &str, span: Range<usize>) -> Token<'_> {
    let written = &text[span.clone()];
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    let word = match written.bytes().all(is_plain) {
        true => Cow::Borrowed(written),
        false => Cow::Owned(written.to_lowercase().replace('’', "'")),
    };
    Token { span, word }
}

fn is_part(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let between = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
    match letter {
        '\'' | '’' => between(char::is_alphanumeric),
        '.' | ',' => between(|c| c.is_ascii_digit()),
        _ => letter.is_alphanumeric(),
    }
}

/// One word of a phrase.
#[derive(Debug)]
enum Word {
    Any,
    OneOf(Vec<(&'static str, bool)>),
}

impl Word {
    fn read(written: &'static str) -> Word {
        if written == "_" {
            return Word::Any;
        }
        let alternatives = written.split('|');
        Word::OneOf(
            alternatives
                .map(|word| match word.strip_suffix('*') {
                    Some(stem) => (stem, true),
                    None => (word, false),
                })
                .collect(),
        )
    }

    fn fits(&self, word: &str) -> bool {
        match self {
            Word::Any => true,
            Word::OneOf(words) => words
                .iter()
                .any(|&(wanted, is_open)| word == wanted || (is_open && word.starts_with(wanted))),
        }
    }
}

/// A list of phrases, made ready to be looked for.
#[derive(Debug)]
pub(crate) struct Phrases {
    phrases: Vec<Vec<Word>>,
    /// The phrases that begin with a word.
    by_first: HashMap<&'static str, Vec<usize>>,
    /// The phrases that begin with a word of any ending, or with any word.
    open: Vec<usize>,
}

impl Phrases {
    /// Reads phrases as they are written in a list.
    pub(crate) fn new(written: impl IntoIterator<Item = &'static str>) -> Phrases {
        let mut found = Phrases {
            phrases: Vec::new(),
            by_first: HashMap::new(),
            open: Vec::new(),
        };
        for phrase in written {
            let index = found.phrases.len();
            let words: Vec<Word> = phrase.split(' ').map(Word::read).collect();
            match words.first() {
                Some(Word::OneOf(firsts)) if firsts.iter().all(|(_, is_open)| !is_open) => {
                    for (first, _) in firsts {
                        found.by_first.entry(first).or_default().push(index);
                    }
                }
                _ => found.open.push(index),
            }
            found.phrases.push(words);
        }
        found
    }

    /// Where phrases stand in a text, in order, each with its number in the list. Of two that begin
    /// at the same word the longer one counts. `tokens` are the text's.
    pub(crate) fn find(&self, text: &str, tokens: &[Token<'_>]) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let mut free = 0;
        for (at, token) in tokens.iter().enumerate() {
            if at < free {
                continue;
            }
            let first = self.by_first.get(token.word.as_ref());
            let longest = first
                .into_iter()
                .flatten()
                .chain(&self.open)
                .filter_map(|&index| {
                    let phrase = self.phrases.get(index)?;
                    let stands = stands(phrase, tokens.get(at..at + phrase.len())?, text);
                    stands.then_some((phrase.len(), index))
                })
                .max();
            if let Some((length, index)) = longest {
                free = at + length;
                found.push((token.span.start..tokens[free - 1].span.end, index));
            }
        }
        found
    }
}

/// Whether a phrase is what the tokens say, in one breath.
fn stands(phrase: &[Word], tokens: &[Token<'_>], text: &str) -> bool {
    let fits = phrase
        .iter()
        .zip(tokens)
        .all(|(word, token)| word.fits(&token.word));
    fits && tokens.windows(2).all(|pair| {
        let between = &text[pair[0].span.end..pair[1].span.start];
        !between.contains(['.', ',', ';', ':', '!', '?', '(', ')', '–', '—'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_possessives_are_one_token() {
        let words: Vec<_> = tokens("The maker’s 3,800 servers, 0.41 s: 100% end-to-end.")
            .into_iter()
            .map(|token| token.word)
            .collect();
        assert_eq!(
            words,
            [
                "the", "maker's", "3,800", "servers", "0.41", "s", "100", "%", "end", "to", "end"
            ]
        );
    }

    #[test]
    fn phrases_are_found_in_every_dress() {
        let phrases = Phrases::new([
            "of course",
            "user|users fail|fails to",
            "guarantee*",
            "not _ fault",
            "100 % safe",
            "100",
        ]);
        for (text, wanted) in [
            ("Of course it is.", &["Of course"][..]),
            (
                "Users fail\nto patch; a user fails to.",
                &["Users fail\nto", "user fails to"],
            ),
            ("It guarantees a guarantee", &["guarantees", "guarantee"]),
            ("That is not our fault", &["not our fault"]),
            ("100% safe, 100 ways", &["100% safe", "100"]),
            ("out of. Course", &[]),
            ("of-course", &["of-course"]),
            ("of", &[]),
        ] {
            let found: Vec<_> = phrases
                .find(text, &tokens(text))
                .into_iter()
                .map(|(span, _)| &text[span])
                .collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
