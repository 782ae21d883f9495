use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::document::Block;
use crate::docx::tests::document;
use crate::{Paper, docx};

#[test]
fn gaps_are_found_in_every_format_that_people_edit() {
    for (name, text) in [
        (
            "a.txt",
            "By [FILL IN: name of\n  your house], [FILL IN: day].",
        ),
        (
            "a.html",
            "<p>By <b>[FILL IN: name of your house]</b>, [FILL IN: day].</p>",
        ),
    ] {
        let gaps = open_gaps(name, text.as_bytes()).unwrap();
        assert_eq!(gaps, ["name of your house", "day"], "{name}");
    }
    let words = ["name of your house", "day"].map(|what| Inline::Gap(what.to_owned()));
    let file = docx(&document(vec![Block::text(words.to_vec())]), Paper::A4).unwrap();
    assert_eq!(
        open_gaps("A.DOCX", &file).unwrap(),
        ["name of your house", "day"]
    );
}

#[test]
fn a_filled_text_has_none() {
    let file = docx(
        &document(vec![Block::text(vec![Inline::text("By us [1].")])]),
        Paper::A4,
    );
    assert!(open_gaps("a.docx", &file.unwrap()).unwrap().is_empty());
}

#[test]
fn what_is_no_such_file_is_named() {
    assert!(matches!(open_gaps("a.pdf", b""), Err(GapsError::Kind)));
    assert!(matches!(
        open_gaps("a.docx", b"Dear all"),
        Err(GapsError::Package(_))
    ));
}

/// A package with these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file with this text.
fn word(text: &str) -> Vec<u8> {
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let text = format!("<w:document {names}><w:body>{text}</w:body></w:document>");
    package(&[("word/document.xml", &text)])
}

#[test]
fn a_gap_that_word_has_cut_into_runs_is_still_one() {
    let file = word(
        "<w:p><w:r><w:t>[FI</w:t></w:r><w:proofErr/><w:r><w:t>LL IN:</w:t><w:br/><w:t>name]</w:t></w:r></w:p>\
         <w:p><w:r><w:t>[FILL IN: never closed</w:t></w:r></w:p><w:p><w:r><w:t>Next.</w:t></w:r></w:p>\
         <w:p><w:del><w:r><w:delText>[FILL IN: deleted]</w:delText></w:r></w:del></w:p>",
    );
    assert_eq!(
        open_gaps("a.docx", &file).unwrap(),
        ["name", "never closed"]
    );
}

#[test]
fn a_field_that_was_filled_and_emptied_again_is_open() {
    let field = |about: &str, shown: &str| {
        word(&format!(
            "<w:p><w:sdt><w:sdtPr><w:alias w:val=\"name\"/>{about}</w:sdtPr><w:sdtContent><w:r><w:t>{shown}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        ))
    };
    let gaps = |about, shown| open_gaps("a.docx", &field(about, shown)).unwrap();
    assert_eq!(
        gaps("<w:showingPlcHdr/>", "Click or tap here to enter text."),
        ["name"]
    );
    assert_eq!(gaps("<w:showingPlcHdr/>", "[FILL IN: name]"), ["name"]);
    assert!(gaps("", "Us").is_empty());
}

#[test]
fn gaps_in_heads_and_notes_count_and_those_of_templates_do_not() {
    let part = |name: &str, text: &str| {
        format!(
            "<w:{name} xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{name}>"
        )
    };
    let file = package(&[
        ("word/header1.xml", &part("hdr", "[FILL IN: head]")),
        ("word/document2.xml", &part("document", "[FILL IN: text]")),
        (
            "word/glossary/document.xml",
            &part("document", "[FILL IN: glossary]"),
        ),
    ]);
    assert_eq!(open_gaps("a.docx", &file).unwrap(), ["text", "head"]);
}

#[test]
fn a_page_that_word_has_saved_is_read_as_people_see_it() {
    let page = "<p>[FILL\n <span lang=EN>IN:&nbsp;</span><b>name &amp; day]</b></p><p>[FILL IN: open</p><p>1 < 2</p>";
    assert_eq!(
        open_gaps("a.htm", page.as_bytes()).unwrap(),
        ["name & day", "open"]
    );
}

#[test]
fn a_text_in_two_bytes_a_letter_is_read_too() {
    let text = "\u{feff}By [FILL IN: name].";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [little, big] {
        assert_eq!(open_gaps("a.txt", &bytes).unwrap(), ["name"]);
    }
}

#[test]
fn a_file_that_unpacks_to_far_too_much_is_refused() {
    let long = " ".repeat(LONGEST as usize / 2 + 1);
    let file = package(&[("word/document.xml", &long), ("word/header1.xml", &long)]);
    assert!(file.len() < 1 << 20, "{}", file.len());
    assert!(matches!(
        open_gaps("a.docx", &file),
        Err(GapsError::TooLong)
    ));
    let letters = vec![b' '; LONGEST as usize + 1];
    assert!(matches!(
        open_gaps("a.txt", &letters),
        Err(GapsError::TooLong)
    ));
}

#[test]
fn a_hostile_file_ends_in_an_error_soon() {
    let deep = "<w:p>".repeat(200_000) + &"</w:p>".repeat(200_000);
    assert!(open_gaps("a.docx", &word(&deep)).unwrap().is_empty());
    let entity = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
    let file = package(&[("word/document.xml", entity)]);
    assert!(matches!(open_gaps("a.docx", &file), Err(GapsError::Xml(_))));
    let file = package(&[("xl/workbook.xml", "<a/>")]);
    assert!(matches!(open_gaps("a.docx", &file), Err(GapsError::NoText)));
}
