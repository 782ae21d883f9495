//! A door for the fuzzer: any bytes, read as what an editor wrote. It is open only in builds for fuzzing
//! and in tests.
#![allow(clippy::unwrap_used)]

use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use crate::finding::Misfit;
use crate::registry::{parse_addresses, parse_words};
use crate::{Change, Day, Finding, FrontMatter, Name, Outline, Page, Press, Redirect, Registry};
use crate::{FigureFile, LabFile, QuizFile, SampleFile, Shelf, Source, SourceText, Task, Term};
use crate::{check_expanded, front_matter};

/// The book of the tests, with sources, terms, names and samples of which pages can speak.
fn book() -> &'static Shelf {
    static BOOK: OnceLock<Shelf> = OnceLock::new();
    BOOK.get_or_init(|| {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../shelf/tests/book");
        Shelf::read(Path::new(root), Day::new(2026, 11, 22)).unwrap()
    })
}

fn lies_in(text: &str, span: &Range<usize>) {
    assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
}

/// Reads bytes as a page and holds it against every rule about pages.
pub fn page(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let FrontMatter::Closed { toml, body } = front_matter(&text) {
        lies_in(&text, &toml);
        assert!(toml.end < body && text.is_char_boundary(body));
    }
    let page = Page::read(SourceText::new("src/fuzz.md", text.clone()));
    misfits(&text, &page.misfits);
    outline(&text, page.body.start);
    findings(&text, &check_expanded(book(), &page));
}

fn outline(text: &str, base: usize) {
    let outline = Outline::read(text, base);
    let spans = (outline.headings.iter().map(|part| &part.span))
        .chain(outline.links.iter().map(|part| &part.span))
        .chain(outline.citations.iter().map(|part| &part.span))
        .chain(outline.definitions.iter().map(|part| &part.span))
        .chain(&outline.html)
        .chain(outline.code_blocks.iter().map(|part| &part.span))
        .chain(outline.directives.iter().map(|part| &part.span))
        .chain(outline.directives.iter().map(|part| &part.argument_span))
        .chain(&outline.not_prose);
    for span in spans {
        lies_in(text, span);
    }
    for block in &outline.blocks {
        for (at, _) in block.text.char_indices() {
            assert!(text.is_char_boundary(block.place(at)), "{at} in {block:?}");
        }
    }
}

/// Reads bytes as a file of `content/` and holds the shelf with it against the rules about shelves. The first
/// byte says which file.
pub fn registry(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = SourceText::new("content/fuzz.toml", text.as_str());
    let id = || "fuzz".to_owned();
    let mut shelf = book().clone();
    match first % 13 {
        0 => shelf.sources = Registry::read(file, Source::parse_all),
        1 => shelf.terms = Registry::read(file, Term::parse_all),
        2 => shelf.names = Registry::read(file, Name::parse_all),
        3 => shelf.checklist = Registry::read(file, Task::parse_all),
        4 => shelf.changes = Registry::read(file, Change::parse_all),
        5 => shelf.press = Press::read(file),
        6 => shelf.redirects = Registry::read(file, Redirect::parse_all),
        7 => shelf.words = Registry::read(file, parse_words),
        8 => shelf.addresses = Registry::read(file, parse_addresses),
        9 => shelf.samples.push(SampleFile::read(id(), file)),
        10 => shelf.figures.push(FigureFile::read(id(), file)),
        11 => shelf.quizzes.push(QuizFile::read(id(), file)),
        _ => shelf.labs.push(LabFile::read(id(), file)),
    }
    findings(&text, &crate::rules::check_alone(&shelf));
}

fn misfits(text: &str, misfits: &[Misfit]) {
    for misfit in misfits {
        lies_in(text, &misfit.span);
    }
}

/// Findings about other files lie where those files say; they are not of interest here.
fn findings(text: &str, findings: &[Finding]) {
    for found in findings {
        if found.path.file_stem().is_some_and(|stem| stem == "fuzz") {
            lies_in(text, &found.span);
            let file = SourceText::new(&found.path, text);
            assert_eq!(
                file.line_and_column(found.span.start),
                (found.line, found.column)
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Every committed input of the fuzzer, read with the stable compiler.
    #[test]
    fn every_input_of_the_fuzzer_can_be_read() {
        type Target = (&'static str, fn(&[u8]));
        let targets: [Target; 2] = [("editorial", page), ("registries", registry)];
        let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
        for (target, read) in targets {
            let folders = ["corpus", "regressions"].map(|kind| fuzz.join(kind).join(target));
            let files: Vec<_> = folders
                .iter()
                .filter_map(|folder| fs::read_dir(folder).ok())
                .flatten()
                .collect();
            assert!(files.len() >= 5, "{target} has {} files", files.len());
            for file in files {
                read(&fs::read(file.unwrap().path()).unwrap());
            }
        }
    }
}
