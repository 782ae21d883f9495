//! Taking a TOML table apart so that every problem is found, not just the first.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::misfit::Misfit;

/// The problems found so far.
#[derive(Default)]
pub(super) struct Misfits(pub(super) Vec<Misfit>);

impl Misfits {
    /// Notes one problem.
    pub(super) fn add(
        &mut self,
        span: Range<usize>,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Misfit {
            span,
            problem: problem.into(),
            help: help.into(),
        });
    }
}

/// A table whose keys are asked for one by one.
pub(super) struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    span: Range<usize>,
    asked: BTreeSet<&'static str>,
}

/// A string of the text and its place.
pub(super) type Text<'t> = (&'t str, Range<usize>);

impl<'t, 'i> Fields<'t, 'i> {
    /// Begins with a table.
    pub(super) fn new(table: &'t DeTable<'i>, span: Range<usize>) -> Fields<'t, 'i> {
        Fields {
            table,
            span,
            asked: BTreeSet::new(),
        }
    }

    /// The value of a key, if it is there.
    pub(super) fn optional(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.insert(key);
        self.table
            .iter()
            .find(|(name, _)| name.get_ref().as_ref() == key)
            .map(|(_, value)| value)
    }

    /// The value of a key that must be there.
    pub(super) fn required(
        &mut self,
        key: &'static str,
        example: &str,
        misfits: &mut Misfits,
    ) -> Option<&'t Spanned<DeValue<'i>>> {
        let value = self.optional(key);
        if value.is_none() {
            misfits.add(
                self.span.clone(),
                format!("`{key}` is missing"),
                format!("add a line such as `{key} = {example}`"),
            );
        }
        value
    }

    /// A string that must be there.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        example: &str,
        misfits: &mut Misfits,
    ) -> Option<Text<'t>> {
        let value = self.required(key, example, misfits)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            misfits.add(
                value.span(),
                format!("`{key}` is not a string"),
                format!("write it as {example}"),
            );
        }
        Some((text?, value.span()))
    }

    /// A string that must be there and mean something.
    pub(super) fn word<T>(
        &mut self,
        key: &'static str,
        example: &str,
        misfits: &mut Misfits,
        meaning: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let (text, span) = self.text(key, example, misfits)?;
        let meaning = meaning(text);
        if meaning.is_none() {
            misfits.add(
                span,
                format!("`{key}` cannot be {text:?}"),
                format!("write {example}"),
            );
        }
        meaning
    }

    /// The tables of `[[key]]`, each with its place; none, if there is no key.
    pub(super) fn tables(
        &mut self,
        key: &'static str,
        misfits: &mut Misfits,
    ) -> Vec<Fields<'t, 'i>> {
        let Some(value) = self.optional(key) else {
            return Vec::new();
        };
        let mut tables = Vec::new();
        let mut strangers = vec![value.span()];
        if let Some(array) = value.get_ref().as_array() {
            strangers.clear();
            for item in array.iter() {
                match item.get_ref().as_table() {
                    Some(table) => tables.push(Fields::new(table, item.span())),
                    None => strangers.push(item.span()),
                }
            }
        }
        for span in strangers {
            misfits.add(
                span,
                format!("`{key}` is not a list of tables"),
                format!("write `[[{key}]]` on a line of its own and its settings below"),
            );
        }
        tables
    }

    /// The table of `[key]`, if it is there.
    pub(super) fn table(
        &mut self,
        key: &'static str,
        misfits: &mut Misfits,
    ) -> Option<Fields<'t, 'i>> {
        let value = self.optional(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            misfits.add(
                value.span(),
                format!("`{key}` is not a table"),
                format!("write `[{key}]` on a line of its own and its settings below"),
            );
        }
        Some(Fields::new(table?, value.span()))
    }

    /// A string that may be left out, and then has a usual meaning.
    pub(super) fn word_or<T>(
        &mut self,
        key: &'static str,
        example: &str,
        misfits: &mut Misfits,
        usual: T,
        meaning: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        match self.optional(key) {
            None => Some(usual),
            Some(_) => self.word(key, example, misfits, meaning),
        }
    }

    /// `true` or `false`; `false` where it is left out.
    pub(super) fn flag(&mut self, key: &'static str, misfits: &mut Misfits) -> bool {
        let Some(value) = self.optional(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            misfits.add(
                value.span(),
                format!("`{key}` is neither true nor false"),
                format!("write {key} = true, or leave it out"),
            );
            false
        })
    }

    /// The place of the table.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Ends the reading: a key nobody asked for is a problem.
    pub(super) fn finish(self, misfits: &mut Misfits) {
        for (name, _) in self.table.iter() {
            if !self.asked.contains(name.get_ref().as_ref()) {
                let known: Vec<_> = self.asked.iter().copied().collect();
                misfits.add(
                    name.span(),
                    format!("nobody knows the key `{}`", name.get_ref()),
                    format!("known here: {}", known.join(", ")),
                );
            }
        }
    }
}
