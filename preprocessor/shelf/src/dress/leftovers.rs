//! What stock mdBook writes for a theme that is not ours.

use std::path::Path;

use anyhow::{Context, Result};

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
    "toc.html",
];

/// Removes them from the site.
pub(super) fn remove(site: &Path) -> Result<()> {
    for path in super::files(site)? {
        let name = path.to_string_lossy().replace('\\', "/");
        if STEMS.iter().any(|stem| is_of(&name, stem)) {
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
