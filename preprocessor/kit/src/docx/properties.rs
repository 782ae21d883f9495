//! What the file says about itself, and how Word is to treat it.

use super::package::{HEAD, W};
use super::xml;
use crate::document::Properties;

/// The language of the book, as the website says it.
const BOOKS_LANGUAGE: &str = "en";
/// The same as Word names it, whose dictionaries are of a country.
pub(super) const LANGUAGE: &str = "en-GB";

/// `docProps/core.xml` (ECMA-376 part 2, §11).
pub(super) fn core(properties: &Properties) -> String {
    let status = if properties.is_draft {
        "Draft"
    } else {
        "Reviewed"
    };
    let mut keywords = properties.keywords.clone();
    if properties.is_draft {
        keywords.insert(0, Properties::DRAFT.to_owned());
    }
    let day = format!("{}T00:00:00Z", properties.checked);
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator>\
         <cp:keywords>{}</cp:keywords><dc:description>{}</dc:description>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified>\
         <dc:language>{BOOKS_LANGUAGE}</dc:language><cp:contentStatus>{status}</cp:contentStatus></cp:coreProperties>",
        xml::text(&properties.title),
        xml::text(&properties.kind),
        xml::text(&properties.book),
        xml::text(&keywords.join(", ")),
        xml::text(&format!("{} {}", properties.state, properties.version)),
    )
}

/// `docProps/app.xml`.
pub(super) fn app() -> String {
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Shelf-Ready</Application></Properties>"
    )
}

/// `word/settings.xml` (§17.15): as Word has it since 2013, so that it opens in no mode of older days.
pub(super) fn settings() -> String {
    format!(
        "{HEAD}<w:settings xmlns:w=\"{W}\"><w:defaultTabStop w:val=\"709\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/>\
         <w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{LANGUAGE}\"/><w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>"
    )
}
