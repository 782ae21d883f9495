//! The printed checklist: it is laid out when the book has passed its rules, because it must fit on one page.

#[cfg(feature = "pdf")]
mod checklist;

use anyhow::Result;
use editorial::{Finding, Shelf};
use kit::Paper;

use crate::progress::Voice;

/// The checklist on each paper, as PDF.
pub(crate) type Sheets = Vec<(Paper, Vec<u8>)>;

/// Prints the checklist, and keeps what it printed for the next build of the same process.
#[derive(Debug, Default)]
pub(crate) struct Press {
    #[cfg(feature = "pdf")]
    kept: Option<(kit::Sheet, Sheets)>,
}

impl Press {
    /// Prints the checklist of the book with the title `book`, or says why it cannot go out. No sheets where
    /// the book has no checklist.
    #[cfg(feature = "pdf")]
    pub(crate) fn print(
        &mut self,
        shelf: &Shelf,
        book: &str,
        voice: Voice,
    ) -> Result<(Sheets, Vec<Finding>)> {
        let mut findings = checklist::left_out(shelf);
        let Some(sheet) = kit::Sheet::of(shelf, book) else {
            return Ok((Sheets::new(), findings));
        };
        if let Some((kept, sheets)) = &self.kept
            && *kept == sheet
        {
            return Ok((sheets.clone(), findings));
        }
        let (sheets, unprintable) = checklist::print(shelf, &sheet, voice)?;
        self.kept = unprintable.is_empty().then(|| (sheet, sheets.clone()));
        findings.extend(unprintable);
        Ok((sheets, findings))
    }

    /// Says that nothing is printed.
    #[cfg(not(feature = "pdf"))]
    pub(crate) fn print(
        &mut self,
        shelf: &Shelf,
        _: &str,
        _: Voice,
    ) -> Result<(Sheets, Vec<Finding>)> {
        if shelf.checklist_page().is_some() {
            crate::progress::say(
                "No PDF",
                "this program was built without its feature `pdf`: whether the checklist fits on one page was not checked",
            );
        }
        Ok((Sheets::new(), Vec::new()))
    }
}
