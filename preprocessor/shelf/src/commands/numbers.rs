//! `cargo shelf numbers`: every number that a reader meets, and what it rests on.

use std::io::{self, Write};
use std::ops::Range;

use anyhow::Result;
use editorial::{Block, Figure, Page, Placed, Rows, Shelf, SourceText, words};

use crate::Verdict;
use crate::progress::{count, say};
use crate::project::Project;

/// One number and what it rests on.
struct Number {
    /// `src/answers/shodan.md:12:40`
    place: String,
    /// As it is written.
    written: String,
    /// What it rests on; nothing where nobody could say.
    basis: Option<String>,
}

/// Prints every number of the book with its basis, or only those without.
pub(crate) fn run(project: &Project, only_without: bool) -> Result<Verdict> {
    let shelf = Shelf::read(&project.root, project.today)?;
    let mut numbers: Vec<Number> = Vec::new();
    for page in &shelf.pages {
        numbers.extend(of_page(page));
    }
    for file in &shelf.figures {
        let figure = file.figure.iter();
        numbers.extend(figure.flat_map(|figure| of_figure(&file.file, figure)));
    }
    for task in &shelf.checklist.entries {
        let keys: Vec<&str> = task.sources.iter().map(|key| key.value.as_str()).collect();
        for text in [&task.task, &task.why] {
            for (_, written) in numbers_in(&text.value) {
                numbers.push(Number {
                    place: place_of(&shelf.checklist.file, text.span.start),
                    written: written.to_owned(),
                    basis: Some(keys.join(", ")),
                });
            }
        }
    }
    for file in &shelf.samples {
        let Some(sample) = &file.sample else { continue };
        let notices = sample
            .notices
            .iter()
            .map(|notice| notice.says.value.as_str());
        let texts = [sample.title.value.as_str(), &sample.plain.value].into_iter();
        for written in texts.chain(notices).flat_map(numbers_in) {
            numbers.push(Number {
                place: file.file.path().display().to_string(),
                written: written.1.to_owned(),
                basis: Some("the sample's own run and claims".to_owned()),
            });
        }
    }
    let without = numbers.iter().filter(|found| found.basis.is_none()).count();
    let mut out = io::stdout().lock();
    for found in &numbers {
        if !only_without || found.basis.is_none() {
            let basis = found.basis.as_deref().unwrap_or("NOTHING NAMED");
            writeln!(out, "{}\t{}\t{basis}", found.place, found.written)?;
        }
    }
    say(
        "Listed",
        &format!(
            "{}, {without} without a source in the section",
            count(numbers.len(), "number")
        ),
    );
    Ok(Verdict::Good)
}

/// The numbers of a text, each with its place in it: every word with a digit in it.
fn numbers_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    words::words(text).filter_map(|(at, word)| {
        let number = word.trim_matches(|c: char| !c.is_alphanumeric());
        let start = at + (number.as_ptr().addr() - word.as_ptr().addr());
        number
            .contains(|c: char| c.is_ascii_digit())
            .then_some((start, number))
    })
}

fn of_page(page: &Page) -> Vec<Number> {
    let mut numbers = Vec::new();
    let sections = page.outline.sections(page.body.clone());
    for block in &page.outline.blocks {
        let extent = extent(page, block);
        let section = sections
            .iter()
            .map(|(_, section)| section)
            .find(|section| section.contains(&extent.start));
        for (at, written) in numbers_in(&block.text) {
            let place = block.place(at);
            numbers.push(Number {
                place: place_of(&page.file, place),
                written: written.to_owned(),
                basis: basis(page, place, &extent, section),
            });
        }
    }
    for heading in &page.outline.headings {
        let at = heading.span.start;
        let section = sections.iter().map(|(_, section)| section);
        let section = section.rev().find(|section| section.contains(&at));
        for (_, written) in numbers_in(&heading.words.text) {
            numbers.push(Number {
                place: place_of(&page.file, at),
                written: written.to_owned(),
                basis: basis(page, at, &(at..at), section),
            });
        }
    }
    let piece = page.piece.iter();
    let stated = piece.flat_map(|piece| {
        let above = [&piece.title].into_iter().chain(&piece.says);
        above.chain(&piece.messages).chain(&piece.action)
    });
    for text in stated {
        for (_, written) in numbers_in(&text.value) {
            numbers.push(Number {
                place: place_of(&page.file, text.span.start),
                written: written.to_owned(),
                basis: Some("the page's own text".to_owned()),
            });
        }
    }
    numbers
}

/// The bytes from a block's first word to the end of its last line, where its last citation stands.
fn extent(page: &Page, block: &Block) -> Range<usize> {
    let end = block.place(block.text.len());
    let rest = &page.file.text()[end..];
    block.place(0)..end + rest.find('\n').unwrap_or(rest.len())
}

/// What a number at `place` rests on: the next citation of its paragraph, else another of it, else
/// those of the section, else what the section shows.
fn basis(
    page: &Page,
    place: usize,
    paragraph: &Range<usize>,
    section: Option<&Range<usize>>,
) -> Option<String> {
    let inside = |span: &Range<usize>| paragraph.contains(&span.start);
    let citations = || page.outline.citations.iter();
    let next = citations().find(|found| inside(&found.span) && found.span.start >= place);
    let any = || citations().rfind(|found| inside(&found.span));
    if let Some(found) = next.or_else(any) {
        return Some(found.key.clone());
    }
    let section = section?;
    let mut near: Vec<String> = Vec::new();
    for found in citations().filter(|found| section.contains(&found.span.start)) {
        if !near.contains(&found.key) {
            near.push(found.key.clone());
        }
    }
    let shown = page.outline.directives.iter().filter(|found| {
        found.is_ours() && section.contains(&found.span.start) && !found.argument.is_empty()
    });
    near.extend(shown.map(|found| format!("{} {}", found.name, found.argument)));
    (!near.is_empty()).then(|| format!("in this section: {}", near.join(", ")))
}

fn of_figure(file: &SourceText, figure: &Figure) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut add = |at: usize, texts: &[&str], sources: &[Placed<String>]| {
        let keys: Vec<&str> = sources.iter().map(|key| key.value.as_str()).collect();
        for (_, written) in texts.iter().flat_map(|text| numbers_in(text)) {
            numbers.push(Number {
                place: place_of(file, at),
                written: written.to_owned(),
                basis: Some(keys.join(", ")),
            });
        }
    };
    match &figure.rows {
        Rows::Bars { rows, .. } => {
            for row in rows {
                let number = row.number.to_string();
                let (part, parts) = row
                    .part
                    .as_ref()
                    .map_or((String::new(), ""), |(part, parts)| {
                        (part.to_string(), parts.value.as_str())
                    });
                let note = row.note.as_ref().map_or("", |note| note.value.as_str());
                let when = row.when.value.to_string();
                let texts = [
                    &when,
                    &row.who.value,
                    &row.counts.value,
                    &number,
                    &part,
                    parts,
                    note,
                ];
                add(row.when.span.start, &texts, &row.sources);
            }
        }
        Rows::Table { rows, .. } => {
            for row in rows {
                let when = row.when.value.to_string();
                let mut texts = vec![when.as_str()];
                texts.extend(row.cells.iter().map(|cell| cell.value.as_str()));
                add(row.when.span.start, &texts, &row.sources);
            }
        }
    }
    numbers
}

fn place_of(file: &SourceText, at: usize) -> String {
    let (line, column) = file.line_and_column(at);
    format!("{}:{line}:{column}", file.path().display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> Vec<(String, Option<String>)> {
        let page = Page::read(SourceText::new("src/a.md", text));
        let numbers = of_page(&page).into_iter();
        numbers.map(|found| (found.written, found.basis)).collect()
    }

    #[test]
    fn a_number_rests_on_the_citation_after_it() {
        let found = listed("In 2019 there were 2,300.[^a] In 2023, 3,806.[^b]\n\nIt is 3.\n");
        let wanted = [
            ("2019", Some("a")),
            ("2,300", Some("a")),
            ("2023", Some("b")),
            ("3,806", Some("b")),
            ("3", Some("in this section: a, b")),
        ];
        let wanted = wanted.map(|(number, basis)| (number.to_owned(), basis.map(str::to_owned)));
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_heading_rests_on_what_its_section_cites() {
        let found = listed("## From 2018 on {#x}\n\nIt was so.[^a]\n\n## Later {#y}\n\nNo.[^b]\n");
        let wanted = [("2018".to_owned(), Some("in this section: a".to_owned()))];
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_sample_of_the_section_is_a_basis_and_nothing_is_none() {
        let found = listed("Port 104.\n\n## Next {#next}\n\nPort 104.\n\n{{#sample open}}\n");
        let wanted = [None, Some("in this section: sample open".to_owned())];
        let bases: Vec<_> = found.into_iter().map(|(_, basis)| basis).collect();
        assert_eq!(bases, wanted);
    }
}
