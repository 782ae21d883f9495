//! Gaps that nobody has filled, in a file that somebody has edited.

mod letters;
mod word;

use thiserror::Error;

use crate::document::Inline;

/// How much of a file is read, in bytes, unpacked: far more than a statement has.
const LONGEST: u64 = 20 << 20;
/// How many letters of a gap are shown, where its end is missing.
const SHOWN: usize = 80;

/// Why a file could not be looked through.
#[derive(Debug, Error)]
pub enum GapsError {
    /// Its name ends otherwise than those of the kit.
    #[error("only files that end in .docx, .txt or .html can be looked through")]
    Kind,
    /// It is no package, or has no text.
    #[error("it is no Word file")]
    Package(#[from] zip::result::ZipError),
    /// It is a package of something else.
    #[error("it is no Word file: it has no text")]
    NoText,
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
        "docx" => word::gaps(bytes),
        "txt" | "html" | "htm" if bytes.len() as u64 > LONGEST => Err(GapsError::TooLong),
        "txt" => Ok(paragraphs(&letters::decoded(bytes))),
        "html" | "htm" => Ok(paragraphs(&letters::without_tags(&letters::decoded(bytes)))),
        _ => Err(GapsError::Kind),
    }
}

/// The gaps of a text with an empty line between its paragraphs.
fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let paragraphs = lines.split(|line| line.trim().is_empty());
    paragraphs
        .flat_map(|lines| gaps_in(&lines.join(" ")))
        .collect()
}

/// Every gap of a paragraph, however its words are spaced and wherever its lines were wrapped.
fn gaps_in(paragraph: &str) -> Vec<String> {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let paragraph = words.join(" ");
    let begin = Inline::GAP.trim_end();
    let gaps = paragraph.split(begin).skip(1);
    gaps.map(|rest| match rest.split_once(']') {
        Some((what, _)) => what.trim().to_owned(),
        None => rest.trim().chars().take(SHOWN).collect(),
    })
    .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
