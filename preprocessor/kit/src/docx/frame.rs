//! What stands around the text on its pages: the letterhead, the running head, the foot.

use super::body::WIDTH;
use super::package::{HEAD, R, W};
use super::runs::run;
use super::xml;
use crate::document::Properties;
use crate::paper::Paper;

/// The margin at both sides of A4, in twentieths of a point; Letter is wider, and so are its margins.
const A4: (usize, usize) = (11_906, 16_838);
const LETTER: (usize, usize) = (12_240, 15_840);

/// `word/header1.xml`, on the first page: from whom it comes, what it is, of which day and version.
pub(super) fn letterhead(properties: &Properties) -> String {
    let date = format!("{}. {}", properties.checked.in_words(), properties.version);
    let kind = match properties.is_draft {
        true => format!("{} \u{b7} {}", properties.kind, Properties::DRAFT),
        false => properties.kind.clone(),
    };
    header(&format!(
        "{}{}",
        paragraph(
            "Letterhead",
            &format!(
                "{}<w:r><w:tab/></w:r>{}",
                run("", &xml::sentence(' ', &properties.book)),
                run("", &xml::sentence(' ', &kind))
            )
        ),
        paragraph("LetterheadSmall", &run("", &xml::sentence(' ', &date)))
    ))
}

/// `word/header2.xml`, on every other page.
pub(super) fn running_head(properties: &Properties) -> String {
    let mark = if properties.is_draft {
        Properties::DRAFT
    } else {
        ""
    };
    let words = format!(
        "{}<w:r><w:tab/></w:r>{}",
        run("", &xml::sentence(' ', &properties.title)),
        run("", &xml::sentence(' ', mark))
    );
    header(&paragraph("Header", &words))
}

/// `word/footer1.xml`, on the first page: the state.
pub(super) fn first_foot(properties: &Properties) -> String {
    footer(&properties.state)
}

/// `word/footer2.xml`, on every other page: from whom it comes, and which version it is.
pub(super) fn foot(properties: &Properties) -> String {
    footer(&format!("{}. {}", properties.book, properties.version))
}

/// A line at the foot, which ends in which page of how many it is.
fn footer(words: &str) -> String {
    let words = format!(
        "{}<w:r><w:tab/></w:r>{}{}{}{}",
        run("", &xml::sentence(' ', words)),
        run("", "Page "),
        field("PAGE"),
        run("", " of "),
        field("NUMPAGES")
    );
    format!(
        "{HEAD}<w:ftr xmlns:w=\"{W}\" xmlns:r=\"{R}\">{}</w:ftr>",
        paragraph("Footer", &words)
    )
}

/// The last properties of the text (§17.6): its paper, and what stands around it.
pub(super) fn section(paper: Paper) -> String {
    let (width, height) = match paper {
        Paper::A4 => A4,
        Paper::Letter => LETTER,
    };
    let side = (width - WIDTH) / 2;
    format!(
        "<w:sectPr><w:headerReference w:type=\"first\" r:id=\"rIdLetterhead\"/>\
         <w:headerReference w:type=\"default\" r:id=\"rIdHead\"/>\
         <w:footerReference w:type=\"first\" r:id=\"rIdFirstFoot\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rIdFoot\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>\
         <w:pgMar w:top=\"1417\" w:right=\"{side}\" w:bottom=\"1247\" w:left=\"{side}\" w:header=\"680\" w:footer=\"567\" w:gutter=\"0\"/>\
         <w:titlePg/></w:sectPr>"
    )
}

fn header(content: &str) -> String {
    format!("{HEAD}<w:hdr xmlns:w=\"{W}\" xmlns:r=\"{R}\">{content}</w:hdr>")
}

fn paragraph(style: &str, words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{words}</w:p>")
}

/// A number that Word counts (§17.16.4.1). What stands there until it has counted is 1.
fn field(name: &str) -> String {
    format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
}
