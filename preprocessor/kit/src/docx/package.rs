//! The package: a zip of parts, and how they belong together (ECMA-376 part 2).

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::Body;
use super::runs::Words;
use super::{DocxError, footnotes, frame, properties, styles, xml};
use crate::document::Document;
use crate::paper::Paper;

/// How every part begins.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The name space of texts.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The name space of references to other parts.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The names that words need: of texts, of references, of boxes to tick ([MS-DOCX] §2.6), and of the leave to
/// pass over boxes in older programs (ECMA-376 part 3).
pub(super) const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
     xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w14\"";
/// Where the kinds of parts and of references begin.
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The parts of a text beside the text itself: their name, their kind, how the text refers to them.
const PARTS: [(&str, &str, &str); 8] = [
    ("styles", "styles", "rIdStyles"),
    ("settings", "settings", "rIdSettings"),
    ("numbering", "numbering", "rIdNumbering"),
    ("footnotes", "footnotes", "rIdFootnotes"),
    ("header1", "header", "rIdLetterhead"),
    ("header2", "header", "rIdHead"),
    ("footer1", "footer", "rIdFirstFoot"),
    ("footer2", "footer", "rIdFoot"),
];

/// Packs the document.
pub(super) fn pack(document: &Document, paper: Paper) -> Result<Vec<u8>, DocxError> {
    let about = &document.properties;
    let mut body = Body::new(document.notes.len());
    let mut text = body.write(&document.blocks);
    text.push_str(&body.never_cited(&document.notes));
    let mut noted = Words::of_notes(&body.words);
    let notes = footnotes::part(&document.notes, &body.words.cited, &mut noted);
    let text = format!(
        "{HEAD}<w:document {NAMES}><w:body>{text}{}</w:body></w:document>",
        frame::section(paper)
    );
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", whole()),
        ("docProps/core.xml", properties::core(about)),
        ("docProps/app.xml", properties::app()),
        ("word/document.xml", text),
        ("word/_rels/document.xml.rels", of_text(&body.words.links)),
        ("word/styles.xml", styles::part()),
        ("word/settings.xml", properties::settings()),
        ("word/numbering.xml", body.lists.part()),
        ("word/footnotes.xml", notes),
        (
            "word/_rels/footnotes.xml.rels",
            relationships(&links(&noted.links)),
        ),
        ("word/header1.xml", frame::letterhead(about)),
        ("word/header2.xml", frame::running_head(about)),
        ("word/footer1.xml", frame::first_foot(about)),
        ("word/footer2.xml", frame::foot(about)),
    ];
    let (year, month, day) = about.checked.year_month_day();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(
            DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default(),
        );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(name, options)?;
        zip.write_all(part.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// `[Content_Types].xml`: what each part is.
fn content_types() -> String {
    let mut part = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{TYPE}.document.main+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
    );
    for (name, kind, _) in PARTS {
        part.push_str(&format!(
            "<Override PartName=\"/word/{name}.xml\" ContentType=\"{TYPE}.{kind}+xml\"/>"
        ));
    }
    part.push_str("</Types>");
    part
}

/// `_rels/.rels`: where the text and the properties of the package are.
fn whole() -> String {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    let entries = [
        (
            "rIdText",
            format!("{R}/officeDocument"),
            "word/document.xml",
        ),
        ("rIdCore", core, "docProps/core.xml"),
        (
            "rIdApp",
            format!("{R}/extended-properties"),
            "docProps/app.xml",
        ),
    ];
    let entries = entries.map(|(id, kind, target)| {
        format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    });
    relationships(&entries.concat())
}

/// What the text refers to: its parts, and its links.
fn of_text(addresses: &[String]) -> String {
    let parts: String = PARTS
        .iter()
        .map(|(name, kind, id)| {
            format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{name}.xml\"/>")
        })
        .collect();
    relationships(&(parts + &links(addresses)))
}

fn links(addresses: &[String]) -> String {
    let numbered = addresses.iter().enumerate();
    numbered
        .map(|(index, address)| {
            format!(
                "<Relationship Id=\"rIdLink{}\" Type=\"{R}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                index + 1,
                xml::text(address)
            )
        })
        .collect()
}

fn relationships(entries: &str) -> String {
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{entries}</Relationships>")
}
