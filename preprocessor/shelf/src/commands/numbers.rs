//! `cargo shelf numbers`: every number that a reader meets, and what it rests on.

use std::io::{self, Write};
use std::ops::Range;

use anyhow::Result;
use editorial::{Block, Fact, Figure, Page, Placed, SampleFile, Shelf, SourceText, stem, words};
use evidence::{Clean, Recording};

use crate::Verdict;
use crate::evidence_run::recording_path;
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
        for text in [&task.task, &task.why] {
            let basis = |_: &str| keys(&task.sources);
            numbers.extend(of_text(&shelf.checklist.file, text, basis));
        }
    }
    for file in &shelf.quizzes {
        let questions = file.quiz.iter().flat_map(|quiz| &quiz.questions);
        numbers.extend(questions.flat_map(|question| {
            let texts = question.texts();
            texts.flat_map(|text| of_text(&file.file, text, |_| keys(&question.sources)))
        }));
    }
    for file in &shelf.samples {
        numbers.extend(of_sample(&shelf, file));
    }
    for term in &shelf.terms.entries {
        numbers.extend(of_text(&shelf.terms.file, &term.plain, |_| None));
    }
    let without = numbers.iter().filter(|found| found.basis.is_none()).count();
    let mut out = io::stdout().lock();
    for found in &numbers {
        if !only_without || found.basis.is_none() {
            let basis = found.basis.as_deref().unwrap_or("NOTHING NAMED");
            let columns =
                [&found.place, &found.written, basis].map(|text| Clean::line(text, 1_000));
            let [place, written, basis] = columns.each_ref().map(Clean::as_plain);
            writeln!(out, "{place}\t{written}\t{basis}")?;
        }
    }
    let all = count(numbers.len(), "number");
    say(
        "Listed",
        &format!("{all}, {without} that rest on nothing named"),
    );
    Ok(Verdict::Good)
}

/// The numbers of a text, each with its place in it: every word that begins with a digit. `PS3.15`
/// is a name.
fn numbers_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    words::words(text).filter_map(|(at, word)| {
        let number = word.trim_matches(|c: char| !c.is_alphanumeric());
        let start = at + (number.as_ptr().addr() - word.as_ptr().addr());
        number
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some((start, number))
    })
}

/// The numbers of a text that is no prose of a page.
fn of_text(
    file: &SourceText,
    text: &Placed<String>,
    basis: impl Fn(&str) -> Option<String>,
) -> Vec<Number> {
    let number = |(_, written): (usize, &str)| Number {
        place: place_of(file, text.span.start),
        written: written.to_owned(),
        basis: basis(written),
    };
    numbers_in(&text.value).map(number).collect()
}

/// The keys of publications as a basis, where there are any.
fn keys(sources: &[Placed<String>]) -> Option<String> {
    let keys: Vec<&str> = sources.iter().map(|key| key.value.as_str()).collect();
    (!keys.is_empty()).then(|| keys.join(", "))
}

/// Whether a number stands in one of the texts, and not as a part of a longer one.
fn stands_in<'a>(texts: impl IntoIterator<Item = &'a str>, number: &str) -> bool {
    let number = number.replace(',', "");
    texts.into_iter().any(|text| {
        let text = text.replace(',', "");
        text.match_indices(&number).any(|(at, found)| {
            let (before, after) = (&text[..at], &text[at + found.len()..]);
            let is_digit = |c: char| c.is_ascii_digit();
            let before = before.strip_suffix('.').unwrap_or(before);
            let after = after.strip_prefix('.').unwrap_or(after);
            !before.ends_with(is_digit) && !after.starts_with(is_digit)
        })
    })
}

/// The numbers of a sample's captions. They rest on what its run showed, or on what it asks for.
fn of_sample(shelf: &Shelf, file: &SampleFile) -> Vec<Number> {
    let Some(sample) = &file.sample else {
        return Vec::new();
    };
    let claims = sample.claims.iter().map(|claim| claim.value.to_string());
    let mut ran: Vec<String> = claims.collect();
    let args = sample.steps.iter().flat_map(|step| &step.args);
    ran.extend(args.map(|arg| arg.value.clone()));
    let scene = |scene: &&SourceText| stem(scene.path()) == sample.scene.value;
    let scene = shelf.scenes.iter().find(scene);
    ran.extend(scene.map(|scene| scene.text().to_owned()));
    // A sample without a recording rests on what it asks for alone.
    if let Ok(recording) = Recording::read(&recording_path(&shelf.root, &file.id)) {
        let lines = recording.steps.iter().flat_map(|step| &step.lines);
        ran.extend(lines.map(|line| line.text.as_plain().into_owned()));
    }
    let basis = |number: &str| {
        let stands = stands_in(ran.iter().map(String::as_str), number);
        stands.then(|| "the sample's own run and claims".to_owned())
    };
    let notices = sample.notices.iter().map(|notice| &notice.says);
    let texts = [&sample.title, &sample.plain].into_iter().chain(notices);
    texts
        .flat_map(|text| of_text(&file.file, text, basis))
        .collect()
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
    let prose = || page.outline.blocks.iter().map(|block| block.text.as_str());
    for text in stated {
        numbers.extend(of_text(&page.file, text, |number| {
            stands_in(prose(), number).then(|| "the page's own text".to_owned())
        }));
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

/// The numbers of a figure: those of its rows rest on their sources, those above on the rows.
fn of_figure(file: &SourceText, figure: &Figure) -> Vec<Number> {
    let rows: Vec<(Fact<'_>, Vec<String>)> = figure
        .facts()
        .into_iter()
        .map(|fact| {
            let texts = texts_of(&fact);
            (fact, texts)
        })
        .collect();
    let shown = || rows.iter().flat_map(|(_, texts)| texts);
    let heads = figure.heads();
    let mut numbers = Vec::new();
    for text in [&figure.title, &figure.plain].into_iter().chain(heads) {
        numbers.extend(of_text(file, text, |number| {
            let stands = stands_in(shown().map(String::as_str), number);
            stands.then(|| "the figure's own rows".to_owned())
        }));
    }
    for (fact, texts) in &rows {
        for (_, written) in texts.iter().flat_map(|text| numbers_in(text)) {
            numbers.push(Number {
                place: place_of(file, fact.at),
                written: written.to_owned(),
                basis: keys(fact.sources),
            });
        }
    }
    numbers
}

/// What is read in a row, its date and its counts included.
fn texts_of(fact: &Fact<'_>) -> Vec<String> {
    let date = fact.when.map(|when| when.value.to_string());
    let texts = fact.texts.iter().map(|text| text.value.clone());
    let numbers = fact.numbers.iter().map(u64::to_string);
    date.into_iter().chain(texts).chain(numbers).collect()
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

    #[test]
    fn a_part_of_a_number_is_not_the_number() {
        for (text, stands) in [
            ("TLSv1.3.", true),
            ("1.30", false),
            ("11.3", false),
            ("1.3.840", false),
            ("2.1.3", false),
        ] {
            assert_eq!(stands_in([text], "1.3"), stands, "{text}");
        }
        assert!(stands_in(["a 2300"], "2,300") && stands_in(["2,300 b"], "2300"));
    }

    #[test]
    fn front_matter_rests_on_the_page_only_where_it_stands_there() {
        let found = listed(
            "+++\nkind = \"answer\"\nquestion = \"Why 104?\"\naudience = [\"press\"]\ntopics = [\"x\"]\n\
             says = \"There were 2,300 in 2019.\"\nmessages = [\"A.\", \"B.\", \"C 7.\"]\naction = \"Ask.\"\n\
             [review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n\n\
             Port 104, and 2300 in 20190.[^a]\n",
        );
        let own = || Some("the page's own text".to_owned());
        let found: Vec<_> = found
            .iter()
            .map(|(number, basis)| (number.as_str(), basis.clone()))
            .collect();
        let wanted = [
            ("104", own()),
            ("2,300", own()),
            ("2019", None),
            ("7", None),
        ];
        assert_eq!(found[3..], wanted);
    }
}
