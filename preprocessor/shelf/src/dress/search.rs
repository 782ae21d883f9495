//! The search: an engine, the words of every page, and the field in which readers type.
//!
//! The engine is what stands in `theme/search/`; a theme without it has no search. Both are scripts and
//! not data, because the policy of the pages lets a script in and nothing else, and so that the search
//! works in a folder of pages on a stick.

mod entry;
mod form;
mod text;

use std::path::Path;

use anyhow::{Context, Result};
use editorial::Shelf;

use super::asset::Asset;
use entry::entries;

/// Where the engine stands in a book, and its parts in their order.
const FOLDER: &str = "theme/search";
const PARTS: [&str; 4] = ["minisearch.js", "words.js", "find.js", "results.js"];
const SOURCE_MAP: &str = "//# sourceMappingURL=";
/// Where it stands in the site, without its ending.
const ENGINE_STEM: &str = "theme/search/engine";
const PAGES_STEM: &str = "search/pages";

/// The files that a page loads once a reader goes to the field.
#[derive(Debug)]
pub(super) struct Search {
    engine: Asset,
    pages: Asset,
}

impl Search {
    /// Writes both files into the site; nothing for a book whose theme has no engine.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or written.
    pub(super) fn prepare(shelf: &Shelf, site: &Path) -> Result<Option<Search>> {
        let folder = shelf.root.join(FOLDER);
        if !folder.is_dir() {
            return Ok(None);
        }
        let mut engine = String::new();
        for part in PARTS {
            let text = std::fs::read_to_string(folder.join(part))
                .with_context(|| format!("cannot read {FOLDER}/{part}"))?;
            // A part may name the map to its source, which is not in the site.
            let lines = text.lines().filter(|line| !line.starts_with(SOURCE_MAP));
            lines.for_each(|line| engine.extend([line, "\n"]));
        }
        Ok(Some(Search {
            engine: Asset::write(site, ENGINE_STEM, "js", &engine)?,
            pages: Asset::write(site, PAGES_STEM, "js", &pages(shelf)?)?,
        }))
    }

    /// The field, for a page from which `root` leads to the root of the site.
    pub(super) fn form(&self, root: &str) -> String {
        form::form(root, &self.engine, &self.pages)
    }
}

/// The script that hands over every entry, as `window.shelfPages`.
fn pages(shelf: &Shelf) -> serde_json::Result<String> {
    let entries = serde_json::to_string(&entries(shelf))?;
    Ok(format!("window.shelfPages = {};\n", inert(&entries)))
}

/// JSON that stays a value wherever a script stands: no end of a script, no line that old engines break.
pub(crate) fn inert(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            _ => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests;
