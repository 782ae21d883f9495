//! What can be found: pages, the questions on them, and terms.

use std::ops::Range;

use editorial::anchors::{term_id, term_slugs};
use editorial::{Heading, Kind, Page, Piece, Placed, Shelf, Term, with_quotes};
use serde::Serialize;

use super::text::lines;
use crate::summary::parts;

/// One thing that can be found. Texts that are empty are left out.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    /// Where it stands, from the root of the site.
    pub(super) address: String,
    /// The question, the title or the term.
    pub(super) title: String,
    /// The sentence that answers it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) says: String,
    /// What it is, in words for readers; empty for a page that is nothing in particular.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) kind: &'static str,
    /// The heading of the summary, or the page, under which it stands.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) part: String,
    /// What else readers call it, one a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) also: String,
    /// Its topics, its messages and what to do, one a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) about: String,
    /// The id and the words of each heading.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) headings: Vec<(String, String)>,
    /// What a reader reads there, a paragraph a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) text: String,
}

/// Every page of the summary that has front matter, in order, each followed by the questions that
/// stand on it; then every term.
pub(super) fn entries(shelf: &Shelf) -> Vec<Entry> {
    let mut entries = Vec::new();
    for part in parts(shelf) {
        for page in part.pages {
            let Some(piece) = &page.piece else { continue };
            let asked = questions(page, piece);
            entries.push(of_page(page, piece, part.title, &asked, shelf));
            let asked = asked.iter();
            entries.extend(
                asked.map(|(heading, id, range)| {
                    of_question(page, piece, heading, id, range, shelf)
                }),
            );
        }
    }
    if let Some(page) = shelf.glossary_page() {
        let terms = &shelf.terms.entries;
        let slugs = term_slugs(terms);
        let terms = terms.iter().zip(&slugs);
        entries.extend(terms.map(|(term, slug)| of_term(term, slug, page)));
    }
    entries
}

fn of_page(
    page: &Page,
    piece: &Piece,
    part: Option<&str>,
    asked: &[(&Heading, &str, Range<usize>)],
    shelf: &Shelf,
) -> Entry {
    let is_apart = |at: usize| asked.iter().any(|(_, _, range)| range.contains(&at));
    let headings = page.outline.headings.iter();
    let headings = headings.filter(|heading| !is_apart(heading.span.start));
    let about = piece.topics.iter().chain(&piece.messages);
    let about = about.chain(&piece.action);
    Entry {
        address: page.address().unwrap_or_default(),
        title: with_quotes(&piece.title.value),
        says: (piece.says.as_ref()).map_or(String::new(), |says| with_quotes(&says.value)),
        kind: in_words(piece.kind),
        part: part.map_or(String::new(), with_quotes),
        also: a_line_each(piece.also.iter()),
        about: a_line_each(about),
        headings: headings
            .filter_map(|heading| Some((heading.id.clone()?, with_quotes(&heading.words.text))))
            .collect(),
        text: with_quotes(&lines(page, |at| !is_apart(at), shelf).join("\n")),
    }
}

/// A question that stands on a page among others, with its answer.
fn of_question(
    page: &Page,
    piece: &Piece,
    heading: &Heading,
    id: &str,
    range: &Range<usize>,
    shelf: &Shelf,
) -> Entry {
    let mut lines = lines(page, |at| range.contains(&at), shelf).into_iter();
    Entry {
        address: format!("{}#{id}", page.address().unwrap_or_default()),
        title: with_quotes(heading.words.text.trim()),
        says: with_quotes(&lines.next().unwrap_or_default()),
        kind: "Question",
        part: with_quotes(&piece.title.value),
        also: String::new(),
        about: String::new(),
        headings: Vec::new(),
        text: with_quotes(&lines.collect::<Vec<_>>().join("\n")),
    }
}

fn of_term(term: &Term, slug: &str, glossary: &Page) -> Entry {
    let expansion = term.expansion.iter();
    let expansion: String = expansion.map(|words| format!(" ({words})")).collect();
    Entry {
        address: format!(
            "{}#{}",
            glossary.address().unwrap_or_default(),
            term_id(slug)
        ),
        title: with_quotes(&format!("{}{expansion}", term.term.value)),
        says: with_quotes(&term.plain.value),
        kind: "Term",
        part: glossary_title(glossary),
        also: with_quotes(&term.also.join("\n")),
        about: String::new(),
        headings: Vec::new(),
        text: String::new(),
    }
}

fn a_line_each<'a>(texts: impl Iterator<Item = &'a Placed<String>>) -> String {
    let texts: Vec<String> = texts.map(|text| with_quotes(&text.value)).collect();
    texts.join("\n")
}

fn glossary_title(glossary: &Page) -> String {
    let piece = glossary.piece.as_ref();
    piece.map_or(String::new(), |piece| with_quotes(&piece.title.value))
}

/// The headings of a page that ask a question and have an id, each with the bytes from it to the next
/// heading. A piece that is one answer has none.
fn questions<'a>(page: &'a Page, piece: &Piece) -> Vec<(&'a Heading, &'a str, Range<usize>)> {
    if piece.kind != Kind::Page {
        return Vec::new();
    }
    let headings = &page.outline.headings;
    let ends = headings.iter().skip(1).map(|next| next.span.start);
    let sections = headings.iter().zip(ends.chain([page.body.end]));
    sections
        .filter(|(heading, _)| heading.words.text.trim_end().ends_with('?'))
        .filter_map(|(heading, end)| {
            Some((heading, heading.id.as_deref()?, heading.span.start..end))
        })
        .collect()
}

fn in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Answer => "Answer",
        Kind::Incident => "Incident sheet",
        Kind::Paper => "Paper",
        Kind::Checklist => "Checklist",
        Kind::Lesson => "Lesson",
        Kind::Page => "",
    }
}
