//! The style sheets and the scripts of the theme, each as one file.
//!
//! `book.toml` lists the parts, and the template refers to each on a line of its own. The parts are
//! joined in their order, under the address of the first, so that what they refer to stays right.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::asset::Asset;
use super::root_of;

/// How a line of the template refers to a style sheet, and to a script that waits for the page.
const STYLE: &str = "<link rel=\"stylesheet\" href=\"";
const SCRIPT: &str = "<script src=\"";
const DEFERRED: &str = "\" defer></script>";

/// What the pages refer to in place of the parts.
#[derive(Debug)]
pub(super) struct Bundle {
    styles: Option<Asset>,
    scripts: Option<Asset>,
}

impl Bundle {
    /// Joins the parts to which the page `sample` of the site refers, and removes them.
    pub(super) fn of(sample: &str, site: &Path) -> Result<Bundle> {
        let styles = parts(sample, style);
        let scripts = parts(sample, deferred);
        Ok(Bundle {
            styles: join(site, &styles, "css", lean_style)?,
            scripts: join(site, &scripts, "js", lean_script)?,
        })
    }

    /// The page `text` at `path`, with references to the bundle in the place of those to its parts.
    pub(super) fn refer(&self, text: &str, path: &Path) -> String {
        let root = root_of(path);
        let mut out = String::with_capacity(text.len());
        let (mut has_style, mut has_script) = (false, false);
        for line in text.split_inclusive('\n') {
            if style(line).is_some() {
                if let Some(asset) = self.styles.as_ref().filter(|_| !has_style) {
                    out.push_str(&style_line(&root, asset));
                }
                has_style = true;
            } else if deferred(line).is_some() {
                if let Some(asset) = self.scripts.as_ref().filter(|_| !has_script) {
                    out.push_str(&script_line(&root, asset));
                }
                has_script = true;
            } else {
                out.push_str(line);
            }
        }
        out
    }
}

/// The noscript line is for a folder of pages on a stick: there no browser can prove integrity, and
/// the first script, which mends that, does not run.
fn style_line(root: &str, asset: &Asset) -> String {
    let Asset { address, integrity } = asset;
    format!(
        "{STYLE}{root}{address}\" integrity=\"{integrity}\">\n<noscript>{STYLE}{root}{address}\"></noscript>\n"
    )
}

fn script_line(root: &str, asset: &Asset) -> String {
    let Asset { address, integrity } = asset;
    format!("{SCRIPT}{root}{address}\" integrity=\"{integrity}{DEFERRED}\n")
}

/// The address in a line that refers to a style sheet.
fn style(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix(STYLE)?.strip_suffix("\">")
}

/// The address in a line that refers to a script that waits for the page.
fn deferred(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix(SCRIPT)?.strip_suffix(DEFERRED)
}

/// The addresses of the parts, from the root of the site.
fn parts<'a>(page: &'a str, address: impl Fn(&'a str) -> Option<&'a str>) -> Vec<&'a str> {
    let addresses = page.lines().filter_map(address);
    addresses
        .map(|address| address.trim_start_matches(['.', '/']))
        .collect()
}

/// Joins the parts into one file beside the first, each after `prepare`.
fn join(
    site: &Path,
    parts: &[&str],
    ending: &str,
    prepare: impl Fn(&str) -> String,
) -> Result<Option<Asset>> {
    let Some(folder) = parts.first().and_then(|first| Path::new(first).parent()) else {
        return Ok(None);
    };
    let mut joined = String::new();
    for part in parts {
        if Path::new(part).parent() != Some(folder) {
            bail!(
                "{part} lies in another folder than {}; book.toml lists the parts of one bundle",
                parts[0]
            );
        }
        let file = site.join(part);
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        joined.push_str(&prepare(&text));
    }
    for part in parts {
        std::fs::remove_file(site.join(part)).with_context(|| format!("cannot remove {part}"))?;
    }
    let stem = format!("{}/site", folder.to_string_lossy());
    Asset::write(site, &stem, ending, &joined).map(Some)
}

/// A style sheet without its comments and its indents. No string of ours holds a comment.
fn lean_style(css: &str) -> String {
    let mut rest = css;
    let mut without = String::with_capacity(css.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        without.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    without.push_str(rest);
    lines(&without, |_| true)
}

/// A script without the lines that are comments, and without its indents. No text of ours spans lines.
fn lean_script(js: &str) -> String {
    lines(js, |line| !line.starts_with("//"))
}

/// The lines that are not empty and are `kept`, without their indents.
fn lines(text: &str, kept: impl Fn(&str) -> bool) -> String {
    let lines = text.lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| !line.is_empty() && kept(line))
        .collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PAGE: &str = "<link rel=\"icon\" href=\"i.svg\">\n<link rel=\"stylesheet\" href=\"../c/a.css\">\n<link rel=\"stylesheet\" href=\"../c/b.css\">\n<script src=\"../j/first.js\"></script>\n<script src=\"../j/a.js\" defer></script>\n<script src=\"../j/b.js\" defer></script>\n<p>\n";

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("c/a.css", "/* A. */\na {\n  color: red;\n}\n"),
            ("c/b.css", "b {}\n"),
            ("j/a.js", "// Says a.\n(() => {\n  a(\"// b\");\n})();\n"),
            ("j/b.js", "b();"),
        ] {
            std::fs::create_dir_all(site.path().join(path).parent().unwrap()).unwrap();
            std::fs::write(site.path().join(path), text).unwrap();
        }
        site
    }

    #[test]
    fn parts_become_one_file_with_its_integrity() {
        let site = site();
        let bundle = Bundle::of(PAGE, site.path()).unwrap();
        let page = bundle.refer(PAGE, Path::new("answers/x.html"));
        let styles = bundle.styles.unwrap();
        let written = std::fs::read_to_string(site.path().join(&styles.address)).unwrap();
        assert_eq!(written, "a {\ncolor: red;\n}\nb {}\n");
        assert!(styles.address.starts_with("c/site-") && styles.integrity.starts_with("sha384-"));
        let scripts = bundle.scripts.unwrap();
        let written = std::fs::read_to_string(site.path().join(&scripts.address)).unwrap();
        assert_eq!(written, "(() => {\na(\"// b\");\n})();\nb();\n");
        assert_eq!(page.matches("integrity=").count(), 2);
        assert!(page.contains(&format!("href=\"../{}\" integrity", styles.address)));
        assert!(page.contains("<script src=\"../j/first.js\"></script>\n"));
        for part in ["c/a.css", "c/b.css", "j/a.js", "j/b.js"] {
            assert!(!page.contains(part) && !site.path().join(part).exists());
        }
    }

    #[test]
    fn parts_of_two_folders_are_not_joined() {
        let site = site();
        let page = PAGE.replace("../c/b.css", "../j/b.css");
        assert!(Bundle::of(&page, site.path()).is_err());
    }
}
