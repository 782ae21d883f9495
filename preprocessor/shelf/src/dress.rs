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

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};
use editorial::Shelf;

use crate::announce::{Imprint, absolute, head};
use crate::parallel;
use crate::resolve::press_room::ASKING;
use crate::summary::{Addresses, way};
use asking::Asking;
use bundle::Bundles;
use neighbours::Neighbours;
use region::fill;
use search::Search;

/// The page that servers show where an address leads nowhere, at whatever depth.
const NOT_FOUND: &str = "404.html";

/// Finishes every page in the folder `site`, side by side.
pub(crate) fn dress(shelf: &Shelf, imprint: &Imprint, site: &Path) -> Result<()> {
    let mut pages = files(site)?;
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    let mut is_ours = false;
    for path in &pages {
        is_ours = read(site, path)?.is_some();
        if is_ours {
            break;
        }
    }
    if !is_ours {
        return Ok(());
    }
    let (search, asking) = thread::scope(|scope| {
        let search = scope.spawn(|| Search::prepare(shelf, site));
        let asking = Asking::prepare(shelf, site);
        let search = search.join().unwrap_or_else(|panic| resume_unwind(panic));
        (search, asking)
    });
    let wardrobe = Wardrobe {
        shelf,
        imprint,
        bundles: Bundles::of(site),
        search: search?,
        asking: asking?,
        addresses: Addresses::of(shelf),
        neighbours: Neighbours::of(shelf),
    };
    let dressed = parallel::each(&pages, |path| wardrobe.dress(site, path));
    dressed.into_iter().collect::<Result<()>>()?;
    wardrobe.bundles.remove_parts()?;
    leftovers::remove(shelf, site)
}

/// What pages are finished with.
struct Wardrobe<'s> {
    shelf: &'s Shelf,
    imprint: &'s Imprint,
    bundles: Bundles<'s>,
    search: Option<Search>,
    asking: Option<Asking>,
    addresses: Addresses<'s>,
    neighbours: Neighbours<'s>,
}

impl Wardrobe<'_> {
    /// Finishes the page at `path`, if it was made with our template.
    fn dress(&self, site: &Path, path: &Path) -> Result<()> {
        let Some(text) = read(site, path)? else {
            return Ok(());
        };
        let root = root_of(path);
        let text = self.bundles.refer(&text, path)?;
        let form = self.search.as_ref().map(|search| search.form(&root));
        let text = fill(&text, "search", &form.unwrap_or_default());
        let field = self.asking.as_ref().map(|asking| asking.field(&root));
        let text = fill(&text, ASKING, &field.unwrap_or_default());
        let text = self.finish(&text, path);
        let file = site.join(path);
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Fills the regions of the page at `path`.
    fn finish(&self, text: &str, path: &Path) -> String {
        let address = path.to_string_lossy().replace('\\', "/");
        let page = self.addresses.page(&address);
        let text = fill(text, "head", &head(self.shelf, self.imprint, page, path));
        let after = page.map_or(String::new(), |page| {
            let neighbours = self.neighbours.around(page, &root_of(path));
            neighbours.unwrap_or_default() + &printed::printed(page, self.shelf, self.imprint)
        });
        let text = fill(&text, "after", &after);
        if path == Path::new(NOT_FOUND) {
            absolute(&text, self.imprint.address.folder())
        } else {
            text
        }
    }
}

/// The page at `path`, if it was made with our template.
fn read(site: &Path, path: &Path) -> Result<Option<String>> {
    let file = site.join(path);
    let bytes = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    // An editor's file in another encoding has no template of ours.
    let text = String::from_utf8(bytes).ok();
    Ok(text.filter(|text| region::has(text, "head")))
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
