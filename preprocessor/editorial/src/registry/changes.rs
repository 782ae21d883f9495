//! `content/changes.toml`: what readers may want to know has changed, one sentence a change.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::day::Day;
use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;
use crate::words;

/// As many words as a sentence of a page may have.
const LONGEST: usize = 30;

/// Something that readers of earlier days may want to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Names the change to those who follow the feed; never used again for another.
    pub id: Placed<String>,
    /// The day on which readers first saw it.
    pub date: Placed<Day>,
    /// What has changed, in one plain sentence.
    pub what: Placed<String>,
    /// The pages it is about, as seen from `src/`, the most telling first.
    pub pages: Vec<Placed<String>>,
}

impl Change {
    /// The files of its pages, relative to the book's root.
    pub fn paths(&self) -> impl Iterator<Item = PathBuf> {
        let pages = self.pages.iter();
        pages.map(|page| Path::new("src").join(&page.value))
    }

    pub(crate) fn parse_all(text: &str) -> (Vec<Change>, Vec<Misfit>) {
        let (entries, mut misfits) = read_toml(text, 0, |fields| {
            let changes = fields.tables("change", read_change);
            changes.into_iter().flatten().collect::<Vec<_>>()
        });
        super::refuse_twins(entries.iter().map(|change| &change.id), &mut misfits);
        refuse_disorder(&entries, &mut misfits);
        (entries, misfits)
    }
}

fn read_change(fields: &mut Fields<'_>) -> Option<Change> {
    let id = fields.required_text("id", "give it an id, such as \"eight-more-answers\"");
    if let Some(id) = &id {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.value.chars().all(is_plain) {
            fields.misfit(
                id.span.clone(),
                format!("the id \"{}\" would not survive a link", id.value),
                "use lower-case letters, digits and hyphens",
            );
        }
    }
    let date = fields.day("date");
    if !fields.has("date") {
        fields.missing("date", "give the day on which readers first saw it");
    }
    let what = fields.required_text("what", "say in one plain sentence what has changed");
    if let Some(what) = &what {
        check_sentence(fields, what);
    }
    let pages = fields.required_texts(
        "pages",
        "name the pages as src/SUMMARY.md does: pages = [\"answers/decoys.md\"]",
    );
    refuse_repetition(fields, &pages);
    Some(Change {
        id: id?,
        date: date?,
        what: what?,
        pages,
    })
}

/// A feed shows the sentence by itself, and many programs cut a long one.
fn check_sentence(fields: &Fields<'_>, what: &Placed<String>) {
    let text = what.value.trim();
    let sentences = words::sentences_of(text).len();
    let length = words::words(text).count();
    let (problem, help) = if sentences > 1 {
        (
            format!("these are {sentences} sentences; one is wanted"),
            "keep what readers must know; the pages say the rest",
        )
    } else if length > LONGEST {
        (format!("this sentence has {length} words"), "cut it to 30")
    } else if !text.is_empty() && !text.ends_with('.') {
        (
            "the sentence has no end".to_owned(),
            "close it with a full stop",
        )
    } else {
        return;
    };
    fields.misfit(what.span.clone(), problem, help);
}

fn refuse_repetition(fields: &Fields<'_>, pages: &[Placed<String>]) {
    let mut seen = HashSet::new();
    for page in pages {
        if !seen.insert(page.value.as_str()) {
            fields.misfit(
                page.span.clone(),
                format!("{} is named for the second time", page.value),
                "name it once",
            );
        }
    }
}

/// Notes every change that is newer than the one above it.
fn refuse_disorder(changes: &[Change], misfits: &mut Vec<Misfit>) {
    for pair in changes.windows(2) {
        let [above, below] = pair else { continue };
        if below.date.value > above.date.value {
            misfits.push(Misfit::new(
                below.date.span.clone(),
                format!("{} is newer than the change above it", below.date.value),
                "put the newest first",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, date: &str, what: &str) -> String {
        format!("[[change]]\nid = \"{id}\"\ndate = {date}\nwhat = \"{what}\"\npages = [\"a.md\"]\n")
    }

    #[test]
    fn changes_stand_newest_first_each_in_a_sentence() {
        for (first, second, wrong) in [
            (
                entry("a", "2026-11-22", "One."),
                entry("b", "2026-11-22", "Two."),
                None,
            ),
            (
                entry("a", "2026-11-22", "One."),
                entry("b", "2026-11-23", "Two."),
                Some("2026-11-23"),
            ),
            (
                entry("a", "2026-11-22", "One."),
                entry("a", "2026-11-21", "Two."),
                Some("\"a\""),
            ),
            (
                entry("a", "2026-11-22", "One"),
                String::new(),
                Some("\"One\""),
            ),
            (
                entry("a", "2026-11-22", "One. And two."),
                String::new(),
                Some("\"One. And two.\""),
            ),
            (
                entry("a b", "2026-11-22", "One."),
                String::new(),
                Some("\"a b\""),
            ),
            (
                entry("a", "\"today\"", "One."),
                String::new(),
                Some("\"today\""),
            ),
        ] {
            let text = first + &second;
            let (_, misfits) = Change::parse_all(&text);
            let places: Vec<_> = misfits
                .iter()
                .map(|found| &text[found.span.clone()])
                .collect();
            assert_eq!(places, Vec::from_iter(wrong), "{text}\n{misfits:?}");
        }
    }

    #[test]
    fn a_long_sentence_is_noticed_and_one_of_thirty_words_is_not() {
        for (words, count) in [(30, 0), (31, 1)] {
            let what = "word ".repeat(words - 1) + "end.";
            let (_, misfits) = Change::parse_all(&entry("a", "2026-11-22", &what));
            assert_eq!(misfits.len(), count, "{words}: {misfits:?}");
        }
    }
}
