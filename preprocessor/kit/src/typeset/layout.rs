//! From words on a desk to pages, and from pages to a file.

use std::collections::BTreeSet;

use editorial::Day;
use typst::diag::Warned;
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::error::{KitError, said};
use super::world::Desk;

/// Lays out what lies on the desk. A warning is an error: nobody would see it.
pub(crate) fn lay_out(desk: &Desk) -> Result<PagedDocument, KitError> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(desk);
    let document = output.map_err(|errors| KitError::Layout(said(&errors)))?;
    if !warnings.is_empty() {
        return Err(KitError::Layout(said(&warnings)));
    }
    Ok(document)
}

/// The file of pages that are laid out: tagged for those who cannot see it (PDF/UA-1), fit to be kept
/// (PDF/A-2a), with its fonts inside and the date `day`.
pub(crate) fn export(document: &PagedDocument, day: Day) -> Result<Vec<u8>, KitError> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|error| KitError::Export(error.message().to_string()))?;
    let options = PdfOptions {
        timestamp: timestamp(day),
        creator: Smart::Custom(None),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| KitError::Export(said(&errors)))
}

/// The characters for which no font had a picture, each once.
pub(crate) fn missing_letters(document: &PagedDocument) -> BTreeSet<char> {
    let mut missing = BTreeSet::new();
    for page in document.pages() {
        visit(&page.frame, &mut |item| {
            let FrameItem::Text(run) = item else { return };
            for glyph in run.glyphs.iter().filter(|glyph| glyph.id == 0) {
                missing.extend(run.text.get(glyph.range()).unwrap_or_default().chars());
            }
        });
    }
    missing
}

/// Shows every item of a page to `see`, in the order in which they are drawn.
pub(crate) fn visit(frame: &Frame, see: &mut impl FnMut(&FrameItem)) {
    for (_, item) in frame.items() {
        see(item);
        if let FrameItem::Group(group) = item {
            visit(&group.frame, see);
        }
    }
}

fn timestamp(day: Day) -> Option<Timestamp> {
    let (year, month, day) = day.year_month_day();
    let start = Datetime::from_ymd_hms(i32::from(year), month, day, 0, 0, 0)?;
    Some(Timestamp::new_utc(start))
}
