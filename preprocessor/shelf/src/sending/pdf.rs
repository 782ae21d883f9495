//! PDF files, where this program can make them.

use std::collections::BTreeSet;

use anyhow::Result;
use kit::{Document, Paper, Sheet};
use thiserror::Error;

/// A text with characters that no font of the PDF has.
#[derive(Debug, Error)]
#[error("the fonts of the PDF have no letter for {0:?}")]
pub(super) struct Unprintable(pub(super) BTreeSet<char>);

/// A document on paper.
///
/// # Errors
///
/// [`Unprintable`], where a letter would be missing, and what the typesetter says.
#[cfg(feature = "pdf")]
pub(super) fn document(document: &Document, paper: Paper) -> Result<Vec<u8>> {
    let pdf = kit::pdf(document, paper)?;
    if pdf.missing.is_empty() {
        Ok(pdf.bytes)
    } else {
        Err(Unprintable(pdf.missing).into())
    }
}

/// The checklist on paper. Whether it fits on one page was found out when the book was checked.
#[cfg(feature = "pdf")]
pub(super) fn sheet(sheet: &Sheet, paper: Paper) -> Result<Vec<u8>> {
    Ok(sheet.print(paper)?.pdf()?)
}

#[cfg(not(feature = "pdf"))]
pub(super) fn document(_: &Document, _: Paper) -> Result<Vec<u8>> {
    anyhow::bail!("this program was built without its feature `pdf`")
}

#[cfg(not(feature = "pdf"))]
pub(super) fn sheet(_: &Sheet, _: Paper) -> Result<Vec<u8>> {
    anyhow::bail!("this program was built without its feature `pdf`")
}
