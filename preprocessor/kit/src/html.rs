//! A text as a part of another website's page.
//!
//! It brings no style, no script and no class that it needs; what a site wants to dress has a class that
//! begins with `dicom-`.

use std::collections::BTreeSet;

use crate::document::{Block, Inline, Role};
use crate::markup::{Dress, Part, blocks, inlines};

/// How a text fits into the page around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The level of its first heading, from 1 to 6.
    pub level: u8,
    /// Stands before each of its ids, so that a page can hold several texts.
    pub prefix: String,
}

impl Fragment {
    /// A text below a page's title.
    pub fn new(prefix: impl Into<String>) -> Fragment {
        Fragment {
            level: 2,
            prefix: prefix.into(),
        }
    }
}

/// A text and the publications that it cites, as HTML for another website.
pub fn fragment(blocks: &[Block], notes: &[Vec<Inline>], fragment: &Fragment) -> String {
    let mut plain = Plain::new(notes.len(), fragment);
    let mut html = self::blocks(blocks, &mut plain);
    if notes.is_empty() {
        return html;
    }
    let level = plain.level(2);
    let id = plain.id("sources");
    html.push_str(&format!(
        "<h{level}{id}>Sources</h{level}>\n<ol class=\"dicom-sources\">\n"
    ));
    for (index, note) in notes.iter().enumerate() {
        let words = inlines(note, &mut plain);
        let back = plain.back(index);
        html.push_str(&format!(
            "<li id=\"{}\">{words}{back}</li>\n",
            plain.sources[index]
        ));
    }
    html.push_str("</ol>\n");
    html
}

/// No dress but the hooks for one.
struct Plain {
    prefix: String,
    /// The level of the first heading.
    base: u8,
    /// The levels, in the text, of the headings that the next one may stand below.
    above: Vec<u8>,
    /// Every id that is given.
    ids: BTreeSet<String>,
    /// The id of each source, and of each place where it is cited.
    sources: Vec<String>,
    cited: Vec<Vec<String>>,
}

impl Plain {
    fn new(notes: usize, fragment: &Fragment) -> Plain {
        let mut plain = Plain {
            prefix: token(&fragment.prefix),
            base: fragment.level.clamp(1, 6),
            above: Vec::new(),
            ids: BTreeSet::new(),
            sources: Vec::new(),
            cited: vec![Vec::new(); notes],
        };
        for number in 1..=notes {
            let id = plain.give(&format!("source-{number}"));
            plain.sources.push(id);
        }
        plain
    }

    /// An id that no other part has.
    fn give(&mut self, name: &str) -> String {
        let name = match self.prefix.as_str() {
            "" => token(name),
            prefix => format!("{prefix}-{}", token(name)),
        };
        let mut id = name.clone();
        let mut next = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{name}-{next}");
            next += 1;
        }
        id
    }

    /// The links from a source to where it is cited.
    fn back(&self, index: usize) -> String {
        let cited = self.cited.get(index).into_iter().flatten();
        let links = cited.enumerate().map(|(place, id)| {
            let (number, place) = (index + 1, place + 1);
            let mark = if place == 1 { String::new() } else { place.to_string() };
            format!(" <a href=\"#{id}\" aria-label=\"Back to citation {place} of source {number}\">↑{mark}</a>")
        });
        links.collect()
    }
}

impl Dress for Plain {
    const SAMPLE: (&'static str, &'static str) = ("figure", "figcaption");

    fn attributes(&self, part: Part) -> String {
        let class = match part {
            Part::Paragraph(Role::State) => "state",
            Part::Paragraph(Role::Says) => "says",
            Part::Paragraph(Role::Action) => "action",
            Part::Paragraph(Role::Facts) => "facts",
            Part::Paragraph(Role::Small) => "small",
            Part::Gap => "gap",
            Part::Sample => "sample",
            Part::Notices => "notices",
            Part::Provenance => "provenance",
            _ => return String::new(),
        };
        format!(" class=\"dicom-{class}\"")
    }

    /// One below the heading that it stands under, so that no level is left out.
    fn level(&mut self, level: u8) -> u8 {
        while self.above.last().is_some_and(|above| *above >= level) {
            self.above.pop();
        }
        let depth = self.above.len() as u8;
        self.above.push(level);
        self.base.saturating_add(depth).min(6)
    }

    fn id(&mut self, id: &str) -> String {
        format!(" id=\"{}\"", self.give(id))
    }

    fn note(&mut self, number: usize) -> String {
        let index = number.wrapping_sub(1);
        let Some(source) = self.sources.get(index).cloned() else {
            return String::new();
        };
        let place = self.cited[index].len() + 1;
        let id = self.give(&format!("cited-{number}-{place}"));
        self.cited[index].push(id.clone());
        format!(
            "<sup><a id=\"{id}\" href=\"#{source}\" aria-label=\"Source {number}\">[{number}]</a></sup>"
        )
    }
}

/// Letters, digits and dashes: an id, or part of one, that needs no escape anywhere.
fn token(text: &str) -> String {
    let letters = text.chars().map(|c| match c {
        c if c.is_ascii_alphanumeric() || c == '_' => c,
        _ => '-',
    });
    letters.collect()
}

#[cfg(test)]
mod tests;
