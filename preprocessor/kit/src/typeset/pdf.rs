//! The PDF of a text to send.

use std::collections::BTreeSet;

use super::error::KitError;
use super::layout::{export, lay_out, missing_letters};
use super::words::{self, Words};
use super::world::Desk;
use crate::document::Document;
use crate::paper::Paper;

/// A text as a file to print or send: tagged (PDF/UA-1), fit to be kept (PDF/A-2a), with its fonts inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file, the same bytes every time.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The characters that the fonts do not have, each once. They stand in the file as `\u{6f22}`.
    pub missing: BTreeSet<char>,
}

/// Prints a text on a paper.
///
/// # Errors
///
/// [`KitError::Layout`], if the template is wrong; [`KitError::Export`], if the file would not conform to
/// PDF/UA-1 and PDF/A-2a.
pub fn pdf(document: &Document, paper: Paper) -> Result<Pdf, KitError> {
    let Words {
        values,
        mut missing,
    } = words::of(document, paper);
    let pages = lay_out(&Desk::with_document(values))?;
    missing.extend(missing_letters(&pages));
    Ok(Pdf {
        bytes: export(&pages, document.properties.checked)?,
        pages: pages.pages().len(),
        missing,
    })
}

#[cfg(test)]
mod tests;
