//! What Word and others read in the file.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use editorial::Day;
use roxmltree::Document as Xml;
use zip::ZipArchive;

use super::package::{R, W};
use super::*;
use crate::document::{Block, Inline, Line, Properties, Role, Sample};

/// A document with this text below its title.
pub(crate) fn document(blocks: Vec<Block>) -> Document {
    let mut all = vec![Block::heading(1, "Title")];
    all.extend(blocks);
    Document {
        properties: Properties {
            name: "title".to_owned(),
            title: "Title".to_owned(),
            book: "Book".to_owned(),
            kind: "Answer".to_owned(),
            keywords: vec!["topic".to_owned()],
            state: "Draft: nobody has reviewed it.".to_owned(),
            is_draft: true,
            checked: Day::new(2026, 11, 22),
            version: "Version 0a1b2c3d4e.".to_owned(),
        },
        blocks: all,
        notes: vec![words("First entry."), words("Second entry.")],
    }
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::text(text)]
}

fn item(text: &str) -> Vec<Block> {
    vec![Block::text(words(text))]
}

/// Every part by its name.
fn parts(document: &Document) -> Vec<(String, String)> {
    let bytes = docx(document, Paper::A4).unwrap();
    let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = package
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let read = |name: String| {
        let mut text = String::new();
        package
            .by_name(&name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

fn part(parts: &[(String, String)], name: &str) -> String {
    let found = parts.iter().find(|(found, _)| found == name);
    found.unwrap_or_else(|| panic!("no {name}")).1.clone()
}

/// The style and the words of every paragraph of the text.
fn paragraphs(document: &Document) -> Vec<(String, String)> {
    let text = part(&parts(document), "word/document.xml");
    let xml = Xml::parse(&text).unwrap();
    let paragraphs = xml.descendants().filter(|node| node.has_tag_name((W, "p")));
    paragraphs
        .map(|paragraph| {
            let style = paragraph
                .descendants()
                .find(|node| node.has_tag_name((W, "pStyle")));
            let style = style
                .and_then(|style| style.attribute((W, "val")))
                .unwrap_or_default();
            let words = paragraph.descendants().filter_map(|node| {
                if node.has_tag_name((W, "br")) {
                    return Some("\n");
                }
                let is_text = node.has_tag_name((W, "t"));
                node.text().filter(|_| is_text)
            });
            let words: String = words.collect();
            (style.to_owned(), words)
        })
        .filter(|(style, _)| style != "AfterTable")
        .collect()
}

/// A document with every kind of block and word.
fn everything() -> Document {
    let link = |to: &str| Inline::Link {
        to: to.to_owned(),
        words: words("there"),
    };
    document(vec![
        Block::says(Role::State, "Draft."),
        Block::says(Role::Says, "It is so."),
        Block::heading(2, "Section"),
        Block::text(vec![
            Inline::text("One"),
            Inline::Note(1),
            Inline::Emphasis(words(" two ")),
            Inline::Strong(vec![link("https://example.org/?a=1&b=2")]),
            Inline::Note(2),
            Inline::Note(1),
            Inline::Code(" three".to_owned()),
            Inline::Break,
            link("https://example.org/?a=1&b=2"),
            Inline::Tick,
            Inline::Gap("day".to_owned()),
        ]),
        Block::List {
            start: Some(3),
            items: vec![
                vec![
                    Block::text(words("c")),
                    Block::List {
                        start: None,
                        items: vec![item("inner")],
                    },
                    Block::text(words("more")),
                ],
                item("d"),
            ],
        },
        Block::List {
            start: Some(1),
            items: vec![item("a")],
        },
        Block::Quotation(item("quoted")),
        Block::Table {
            head: vec![words("A"), words("B")],
            rows: vec![vec![words("1"), words("2")], vec![words("3")]],
        },
        Block::Code(vec!["x".to_owned(), "  y".to_owned()]),
        Block::Sample(Sample {
            id: "s".to_owned(),
            when: Some("Before".to_owned()),
            title: "Sample".to_owned(),
            plain: "Plain.".to_owned(),
            lines: vec![Line {
                text: "104/tcp open".to_owned(),
                is_command: false,
                notice: Some(1),
            }],
            notices: vec!["It is open.".to_owned()],
            provenance: "Recorded.".to_owned(),
        }),
    ])
}

#[test]
fn every_block_stands_in_its_style_and_in_its_order() {
    let found = paragraphs(&everything());
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(style, words)| (style.as_str(), words.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("Title", "Title"),
            ("State", "Draft."),
            ("Says", "It is so."),
            ("Heading1", "Section"),
            (
                "BodyText",
                "One two there,1 three\nthere\u{2610}[FILL IN: day]"
            ),
            ("ListNumber", "c"),
            ("ListBullet", "inner"),
            ("ListContinue", "more"),
            ("ListNumber", "d"),
            ("ListNumber", "a"),
            ("Quote", "quoted"),
            ("TableHead", "A"),
            ("TableHead", "B"),
            ("TableText", "1"),
            ("TableText", "2"),
            ("TableText", "3"),
            ("TableText", ""),
            ("Terminal", "x\n  y"),
            ("SampleTitle", "Before: Sample"),
            ("SamplePlain", "Plain."),
            ("Terminal", "104/tcp open  <1>"),
            ("ListNumber", "It is open."),
            ("SmallPrint", "Recorded."),
        ]
    );
}

#[test]
fn every_part_is_xml_and_every_reference_leads_somewhere() {
    let parts = parts(&everything());
    let names: BTreeSet<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    for (name, text) in &parts {
        Xml::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    for (place, folder, of) in [
        ("_rels/.rels", "", "_rels/.rels"),
        ("word/_rels/document.xml.rels", "word/", "word/document.xml"),
        (
            "word/_rels/footnotes.xml.rels",
            "word/",
            "word/footnotes.xml",
        ),
    ] {
        let text = part(&parts, place);
        let xml = Xml::parse(&text).unwrap();
        let entries = || {
            xml.descendants()
                .filter(|node| node.has_attribute("Target"))
        };
        for entry in entries().filter(|entry| entry.attribute("TargetMode").is_none()) {
            let target = format!("{folder}{}", entry.attribute("Target").unwrap());
            assert!(names.contains(target.as_str()), "{place}: {target}");
        }
        let ids: BTreeSet<&str> = entries()
            .filter_map(|entry| entry.attribute("Id"))
            .collect();
        let referring = part(&parts, of);
        let referring = Xml::parse(&referring).unwrap();
        for node in referring.descendants() {
            if let Some(id) = node.attribute((R, "id")) {
                assert!(ids.contains(id), "{of}: {id}");
            }
        }
    }
    let types = part(&parts, "[Content_Types].xml");
    for name in names
        .iter()
        .filter(|name| name.starts_with("word/") && name.ends_with(".xml"))
    {
        assert!(
            types.contains(&format!("PartName=\"/{name}\"")),
            "{name} has no type"
        );
    }
}

#[test]
fn every_style_that_is_used_is_there() {
    let parts = parts(&everything());
    let styles = part(&parts, "word/styles.xml");
    let styles = Xml::parse(&styles).unwrap();
    let known: BTreeSet<&str> = styles
        .descendants()
        .filter_map(|node| node.attribute((W, "styleId")))
        .collect();
    for (name, text) in &parts {
        let xml = Xml::parse(text).unwrap();
        for node in xml.descendants() {
            let refers = ["pStyle", "rStyle", "tblStyle", "basedOn", "next"];
            if refers.iter().any(|tag| node.has_tag_name((W, *tag))) {
                let style = node.attribute((W, "val")).unwrap();
                assert!(known.contains(style), "{name}: {style}");
            }
        }
    }
}

#[test]
fn a_publication_is_a_footnote_once_and_a_reference_from_then_on() {
    let parts = parts(&everything());
    let text = part(&parts, "word/document.xml");
    assert_eq!(text.matches("<w:footnoteReference ").count(), 2);
    assert_eq!(text.matches("NOTEREF _Note1 ").count(), 1);
    let notes = part(&parts, "word/footnotes.xml");
    let first = notes.find("First entry.").unwrap();
    assert!(first < notes.find("Second entry.").unwrap());
    assert_eq!(notes.matches("First entry.").count(), 1);
}

#[test]
fn every_list_that_counts_begins_with_its_own_number() {
    let numbering = part(&parts(&everything()), "word/numbering.xml");
    let starts: Vec<&str> = numbering
        .split("<w:startOverride w:val=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(starts, ["3", "1", "1"]);
}

#[test]
fn content_controls_have_numbers_of_their_own() {
    let text = part(&parts(&everything()), "word/document.xml");
    assert!(
        text.contains("<w:sdtPr><w:id w:val=\"1\"/><w14:checkbox>"),
        "{text}"
    );
    assert!(
        text.contains("<w:alias w:val=\"day\"/><w:id w:val=\"2\"/>"),
        "{text}"
    );
}

#[test]
fn a_draft_says_so_in_its_properties_and_on_every_page() {
    let parts = parts(&everything());
    let core = part(&parts, "docProps/core.xml");
    for wanted in [
        "<cp:keywords>DRAFT, topic</cp:keywords>",
        "<cp:contentStatus>Draft</cp:contentStatus>",
        "<dc:language>en</dc:language>",
        ">2026-11-22T00:00:00Z<",
    ] {
        assert!(core.contains(wanted), "{wanted}: {core}");
    }
    for name in ["word/header1.xml", "word/header2.xml"] {
        assert!(part(&parts, name).contains("DRAFT"), "{name}");
    }
    let mut cleared = everything();
    cleared.properties.is_draft = false;
    for (name, text) in super::tests::parts(&cleared) {
        assert!(!text.contains("DRAFT"), "{name}");
    }
}

#[test]
fn nothing_in_a_text_is_an_element() {
    let elements = |hostile: &str| {
        let mut written = document(vec![
            Block::text(words(hostile)),
            Block::text(vec![
                Inline::Gap(hostile.to_owned()),
                Inline::Code(hostile.to_owned()),
            ]),
            Block::Code(vec![hostile.to_owned()]),
        ]);
        written.properties.title = hostile.to_owned();
        let parts = parts(&written);
        let count = |text: &str| {
            Xml::parse(text)
                .unwrap()
                .descendants()
                .filter(|node| node.is_element())
                .count()
        };
        parts
            .iter()
            .map(|(_, text)| count(text))
            .collect::<Vec<_>>()
    };
    let harmless = elements("harmless");
    for hostile in [
        "</w:t></w:r><w:p/>",
        "]]><!--",
        "&lt;&#0;",
        "\u{0}\u{1}\u{b}\u{202e}\u{fffe}",
        "\"/><w:p x=\"",
    ] {
        assert_eq!(elements(hostile), harmless, "{hostile:?}");
    }
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    let text = everything();
    assert_eq!(
        docx(&text, Paper::A4).unwrap(),
        docx(&text, Paper::A4).unwrap()
    );
    assert_ne!(
        docx(&text, Paper::A4).unwrap(),
        docx(&text, Paper::Letter).unwrap()
    );
}

/// The words of a Word file, as somebody reads them: the text, then its footnotes. Marks of notes are none.
fn words_of(document: &Document) -> Vec<String> {
    let parts = parts(document);
    let mut said = String::new();
    for name in ["word/document.xml", "word/footnotes.xml"] {
        let text = part(&parts, name);
        let xml = Xml::parse(&text).unwrap();
        for node in xml.descendants() {
            let marks = |node: roxmltree::Node<'_, '_>| {
                node.children().any(|about| {
                    about
                        .children()
                        .any(|style| style.attribute((W, "val")) == Some("FootnoteReference"))
                })
            };
            if node.has_tag_name((W, "p")) || node.has_tag_name((W, "br")) {
                said.push(' ');
            } else if node.has_tag_name((W, "t")) && !node.parent().is_some_and(marks) {
                said.push_str(node.text().unwrap_or_default());
            }
        }
    }
    let said = crate::document::words::ascii(&said.replace('\u{2610}', Inline::BOX));
    said.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn it_says_the_words_of_the_text_in_their_order() {
    let mut text = everything();
    let hostile = "<b>&amp; \u{0}\u{202e}x\u{202c} \"a\" 'b'\n{{#include y}} \u{5e9}\u{5dc}";
    text.blocks.push(Block::text(words(hostile)));
    text.blocks.push(Block::Code(vec![hostile.to_owned()]));
    // The number of a notice belongs to its mark: no other format counts it as a word.
    let found: Vec<String> = words_of(&text)
        .into_iter()
        .filter(|word| word != "<1>")
        .collect();
    assert_eq!(found, text.words());
}

#[test]
fn notes_are_numbered_as_they_are_cited_and_none_is_lost() {
    let mut text = document(vec![Block::text(vec![
        Inline::Note(2),
        Inline::Note(0),
        Inline::Note(7),
        Inline::Note(2),
    ])]);
    text.notes[1].push(Inline::Note(1));
    text.notes[1].push(Inline::Tick);
    let parts = parts(&text);
    let body = part(&parts, "word/document.xml");
    assert_eq!(body.matches("<w:footnoteReference w:id=\"1\"/>").count(), 1);
    assert_eq!(body.matches("<w:footnoteReference ").count(), 1);
    assert_eq!(body.matches(" NOTEREF _Note1 ").count(), 1);
    let notes = part(&parts, "word/footnotes.xml");
    assert!(notes.contains("Second entry."), "{notes}");
    assert!(!notes.contains("footnoteReference"), "{notes}");
    let last: Vec<(String, String)> = paragraphs(&text).split_off(2);
    let last: Vec<(&str, &str)> = last.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(
        last,
        [("Heading1", "Sources"), ("ListBullet", "First entry.")]
    );
}

#[test]
fn two_notes_in_a_row_are_not_one_number() {
    let text = document(vec![Block::text(vec![
        Inline::Note(1),
        Inline::Emphasis(vec![Inline::Note(2)]),
        Inline::text(" "),
        Inline::Note(1),
    ])]);
    assert_eq!(paragraphs(&text)[1].1, ", 1");
}

#[test]
fn links_lead_only_to_pages_and_letters() {
    let link = |to: &str| Inline::Link {
        to: to.to_owned(),
        words: words("there"),
    };
    let around = Inline::Link {
        to: "https://example.org/a b".to_owned(),
        words: vec![link("https://example.org/inner")],
    };
    let text = document(vec![Block::text(vec![
        link("javascript:alert(1)"),
        link("file:///etc/hostname"),
        link("mailto:us@example.org"),
        around,
    ])]);
    let parts = parts(&text);
    let references = part(&parts, "word/_rels/document.xml.rels");
    let targets: Vec<&str> = references
        .split("Target=\"")
        .skip(1)
        .filter(|rest| rest.contains("External"))
        .filter_map(|rest| rest.split_once("\" TargetMode"))
        .map(|(target, _)| target)
        .filter(|target| target.contains(':'))
        .collect();
    assert_eq!(
        targets,
        ["mailto:us@example.org", "https://example.org/a%20b"]
    );
    let body = part(&parts, "word/document.xml");
    assert_eq!(body.matches("<w:hyperlink ").count(), 2);
    assert_eq!(paragraphs(&text)[1].1, "therethere".repeat(2));
}

#[test]
fn the_title_of_a_gap_is_one_that_word_opens() {
    let text = document(vec![Block::text(vec![Inline::Gap("a word ".repeat(20))])]);
    let body = part(&parts(&text), "word/document.xml");
    let title = body.split("<w:alias w:val=\"").nth(1).unwrap();
    assert_eq!(title.split('"').next().unwrap().len(), 64);
}

#[test]
fn a_table_without_cells_is_left_out_and_a_long_row_is_not_cut() {
    let table = |head: Vec<Vec<Inline>>, row: Vec<Vec<Inline>>| {
        let rows = vec![row];
        part(
            &parts(&document(vec![Block::Table { head, rows }])),
            "word/document.xml",
        )
    };
    assert!(!table(Vec::new(), Vec::new()).contains("<w:tbl>"));
    let written = table(vec![words("A")], vec![words("1"), words("2")]);
    assert_eq!(written.matches("<w:tc>").count(), 4);
    assert_eq!(written.matches("<w:tblHeader/>").count(), 1);
}

/// What an element may hold, in the order on which Word insists (§A.1), as far as it is written here.
const ORDERS: [(&str, &[&str]); 9] = [
    (
        "pPr",
        &[
            "pStyle",
            "keepNext",
            "keepLines",
            "numPr",
            "pBdr",
            "shd",
            "tabs",
            "suppressAutoHyphens",
            "spacing",
            "ind",
            "outlineLvl",
        ],
    ),
    (
        "rPr",
        &[
            "rStyle",
            "rFonts",
            "b",
            "bCs",
            "i",
            "iCs",
            "noProof",
            "color",
            "sz",
            "szCs",
            "u",
            "shd",
            "vertAlign",
            "lang",
        ],
    ),
    ("sdtPr", &["alias", "id", "showingPlcHdr", "checkbox"]),
    (
        "tblPr",
        &[
            "tblStyle",
            "tblW",
            "tblInd",
            "tblBorders",
            "tblLayout",
            "tblCellMar",
            "tblLook",
        ],
    ),
    (
        "style",
        &[
            "name",
            "basedOn",
            "next",
            "uiPriority",
            "semiHidden",
            "qFormat",
            "pPr",
            "rPr",
            "tblPr",
            "tblStylePr",
        ],
    ),
    ("abstractNum", &["nsid", "multiLevelType", "lvl"]),
    (
        "lvl",
        &["start", "numFmt", "pStyle", "lvlText", "lvlJc", "pPr"],
    ),
    (
        "sectPr",
        &[
            "headerReference",
            "footerReference",
            "pgSz",
            "pgMar",
            "titlePg",
        ],
    ),
    (
        "settings",
        &[
            "defaultTabStop",
            "characterSpacingControl",
            "footnotePr",
            "compat",
            "themeFontLang",
            "decimalSymbol",
            "listSeparator",
        ],
    ),
];

#[test]
fn properties_stand_in_the_order_of_the_schema() {
    let mut seen = BTreeSet::new();
    for (name, text) in parts(&everything()) {
        let xml = Xml::parse(&text).unwrap();
        for node in xml.descendants() {
            let tag = node.tag_name().name();
            let Some((_, order)) = ORDERS.iter().find(|(of, _)| *of == tag) else {
                continue;
            };
            seen.insert(tag.to_owned());
            let places: Vec<usize> = node
                .children()
                .map(|child| {
                    let child = child.tag_name().name();
                    let place = order.iter().position(|known| *known == child);
                    place.unwrap_or_else(|| panic!("{name}: {child} in {tag}"))
                })
                .collect();
            assert!(places.is_sorted(), "{name}: {tag} {places:?}");
        }
    }
    assert_eq!(seen.len(), ORDERS.len(), "{seen:?}");
}
