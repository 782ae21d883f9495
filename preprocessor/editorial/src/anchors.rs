//! The ids that the build makes of its own accord: the code that makes them and the rule that checks
//! links agree here.

use std::collections::HashSet;

use crate::page::Page;
use crate::piece::Kind;
use crate::registry::{Task, Term};
use crate::rules::{RULES, Rule};
use crate::shelf::Shelf;

/// The words of a text as they can stand in an id: letters and digits, joined by hyphens.
pub fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// What the ids of each term's entry and explanation are made of, in the order of `terms`. Of two
/// terms with the same words, the second has a number.
pub fn term_slugs(terms: &[Term]) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut slugs = Vec::with_capacity(terms.len());
    for term in terms {
        let words = slug(&term.term.value);
        let numbered = (2..).map(|number: usize| format!("{words}-{number}"));
        let mut candidates = std::iter::once(words.clone()).chain(numbered);
        slugs.extend(candidates.find(|slug| taken.insert(slug.clone())));
    }
    slugs
}

/// The id of a term's entry on the page with the glossary, from its slug.
pub fn term_id(slug: &str) -> String {
    format!("term-{slug}")
}

/// The id of a task of the checklist.
pub fn task_id(task: &Task) -> String {
    format!("task-{}", task.id.value)
}

/// The id of a rule on the page for editors.
pub fn rule_id(rule: &Rule) -> String {
    rule.name.replace('/', "-")
}

/// The id of a sample's figure.
pub fn sample_id(id: &str) -> String {
    format!("sample-{id}")
}

/// The id of a figure of dated facts.
pub fn figure_id(id: &str) -> String {
    format!("figure-{id}")
}

/// The ids of the parts that the build adds to the page of a lesson.
const OF_A_LESSON: [&str; 5] = ["objectives", "time-plan", "lab", "quiz", "read-next"];

/// The ids of the parts that the build adds to the page because of its kind.
pub(crate) fn of_its_kind(page: &Page) -> &'static [&'static str] {
    match page.piece.as_ref().map(|piece| piece.kind) {
        Some(Kind::Lesson) => &OF_A_LESSON,
        _ => &[],
    }
}

/// Every id that the kind of a page and its directives bring, but for the topics of the index of questions.
pub(crate) fn brought_in(shelf: &Shelf, page: &Page) -> Vec<String> {
    let mut ids: Vec<String> = of_its_kind(page).iter().map(ToString::to_string).collect();
    for directive in page
        .outline
        .directives
        .iter()
        .filter(|found| found.is_ours())
    {
        let argument = &directive.argument;
        match directive.name.as_str() {
            "glossary" => {
                let slugs = term_slugs(&shelf.terms.entries);
                ids.extend(slugs.iter().map(|slug| term_id(slug)));
            }
            "checklist" => ids.extend(shelf.checklist.entries.iter().map(task_id)),
            "rules" => ids.extend(RULES.iter().map(|rule| rule_id(rule))),
            "figure" => ids.push(figure_id(argument)),
            "sample" => {
                let file = shelf.sample(argument);
                let sample = file.and_then(|file| file.sample.as_ref());
                let before = sample.and_then(|sample| sample.before.as_ref());
                ids.push(sample_id(argument));
                ids.extend(before.map(|before| sample_id(&before.value)));
            }
            _ => {}
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_an_id() {
        for (text, wanted) in [
            (
                " Finding out: who can reach you? ",
                "finding-out-who-can-reach-you",
            ),
            ("ATT&CK", "att-ck"),
            ("Größe", "größe"),
            ("???", ""),
        ] {
            assert_eq!(slug(text), wanted, "{text}");
        }
    }

    #[test]
    fn no_two_terms_share_an_id() {
        let toml = ["C-STORE", "C STORE", "TLS", "c-store"]
            .map(|term| format!("[[term]]\nterm = \"{term}\"\nplain = \"A word.\"\n"));
        let (terms, _) = Term::parse_all(&toml.concat());
        let wanted = ["c-store", "c-store-2", "tls", "c-store-3"];
        assert_eq!(term_slugs(&terms), wanted);
    }
}
