//! What the pages draw on: publications, terms, names, words, the tasks of the checklist; what has
//! changed; the addresses they were published at; and the words of the press kit.

mod changes;
mod checklist;
mod lists;
mod names;
mod press;
mod redirects;
mod sources;
mod terms;

pub use changes::Change;
pub use checklist::{Milestone, Tag, Task};
pub use names::{Name, NameClass};
pub use press::{Contact, Press, Wording, Words};
pub use redirects::Redirect;
pub use sources::{Source, Verified};
pub use terms::Term;

pub(crate) use lists::{parse_addresses, parse_words};

use crate::finding::Misfit;
use crate::source_text::SourceText;

/// The entries of one registry file, with the file and what is wrong in it.
#[derive(Debug, Clone)]
pub struct Registry<T> {
    /// The file as it lies on the disk.
    pub file: SourceText,
    /// Its entries, in the file's order.
    pub entries: Vec<T>,
    /// What could not be read.
    pub misfits: Vec<Misfit>,
}

impl<T> Registry<T> {
    /// Reads a registry file with the reader for its entries.
    pub(crate) fn read(
        file: SourceText,
        parse: impl FnOnce(&str) -> (Vec<T>, Vec<Misfit>),
    ) -> Self {
        let (entries, misfits) = parse(file.text());
        Registry {
            file,
            entries,
            misfits,
        }
    }
}

/// Notes every key that stands twice.
pub(crate) fn refuse_twins<'a>(
    keys: impl Iterator<Item = &'a crate::fields::Placed<String>>,
    misfits: &mut Vec<Misfit>,
) {
    let mut seen = std::collections::HashSet::new();
    for key in keys {
        if !seen.insert(key.value.as_str()) {
            misfits.push(Misfit::new(
                key.span.clone(),
                format!("\"{}\" stands here for the second time", key.value),
                "keep one entry",
            ));
        }
    }
}
