//! The field in which readers type.

use super::super::asset::Asset;

/// The search field, hidden until its script is there. `root` is the way from the page to the root of
/// the site. Addresses and digests are the build's own and hold nothing that HTML could take for a mark.
pub(crate) fn form(root: &str, engine: &Asset, pages: &Asset) -> String {
    let [engine, pages] = [("engine", engine), ("pages", pages)].map(|(name, asset)| {
        let Asset { address, integrity } = asset;
        format!(" data-{name}=\"{root}{address}\" data-{name}-integrity=\"{integrity}\"")
    });
    let root = if root.is_empty() { "./" } else { root };
    format!(
        "<div class=\"search\" role=\"search\" hidden data-root=\"{root}\"{engine}{pages}>\n\
         <label for=\"search-words\">Search</label>\n\
         <input id=\"search-words\" type=\"search\" autocomplete=\"off\" autocapitalize=\"off\" \
         spellcheck=\"false\" enterkeyhint=\"search\" maxlength=\"200\" \
         aria-keyshortcuts=\"/ Control+K\">\n\
         <p class=\"heard\" role=\"status\"></p>\n\
         <div class=\"search-results\" hidden></div>\n\
         </div>\n"
    )
}
