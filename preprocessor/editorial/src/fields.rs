//! Reads TOML tables field by field, so that one run reports every problem of a file.
//!
//! Deserialising into a struct stops at the first surprise; an editor wants all of them at once,
//! each at its own column.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::day::Day;
use crate::finding::Misfit;
use crate::nearest::did_you_mean;

/// A value together with the bytes it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Range<usize>,
}

/// The largest number that a book may hold: thousands of these add up to a `u64`, and a `f64` keeps each exactly.
pub(crate) const LARGEST: u64 = 999_999_999_999_999;

/// The problems met while a file is read; shared by the readers of its nested tables.
pub(crate) type Misfits = Rc<RefCell<Vec<Misfit>>>;

/// Parses TOML and hands its top table to `read`. `base` is added to every position.
pub(crate) fn read_toml<T>(
    text: &str,
    base: usize,
    read: impl FnOnce(&mut Fields<'_>) -> T,
) -> (T, Vec<Misfit>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let misfits: Misfits = Rc::default();
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        misfits.borrow_mut().push(Misfit::new(
            base + span.start..base + span.end,
            format!("this is not TOML: {}", error.message().trim()),
            "write `key = \"value\"`, with quotation marks around text",
        ));
    }
    let syntax_is_broken = !errors.is_empty();
    let mut fields = Fields {
        table: table.get_ref(),
        span: base..base,
        text,
        base,
        known: Vec::new(),
        known_by_another_crate: false,
        misfits: Rc::clone(&misfits),
    };
    let value = read(&mut fields);
    fields.refuse_unknown();
    let mut found = misfits.take();
    if syntax_is_broken {
        // What a broken line hides would be reported as missing; only the syntax is worth reading.
        found.truncate(errors.len());
    }
    (value, found)
}

/// One TOML table, read field by field.
pub(crate) struct Fields<'t> {
    table: &'t DeTable<'t>,
    span: Range<usize>,
    text: &'t str,
    base: usize,
    known: Vec<&'static str>,
    known_by_another_crate: bool,
    misfits: Misfits,
}

impl<'t> Fields<'t> {
    /// The bytes this table stands in.
    pub(crate) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Notes a problem.
    pub(crate) fn misfit(
        &self,
        span: Range<usize>,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.misfits
            .borrow_mut()
            .push(Misfit::new(span, problem, help));
    }

    fn place(&self, span: Range<usize>) -> Range<usize> {
        self.base + span.start..self.base + span.end
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(_, value)| value)
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        self.misfit(
            self.place(value.span()),
            format!(
                "`{key}` is {}, but {wanted} was expected",
                with_article(value.get_ref().type_str())
            ),
            format!("write {wanted}"),
        );
    }

    /// Notes that a field is not there.
    pub(crate) fn missing(&self, key: &str, help: &str) {
        self.misfit(self.span(), format!("`{key}` is missing"), help);
    }

    /// A text that may be absent.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Placed<String>> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(Placed {
                value: text.to_owned(),
                span: self.place(value.span()),
            }),
            None => {
                self.wrong_type(key, value, "text in quotation marks");
                None
            }
        }
    }

    /// A text that must be there and say something.
    pub(crate) fn required_text(
        &mut self,
        key: &'static str,
        help: &str,
    ) -> Option<Placed<String>> {
        if !self.has(key) {
            self.known.push(key);
            self.missing(key, help);
            return None;
        }
        let text = self.text(key)?;
        if text.value.trim().is_empty() {
            self.misfit(text.span.clone(), format!("`{key}` is empty"), help);
        }
        Some(text)
    }

    /// Whether the key is written at all.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.keys().any(|name| name.get_ref() == key)
    }

    /// A whole number from 0 to [`LARGEST`], written without quotation marks; it may be absent.
    pub(crate) fn whole_number(&mut self, key: &'static str) -> Option<Placed<u64>> {
        let value = self.value(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|written| u64::from_str_radix(written.as_str(), written.radix()).ok());
        if number.is_none() {
            self.wrong_type(key, value, "a whole number, without quotation marks");
        }
        if number.is_some_and(|number| number > LARGEST) {
            self.misfit(
                self.place(value.span()),
                format!("`{key}` is larger than a book can count with"),
                "write a whole number of at most 15 digits",
            );
            return None;
        }
        number.map(|number| Placed {
            value: number,
            span: self.place(value.span()),
        })
    }

    /// `true` or `false`, written without quotation marks; it may be absent.
    pub(crate) fn truth(&mut self, key: &'static str) -> Option<Placed<bool>> {
        let value = self.value(key)?;
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.wrong_type(key, value, "true or false, without quotation marks");
        }
        truth.map(|truth| Placed {
            value: truth,
            span: self.place(value.span()),
        })
    }

    /// A list of texts; empty where absent.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<Placed<String>> {
        const WANTED: &str = "a list of texts, such as [\"one\", \"two\"]";
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value, WANTED);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push(Placed {
                    value: text.to_owned(),
                    span: self.place(item.span()),
                }),
                None => self.wrong_type(key, item, WANTED),
            }
        }
        texts
    }

    /// A list of texts that must be there and hold one.
    pub(crate) fn required_texts(&mut self, key: &'static str, help: &str) -> Vec<Placed<String>> {
        let Some(value) = self.value(key) else {
            self.missing(key, help);
            return Vec::new();
        };
        if value
            .get_ref()
            .as_array()
            .is_some_and(|list| list.is_empty())
        {
            self.misfit(self.place(value.span()), format!("`{key}` is empty"), help);
        }
        self.texts(key)
    }

    /// A day written as `2026-11-22`.
    pub(crate) fn day(&mut self, key: &'static str) -> Option<Placed<Day>> {
        let value = self.value(key)?;
        let day = value
            .get_ref()
            .as_datetime()
            .filter(|datetime| datetime.time.is_none())
            .and_then(|datetime| datetime.date)
            .map(|date| Day::new(date.year, date.month, date.day));
        if day.is_none() {
            self.wrong_type(
                key,
                value,
                "a day such as 2026-11-22, without quotation marks",
            );
        }
        day.map(|day| Placed {
            value: day,
            span: self.place(value.span()),
        })
    }

    /// A number, whole or not.
    pub(crate) fn number(&mut self, key: &'static str) -> Option<Placed<f64>> {
        let value = self.value(key)?;
        let number = number_of(value.get_ref());
        if number.is_none() {
            self.wrong_type(key, value, "a number such as 0.8");
        }
        number.map(|number| Placed {
            value: number,
            span: self.place(value.span()),
        })
    }

    /// A list of numbers, whole or not, with the place of the list.
    pub(crate) fn numbers(&mut self, key: &'static str) -> Option<Placed<Vec<f64>>> {
        let value = self.value(key)?;
        let list = value.get_ref().as_array();
        let numbers = list.and_then(|list| {
            let items = list.iter().map(|item| number_of(item.get_ref()));
            items.collect::<Option<Vec<_>>>()
        });
        if numbers.is_none() {
            self.wrong_type(key, value, "a list of numbers such as [0.8, 1.2]");
        }
        numbers.map(|numbers| Placed {
            value: numbers,
            span: self.place(value.span()),
        })
    }

    /// One of a list of words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<Placed<T>> {
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        let help = format!("choose one of: {}", words.join(", "));
        let text = self.required_text(key, &help)?;
        let chosen = choices.iter().find(|(word, _)| *word == text.value);
        if chosen.is_none() {
            self.misfit(
                text.span.clone(),
                format!("`{key}` cannot be \"{}\"", text.value),
                did_you_mean(&text.value, words, &help),
            );
        }
        chosen.map(|(_, value)| Placed {
            value: *value,
            span: text.span,
        })
    }

    /// A nested table, read by `read`.
    pub(crate) fn table<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table");
            return None;
        };
        Some(self.nested(table, value.span(), read))
    }

    /// An array of tables (`[[key]]`), each read by `read`; empty where absent.
    pub(crate) fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'_>) -> T,
    ) -> Vec<T> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "tables written as [[…]]");
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in list.iter() {
            match item.get_ref().as_table() {
                Some(table) => all.push(self.nested(table, item.span(), &mut read)),
                None => self.wrong_type(key, item, "tables written as [[…]]"),
            }
        }
        all
    }

    /// An array of tables whose content another crate understands: each as it was written, placed
    /// at its first key.
    pub(crate) fn raw_tables(&mut self, key: &'static str) -> Vec<Placed<toml::Table>> {
        self.tables(key, |fields| {
            fields.known_by_another_crate = true;
            let first = fields.table.keys().next();
            let span = first.map_or(fields.span(), |name| fields.place(name.span()));
            Placed {
                value: as_written(fields.table),
                span,
            }
        })
    }

    /// Every key of this table with its text, for a table whose keys are the editor's own.
    pub(crate) fn pairs(&mut self) -> Vec<(Placed<String>, Placed<String>)> {
        self.known_by_another_crate = true;
        let texts = self.table.iter().filter_map(|(key, value)| {
            let placed = |value: &str, span| Placed {
                value: value.to_owned(),
                span: self.place(span),
            };
            let text = placed(value.get_ref().as_str()?, value.span());
            Some((placed(key.get_ref(), key.span()), text))
        });
        texts.collect()
    }

    /// Passes over keys that nobody here asks for.
    pub(crate) fn leave_the_rest(&mut self) {
        self.known_by_another_crate = true;
    }

    fn nested<T>(
        &self,
        table: &DeTable<'_>,
        span: Range<usize>,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> T {
        let mut fields = Fields {
            table,
            span: self.place(span),
            text: self.text,
            base: self.base,
            known: Vec::new(),
            known_by_another_crate: false,
            misfits: Rc::clone(&self.misfits),
        };
        let value = read(&mut fields);
        fields.refuse_unknown();
        value
    }

    fn refuse_unknown(&self) {
        if self.known_by_another_crate {
            return;
        }
        for (key, _) in self.table.iter() {
            if !self.known.contains(&key.get_ref().as_ref()) {
                self.misfit(
                    self.place(key.span()),
                    format!("`{}` is not a key that belongs here", key.get_ref()),
                    did_you_mean(
                        key.get_ref(),
                        self.known.iter().copied(),
                        &format!("the keys are: {}", self.known.join(", ")),
                    ),
                );
            }
        }
    }
}

/// A table without the places of its parts.
fn as_written(table: &DeTable<'_>) -> toml::Table {
    let pairs = table.iter().filter_map(|(key, value)| {
        let value = value_as_written(value.get_ref())?;
        Some((key.get_ref().to_string(), value))
    });
    pairs.collect()
}

/// A value without its place; none where a number is larger than TOML allows.
fn value_as_written(value: &DeValue<'_>) -> Option<toml::Value> {
    Some(match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => {
            toml::Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()?)
        }
        DeValue::Float(number) => toml::Value::Float(number.as_str().parse().ok()?),
        DeValue::Boolean(truth) => toml::Value::Boolean(*truth),
        DeValue::Datetime(datetime) => toml::Value::Datetime(*datetime),
        DeValue::Array(items) => {
            let items = items.iter();
            toml::Value::Array(
                items
                    .filter_map(|item| value_as_written(item.get_ref()))
                    .collect(),
            )
        }
        DeValue::Table(table) => toml::Value::Table(as_written(table)),
    })
}

fn number_of(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(number) => number.as_str().parse().ok(),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .map(|number| number as f64),
        _ => None,
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}
