//! A sheet that is laid out on paper.

use std::collections::BTreeSet;

use editorial::Day;
use typst_layout::PagedDocument;

use super::error::KitError;
use super::layout::{export, lay_out, missing_letters};
use super::world::Desk;
use crate::paper::Paper;
use crate::sheet::Sheet;

/// Laid out pages, ready to become a file.
#[derive(Debug)]
pub struct Printed {
    document: PagedDocument,
    checked: Day,
}

impl Sheet {
    /// Lays the sheet out.
    ///
    /// # Errors
    ///
    /// [`KitError::Layout`], if the template is wrong.
    pub fn print(&self, paper: Paper) -> Result<Printed, KitError> {
        Ok(Printed {
            document: lay_out(&Desk::with(self, paper))?,
            checked: self.checked,
        })
    }
}

impl Printed {
    /// How many pages it takes.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// The characters that the fonts do not have, each once.
    pub fn missing_letters(&self) -> BTreeSet<char> {
        missing_letters(&self.document)
    }

    /// The file: tagged, with its fonts inside, the same bytes every time. Its date is the day on which
    /// the page was checked.
    ///
    /// # Errors
    ///
    /// [`KitError::Export`], if the file would not conform to PDF/UA-1 and PDF/A-2a.
    pub fn pdf(&self) -> Result<Vec<u8>, KitError> {
        export(&self.document, self.checked)
    }
}

#[cfg(test)]
pub(in crate::typeset) mod tests;
