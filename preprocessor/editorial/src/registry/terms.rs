//! `content/terms.toml`: the glossary.

use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;

/// One term of the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term as it stands in a text.
    pub term: Placed<String>,
    /// What its letters stand for, if they stand for anything.
    pub expansion: Option<String>,
    /// One plain sentence.
    pub plain: Placed<String>,
    /// Other spellings of the same.
    pub also: Vec<String>,
}

impl Term {
    /// Every spelling, the term itself first.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.term.value.as_str()).chain(self.also.iter().map(String::as_str))
    }

    pub(crate) fn parse_all(text: &str) -> (Vec<Term>, Vec<Misfit>) {
        let (entries, mut misfits) = read_toml(text, 0, |fields| {
            let terms = fields.tables("term", read_term);
            terms.into_iter().flatten().collect::<Vec<_>>()
        });
        super::refuse_twins(entries.iter().map(|term| &term.term), &mut misfits);
        (entries, misfits)
    }
}

fn read_term(fields: &mut Fields<'_>) -> Option<Term> {
    let term = fields.required_text("term", "write the term as it stands in a text");
    let expansion = fields.text("expansion");
    let plain = fields.required_text("plain", "explain it in one plain sentence");
    let also = fields.texts("also");
    Some(Term {
        term: term?,
        expansion: expansion.map(|expansion| expansion.value),
        plain: plain?,
        also: also.into_iter().map(|spelling| spelling.value).collect(),
    })
}
