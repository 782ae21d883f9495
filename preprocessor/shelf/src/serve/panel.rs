//! What the panel beside a page is told: the page's findings, and how many there are elsewhere.

use std::collections::BTreeMap;
use std::path::Path;

use editorial::{Finding, Severity};
use serde::Serialize;

use super::address::{page_of, source};
use super::edition::Edition;

/// The most findings, and the most other files, that a panel lists.
const MOST: usize = 50;
/// The most characters of one text.
const LONGEST: usize = 600;

/// What a page that waited is told. `theme/serve/live.js` reads these names.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct News<'a> {
    /// The last attempt.
    edition: u64,
    /// The edition whose website is in sight.
    site: u64,
    /// Whether the website in sight is that of the last attempt.
    current: bool,
    /// Milliseconds after which to ask again.
    again: u64,
    /// What kept the attempt from being made.
    trouble: Option<String>,
    /// The file that the page was made from.
    path: Option<&'a Path>,
    /// What was found in it.
    here: Vec<Row<'a>>,
    /// How many more were found in it.
    more: usize,
    /// Other files in which something was found.
    elsewhere: Vec<Other<'a>>,
    /// How many more files there are.
    more_elsewhere: usize,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    severity: String,
    rule: &'a str,
    line: usize,
    column: usize,
    problem: String,
    help: String,
}

#[derive(Debug, Default, Serialize)]
struct Other<'a> {
    path: &'a str,
    /// The address of its page, if it is one.
    page: Option<String>,
    errors: usize,
    warnings: usize,
}

/// The script that tells the page at `address` of an edition. Whatever the findings say, it calls
/// nothing but the page's listener: the texts are strings of JSON, and shown as text.
pub(super) fn script(edition: &Edition, address: &str, again: u64) -> String {
    let json = serde_json::to_string(&news(edition, address, again)).unwrap_or_default();
    format!(
        "document.dispatchEvent(new CustomEvent(\"shelf:news\", {{ detail: {} }}));\n",
        inert(&json)
    )
}

fn news<'a>(edition: &'a Edition, address: &str, again: u64) -> News<'a> {
    let shelf = edition.shelf.as_deref();
    let path = shelf.and_then(|shelf| source(shelf, address));
    let path = path.map(|page| page.file.path());
    let (mut here, away): (Vec<&Finding>, Vec<&Finding>) = edition
        .findings
        .iter()
        .partition(|found| Some(found.path.as_path()) == path);
    here.sort_by_key(|found| (found.severity, found.span.start, found.rule));
    let mut elsewhere: BTreeMap<&Path, Other<'_>> = BTreeMap::new();
    for found in away {
        let other = elsewhere.entry(&found.path).or_default();
        match found.severity {
            Severity::Error => other.errors += 1,
            Severity::Warning => other.warnings += 1,
        }
    }
    News {
        edition: edition.number,
        site: edition.in_sight(),
        current: edition.in_sight() == edition.number,
        again,
        trouble: edition.trouble.as_deref().map(cut),
        path,
        more: here.len().saturating_sub(MOST),
        here: here.into_iter().take(MOST).map(row).collect(),
        more_elsewhere: elsewhere.len().saturating_sub(MOST),
        elsewhere: elsewhere
            .into_iter()
            .take(MOST)
            .map(|(path, other)| Other {
                path: path.to_str().unwrap_or("a file whose name is no text"),
                page: shelf.and_then(|shelf| page_of(shelf, path)),
                ..other
            })
            .collect(),
    }
}

fn row(found: &Finding) -> Row<'_> {
    Row {
        severity: found.severity.to_string(),
        rule: found.rule,
        line: found.line,
        column: found.column,
        problem: cut(&found.problem),
        help: cut(&found.help),
    }
}

/// A text that fits, with a mark where it was cut.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// JSON that stays a value wherever a script stands: no end of a script, no line that old engines break.
fn inert(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            _ => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests;
