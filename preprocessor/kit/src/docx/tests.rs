//! What Word and others read in the file.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use editorial::Day;
use roxmltree::Document as Xml;
use zip::ZipArchive;

use super::*;
use crate::document::{Block, Inline, Line, Properties, Role, Sample};

const W: &str = super::package::W;
const R: &str = super::package::R;

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
            let words = paragraph
                .descendants()
                .filter(|node| node.has_tag_name((W, "t")));
            let words: String = words.filter_map(|node| node.text()).collect();
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
                "One two there1 threethere\u{2610}[FILL IN: day]"
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
            ("Terminal", "x"),
            ("Terminal", "  y"),
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
        "<dc:language>en-GB</dc:language>",
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
