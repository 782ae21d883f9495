//! PDF files, where this program can make them.

use std::collections::BTreeSet;

use anyhow::Result;
use kit::{Deck, Document, Paper, Sheet};
use thiserror::Error;

/// A text with characters that no font of the PDF has.
#[derive(Debug, Error)]
#[error("the fonts of the PDF have no letter for {0:?}")]
pub(super) struct Unprintable(pub(super) BTreeSet<char>);

/// Slides that have no room for what stands on them: the id of each, and what is wrong.
#[derive(Debug, Error)]
#[error("{}", .0.iter().map(|(id, what)| format!("{id}: {what}")).collect::<Vec<_>>().join("; "))]
pub(super) struct Overflowing(pub(super) Vec<(String, String)>);

/// A document on paper.
///
/// # Errors
///
/// [`Unprintable`], where a letter would be missing, and what the typesetter says.
#[cfg(feature = "pdf")]
pub(super) fn document(document: &Document, paper: Paper) -> Result<Vec<u8>> {
    printed(kit::pdf(document, paper)?)
}

/// The checklist on paper. Whether it fits on one page was found out when the book was checked.
#[cfg(feature = "pdf")]
pub(super) fn sheet(sheet: &Sheet, paper: Paper) -> Result<Vec<u8>> {
    Ok(sheet.print(paper)?.pdf()?)
}

/// The slides of a lesson.
///
/// # Errors
///
/// As [`document`], and [`Overflowing`], where a slide has no room for what stands on it.
#[cfg(feature = "pdf")]
pub(super) fn slides(deck: &Deck) -> Result<Vec<u8>> {
    let slides = kit::slides_pdf(deck)?;
    let overflowing = slides.overflows.iter();
    let overflowing = overflowing.map(|found| (found.slide.clone(), found.what.to_string()));
    let overflowing: Vec<(String, String)> = overflowing.collect();
    if overflowing.is_empty() {
        printed(slides.pdf)
    } else {
        Err(Overflowing(overflowing).into())
    }
}

/// The slides of a lesson with what the lecturer says, on paper.
///
/// # Errors
///
/// As [`document`].
#[cfg(feature = "pdf")]
pub(super) fn notes(deck: &Deck, paper: Paper) -> Result<Vec<u8>> {
    printed(kit::notes_pdf(deck, paper)?)
}

#[cfg(feature = "pdf")]
fn printed(pdf: kit::Pdf) -> Result<Vec<u8>> {
    if pdf.missing.is_empty() {
        Ok(pdf.bytes)
    } else {
        Err(Unprintable(pdf.missing).into())
    }
}

#[cfg(not(feature = "pdf"))]
pub(super) fn slides(_: &Deck) -> Result<Vec<u8>> {
    anyhow::bail!("this program was built without its feature `pdf`")
}

#[cfg(not(feature = "pdf"))]
pub(super) fn notes(_: &Deck, _: Paper) -> Result<Vec<u8>> {
    anyhow::bail!("this program was built without its feature `pdf`")
}

#[cfg(not(feature = "pdf"))]
pub(super) fn document(_: &Document, _: Paper) -> Result<Vec<u8>> {
    anyhow::bail!("this program was built without its feature `pdf`")
}

#[cfg(not(feature = "pdf"))]
pub(super) fn sheet(_: &Sheet, _: Paper) -> Result<Vec<u8>> {
    anyhow::bail!("this program was built without its feature `pdf`")
}
