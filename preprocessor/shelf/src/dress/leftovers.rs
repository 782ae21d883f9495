//! What stock mdBook writes for a theme that is not ours.

use std::path::Path;

use anyhow::{Context, Result, bail};
use editorial::Shelf;

use crate::summary::page_at;

/// The files of mdBook 0.5 to which no page of ours refers, without their digests: its scripts, its
/// styles and its frame of contents.
const STEMS: [&str; 12] = [
    "ayu-highlight",
    "book",
    "clipboard",
    "css/chrome",
    "css/general",
    "css/print",
    "css/variables",
    "favicon",
    "highlight",
    "toc",
    "tomorrow-night",
    FRAME,
];
/// Its frame of contents.
const FRAME: &str = "toc.html";

/// Removes them from the site. What an editor has put in their place under `src/` stays.
///
/// # Errors
///
/// A page in the place of mdBook's frame, which has written itself over it, and a file that cannot be
/// removed.
pub(super) fn remove(shelf: &Shelf, site: &Path) -> Result<()> {
    if let Some(page) = page_at(shelf, FRAME) {
        let file = page.file.path().display();
        bail!("mdBook keeps {FRAME} for itself; give {file} another name");
    }
    let src = shelf.root.join("src");
    for path in super::files(site)? {
        let name = path.to_string_lossy().replace('\\', "/");
        let is_an_editors = src.join(&path).is_file();
        if !is_an_editors && STEMS.iter().any(|stem| is_of(&name, stem)) {
            std::fs::remove_file(site.join(&path))
                .with_context(|| format!("cannot remove {name}"))?;
        }
    }
    // Empty now; where it is not, it stays.
    let _ = std::fs::remove_dir(site.join("css"));
    Ok(())
}

/// Whether the file is the stem itself, or `STEM-DIGEST.css`, `.js`, `.min.js` or `.png`.
fn is_of(name: &str, stem: &str) -> bool {
    let Some(rest) = name.strip_prefix(stem) else {
        return false;
    };
    let ending = match rest.strip_prefix('-') {
        Some(rest) => {
            let digest = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
            if digest < 8 {
                return false;
            }
            &rest[digest..]
        }
        None => rest,
    };
    matches!(ending, "" | ".css" | ".js" | ".min.js" | ".png")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mdbooks_own_files_go() {
        for (name, goes) in [
            ("book-a0b12c3d.js", true),
            ("clipboard-1626706a.min.js", true),
            ("css/general-00112233.css", true),
            ("toc.html", true),
            ("favicon-de23e50b.png", true),
            ("favicon-de23e50b.svg", false),
            ("book-a0b12c3d.html", false),
            ("booking.js", false),
            ("theme/css/print-a0b12c3d.css", false),
            ("highlight-abc.css", false),
            ("answers/toc.html", false),
        ] {
            assert_eq!(STEMS.iter().any(|stem| is_of(name, stem)), goes, "{name}");
        }
    }
}
