//! What the rules about tone share: a list of phrases, each with what is wrong with it and what to
//! write instead.

use super::Findings;
use crate::passage::{Reading, Role, overlap};
use crate::phrases::{Phrases, tokens};

/// Words that do not belong on a page.
#[derive(Debug)]
pub(super) struct Phrase {
    /// The words, as [`crate::phrases`] reads them.
    pub(super) words: &'static str,
    /// What they do to the reader; it follows the words themselves in a finding.
    pub(super) does: &'static str,
    /// What to write instead.
    pub(super) instead: &'static str,
}

/// A list of phrases, and of longer ones in which their words do no harm.
#[derive(Debug)]
pub(super) struct Tone {
    list: &'static [Phrase],
    phrases: Phrases,
    harmless: Phrases,
    /// Whether a denial before the words makes them harmless: `nobody can guarantee`.
    denial_excuses: bool,
    /// Whether a wrong option of a quiz may say the words: what stands below it takes them back.
    quiz_excuses: bool,
}

impl Tone {
    /// Makes the lists ready.
    pub(super) fn new(list: &'static [Phrase], harmless: &'static [&'static str]) -> Tone {
        Tone {
            list,
            phrases: Phrases::new(list.iter().map(|phrase| phrase.words)),
            harmless: Phrases::new(harmless.iter().copied()),
            denial_excuses: false,
            quiz_excuses: false,
        }
    }

    /// Lets the words stand in a wrong option of a quiz.
    pub(super) fn unless_wrong(self) -> Tone {
        Tone {
            quiz_excuses: true,
            ..self
        }
    }

    /// Lets the words stand after a denial.
    pub(super) fn unless_denied(self) -> Tone {
        Tone {
            denial_excuses: true,
            ..self
        }
    }

    /// An error for each phrase that stands in what is read. Code and quotations are left alone: a
    /// quotation is somebody else's, and has to stay as it was said.
    pub(super) fn check(&self, reading: &Reading<'_>, findings: &mut Findings) {
        for passage in &reading.passages {
            if self.quiz_excuses && passage.role == Role::Wrong {
                continue;
            }
            let found = self.phrases.find(passage.text, passage.tokens());
            if found.is_empty() {
                continue;
            }
            let mut excused = passage.code();
            excused.extend(passage.quotations());
            let harmless = self.harmless.find(passage.text, passage.tokens());
            excused.extend(harmless.into_iter().map(|(span, _)| span));
            let kept = found
                .into_iter()
                .filter(|(span, _)| !excused.iter().any(|excused| overlap(excused, span)))
                .filter(|(span, _)| {
                    !(self.denial_excuses && is_denied(&passage.text[..span.start]))
                });
            for (span, index) in kept {
                let Some(phrase) = self.list.get(index) else {
                    continue;
                };
                let words: Vec<_> = passage.text[span.clone()].split_whitespace().collect();
                findings.error(
                    reading.file,
                    passage.span(span),
                    format!("\"{}\" {}", words.join(" "), phrase.does),
                    phrase.instead,
                );
            }
        }
    }
}

/// Words that deny what follows them.
const DENIALS: [&str; 19] = [
    "aren't", "can't", "cannot", "doesn't", "don't", "few", "hardly", "isn't", "neither", "never",
    "no", "nobody", "none", "nor", "not", "nothing", "rarely", "without", "won't",
];

/// Denials that deny nothing with the word after them: `not only is it safe`.
const AFFIRMATIONS: [(&str, &str); 4] = [
    ("no", "doubt"),
    ("no", "less"),
    ("not", "only"),
    ("nothing", "but"),
];

/// Where one statement ends and the next begins.
const TURNS: [&str; 10] = [
    ". ",
    "; ",
    ": ",
    "! ",
    "? ",
    ", and ",
    ", but ",
    ", so ",
    " because ",
    " since ",
];

/// Whether a text ends in the middle of a statement that denies something.
fn is_denied(before: &str) -> bool {
    let ends = TURNS
        .iter()
        .filter_map(|turn| Some(before.rfind(turn)? + turn.len()));
    let statement = &before[ends.max().unwrap_or(0)..];
    let tokens = tokens(statement);
    let words = tokens.iter().map(|token| token.word.as_ref());
    let nexts = words.clone().skip(1).chain([""]);
    words
        .zip(nexts)
        .any(|pair| DENIALS.contains(&pair.0) && !AFFIRMATIONS.contains(&pair))
}

#[cfg(test)]
mod tests {
    use super::is_denied;

    #[test]
    fn a_denial_reaches_to_the_end_of_its_statement() {
        for (before, wanted) in [
            ("No archive, however new, is ", true),
            ("It is not ", true),
            ("It is not new, and it is ", false),
            ("Nobody knows. It is ", false),
            ("It is ", false),
            ("There is no doubt that it is ", false),
            ("Not only is it ", false),
            ("It is nothing but ", false),
            ("It is no less ", false),
            ("No doubt it is not ", true),
            ("", false),
        ] {
            assert_eq!(is_denied(before), wanted, "{before}");
        }
    }
}
