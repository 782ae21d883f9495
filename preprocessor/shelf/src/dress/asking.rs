//! The field of the press room, and what questions are compared with.
//!
//! The numbers are `kit`'s own, so that the page chooses as `cargo shelf kit --for` does. They are a script
//! for the same reason as the words of the search (see `super::search`).

use std::path::Path;

use anyhow::Result;
use editorial::Shelf;
use kit::find::{self, Field, Index, words};
use kit::{Findable, Finder};
use serde_json::{Map, Value, json};

use super::asset::Asset;
use super::search::inert;

/// Where the numbers stand in the site, without ending.
const STEM: &str = "search/press";

/// What a press room loads once somebody goes to its field.
#[derive(Debug)]
pub(super) struct Asking {
    index: Asset,
}

impl Asking {
    /// Writes the numbers into the site; nothing for a book without a press room.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(super) fn prepare(shelf: &Shelf, site: &Path) -> Result<Option<Asking>> {
        let mut directives = shelf.pages.iter().flat_map(|page| &page.outline.directives);
        if !directives.any(|found| found.is_ours() && found.name == "press-room") {
            return Ok(None);
        }
        let finder = Finder::of(&Findable::all(shelf));
        let index = Asset::write(site, STEM, "js", &script(finder.index()))?;
        Ok(Some(Asking { index }))
    }

    /// The field, hidden until its script is there. `root` is the way from the page to the root of the site.
    pub(super) fn field(&self, root: &str) -> String {
        let Asset { address, integrity } = &self.index;
        format!(
            "<div class=\"asking\" role=\"search\" aria-label=\"The right piece\" hidden \
             data-index=\"{root}{address}\" data-index-integrity=\"{integrity}\">\
             <h2><label for=\"asking\">What were you asked?</label></h2>\
             <textarea id=\"asking\" rows=\"2\" autocomplete=\"off\" enterkeyhint=\"search\" \
             maxlength=\"{}\" aria-describedby=\"asking-how\"></textarea>\
             <p class=\"how\" id=\"asking-how\">Put the question as the reporter did. It stays on this device. \
             Enter leads to the first piece.</p>\
             <p class=\"said\" role=\"status\"></p>\
             <ol class=\"found\" role=\"list\" hidden></ol></div>",
            words::LONGEST
        )
    }
}

/// The script that hands over the index with the tables for reading a question.
fn script(index: &Index) -> String {
    let stems = index.stems.iter().map(|(stem, entry)| {
        let posts = entry.posts.iter();
        let numbers =
            posts.flat_map(|post| [post.piece as u64, post.weight.into(), post.fields.into()]);
        let numbers: Vec<u64> = [u64::from(entry.rarity)]
            .into_iter()
            .chain(numbers)
            .collect();
        (stem.clone(), json!(numbers))
    });
    let index = json!({
        "pieces": index.pieces,
        "stems": Value::Object(stems.collect::<Map<String, Value>>()),
        "fields": Field::ALL.map(|(_, _, words)| words),
        "told": Field::ALL.iter().map(|(field, ..)| field.mark() & Field::TOLD).sum::<u32>(),
        "common": words::COMMON,
        "folds": words::FOLDS,
        "endings": words::ENDINGS,
        "joins": words::JOINS,
        "silent": words::SILENT,
        "longest": words::LONGEST,
        "slipFrom": words::SLIP_FROM,
        "stemFrom": words::STEM_FROM,
        "most": find::MOST,
        "unknown": find::UNKNOWN,
        "floor": find::FLOOR,
        "some": find::SOME,
        "alone": find::ALONE,
        "enough": find::ENOUGH,
        "ahead": find::AHEAD,
        "reasons": find::REASONS,
        "mended": find::MENDED,
    });
    format!("window.shelfPress.index = {};\n", inert(&index.to_string()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_script_holds_the_numbers_and_nothing_that_acts() {
        let piece = Findable {
            slug: "a".to_owned(),
            title: "Why?</script><script>alert".to_owned(),
            ..Findable::default()
        };
        let script = script(Finder::of(&[piece]).index());
        let json = script
            .strip_prefix("window.shelfPress.index = ")
            .and_then(|rest| rest.strip_suffix(";\n"))
            .unwrap();
        assert!(!json.contains('<'), "{json}");
        let index: Value = serde_json::from_str(json).unwrap();
        assert_eq!(index["pieces"], json!(["a"]));
        let numbers = index["stems"]["script"].as_array().unwrap();
        assert_eq!(numbers.len(), 4);
        assert_eq!(numbers[1], 0);
    }

    #[test]
    fn a_book_without_a_press_room_has_no_field() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("src")).unwrap();
        std::fs::write(folder.path().join("src/SUMMARY.md"), "- [A](a.md)\n").unwrap();
        std::fs::write(folder.path().join("src/a.md"), "# A\n").unwrap();
        let shelf = Shelf::read(folder.path(), editorial::Day::new(2026, 11, 22)).unwrap();
        assert!(Asking::prepare(&shelf, folder.path()).unwrap().is_none());
        assert!(!folder.path().join("search").exists());
    }
}
