//! All that an incident needs, in one file.

use std::io::{Cursor, Write as _};

use anyhow::{Context, Result};
use kit::Article;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::manifest::Laid;
use super::{Form, Item, Kit, manifest};

/// The folder of the pieces to which the incident leads.
const BEHIND: &str = "behind-it";

/// The forms of such a piece that go into the bundle.
const FORMS: [Form; 3] = [Form::Pdf, Form::Word, Form::CardPdf];

/// The bundle of an incident: its own files, those of the pieces behind it, and the list of all.
pub(super) fn zip(kit: &Kit, incident: &Article) -> Result<Vec<u8>> {
    let own = kit.items_of(incident);
    let own = own.filter(|item| item.form != Form::Bundle);
    let own = own.map(|item| (item.name.clone(), item));
    let behind = kit.behind(&incident.slug).flat_map(|article| {
        let items = kit.items_of(article);
        let items = items.filter(|item| FORMS.contains(&item.form));
        items.map(|item| (format!("{BEHIND}/{}", item.name), item))
    });
    let mut files = Vec::new();
    let places: Vec<(String, &Item)> = own.chain(behind).collect();
    for (path, item) in &places {
        files.push((path.clone(), *item, kit.make(item)?));
    }
    pack(kit, incident, &files, &[])
}

/// A zip of files of the kit, of what lies `beside` them, and of the list of all. It has the date of `piece`.
pub(super) fn pack(
    kit: &Kit,
    piece: &Article,
    files: &[Laid<'_>],
    beside: &[(String, Vec<u8>)],
) -> Result<Vec<u8>> {
    let options = options(piece);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |path: &str, bytes: &[u8]| -> Result<()> {
        zip.start_file(path, options)?;
        zip.write_all(bytes)?;
        Ok(())
    };
    for (path, bytes) in manifest::files(kit, files, beside)? {
        add(&path, &bytes)?;
    }
    for (path, _, bytes) in files {
        add(path, bytes)?;
    }
    for (path, bytes) in beside {
        add(path, bytes)?;
    }
    let zip = zip.finish().context("cannot end the zip")?;
    Ok(zip.into_inner())
}

/// Every file of a zip has the date on which its piece was checked, so that the same texts
/// give the same bytes.
fn options(piece: &Article) -> SimpleFileOptions {
    let (year, month, day) = piece.review.checked.year_month_day();
    let time = DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default();
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time)
        .unix_permissions(0o644)
}
