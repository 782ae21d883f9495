//! Slides and notes are printed whole, say their words to the letter, and what does not fit is known.
#![allow(clippy::unwrap_used)]

use editorial::Day;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use super::*;
use crate::deck::{Picture, Slide, SlideKind};
use crate::document::{Block, Inline, Line, Properties, Role, Sample};
use crate::typeset::layout::visit;
use crate::typeset::printed::tests::HOSTILE;

fn deck(slides: Vec<Slide>) -> Deck {
    Deck {
        properties: Properties {
            name: "lesson-1".to_owned(),
            title: "What an exposed archive looks like".to_owned(),
            book: "A book".to_owned(),
            kind: "Lesson".to_owned(),
            keywords: vec!["exposure".to_owned()],
            state: "Draft: nobody but its writers has reviewed this page.".to_owned(),
            is_draft: true,
            checked: Day::new(2026, 11, 23),
            version: "Version 0a1b2c3d4e of 23 November 2026.".to_owned(),
        },
        lesson: "Lesson 1".to_owned(),
        minutes: 50,
        slides,
        notes: vec![words("First publication."), words("Second publication.")],
    }
}

fn words(words: &str) -> Vec<Inline> {
    vec![Inline::text(words)]
}

fn slide(id: &str, kind: SlideKind, face: Vec<Block>) -> Slide {
    Slide {
        id: id.to_owned(),
        kind,
        part: None,
        title: words(&format!("The heading of {id}")),
        face,
        picture: None,
        says: vec![Block::text(words(&format!("What is said of {id}.")))],
        minutes: 3,
    }
}

fn text(id: &str, face: Vec<Block>) -> Slide {
    slide(id, SlideKind::Text, face)
}

fn sample(lines: &[&str]) -> Sample {
    Sample {
        id: "a".to_owned(),
        when: Some("Before".to_owned()),
        title: "A caller".to_owned(),
        plain: "It was let in.".to_owned(),
        lines: (0..)
            .zip(lines)
            .map(|(index, line)| Line {
                text: (*line).to_owned(),
                is_command: line.starts_with("$ "),
                notice: (index == 1).then_some(1),
            })
            .collect(),
        notices: vec!["This is a line.".to_owned()],
        provenance: "Seen on 22 November 2026.".to_owned(),
    }
}

/// A slide with one text everywhere.
fn text_slide(words: &str) -> Slide {
    Slide {
        picture: Some(Picture {
            says: words.to_owned(),
            ..drawing(800, 300)
        }),
        title: self::words(words),
        ..text("hostile", vec![Block::text(self::words("Words."))])
    }
}

/// A drawing of so many units, with letters of 20.
fn drawing(width: u32, height: u32) -> Picture {
    Picture {
        id: "network".to_owned(),
        svg: format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             font-family=\"Open Sans\"><rect width=\"{width}\" height=\"{height}\" fill=\"#f2f4f6\"></rect>\
             <g font-size=\"20\"><text x=\"9\" y=\"30\">Archive</text></g>\
             <text x=\"9\" y=\"90\" font-size=\"25\">Scanner</text></svg>"
        ),
        says: "Two machines.".to_owned(),
    }
}

fn table(rows: usize) -> Block {
    Block::Table {
        head: vec![words("Column"), words("Another")],
        rows: (0..rows)
            .map(|row| vec![words(&format!("row{row}")), words("a cell")])
            .collect(),
    }
}

/// Slides of every kind with every kind of block.
fn whole() -> Deck {
    let link = |to: &str, text: &str| Inline::Link {
        to: to.to_owned(),
        words: words(text),
    };
    let mut all = vec![
        slide(
            "title",
            SlideKind::Title,
            vec![
                Block::says(Role::Text, "Lesson 1, 50 minutes"),
                Block::says(Role::State, "Draft: nobody has reviewed it."),
            ],
        ),
        slide(
            "objectives",
            SlideKind::Objectives,
            vec![Block::list([
                words("Tell one thing."),
                words("Close another."),
            ])],
        ),
        text(
            "words",
            vec![
                Block::text(vec![
                    Inline::text("Some \"quoted\" and "),
                    Inline::Strong(words("strong")),
                    Inline::text(" words"),
                    Inline::Note(2),
                    Inline::text(" with "),
                    Inline::Code("findscu  -v".to_owned()),
                    link("https://example.org/a", " a link"),
                    link("javascript:alert(1)", " and none"),
                ]),
                Block::Quotation(vec![Block::text(words("A quotation."))]),
                Block::List {
                    start: Some(3),
                    items: vec![
                        vec![Block::text(words("third"))],
                        vec![Block::text(words("fourth"))],
                    ],
                },
                Block::says(Role::Action, "Ask."),
            ],
        ),
        text(
            "sample",
            vec![Block::Sample(sample(&[
                "$ scan --all",
                "192.0.2.1  open",
                "192.0.2.2  closed",
            ]))],
        ),
        text(
            "table",
            vec![
                table(3),
                Block::Code(vec!["  calling = \"any\"".to_owned()]),
            ],
        ),
        Slide {
            picture: Some(drawing(800, 300)),
            part: Some("The second part".to_owned()),
            ..text("picture", vec![Block::text(words("Above it."))])
        },
        slide(
            "lab",
            SlideKind::Lab,
            vec![Block::Code(vec!["cargo run".to_owned()])],
        ),
        slide(
            "quiz",
            SlideKind::Quiz,
            vec![Block::text(words("Five questions."))],
        ),
        slide(
            "read-next",
            SlideKind::End,
            vec![
                Block::list([words("A page")]),
                Block::says(Role::Small, "A licence."),
            ],
        ),
    ];
    all[2].part = Some("The first part".to_owned());
    all[2].says.push(Block::text(vec![
        Inline::text("It was counted"),
        Inline::Note(1),
        Inline::text(" again."),
    ]));
    all[6].minutes = 25;
    deck(all)
}

fn slides(deck: &Deck) -> PagedDocument {
    lay_out(&Desk::with_slides(words::of_slides(deck).values)).unwrap()
}

fn notes(deck: &Deck, paper: Paper) -> PagedDocument {
    lay_out(&Desk::with_notes(words::of_notes(deck, paper).values)).unwrap()
}

/// What stands on a page, without the spaces at which its lines are broken.
fn letters(frame: &Frame) -> String {
    let mut text = String::new();
    visit(frame, &mut |item| {
        if let FrameItem::Text(run) = item {
            text.extend(run.text.chars().filter(|c| !c.is_whitespace()));
        }
    });
    text
}

fn all_letters(pages: &PagedDocument) -> String {
    pages
        .pages()
        .iter()
        .map(|page| letters(&page.frame))
        .collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn holds_in_order(printed: &str, wanted: &[&str]) {
    let mut rest = printed;
    for wanted in wanted {
        let wanted = squeezed(wanted);
        let at = rest.find(&wanted);
        assert!(at.is_some(), "{wanted}: {rest}");
        rest = &rest[at.unwrap() + wanted.len()..];
    }
}

fn contains(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len())
        .any(|part| part == needle.as_bytes())
}

fn found(deck: &Deck) -> Vec<(String, TooMuch)> {
    let overflows = slides_fit(deck).unwrap().into_iter();
    overflows.map(|found| (found.slide, found.what)).collect()
}

const FACES: [&str; 29] = [
    "The heading of title",
    "Lesson 1, 50 minutes",
    "Draft: nobody has reviewed it.",
    "The heading of objectives",
    "• Tell one thing.",
    "• Close another.",
    "The heading of words",
    "Some “quoted” and strong words",
    "with findscu -v a link and none",
    "A quotation.",
    "3. third",
    "4. fourth",
    "Ask.",
    "The heading of sample",
    "Before It was let in.",
    "$ scan --all",
    "192.0.2.1 open",
    "192.0.2.2 closed",
    "1 This is a line.",
    "The heading of table",
    "Column Another row0 a cell row1",
    "calling = \"any\"",
    "The heading of picture",
    "Above it.",
    "The heading of lab",
    "cargo run",
    "Five questions.",
    "• A page",
    "A licence.",
];

#[test]
fn every_slide_says_its_words_in_order_on_a_page_of_its_own() {
    let printed = slides_pdf(&whole()).unwrap();
    assert!(printed.pdf.missing.is_empty(), "{:?}", printed.pdf.missing);
    assert_eq!(printed.overflows, []);
    let pages = slides(&whole());
    holds_in_order(&all_letters(&pages), &FACES);
    let count = whole().slides.len();
    // The publications that slides cite follow; what only the lecturer cites stands in the notes.
    assert_eq!(printed.pdf.pages, count + 1);
    let last = letters(&pages.pages()[count].frame);
    holds_in_order(&last, &["Sources", "2. Second publication."]);
    assert!(!last.contains("First"), "{last}");
    assert!(letters(&pages.pages()[2].frame).contains("words[2]with"));
    for (index, slide) in whole().slides.iter().enumerate() {
        let letters = letters(&pages.pages()[index].frame);
        assert!(letters.contains(&squeezed(&format!("heading of {}", slide.id))));
        let number = format!("{}/{count}", index + 1);
        assert!(letters.ends_with(&number), "{letters}");
        assert!(letters.contains("DRAFT"), "{letters}");
        assert_eq!(
            letters.contains("Thefirstpart"),
            (2..5).contains(&index),
            "{letters}"
        );
    }
}

#[test]
fn notes_have_the_slides_the_words_the_clock_and_the_sources() {
    for paper in Paper::ALL {
        let printed = notes_pdf(&whole(), paper).unwrap();
        assert!(printed.missing.is_empty(), "{:?}", printed.missing);
        let printed = all_letters(&notes(&whole(), paper));
        holds_in_order(&printed, &FACES);
        holds_in_order(
            &printed,
            &[
                "Lesson 1: slides and notes",
                "50 minutes",
                "Slide 1 of 9 Minute 0 to 3 (3 minutes)",
                "The heading of title",
                "What is said of title.",
                "The first part",
                "Slide 3 of 9 Minute 6 to 9 (3 minutes)",
                "What is said of words. It was counted1 again.",
                "What is said of sample.",
                "Before: A caller: Seen on 22 November 2026.",
                "The second part",
                "The picture: Two machines.",
                "Slide 7 of 9 Minute 18 to 43 (25 minutes)",
                "What is said of read-next.",
                "Sources",
                "1. First publication.",
                "2. Second publication.",
            ],
        );
    }
}

#[test]
fn a_slide_of_the_title_without_minutes_is_shown_at_a_minute() {
    let mut deck = whole();
    deck.slides[0].minutes = 0;
    deck.slides[1].minutes = 1;
    let printed = all_letters(&notes(&deck, Paper::A4));
    holds_in_order(
        &printed,
        &["of 9 Minute 0", "Minute 0 to 1 (1 minute)", "Minute 1 to 4"],
    );
}

#[test]
fn slides_are_sixteen_by_nine_and_nothing_on_them_is_small() {
    let pages = slides(&whole());
    for page in pages.pages() {
        assert_eq!(page.frame.width().to_pt(), 960.0);
        assert_eq!(page.frame.height().to_pt(), 540.0);
        visit(&page.frame, &mut |item| {
            if let FrameItem::Text(run) = item {
                // 24 pixels of 720 are 18 points of 540.
                assert!(run.size.to_pt() > 17.99, "{}: {:?}", run.text, run.size);
            }
        });
    }
}

#[test]
fn what_just_fits_fits_and_what_just_does_not_is_found() {
    let full = |lines: usize| {
        deck(vec![
            text("first", Vec::new()),
            text("full", vec![Block::Code(vec!["x".to_owned(); lines])]),
        ])
    };
    let fits = (16..40)
        .take_while(|lines| found(&full(*lines)).is_empty())
        .count()
        + 15;
    assert!((16..24).contains(&fits), "{fits}");
    assert_eq!(
        found(&full(fits + 1)),
        [("full".to_owned(), TooMuch::Pages(2))]
    );
    assert_eq!(slides(&full(fits)).pages().len(), 2);
    // The next slide is not blamed, and neither is the page of the sources.
    let mut more = full(fits + 1);
    more.slides
        .push(text("last", vec![Block::text(vec![Inline::Note(1)])]));
    more.notes[0] = words(&"publication ".repeat(600));
    assert_eq!(found(&more), [("full".to_owned(), TooMuch::Pages(2))]);
    let printed = slides_pdf(&more).unwrap();
    assert!(printed.pdf.pages > 5);
    assert_eq!(printed.overflows, slides_fit(&more).unwrap());
}

#[test]
fn words_tables_and_lists_that_do_not_fit_are_found() {
    for block in [
        table(30),
        Block::text(words(&"word ".repeat(300))),
        Block::list((0..30).map(|_| words("item"))),
        Block::Sample(sample(&["line"; 30])),
        Block::Quotation(vec![Block::text(words(&"word ".repeat(300)))]),
    ] {
        let found = found(&deck(vec![text("full", vec![block.clone()])]));
        assert!(
            matches!(found.as_slice(), [(_, TooMuch::Pages(2 | 3))]),
            "{found:?}: {block:?}"
        );
    }
}

#[test]
fn a_table_that_is_too_wide_is_found() {
    let wide = |columns: usize| {
        let cells = vec![words("institutionalising"); columns];
        let table = Block::Table {
            head: cells.clone(),
            rows: vec![cells],
        };
        found(&deck(vec![text("wide", vec![table])]))
    };
    assert_eq!(wide(3), []);
    assert_eq!(wide(12), [("wide".to_owned(), TooMuch::Wide)]);
}

#[test]
fn a_picture_takes_the_room_that_is_left_and_too_little_is_found() {
    let with = |width: u32, height: u32, face: Vec<Block>| {
        let picture = Some(drawing(width, height));
        deck(vec![Slide {
            picture,
            ..text("picture", face)
        }])
    };
    // Letters of 20 units; 1200 by 590 pixels at most.
    assert_eq!(found(&with(999, 491, Vec::new())), []);
    assert_eq!(slides(&with(999, 491, Vec::new())).pages().len(), 1);
    assert_eq!(found(&with(300, 400, Vec::new())), []);
    let small = found(&with(1_010, 300, Vec::new()));
    assert!(
        matches!(small.as_slice(), [(_, TooMuch::SmallPicture(pixels))] if (23.0..24.0).contains(pixels)),
        "{small:?}"
    );
    let lines = vec![Block::Code(vec!["x".to_owned(); 4])];
    let small = found(&with(800, 491, lines.clone()));
    assert!(
        matches!(small.as_slice(), [(_, TooMuch::SmallPicture(pixels))] if *pixels < 24.0),
        "{small:?}"
    );
    assert_eq!(found(&with(800, 200, lines)), []);
    let mut torn = with(800, 300, Vec::new());
    torn.slides[0].picture.as_mut().unwrap().svg = "no picture".to_owned();
    assert_eq!(found(&torn), [("picture".to_owned(), TooMuch::NoPicture)]);
}

#[test]
fn every_line_of_a_terminal_stays_on_the_slide() {
    let long = "a1".repeat(400);
    let columns = "1234567 ".repeat(10).trim_end().to_owned() + "8";
    let face = vec![Block::Sample(sample(&[
        &columns,
        &long,
        &format!("$ {}", "word ".repeat(60)),
    ]))];
    let mut deck = deck(vec![text("long", face)]);
    assert_eq!(found(&deck), []);
    let printed = all_letters(&slides(&deck));
    assert!(printed.contains(&long), "{printed}");
    // Eighty columns stand on one line.
    let mut whole_line = false;
    visit(&slides(&deck).pages()[0].frame, &mut |item| {
        if let FrameItem::Text(run) = item {
            whole_line |= run.text.contains(&columns);
        }
    });
    assert!(whole_line);
    deck.slides[0].title = words(&long);
    deck.properties.book = long.clone();
    deck.slides[0].part = Some(long.clone());
    assert_eq!(
        found(&deck)
            .iter()
            .filter(|(_, what)| *what == TooMuch::Wide)
            .count(),
        0
    );
}

#[test]
fn slides_that_overflow_lose_no_word_in_the_notes() {
    let full = deck(vec![text("full", vec![table(60)])]);
    let printed = all_letters(&notes(&full, Paper::Letter));
    holds_in_order(
        &printed,
        &["row0", "row30", "row59", "What is said of full."],
    );
}

#[test]
fn hostile_text_is_printed_to_the_letter_and_does_nothing() {
    for text in HOSTILE {
        let mut deck = deck(whole().slides.split_off(3));
        deck.slides.truncate(2);
        deck.slides[1].face.clear();
        deck.lesson = text.to_owned();
        deck.properties.book = text.to_owned();
        deck.properties.title = text.to_owned();
        deck.properties.version = text.to_owned();
        deck.properties.keywords = vec![text.to_owned()];
        deck.notes[1] = words(text);
        let mut sample = sample(&[text, text]);
        sample.plain = text.to_owned();
        sample.provenance = text.to_owned();
        sample.notices = vec![text.to_owned()];
        deck.slides[0].title = words(text);
        deck.slides[0].part = Some(text.to_owned());
        deck.slides[0].face = vec![Block::Sample(sample), Block::Code(vec![text.to_owned()])];
        deck.slides[0].says = vec![Block::text(words(text)), Block::Code(vec![text.to_owned()])];
        deck.slides[0]
            .face
            .push(Block::text(vec![Inline::text(text), Inline::Note(2)]));
        let mut picture = drawing(800, 300);
        picture.says = text.to_owned();
        deck.slides[1].picture = Some(picture);
        let set = squeezed(&crate::typography::set(text));
        let code = squeezed(&crate::inert::plain(&text.replace('\t', "    ")));
        let pages = slides(&deck);
        assert_eq!(pages.pages().len(), deck.slides.len() + 1, "{text}");
        let printed = all_letters(&pages);
        assert!(printed.matches(&set).count() >= 5, "{text}: {printed}");
        assert!(printed.matches(&code).count() >= 3, "{text}: {printed}");
        let printed = all_letters(&notes(&deck, Paper::A4));
        assert!(printed.matches(&set).count() >= 9, "{text}: {printed}");
        assert!(printed.matches(&code).count() >= 4, "{text}: {printed}");
        assert_eq!(fit::overflows(&deck, &pages), [], "{text}");
    }
}

#[test]
fn hostile_properties_can_be_exported() {
    let text = HOSTILE.join(" ");
    let mut deck = deck(vec![text_slide(&text)]);
    deck.properties.book = text.clone();
    deck.properties.title = text.clone();
    deck.properties.keywords = vec![text];
    slides_pdf(&deck).unwrap();
    notes_pdf(&deck, Paper::A4).unwrap();
}

#[test]
fn the_foot_stays_on_one_line() {
    let mut deck = whole();
    deck.slides.truncate(5);
    deck.slides[2].part =
        Some("Who would have to agree before you look at your own archive? ".repeat(2));
    deck.slides[4].part = None;
    let pages = slides(&deck);
    assert_eq!(fit::overflows(&deck, &pages), []);
    for page in &pages.pages()[..5] {
        let printed = letters(&page.frame);
        let foot = printed.rfind("DRAFT").unwrap();
        assert!(
            printed[foot..].starts_with("DRAFTAbook·Lesson1") && !printed.contains("Whowould"),
            "{printed}"
        );
    }
}

#[test]
fn the_same_slides_give_the_same_bytes() {
    let first = (
        slides_pdf(&whole()).unwrap(),
        notes_pdf(&whole(), Paper::A4).unwrap(),
    );
    slides_pdf(&deck(vec![text("other", vec![table(2)])])).unwrap();
    assert!(first.0 == slides_pdf(&whole()).unwrap());
    assert!(first.1 == notes_pdf(&whole(), Paper::A4).unwrap());
}

#[test]
fn the_files_are_tagged_dated_and_say_that_they_are_drafts() {
    let slides = slides_pdf(&whole()).unwrap().pdf.bytes;
    let notes = notes_pdf(&whole(), Paper::Letter).unwrap().bytes;
    for pdf in [slides, notes] {
        for wanted in [
            "/StructTreeRoot",
            "/Lang(en)",
            "/DisplayDocTitle true",
            "/Marked true",
            "D:20261123000000",
            "<pdfuaid:part>1</pdfuaid:part>",
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "What an exposed archive looks like (DRAFT)",
            "/Alt(Two machines.)",
        ] {
            assert!(contains(&pdf, wanted), "{wanted}");
        }
        assert!(!contains(&pdf, "javascript"));
        assert!(contains(&pdf, "https://example.org/a"));
    }
}

#[test]
fn slides_that_are_no_draft_say_so_nowhere() {
    let mut cleared = whole();
    cleared.properties.is_draft = false;
    let printed = slides_pdf(&cleared).unwrap().pdf;
    assert!(!contains(&printed.bytes, "DRAFT"));
    assert!(!all_letters(&slides(&cleared)).contains("DRAFT"));
    assert!(!all_letters(&notes(&cleared, Paper::A4)).contains("DRAFT"));
}

#[test]
fn no_slides_are_a_file_too() {
    let nothing = deck(Vec::new());
    assert_eq!(slides_pdf(&nothing).unwrap().overflows, []);
    assert_eq!(notes_pdf(&nothing, Paper::A4).unwrap().pages, 1);
}
