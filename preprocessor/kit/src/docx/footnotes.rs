//! The publications that the text cites, as footnotes.

use super::package::{HEAD, NAMES};
use super::runs::Words;
use crate::document::Inline;

/// `word/footnotes.xml` (§17.11): the two lines that Word draws above notes, then a note for each publication
/// that the text refers to. `words` collects the links of this part.
pub(super) fn part(notes: &[Vec<Inline>], cited: &[usize], words: &mut Words) -> String {
    let mut part = format!("{HEAD}<w:footnotes {NAMES}>");
    for (id, kind) in [(-1, "separator"), (0, "continuationSeparator")] {
        part.push_str(&format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        ));
    }
    for (index, note) in cited.iter().enumerate() {
        let id = index + 1;
        let note = note.checked_sub(1).and_then(|note| notes.get(note));
        let note = note.map_or(&[][..], Vec::as_slice);
        part.push_str(&format!(
            "<w:footnote w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>\
             <w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>\
             <w:r><w:t xml:space=\"preserve\"> </w:t></w:r>{}</w:p></w:footnote>",
            words.write(note)
        ));
    }
    part.push_str("</w:footnotes>");
    part
}
