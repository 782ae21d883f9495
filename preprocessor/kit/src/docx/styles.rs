//! The looks, under the names that Word knows (§17.7).

use super::numbering::{BULLETS, NUMBERS, STEP};
use super::package::{HEAD, W};
use super::properties::LANGUAGE;

/// The letters of the text and of terminals: every Word has them, and every office program something alike.
const TEXT: &str = "Calibri";
const TERMINAL: &str = "Consolas";
/// The colours of the website.
const INK: &str = "16191D";
const SOFT: &str = "46505A";
const ACCENT: &str = "0F3D66";
const HAIRLINE: &str = "C9D0D6";
const PALE: &str = "F2F4F6";
const PALE_GAP: &str = "FFF2B3";

/// A style of paragraphs: id, name, what it builds on, what follows it, its paragraph's properties, its
/// letters' properties.
struct Paragraph(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    String,
    String,
);

/// `word/styles.xml`.
pub(super) fn part() -> String {
    let mut part = format!(
        "{HEAD}<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"{TEXT}\" w:hAnsi=\"{TEXT}\" w:eastAsia=\"{TEXT}\" w:cs=\"{TEXT}\"/>\
         <w:color w:val=\"{INK}\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>\
         <w:lang w:val=\"{LANGUAGE}\" w:eastAsia=\"{LANGUAGE}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:after=\"140\" w:line=\"271\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/></w:style>"
    );
    part.extend(paragraphs().iter().map(paragraph));
    part.extend(characters());
    part.push_str(&table());
    part.push_str("</w:styles>");
    part
}

fn paragraphs() -> Vec<Paragraph> {
    let p = |id, name, based, next, paragraph: String, letters: String| {
        Paragraph(id, name, based, next, paragraph, letters)
    };
    let none = String::new;
    let edge = |side: &str, size: usize, colour: &str, space: usize| {
        format!(
            "<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"{space}\" w:color=\"{colour}\"/>"
        )
    };
    let heading = |level: usize, before: usize| {
        format!(
            "<w:keepNext/><w:keepLines/><w:spacing w:before=\"{before}\" w:after=\"80\" w:line=\"252\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"{}\"/>",
            level - 1
        )
    };
    let letters = |size: usize, colour: &str| {
        format!("<w:color w:val=\"{colour}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>")
    };
    let bold = |rest: String| format!("<w:b/><w:bCs/>{rest}");
    let shaded =
        |colour: &str| format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{colour}\"/>");
    let tab = "<w:tabs><w:tab w:val=\"right\" w:pos=\"9070\"/></w:tabs>";
    let listed = |list: usize| {
        format!("<w:numPr><w:numId w:val=\"{list}\"/></w:numPr><w:spacing w:after=\"80\"/>")
    };
    let boxed = format!(
        "<w:pBdr>{}</w:pBdr>{}<w:spacing w:before=\"160\" w:after=\"160\"/><w:ind w:left=\"142\" w:right=\"142\"/>",
        edge("left", 24, ACCENT, 8),
        shaded(PALE)
    );
    vec![
        p("BodyText", "Body Text", "Normal", "BodyText", none(), none()),
        p(
            "Title",
            "Title",
            "Normal",
            "BodyText",
            "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/>".to_owned(),
            bold(letters(44, INK)),
        ),
        p("Heading1", "heading 1", "Normal", "BodyText", heading(1, 320), bold(letters(28, ACCENT))),
        p("Heading2", "heading 2", "Normal", "BodyText", heading(2, 240), bold(letters(24, ACCENT))),
        p("Heading3", "heading 3", "Normal", "BodyText", heading(3, 200), bold(letters(22, INK))),
        p("State", "State of review", "Normal", "BodyText", none(), bold(letters(20, SOFT))),
        p("Says", "Sentence to quote", "Normal", "BodyText", "<w:spacing w:before=\"160\" w:after=\"160\"/>".to_owned(), letters(28, INK)),
        p("Action", "What to do", "Normal", "BodyText", boxed, none()),
        p("Facts", "Facts about the piece", "Normal", "BodyText", none(), letters(19, SOFT)),
        p("SmallPrint", "Small print", "Normal", "BodyText", "<w:spacing w:before=\"80\" w:after=\"200\"/>".to_owned(), letters(18, SOFT)),
        p(
            "Quote",
            "Quote",
            "Normal",
            "Quote",
            format!("<w:pBdr>{}</w:pBdr><w:ind w:left=\"284\" w:right=\"284\"/>", edge("left", 18, HAIRLINE, 10)),
            none(),
        ),
        p("ListBullet", "List Bullet", "Normal", "ListBullet", listed(BULLETS), none()),
        p("ListNumber", "List Number", "Normal", "ListNumber", listed(NUMBERS), none()),
        p("ListContinue", "List Continue", "Normal", "ListContinue", format!("<w:spacing w:after=\"80\"/><w:ind w:left=\"{STEP}\"/>"), none()),
        p("SampleTitle", "Sample title", "Normal", "SamplePlain", "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"40\"/>".to_owned(), bold(letters(20, SOFT))),
        p("SamplePlain", "Sample in plain words", "Normal", "Terminal", "<w:keepNext/>".to_owned(), none()),
        p(
            "Terminal",
            "Terminal",
            "Normal",
            "BodyText",
            format!("<w:pBdr>{}{}{}{}</w:pBdr>{}<w:suppressAutoHyphens/><w:spacing w:before=\"120\" w:after=\"200\" w:line=\"252\" w:lineRule=\"auto\"/><w:ind w:left=\"142\" w:right=\"142\"/>", edge("top", 4, PALE, 4), edge("left", 4, PALE, 6), edge("bottom", 4, PALE, 4), edge("right", 4, PALE, 6), shaded(PALE)),
            format!("<w:rFonts w:ascii=\"{TERMINAL}\" w:hAnsi=\"{TERMINAL}\" w:cs=\"{TERMINAL}\"/><w:noProof/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>"),
        ),
        p("TableText", "Table text", "Normal", "TableText", "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"252\" w:lineRule=\"auto\"/>".to_owned(), "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>".to_owned()),
        p("TableHead", "Table head", "TableText", "TableText", "<w:keepNext/>".to_owned(), "<w:b/><w:bCs/>".to_owned()),
        p("AfterTable", "After a table", "Normal", "BodyText", "<w:spacing w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/>".to_owned(), none()),
        p("FootnoteText", "footnote text", "Normal", "FootnoteText", "<w:spacing w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>".to_owned(), "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>".to_owned()),
        p("Letterhead", "Letterhead", "Normal", "LetterheadSmall", format!("{tab}<w:spacing w:after=\"20\"/>"), bold(letters(24, ACCENT))),
        p(
            "LetterheadSmall",
            "Letterhead, small",
            "Normal",
            "BodyText",
            format!("<w:pBdr>{}</w:pBdr><w:spacing w:after=\"0\"/>", edge("bottom", 6, HAIRLINE, 6)),
            letters(18, SOFT),
        ),
        p("Header", "header", "Normal", "Header", format!("{tab}<w:spacing w:after=\"0\"/>"), letters(18, SOFT)),
        p("Footer", "footer", "Normal", "Footer", format!("{tab}<w:spacing w:after=\"0\"/>"), letters(18, SOFT)),
    ]
}

fn paragraph(style: &Paragraph) -> String {
    let Paragraph(id, name, based, next, about, letters) = style;
    let about = wrapped("w:pPr", about);
    let letters = wrapped("w:rPr", letters);
    let ours = ours(id);
    format!(
        "<w:style w:type=\"paragraph\"{ours} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"{based}\"/>\
         <w:next w:val=\"{next}\"/><w:qFormat/>{about}{letters}</w:style>"
    )
}

/// What marks a style as one that Word does not know by its name.
fn ours(id: &str) -> &'static str {
    const OURS: [&str; 15] = [
        "State",
        "Says",
        "Action",
        "Facts",
        "SmallPrint",
        "SampleTitle",
        "SamplePlain",
        "Terminal",
        "TableText",
        "TableHead",
        "AfterTable",
        "Letterhead",
        "LetterheadSmall",
        "InlineCode",
        "Gap",
    ];
    match OURS.contains(&id) {
        true => " w:customStyle=\"1\"",
        false => "",
    }
}

fn wrapped(element: &str, content: &str) -> String {
    if content.is_empty() {
        return String::new();
    }
    format!("<{element}>{content}</{element}>")
}

fn characters() -> [String; 6] {
    let character = |id: &str, name: &str, letters: &str| {
        let ours = ours(id);
        format!(
            "<w:style w:type=\"character\"{ours} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"DefaultParagraphFont\"/><w:qFormat/><w:rPr>{letters}</w:rPr></w:style>"
        )
    };
    [
        character("Strong", "Strong", "<w:b/><w:bCs/>"),
        character("Emphasis", "Emphasis", "<w:i/><w:iCs/>"),
        character(
            "InlineCode",
            "Inline code",
            &format!(
                "<w:rFonts w:ascii=\"{TERMINAL}\" w:hAnsi=\"{TERMINAL}\" w:cs=\"{TERMINAL}\"/><w:noProof/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>"
            ),
        ),
        character(
            "Hyperlink",
            "Hyperlink",
            &format!("<w:color w:val=\"{ACCENT}\"/><w:u w:val=\"single\"/>"),
        ),
        character(
            "Gap",
            "Gap to fill in",
            &format!(
                "<w:b/><w:bCs/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{PALE_GAP}\"/>"
            ),
        ),
        character(
            "FootnoteReference",
            "footnote reference",
            "<w:vertAlign w:val=\"superscript\"/>",
        ),
    ]
}

fn table() -> String {
    let line = |side: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"{HAIRLINE}\"/>")
    };
    format!(
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"FactsTable\"><w:name w:val=\"Facts table\"/><w:basedOn w:val=\"TableNormal\"/>\
         <w:tblPr><w:tblBorders>{}{}{}</w:tblBorders></w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{PALE}\"/></w:tcPr></w:tblStylePr></w:style>",
        line("top"),
        line("bottom"),
        line("insideH")
    )
}
