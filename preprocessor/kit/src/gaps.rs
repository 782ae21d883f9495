//! Gaps that nobody has filled, in a file that somebody has edited.

use std::io::{Cursor, Read as _};

use thiserror::Error;
use zip::ZipArchive;

use crate::document::Inline;

/// How much of a Word file's text is unpacked, in bytes: far more than a statement has.
const LONGEST: u64 = 20 << 20;
/// The part of a Word file that holds its text.
const TEXT: &str = "word/document.xml";
/// The name space of its elements (ECMA-376 part 1).
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Why a file could not be looked through.
#[derive(Debug, Error)]
pub enum GapsError {
    /// Its name ends otherwise than those of the kit.
    #[error("only files that end in .docx, .txt or .html can be looked through")]
    Kind,
    /// It is no package, or has no text.
    #[error("it is no Word file")]
    Package(#[from] zip::result::ZipError),
    /// Its text cannot be unpacked.
    #[error("the text of the Word file cannot be unpacked")]
    Unpack(#[from] std::io::Error),
    /// Its text is no XML.
    #[error("the text of the Word file is broken")]
    Xml(#[from] roxmltree::Error),
    /// Its text is longer than any that the kit makes.
    #[error("its text is longer than {} MB", LONGEST >> 20)]
    TooLong,
}

/// What is still to be filled in, in the order of the text: the words of each gap. `name` is the file's.
///
/// # Errors
///
/// A file of another kind, or one that is broken or far too long.
pub fn open_gaps(name: &str, bytes: &[u8]) -> Result<Vec<String>, GapsError> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "docx" => Ok(gaps_in(&words(bytes)?)),
        "txt" | "html" | "htm" => Ok(gaps_in(&String::from_utf8_lossy(bytes))),
        _ => Err(GapsError::Kind),
    }
}

/// The text of a Word file, a line for each paragraph. An editor's program may have cut a gap into several
/// runs.
fn words(bytes: &[u8]) -> Result<String, GapsError> {
    let mut package = ZipArchive::new(Cursor::new(bytes))?;
    let mut xml = String::new();
    let mut part = package.by_name(TEXT)?.take(LONGEST + 1);
    part.read_to_string(&mut xml)?;
    if xml.len() as u64 > LONGEST {
        return Err(GapsError::TooLong);
    }
    let document = roxmltree::Document::parse(&xml)?;
    let mut words = String::new();
    for node in document.descendants() {
        if node.has_tag_name((W, "p")) {
            words.push('\n');
        } else if node.has_tag_name((W, "t")) {
            words.push_str(node.text().unwrap_or_default());
        }
    }
    Ok(words)
}

/// Every gap of a text. Where lines were wrapped inside one, it is still one.
fn gaps_in(text: &str) -> Vec<String> {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    let gaps = text.split(Inline::GAP).skip(1);
    gaps.map(|rest| rest.split(']').next().unwrap_or(rest).to_owned())
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
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
}
