//! A text as a Word file, made to be edited: a small writer of Office Open XML (ECMA-376).
//!
//! Looks come from styles with the names that Word knows, so that an editor's own template fits. Publications
//! are real footnotes, gaps and boxes are content controls, and nothing is locked. The order of elements is
//! that of the schema (ECMA-376 part 1, §17), on which Word insists.

mod body;
mod footnotes;
mod frame;
mod numbering;
mod package;
mod properties;
mod runs;
mod styles;
mod xml;

use thiserror::Error;

use crate::document::Document;
use crate::paper::Paper;

/// Why a Word file could not be written.
#[derive(Debug, Error)]
pub enum DocxError {
    /// The package could not be packed.
    #[error("the Word file could not be packed")]
    Package(#[from] zip::result::ZipError),
    /// A part could not be put into the package.
    #[error("a part of the Word file could not be written")]
    Part(#[from] std::io::Error),
}

/// The document as a Word file for this paper: the same bytes every time.
///
/// # Errors
///
/// What keeps the package from being packed. No text can cause it.
pub fn docx(document: &Document, paper: Paper) -> Result<Vec<u8>, DocxError> {
    package::pack(document, paper)
}

#[cfg(test)]
pub(crate) mod tests;
