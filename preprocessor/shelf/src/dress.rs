//! Finishes the pages that mdBook has made: a few bundled files instead of many, each with proof of
//! its integrity, and in every page the parts that mdBook's template cannot know.
//!
//! The template of the theme has a pair of comments for each such part, `<!-- shelf:NAME -->` and
//! `<!-- /shelf:NAME -->`. What stands between them is for stock mdBook and is replaced here. A book
//! with another theme has no such comments, and its pages stay as they are.

mod asking;
mod asset;
mod bundle;
mod leftovers;
mod neighbours;
mod printed;
mod region;
mod search;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use editorial::Shelf;

use crate::announce::{Imprint, absolute, head};
use crate::resolve::press_room::ASKING;
use crate::summary::{page_at, way};
use asking::Asking;
use bundle::Bundles;
use region::fill;
use search::Search;

/// The page that servers show where an address leads nowhere, at whatever depth.
const NOT_FOUND: &str = "404.html";

/// Finishes every page in the folder `site`.
pub(crate) fn dress(shelf: &Shelf, imprint: &Imprint, site: &Path) -> Result<()> {
    let mut bundles = Bundles::of(site);
    let pages = pages(site)?;
    if pages.is_empty() {
        return Ok(());
    }
    let search = Search::prepare(shelf, site)?;
    let asking = Asking::prepare(shelf, site)?;
    for (path, text) in &pages {
        let text = bundles.refer(text, path)?;
        let form = search.as_ref().map(|search| search.form(&root_of(path)));
        let text = fill(&text, "search", &form.unwrap_or_default());
        let field = asking.as_ref().map(|asking| asking.field(&root_of(path)));
        let text = fill(&text, ASKING, &field.unwrap_or_default());
        let text = finish(&text, path, shelf, imprint);
        let file = site.join(path);
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    bundles.remove_parts()?;
    leftovers::remove(shelf, site)
}

/// Fills the regions of the page at `path`.
fn finish(text: &str, path: &Path, shelf: &Shelf, imprint: &Imprint) -> String {
    let address = path.to_string_lossy().replace('\\', "/");
    let page = page_at(shelf, &address);
    let text = fill(text, "head", &head(shelf, imprint, page, path));
    let after = page.map_or(String::new(), |page| {
        let neighbours = neighbours::neighbours(page, shelf, &root_of(path)).unwrap_or_default();
        neighbours + &printed::printed(page, shelf, imprint)
    });
    let text = fill(&text, "after", &after);
    if path == Path::new(NOT_FOUND) {
        absolute(&text, imprint.address.folder())
    } else {
        text
    }
}

/// Every page made with our template, by its path in the site and in the order of the paths.
fn pages(site: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut pages = Vec::new();
    for path in files(site)? {
        if path.extension().is_some_and(|ending| ending == "html") {
            let file = site.join(&path);
            let bytes =
                std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            // An editor's file in another encoding has no template of ours.
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            if region::has(&text, "head") {
                pages.push((path, text));
            }
        }
    }
    Ok(pages)
}

/// Every file of the folder `site` by its path in there, in the order of the paths.
pub(crate) fn files(site: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let place = site.join(&folder);
        let entries = std::fs::read_dir(&place)
            .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
            .with_context(|| format!("cannot list {}", place.display()))?;
        for entry in entries {
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The way from the page at `path` to the root of the site, such as `../`.
fn root_of(path: &Path) -> String {
    way(&Path::new("src").join(path))
}
