//! The slides of a lesson as PDF: to show, and with the lecturer's notes to print.

mod fit;
mod words;

use super::error::KitError;
use super::layout::{export, lay_out, missing_letters};
use super::pdf::Pdf;
use super::words::Words;
use super::world::Desk;
use crate::deck::Deck;
use crate::paper::Paper;

pub use fit::{Overflow, TooMuch};

/// The slides as a file, and what does not fit.
#[derive(Debug, Clone, PartialEq)]
pub struct SlidesPdf {
    /// The file. Every slide begins a page, of 960 by 540 points.
    pub pdf: Pdf,
    /// What does not fit on its slide, in the order of the slides.
    pub overflows: Vec<Overflow>,
}

/// Prints the slides, one a page, for a screen of 16 by 9: tagged (PDF/UA-1), fit to be kept (PDF/A-2a).
///
/// # Errors
///
/// [`KitError::Layout`], if a template or a picture is wrong; [`KitError::Export`], if the file would not
/// conform to PDF/UA-1 and PDF/A-2a.
pub fn slides_pdf(deck: &Deck) -> Result<SlidesPdf, KitError> {
    let Words {
        values,
        mut missing,
    } = words::of_slides(deck);
    let pages = lay_out(&Desk::with_slides(values))?;
    missing.extend(missing_letters(&pages));
    Ok(SlidesPdf {
        overflows: fit::overflows(deck, &pages),
        pdf: Pdf {
            bytes: export(&pages, deck.properties.checked)?,
            pages: pages.pages().len(),
            missing,
        },
    })
}

/// What does not fit on its slide, in the order of the slides, without writing a file.
///
/// # Errors
///
/// [`KitError::Layout`], if a template or a picture is wrong.
pub fn slides_fit(deck: &Deck) -> Result<Vec<Overflow>, KitError> {
    let pages = lay_out(&Desk::with_slides(words::of_slides(deck).values))?;
    Ok(fit::overflows(deck, &pages))
}

/// Prints every slide small, with what is said about it, for the lecturer.
///
/// # Errors
///
/// As [`slides_pdf`].
pub fn notes_pdf(deck: &Deck, paper: Paper) -> Result<Pdf, KitError> {
    let Words {
        values,
        mut missing,
    } = words::of_notes(deck, paper);
    let pages = lay_out(&Desk::with_notes(values))?;
    missing.extend(missing_letters(&pages));
    Ok(Pdf {
        bytes: export(&pages, deck.properties.checked)?,
        pages: pages.pages().len(),
        missing,
    })
}

#[cfg(test)]
mod tests;
