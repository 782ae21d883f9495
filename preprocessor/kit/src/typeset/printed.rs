//! A sheet that is laid out on paper.

use std::collections::BTreeSet;

use editorial::Day;
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::error::{KitError, said};
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
        let desk = Desk::with(self, paper);
        let typst::diag::Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
        let document = output.map_err(|errors| KitError::Layout(said(&errors)))?;
        if !warnings.is_empty() {
            return Err(KitError::Layout(said(&warnings)));
        }
        Ok(Printed {
            document,
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
        let mut missing = BTreeSet::new();
        for page in self.document.pages() {
            visit(&page.frame, &mut |item| {
                let FrameItem::Text(run) = item else { return };
                for glyph in run.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    missing.extend(run.text.get(glyph.range()).unwrap_or_default().chars());
                }
            });
        }
        missing
    }

    /// The file: tagged, with its fonts inside, the same bytes every time. Its date is the day on which
    /// the page was checked.
    ///
    /// # Errors
    ///
    /// [`KitError::Export`], if the file would not conform to PDF/UA-1.
    pub fn pdf(&self) -> Result<Vec<u8>, KitError> {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| KitError::Export(error.message().to_string()))?;
        let options = PdfOptions {
            timestamp: timestamp(self.checked),
            creator: Smart::Custom(None),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| KitError::Export(said(&errors)))
    }
}

fn timestamp(day: Day) -> Option<Timestamp> {
    let (year, month, day) = day.year_month_day();
    let start = Datetime::from_ymd_hms(i32::from(year), month, day, 0, 0, 0)?;
    Some(Timestamp::new_utc(start))
}

/// Shows every item of a page to `see`, in the order in which they are drawn.
fn visit(frame: &Frame, see: &mut impl FnMut(&FrameItem)) {
    for (_, item) in frame.items() {
        see(item);
        if let FrameItem::Group(group) = item {
            visit(&group.frame, see);
        }
    }
}

#[cfg(test)]
mod tests;
