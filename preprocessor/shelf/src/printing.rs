//! The printed sheets that lie beside the website: the checklist as PDF, on one page.
//!
//! They are laid out when the book has passed its rules and the evidence is there, before the website is
//! made: its pages link only to what will be there.

#[cfg(feature = "pdf")]
mod checklist;

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use editorial::{Finding, Shelf};

/// The folder of the sheets in the website.
const FOLDER: &str = "kit";

/// A sheet's file, for those who link to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SheetFile {
    /// The paper it fits on.
    pub(crate) paper: &'static str,
    /// Its name in its folder.
    pub(crate) name: &'static str,
}

impl SheetFile {
    /// Where it stands in the website.
    pub(crate) fn address(self) -> String {
        format!("{FOLDER}/{}", self.name)
    }
}

/// The sheets of a book, ready to be laid beside its website.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheets {
    files: Vec<(SheetFile, Vec<u8>)>,
}

impl Sheets {
    /// What the pages may link to.
    pub(crate) fn links(&self) -> Vec<SheetFile> {
        self.files.iter().map(|(file, _)| *file).collect()
    }

    /// Lays the sheets into the website in the folder `site`. A file that an editor has put in their
    /// place is not written over.
    pub(crate) fn lay_beside(&self, site: &Path) -> Result<()> {
        if self.files.is_empty() {
            return Ok(());
        }
        std::fs::create_dir_all(site.join(FOLDER))
            .with_context(|| format!("cannot make the folder {FOLDER} of the printed sheets"))?;
        for (file, bytes) in &self.files {
            let address = file.address();
            File::create_new(site.join(&address))
                .and_then(|mut sheet| sheet.write_all(bytes))
                .with_context(|| {
                    format!(
                        "cannot write the printed sheet {address}; is there a file src/{address}?"
                    )
                })?;
        }
        Ok(())
    }
}

/// Prints the sheets, and keeps what it printed for the next build of the same process.
#[derive(Debug, Default)]
pub(crate) struct Press {
    #[cfg(feature = "pdf")]
    kept: Option<(kit::Sheet, Sheets)>,
}

impl Press {
    /// Prints the sheets of the book with the title `book`, or says why they cannot go out. No sheets
    /// where the book has no checklist.
    #[cfg(feature = "pdf")]
    pub(crate) fn print(&mut self, shelf: &Shelf, book: &str) -> Result<(Sheets, Vec<Finding>)> {
        let mut findings = checklist::left_out(shelf);
        let Some(sheet) = kit::Sheet::of(shelf, book) else {
            return Ok((Sheets::default(), findings));
        };
        if let Some((kept, sheets)) = &self.kept
            && *kept == sheet
        {
            return Ok((sheets.clone(), findings));
        }
        let (sheets, unprintable) = checklist::print(shelf, &sheet)?;
        self.kept = unprintable.is_empty().then(|| (sheet, sheets.clone()));
        findings.extend(unprintable);
        Ok((sheets, findings))
    }

    /// Says that nothing is printed.
    #[cfg(not(feature = "pdf"))]
    pub(crate) fn print(&mut self, shelf: &Shelf, _: &str) -> Result<(Sheets, Vec<Finding>)> {
        if shelf.checklist_page().is_some() {
            crate::progress::say(
                "No PDF",
                "this program was built without its feature `pdf`: whether the checklist fits on one page was not checked",
            );
        }
        Ok((Sheets::default(), Vec::new()))
    }
}
