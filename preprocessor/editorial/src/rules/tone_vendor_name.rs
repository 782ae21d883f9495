//! Names of makers and products where they may not stand.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Check, Findings, Rule};
use crate::outline::Block;
use crate::page::Page;
use crate::passage::Reading;
use crate::piece::{Kind, Piece};
use crate::registry::NameClass;
use crate::shelf::Shelf;
use crate::words::{Searched, whole_words};

const HELP: &str = "say what kind of thing it is instead, or see content/names.toml";

pub(super) const RULE: Rule = Rule {
    name: "tone/vendor-name",
    wants: "No maker or product is named where a buyer decides; tools are named only as examples.",
    why: "These pages are read where competitors meet and where buyers decide, so that antitrust \
          rules matter to them. content/names.toml says where each name may stand: tools that illustrate, anywhere but \
          where a buyer decides (the checklist, and pages with the topic \"procurement\"); names \
          from public events, in incident sheets and papers; the others, nowhere. A sample, a \
          figure or a quiz is judged by every page that shows it.",
    can_be_waived: true,
    check: Check::PageAndShelf(check, check_content),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    let piece = page.piece.as_ref();
    let texts = texts(page);
    for name in &shelf.names.entries {
        let Some(problem) = forbidden(name.class, piece) else {
            continue;
        };
        let places = texts.iter().flat_map(|text| text.places(&name.name.value));
        for span in places {
            findings.error(
                &page.file,
                span,
                format!("\"{}\" {problem}", name.name.value),
                HELP,
            );
        }
    }
}

fn check_content(shelf: &Shelf, findings: &mut Findings) {
    check_checklist(shelf, findings);
    let on_a_page = |class| forbidden(class, None);
    check_reading(shelf, &Reading::of_terms(&shelf.terms), on_a_page, findings);
    let showing = pages_by_sample(shelf);
    for file in &shelf.samples {
        let shown = showing.get(file.id.as_str());
        let shown = shown.map_or(&[][..], |pages| pages.as_slice());
        if let Some(reading) = Reading::of_sample(file) {
            check_reading(
                shelf,
                &reading,
                |class| forbidden_on(class, shown),
                findings,
            );
        }
    }
    for file in &shelf.quizzes {
        let page = file.quiz.as_ref().map(|quiz| quiz.lesson_path());
        let shown: Vec<&Page> = page.iter().filter_map(|page| shelf.page(page)).collect();
        if let Some(reading) = Reading::of_quiz(file) {
            check_reading(
                shelf,
                &reading,
                |class| forbidden_on(class, &shown),
                findings,
            );
        }
    }
    for file in &shelf.figures {
        let shown = pages_with(shelf, |page| {
            page.outline
                .figures()
                .any(|found| found.argument == file.id)
        });
        if let Some(reading) = Reading::of_figure(file) {
            check_reading(
                shelf,
                &reading,
                |class| forbidden_on(class, &shown),
                findings,
            );
        }
    }
}

/// The pages that show each sample, by its id: with a directive of its own, or as the "before" of another.
fn pages_by_sample(shelf: &Shelf) -> HashMap<&str, Vec<&Page>> {
    let samples = shelf.samples.iter();
    let befores: HashMap<&str, &str> = samples
        .filter_map(|file| {
            let before = file.sample.as_ref()?.before.as_ref()?;
            Some((file.id.as_str(), before.value.as_str()))
        })
        .collect();
    let mut showing: HashMap<&str, Vec<&Page>> = HashMap::new();
    for page in &shelf.pages {
        let named = page.outline.samples().map(|found| found.argument.as_str());
        let shown = named.flat_map(|id| [Some(id), befores.get(id).copied()]);
        let shown: HashSet<&str> = shown.flatten().collect();
        for id in shown {
            showing.entry(id).or_default().push(page);
        }
    }
    showing
}

fn pages_with(shelf: &Shelf, shows: impl Fn(&Page) -> bool) -> Vec<&Page> {
    shelf.pages.iter().filter(|page| shows(page)).collect()
}

/// What is wrong with a name on the strictest of the pages; where there is none, a name of a public
/// event may still find its page.
fn forbidden_on(class: NameClass, pages: &[&Page]) -> Option<&'static str> {
    if pages.is_empty() {
        return forbidden_at(class, Kind::Paper, false);
    }
    let mut pages = pages.iter();
    pages.find_map(|page| forbidden(class, page.piece.as_ref()))
}

/// Finds the names that may not stand in what is read in a file.
fn check_reading(
    shelf: &Shelf,
    reading: &Reading<'_>,
    forbidden: impl Fn(NameClass) -> Option<&'static str>,
    findings: &mut Findings,
) {
    for name in &shelf.names.entries {
        let Some(problem) = forbidden(name.class) else {
            continue;
        };
        for passage in &reading.passages {
            for found in passage.searched().whole_words(&name.name.value) {
                findings.error(
                    reading.file,
                    passage.span(found),
                    format!("\"{}\" {problem}", name.name.value),
                    HELP,
                );
            }
        }
    }
}

/// Where the checklist helps, a buyer decides, whatever page shows it.
fn check_checklist(shelf: &Shelf, findings: &mut Findings) {
    let file = &shelf.checklist.file;
    for name in &shelf.names.entries {
        let Some(problem) = forbidden_at(name.class, Kind::Checklist, true) else {
            continue;
        };
        let tasks = shelf.checklist.entries.iter();
        for text in tasks.flat_map(|task| [&task.task, &task.why]) {
            let written = &file.text()[text.span.clone()];
            for found in whole_words(written, &name.name.value) {
                findings.error(
                    file,
                    text.span.start + found.start..text.span.start + found.end,
                    format!("\"{}\" {problem}", name.name.value),
                    HELP,
                );
            }
        }
    }
}

fn forbidden(class: NameClass, piece: Option<&Piece>) -> Option<&'static str> {
    let kind = piece.map_or(Kind::Page, |piece| piece.kind);
    let buyer_decides = kind == Kind::Checklist
        || piece.is_some_and(|piece| {
            piece
                .topics
                .iter()
                .any(|topic| topic.value == "procurement")
        });
    forbidden_at(class, kind, buyer_decides)
}

fn forbidden_at(class: NameClass, kind: Kind, buyer_decides: bool) -> Option<&'static str> {
    match class {
        NameClass::Illustration if buyer_decides => Some("may not be named where a buyer decides"),
        NameClass::Incident if !matches!(kind, Kind::Incident | Kind::Paper) => {
            Some("may be named only in an incident sheet or a paper")
        }
        NameClass::Never => Some("is the name of a maker or a product"),
        _ => None,
    }
}

/// A text of a page, in which many names are looked for, with the way back to the file.
struct Text<'p> {
    searched: Searched<'p>,
    place: Place<'p>,
}

enum Place<'p> {
    Block(&'p Block),
    /// Written in the file as it reads, from this byte on.
    From(usize),
}

impl Text<'_> {
    /// Where a name stands in the file.
    fn places(&self, name: &str) -> impl Iterator<Item = Range<usize>> {
        let found = self.searched.whole_words(name).into_iter();
        found.map(|found| match self.place {
            Place::Block(block) => block.span(found),
            Place::From(start) => start + found.start..start + found.end,
        })
    }
}

/// The page's prose, its headings and what the front matter says to readers.
fn texts(page: &Page) -> Vec<Text<'_>> {
    let blocks = page.outline.blocks.iter().map(|block| Text {
        searched: Searched::new(&block.text),
        place: Place::Block(block),
    });
    let headings = page
        .outline
        .headings
        .iter()
        .map(|heading| heading.span.clone());
    let front = page.piece.iter().flat_map(|piece| {
        [&piece.title]
            .into_iter()
            .chain(&piece.says)
            .chain(&piece.messages)
            .chain(&piece.action)
            .chain(&piece.topics)
            .map(|text| text.span.clone())
    });
    let written = headings.chain(front).map(|span| Text {
        searched: Searched::new(&page.file.text()[span.clone()]),
        place: Place::From(span.start),
    });
    blocks.chain(written).collect()
}
