//! The style sheets and the scripts of the theme, each as one file.
//!
//! `book.toml` lists the parts, and the template refers to each on a line of its own. They are joined in
//! their order into a file beside them, so that what they refer to stays right. Parts in a folder of
//! their own, such as `theme/css/checklist/`, go only to the pages on which something has that class:
//! a page carries no more than it needs.
//!
//! Browsers paint nothing before the styles above it have arrived. So the head of a piece waits only for
//! the styles up to those of pieces; the others are referred to below it.

mod lean;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail};

use super::asset::Asset;
use super::{region, root_of};

/// How a line of the template refers to a style sheet, and to a script that waits for the page.
const STYLE: &str = "<link rel=\"stylesheet\" href=\"";
const SCRIPT: &str = "<script src=\"";
const DEFERRED: &str = "\" defer></script>";
/// The last of the style sheets that the head of a piece needs, in the order of `book.toml`.
/// mdBook adds a digest to the name.
const HEAD_OF_PIECE: &str = "theme/css/piece";
/// The region below the head of a piece.
const BELOW: &str = "styles";

/// The bundles of a site, made as pages need them.
#[derive(Debug)]
pub(super) struct Bundles<'a> {
    site: &'a Path,
    made: Mutex<BTreeMap<Vec<String>, Asset>>,
    parts: Mutex<BTreeSet<String>>,
}

/// What is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Style,
    Script,
}

impl<'a> Bundles<'a> {
    /// For the site in a folder.
    pub(super) fn of(site: &'a Path) -> Bundles<'a> {
        Bundles {
            site,
            made: Mutex::default(),
            parts: Mutex::default(),
        }
    }

    /// The page `text` at `path`, with references to bundles in the place of those to their parts.
    pub(super) fn refer(&self, text: &str, path: &Path) -> Result<String> {
        let root = root_of(path);
        let (above, below) = self.styles(text);
        let scripts = self.needed(Sort::Script, text);
        let mut lines = [
            (Sort::Style, self.bundle("site", &above, Sort::Style)?),
            (Sort::Script, self.bundle("site", &scripts, Sort::Script)?),
        ];
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            match lines.iter_mut().find(|(sort, _)| sort.part(line).is_some()) {
                Some((sort, bundle)) => {
                    let bundle = bundle.take();
                    out.push_str(&bundle.map_or(String::new(), |asset| sort.line(&root, &asset)));
                }
                None => out.push_str(line),
            }
        }
        let below = self.bundle("rest", &below, Sort::Style)?;
        let below = below.map_or(String::new(), |asset| Sort::Style.line(&root, &asset));
        Ok(region::fill(&out, BELOW, below.trim_end()))
    }

    /// Removes the parts, once every page refers to bundles.
    pub(super) fn remove_parts(self) -> Result<()> {
        let parts = self.parts.into_inner();
        for part in parts.unwrap_or_else(PoisonError::into_inner) {
            let file = self.site.join(&part);
            std::fs::remove_file(&file).with_context(|| format!("cannot remove {part}"))?;
            // Where this was the last part in it, the folder goes too.
            let _ = file.parent().map(std::fs::remove_dir);
        }
        Ok(())
    }

    /// The style sheets that the page needs at once, and those that its piece needs below its head.
    fn styles(&self, page: &str) -> (Vec<String>, Vec<String>) {
        let mut above = self.needed(Sort::Style, page);
        if !region::has(page, BELOW) {
            return (above, Vec::new());
        }
        let last = above.iter().position(|part| {
            part.strip_prefix(HEAD_OF_PIECE)
                .is_some_and(|rest| rest.starts_with(['.', '-']))
        });
        let below = above.split_off(last.map_or(above.len(), |last| last + 1));
        (above, below)
    }

    /// The parts that the page needs, of those to which it refers.
    fn needed(&self, sort: Sort, page: &str) -> Vec<String> {
        let all = page.lines().filter_map(|line| sort.part(line));
        let all = all.map(|part| part.trim_start_matches(['.', '/']).to_owned());
        let all: Vec<String> = all.collect();
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        for part in &all {
            if !parts.contains(part) {
                parts.insert(part.clone());
            }
        }
        drop(parts);
        let classes = classes(page);
        all.into_iter()
            .filter(|part| is_needed(part, &classes))
            .collect()
    }

    /// The parts as one file, made once; `None` where there are none.
    fn bundle(&self, name: &str, parts: &[String], sort: Sort) -> Result<Option<Asset>> {
        if parts.is_empty() {
            return Ok(None);
        }
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = made.get(parts) {
            return Ok(Some(made.clone()));
        }
        let asset = join(self.site, name, parts, sort)?;
        made.insert(parts.to_vec(), asset.clone());
        Ok(Some(asset))
    }
}

impl Sort {
    /// The address of the part to which a line refers.
    fn part(self, line: &str) -> Option<&str> {
        let line = line.trim_end();
        match self {
            Sort::Style => line.strip_prefix(STYLE)?.strip_suffix("\">"),
            Sort::Script => line.strip_prefix(SCRIPT)?.strip_suffix(DEFERRED),
        }
    }

    /// A line that refers to a bundle. `root` is the way to the root of the site.
    ///
    /// The noscript line is for a folder of pages on a stick: there no browser can prove integrity, and
    /// the first script, which mends that, does not run.
    fn line(self, root: &str, asset: &Asset) -> String {
        let Asset { address, integrity } = asset;
        match self {
            Sort::Style => format!(
                "{STYLE}{root}{address}\" integrity=\"{integrity}\">\n<noscript>{STYLE}{root}{address}\"></noscript>\n"
            ),
            // The styles come first on a slow line: nothing is painted before them.
            Sort::Script => format!(
                "{SCRIPT}{root}{address}\" integrity=\"{integrity}\" fetchpriority=\"low{DEFERRED}\n"
            ),
        }
    }

    /// The folder whose parts go to every page.
    fn folder(self) -> &'static str {
        match self {
            Sort::Style => "theme/css",
            Sort::Script => "theme/js",
        }
    }
}

/// What the elements of a page have as their class, as it is written.
fn classes(page: &str) -> BTreeSet<&str> {
    let attributes = page.split("class=\"").skip(1);
    let values = attributes.filter_map(|rest| rest.split_once('"'));
    values.map(|(class, _)| class).collect()
}

/// Whether a page with these classes needs the part: parts in a folder of their own are for the class it is
/// named after.
fn is_needed(part: &str, classes: &BTreeSet<&str>) -> bool {
    let folder = Path::new(part).parent().and_then(Path::file_name);
    folder.is_none_or(|folder| {
        let folder = folder.to_string_lossy();
        matches!(folder.as_ref(), "css" | "js") || classes.contains(folder.as_ref())
    })
}

/// Joins the parts into one file beside them.
fn join(site: &Path, name: &str, parts: &[String], sort: Sort) -> Result<Asset> {
    let mut joined = String::new();
    for part in parts {
        let file = site.join(part);
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let is_beside = Path::new(part).parent() == Some(Path::new(sort.folder()));
        if !is_beside && text.contains("url(") {
            bail!(
                "{part} names an address, which would be wrong in {}",
                sort.folder()
            );
        }
        if let Some(line) = lean::torn(sort, &text) {
            bail!("{part} has a text that the bundle would break: {line}");
        }
        joined.push_str(&lean::lean(sort, &text));
    }
    let ending = match sort {
        Sort::Style => "css",
        Sort::Script => "js",
    };
    Asset::write(site, &format!("{}/{name}", sort.folder()), ending, &joined)
}

#[cfg(test)]
mod tests;
