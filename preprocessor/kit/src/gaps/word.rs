//! Word files: the text of their parts, paragraph by paragraph, as Word, LibreOffice or we have saved them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use roxmltree::{Document, Node, ParsingOptions};
use zip::ZipArchive;

use super::{GapsError, LONGEST, gaps_in};
use crate::document::Inline;

/// The elements that hold text which people see: the text itself, heads and feet, notes (ECMA-376 part 1, §17).
const SEEN: [&str; 5] = ["document", "hdr", "ftr", "footnotes", "endnotes"];
/// How far is looked for the paragraph of a text, or for the text of a field. Word stays far below; no file can
/// make a search of every element from every other.
const DEEPEST: usize = 100;
/// How many elements and texts a part may have.
const MOST_NODES: u32 = 2_000_000;

/// The gaps of every part with text, the text first.
pub(super) fn gaps(bytes: &[u8]) -> Result<Vec<String>, GapsError> {
    let parts = parts(bytes)?;
    let mut found = Vec::new();
    let mut has_text = false;
    for part in parts {
        let options = ParsingOptions {
            nodes_limit: MOST_NODES,
            ..ParsingOptions::default()
        };
        let xml = Document::parse_with_options(&part, options)?;
        let root = xml.root_element().tag_name().name();
        let gaps = paragraphs(xml.root_element());
        match root {
            "document" => {
                has_text = true;
                found.splice(0..0, gaps);
            }
            root if SEEN.contains(&root) => found.extend(gaps),
            _ => {}
        }
    }
    match has_text {
        true => Ok(found),
        false => Err(GapsError::NoText),
    }
}

/// The XML of the folder `word`, all of it no longer than is allowed. What lies in folders of it, such as the
/// words that empty fields show, is no text of the file.
fn parts(bytes: &[u8]) -> Result<Vec<String>, GapsError> {
    let mut package = ZipArchive::new(Cursor::new(bytes))?;
    let mut parts = Vec::new();
    let mut room = LONGEST;
    for index in 0..package.len() {
        let part = package.by_index(index)?;
        let name = part.name()?.into_owned();
        let name = name.strip_prefix("word/");
        if !name.is_some_and(|name| name.ends_with(".xml") && !name.contains('/')) {
            continue;
        }
        let mut xml = String::new();
        part.take(room + 1).read_to_string(&mut xml)?;
        room = room
            .checked_sub(xml.len() as u64)
            .ok_or(GapsError::TooLong)?;
        parts.push(xml);
    }
    Ok(parts)
}

/// The gaps of each paragraph, in the order in which paragraphs begin.
fn paragraphs(part: Node<'_, '_>) -> Vec<String> {
    let mut paragraphs: BTreeMap<usize, String> = BTreeMap::new();
    for node in part.descendants() {
        let mut around = node.ancestors().skip(1).take(DEEPEST);
        let Some(of) = around.find(|node| is(*node, "p")) else {
            continue;
        };
        let words = paragraphs.entry(of.id().get_usize()).or_default();
        if is(node, "t") {
            words.push_str(node.text().unwrap_or_default());
        } else if ["br", "cr", "tab"].iter().any(|name| is(node, name)) {
            words.push(' ');
        } else if let Some(what) = emptied(node) {
            words.push_str(&Inline::gap(&what));
        }
    }
    paragraphs
        .values()
        .flat_map(|words| gaps_in(words))
        .collect()
}

/// What is asked for by a field that was filled and emptied again: Word shows words of its own there.
fn emptied(node: Node<'_, '_>) -> Option<String> {
    let about = node.children().find(|child| is(*child, "sdtPr"))?;
    let is_empty = about.children().any(|child| is(child, "showingPlcHdr"));
    let content = node.children().find(|child| is(*child, "sdtContent"))?;
    let texts = content
        .descendants()
        .take(DEEPEST)
        .filter(|node| is(*node, "t"));
    let shown: String = texts.filter_map(|text| text.text()).collect();
    if !is_empty || shown.contains(Inline::GAP.trim_end()) {
        return None;
    }
    let title = about.children().find(|child| is(*child, "alias"));
    let title = title.and_then(|title| title.attributes().find(|value| value.name() == "val"));
    Some(title.map_or(shown, |title| title.value().to_owned()))
}

/// Whether it is this element of a text. Word has a name space for each of its two dialects (parts 1 and 4).
fn is(node: Node<'_, '_>, name: &str) -> bool {
    const SPACES: [&str; 2] = [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ];
    let tag = node.tag_name();
    tag.name() == name && tag.namespace().is_some_and(|space| SPACES.contains(&space))
}
