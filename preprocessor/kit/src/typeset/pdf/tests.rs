//! A text is printed whole, says its words to the letter, and can be read by everybody.
#![allow(clippy::unwrap_used)]

use editorial::Day;
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use super::*;
use crate::document::{Block, Inline, Line, Properties, Role, Sample};
use crate::typeset::layout::visit;
use crate::typeset::printed::tests::HOSTILE;

const STATE: &str = "Draft: nobody but its writers has reviewed this page.";

fn document(blocks: Vec<Block>, notes: Vec<Vec<Inline>>) -> Document {
    let title = "Why doesn't it say so?";
    let mut all = vec![Block::heading(1, title), Block::says(Role::State, STATE)];
    all.extend(blocks);
    Document {
        properties: Properties {
            name: "why".to_owned(),
            title: title.to_owned(),
            book: "A book".to_owned(),
            kind: "Answer".to_owned(),
            keywords: vec!["mandate".to_owned()],
            state: STATE.to_owned(),
            is_draft: true,
            checked: Day::new(2026, 11, 22),
            version: "Version 0a1b2c3d4e of 22 November 2026.".to_owned(),
        },
        blocks: all,
        notes,
    }
}

fn words(words: &str) -> Vec<Inline> {
    vec![Inline::text(words)]
}

fn table(rows: usize) -> Block {
    Block::Table {
        head: vec![words("Column"), words("Another")],
        rows: (0..rows)
            .map(|row| {
                vec![
                    words(&format!("row{row}")),
                    words("a cell with words in it"),
                ]
            })
            .collect(),
    }
}

fn sample(lines: usize) -> Sample {
    Sample {
        id: "a".to_owned(),
        when: Some("Before".to_owned()),
        title: "A caller".to_owned(),
        plain: "It was let in.".to_owned(),
        lines: (0..lines)
            .map(|line| Line {
                text: format!("$ scan  --line={line}"),
                is_command: true,
                notice: (line == 0).then_some(1),
            })
            .collect(),
        notices: vec!["This is a line.".to_owned()],
        provenance: "Seen on 22 November 2026.".to_owned(),
    }
}

/// A document with every kind of block and of words.
fn whole() -> Document {
    let link = |to: &str, text: &str| Inline::Link {
        to: to.to_owned(),
        words: words(text),
    };
    let blocks = vec![
        Block::says(Role::Facts, "For the press."),
        Block::says(Role::Says, "The sentence to quote."),
        Block::says(Role::Action, "What to do: ask."),
        Block::text(vec![
            Inline::text("Some \"quoted "),
            Inline::Emphasis(words("slanted")),
            Inline::text("\" and "),
            Inline::Strong(words("strong")),
            Inline::text(" words,"),
            Inline::Note(1),
            Inline::Note(2),
            link("https://example.org/a?b=c", "a link"),
            Inline::text(" and "),
            link("mailto:press@example.org", "a letter"),
            Inline::text(" and "),
            link("javascript:alert(1)", "nothing"),
            Inline::Break,
            Inline::Code("findscu  -v".to_owned()),
            Inline::text(" again"),
            Inline::Note(1),
            Inline::text(" and unknown"),
            Inline::Note(9),
        ]),
        Block::heading(2, "A section"),
        Block::heading(3, "A part"),
        Block::List {
            start: Some(3),
            items: vec![
                vec![Block::text(words("third"))],
                vec![
                    Block::text(words("fourth")),
                    Block::list([words("inner")]),
                    Block::Code(vec!["  indented".to_owned()]),
                ],
            ],
        },
        Block::list([vec![Inline::Tick, Inline::text("to tick")], Vec::new()]),
        Block::Quotation(vec![Block::text(vec![
            Inline::text("We are "),
            Inline::Gap("name of your organisation".to_owned()),
            Inline::text("."),
        ])]),
        Block::Code(vec!["if (a) {".to_owned(), "\tb".to_owned(), String::new()]),
        table(3),
        Block::Table {
            head: Vec::new(),
            rows: Vec::new(),
        },
        Block::Table {
            head: vec![words("one")],
            rows: vec![vec![words("two"), words("three")]],
        },
        Block::Sample(sample(4)),
        Block::heading(2, "The end"),
        Block::says(Role::Small, "Tools are examples."),
    ];
    document(
        blocks,
        vec![words("First publication."), words("Second publication.")],
    )
}

fn pages(document: &Document, paper: Paper) -> PagedDocument {
    lay_out(&Desk::with_document(words::of(document, paper).values)).unwrap()
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

fn all_letters(document: &Document) -> String {
    let pages = pages(document, Paper::A4);
    pages
        .pages()
        .iter()
        .map(|page| letters(&page.frame))
        .collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// How far to the right letters reach on any page, and how wide the page is.
fn reach(pages: &PagedDocument) -> (Abs, Abs) {
    fn visit(frame: &Frame, at: Point, most: &mut Abs) {
        for (position, item) in frame.items() {
            let at = at + *position;
            match item {
                FrameItem::Group(group) => visit(&group.frame, at, most),
                FrameItem::Text(run) => *most = (*most).max(at.x + run.width()),
                _ => {}
            }
        }
    }
    let mut most = Abs::zero();
    for page in pages.pages() {
        visit(&page.frame, Point::zero(), &mut most);
    }
    (most, pages.pages()[0].frame.width())
}

fn contains(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len())
        .any(|part| part == needle.as_bytes())
}

#[test]
fn every_kind_of_block_says_its_words_in_order() {
    for paper in Paper::ALL {
        let pdf = pdf(&whole(), paper).unwrap();
        assert!(pdf.missing.is_empty(), "{:?}", pdf.missing);
        assert_eq!(pdf.pages, 2, "{paper:?}");
    }
    let printed = all_letters(&whole());
    let mut rest = printed.as_str();
    for wanted in [
        "A book",
        "DRAFT",
        "Answer",
        "22 November 2026",
        "Why doesn’t it say so?",
        STATE,
        "For the press.",
        "The sentence to quote.",
        "What to do: ask.",
        "Some “quoted slanted” and strong words,1,2a link and a letter and nothing",
        "findscu -v again1 and unknown9",
        "A section",
        "A part",
        "3. third",
        "4. fourth",
        "• inner",
        "indented",
        "to tick",
        "We are [FILL IN: name of your organisation].",
        "if (a) {",
        "Column Another row0 a cell with words in it row1",
        "one two three",
        "Before: A caller",
        "It was let in.",
        "$ scan --line=0 1 $ scan --line=1",
        "1 This is a line.",
        "Seen on 22 November 2026.",
        "The end",
        "Tools are examples.",
        "Sources",
        "1. First publication.",
        "2. Second publication.",
    ] {
        let wanted = squeezed(wanted);
        let at = rest.find(&wanted);
        assert!(at.is_some(), "{wanted}: {rest}");
        rest = &rest[at.unwrap() + wanted.len()..];
    }
}

#[test]
fn every_page_has_its_foot() {
    let pages = pages(&document(vec![table(150)], Vec::new()), Paper::A4);
    let number = pages.pages().len();
    assert!(number > 2);
    for (index, page) in pages.pages().iter().enumerate() {
        let foot = format!(
            "Why doesn’t it say so?DRAFT · Version 0a1b2c3d4e of 22 November 2026.Page {} of {number}",
            index + 1,
        );
        let letters = letters(&page.frame);
        assert!(letters.ends_with(&squeezed(&foot)), "{letters}");
        assert!(letters.contains("ColumnAnother"), "{letters}");
    }
}

#[test]
fn a_text_that_is_no_draft_says_who_reviewed_it() {
    let mut cleared = whole();
    cleared.properties.is_draft = false;
    cleared.properties.state = "Cleared by a person.".to_owned();
    let printed = all_letters(&cleared);
    assert!(!printed.contains("DRAFT"), "{printed}");
    assert!(
        printed.contains("Clearedbyaperson.Version0a1b"),
        "{printed}"
    );
    let pdf = pdf(&cleared, Paper::A4).unwrap();
    assert!(!contains(&pdf.bytes, "DRAFT"));
}

#[test]
fn hostile_text_is_printed_to_the_letter_and_does_nothing() {
    let harmless = pages(&whole(), Paper::A4);
    for text in HOSTILE {
        let mut hostile = sample(3);
        hostile.title = text.to_owned();
        hostile.plain = text.to_owned();
        hostile.lines[1].text = text.to_owned();
        hostile.notices = vec![text.to_owned()];
        hostile.provenance = text.to_owned();
        let linked = Inline::Link {
            to: format!("https://example.org/{text}"),
            words: words(text),
        };
        let blocks = vec![
            Block::heading(2, text),
            Block::says(Role::Says, text),
            Block::says(Role::Action, text),
            Block::text(vec![
                Inline::Strong(words(text)),
                Inline::Code(text.to_owned()),
                linked,
            ]),
            Block::Quotation(vec![Block::text(words(text))]),
            Block::Code(vec![text.to_owned()]),
            Block::list([words(text)]),
            Block::Table {
                head: vec![words(text)],
                rows: vec![vec![words(text)]],
            },
            Block::Sample(hostile),
        ];
        let mut document = document(blocks, vec![words(text)]);
        document.properties.book = text.to_owned();
        document.properties.kind = text.to_owned();
        document.properties.title = text.to_owned();
        document.properties.version = text.to_owned();
        document.properties.keywords = vec![text.to_owned()];
        let pages = pages(&document, Paper::A4);
        assert!(pages.pages().len() <= 3, "{text}");
        for page in pages.pages() {
            assert_eq!(
                page.frame.size(),
                harmless.pages()[0].frame.size(),
                "{text}"
            );
        }
        let printed = all_letters(&document);
        let set = squeezed(&crate::typography::set(text));
        let code = squeezed(&crate::inert::plain(&text.replace('\t', "    ")));
        let times = |wanted: &str| printed.matches(wanted).count();
        if set == code {
            assert!(times(&set) >= 21, "{text}: {}", times(&set));
        } else {
            assert!(times(&set) >= 18, "{text}: {}", times(&set));
            assert!(times(&code) >= 3, "{text}: {}", times(&code));
        }
        pdf(&document, Paper::A4).unwrap();
    }
}

#[test]
fn only_pages_and_letters_are_led_to() {
    let pdf = pdf(&whole(), Paper::A4).unwrap().bytes;
    // In an uncompressed object each.
    assert!(contains(&pdf, "https://example.org/a?b=c"));
    assert!(contains(&pdf, "mailto:press@example.org"));
    assert!(!contains(&pdf, "javascript"));
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    let first = pdf(&whole(), Paper::A4).unwrap();
    pdf(&document(vec![table(3)], Vec::new()), Paper::Letter).unwrap();
    assert!(first == pdf(&whole(), Paper::A4).unwrap());
}

#[test]
fn the_file_is_tagged_dated_and_says_that_it_is_a_draft() {
    let pdf = pdf(&whole(), Paper::Letter).unwrap().bytes;
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for wanted in [
        "/StructTreeRoot",
        "/Lang(en)",
        "/DisplayDocTitle true",
        "/Marked true",
        "D:20261122000000",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "(DRAFT)",
        "DRAFT",
    ] {
        assert!(contains(&pdf, wanted), "{wanted}");
    }
}

/// The levels of the headings as the file's tags have them, in the order in which they are read.
fn tagged_headings(pdf: &[u8]) -> String {
    let tags = pdf
        .windows(6)
        .filter(|part| part.starts_with(b"/S /H") || part.starts_with(b"/S/H"));
    let digits = tags.filter_map(|part| part[4..].iter().find(|byte| byte.is_ascii_digit()));
    digits.map(|digit| char::from(*digit)).collect()
}

#[test]
fn headings_are_tagged_in_order() {
    let pdf = pdf(&whole(), Paper::A4).unwrap().bytes;
    assert_eq!(tagged_headings(&pdf), "12322");
}

#[test]
fn headings_leave_no_level_out() {
    let blocks = vec![
        Block::heading(4, "deep"),
        Block::heading(2, "up"),
        Block::heading(4, "deep again"),
        Block::heading(0, "nothing"),
    ];
    let mut document = document(blocks, vec![words("A publication.")]);
    document.blocks.remove(0);
    let levels = tagged_headings(&pdf(&document, Paper::A4).unwrap().bytes);
    assert_eq!(levels, "12312");
    document.blocks.clear();
    assert_eq!(pdf(&document, Paper::A4).unwrap().pages, 1);
}

#[test]
fn a_long_paper_with_tables_is_whole() {
    let paragraph =
        "Every archive that we have seen answers to a name, and most of them to any name at all. ";
    let mut blocks = Vec::new();
    for section in 0..3 {
        blocks.push(Block::heading(2, format!("Section {section}")));
        for _ in 0..7 {
            blocks.push(Block::text(words(&paragraph.repeat(7))));
        }
        blocks.push(table(40));
        blocks.push(Block::Sample(sample(60)));
    }
    let document = document(blocks, Vec::new());
    let printed = all_letters(&document);
    assert_eq!(printed.matches("mosttoanynameatall").count(), 0);
    assert_eq!(
        printed.matches("mostofthemtoanynameatall.").count(),
        3 * 7 * 7
    );
    assert_eq!(printed.matches("row39").count(), 3);
    assert_eq!(printed.matches("--line=59").count(), 3);
    assert!((8..14).contains(&pdf(&document, Paper::A4).unwrap().pages));
}

#[test]
fn letters_from_right_to_left_are_printed_and_those_without_a_font_are_named() {
    let blocks = vec![Block::text(words(
        "A word: السلام עברית 漢 and \u{202e}back.",
    ))];
    let document = document(blocks, Vec::new());
    let pdf = pdf(&document, Paper::A4).unwrap();
    let hebrew = "עברית".chars();
    assert_eq!(
        pdf.missing,
        hebrew.chain(['漢']).collect::<BTreeSet<char>>()
    );
    let printed = all_letters(&document);
    for wanted in ["\\u{6f22}", "\\u{202e}back", "السلام"] {
        assert!(printed.contains(wanted), "{wanted}: {printed}");
    }
}

#[test]
fn a_word_of_any_length_stays_on_the_page() {
    let long = "a1".repeat(250);
    let blocks = vec![
        Block::heading(2, &long),
        Block::text(words(&long)),
        Block::Code(vec![long.clone()]),
        Block::Quotation(vec![Block::text(vec![Inline::Code(long.clone())])]),
        Block::Table {
            head: vec![words(&long), words("b"), words(&long)],
            rows: vec![vec![
                words(&long),
                words(&long),
                words("institutionalisation"),
            ]],
        },
    ];
    let mut document = document(blocks, Vec::new());
    document.properties.title = long.clone();
    document.properties.book = long.clone();
    document.properties.version = long.clone();
    for paper in Paper::ALL {
        let (reach, width) = reach(&pages(&document, paper));
        assert!(reach <= width - Abs::mm(24.0), "{reach:?} of {width:?}");
    }
    assert!(all_letters(&document).contains(&long));
}

#[test]
fn lists_in_lists_lose_no_word() {
    let mut block = Block::text(words("innermost"));
    for depth in 0..60 {
        block = Block::List {
            start: None,
            items: vec![vec![Block::text(words(&format!("depth{depth}."))), block]],
        };
        block = Block::Quotation(vec![block]);
    }
    let printed = all_letters(&document(vec![block], Vec::new()));
    for wanted in ["innermost", "depth0.", "depth59."] {
        assert!(printed.contains(wanted), "{wanted}: {printed}");
    }
}
