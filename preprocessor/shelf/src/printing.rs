//! The printed sheets that lie beside the website: the checklist as PDF, on one page.
//!
//! They are laid out before the website is made, so that its pages link only to what will be there, and
//! so that a list that is too long stops the build early.

#[cfg(feature = "pdf")]
mod checklist;

use std::io;
use std::path::Path;

use anyhow::Result;
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
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    files: Vec<(SheetFile, Vec<u8>)>,
}

impl Sheets {
    /// What the pages may link to.
    pub(crate) fn links(&self) -> Vec<SheetFile> {
        self.files.iter().map(|(file, _)| *file).collect()
    }

    /// Lays the sheets into the website in the folder `site`.
    pub(crate) fn lay_beside(&self, site: &Path) -> io::Result<()> {
        if self.files.is_empty() {
            return Ok(());
        }
        std::fs::create_dir_all(site.join(FOLDER))?;
        for (file, bytes) in &self.files {
            std::fs::write(site.join(file.address()), bytes)?;
        }
        Ok(())
    }
}

/// Prints the sheets of the book with the title `book`, or says why they cannot go out. No sheets
/// where the book has no checklist.
#[cfg(feature = "pdf")]
pub(crate) fn print(shelf: &Shelf, book: &str) -> Result<(Sheets, Vec<Finding>)> {
    checklist::print(shelf, book)
}

/// Says that nothing is printed.
#[cfg(not(feature = "pdf"))]
pub(crate) fn print(shelf: &Shelf, _: &str) -> Result<(Sheets, Vec<Finding>)> {
    if shelf.checklist_page().is_some() {
        crate::progress::say(
            "No PDF",
            "this program was built without its feature `pdf`: whether the checklist fits on one page was not checked",
        );
    }
    Ok((Sheets::default(), Vec::new()))
}
