//! The style sheets and the scripts of the theme, each as one file.
//!
//! `book.toml` lists the parts, and the template refers to each on a line of its own. They are joined in
//! their order into a file beside them, so that what they refer to stays right. Parts in a folder of
//! their own, such as `theme/css/checklist/`, go only to the pages on which something has that class:
//! a page carries no more than it needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::asset::Asset;
use super::root_of;

/// How a line of the template refers to a style sheet, and to a script that waits for the page.
const STYLE: &str = "<link rel=\"stylesheet\" href=\"";
const SCRIPT: &str = "<script src=\"";
const DEFERRED: &str = "\" defer></script>";

/// The bundles of a site, made as pages need them.
#[derive(Debug)]
pub(super) struct Bundles<'a> {
    site: &'a Path,
    made: BTreeMap<Vec<String>, Asset>,
    parts: BTreeSet<String>,
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
            made: BTreeMap::new(),
            parts: BTreeSet::new(),
        }
    }

    /// The page `text` at `path`, with references to bundles in the place of those to their parts.
    pub(super) fn refer(&mut self, text: &str, path: &Path) -> Result<String> {
        let root = root_of(path);
        let styles = self.bundle(Sort::Style, text)?;
        let scripts = self.bundle(Sort::Script, text)?;
        let mut lines = [
            (Sort::Style, styles.map(|asset| style_line(&root, &asset))),
            (
                Sort::Script,
                scripts.map(|asset| script_line(&root, &asset)),
            ),
        ];
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            match lines.iter_mut().find(|(sort, _)| sort.part(line).is_some()) {
                Some((_, bundle)) => out.push_str(&bundle.take().unwrap_or_default()),
                None => out.push_str(line),
            }
        }
        Ok(out)
    }

    /// Removes the parts, once every page refers to bundles.
    pub(super) fn remove_parts(self) -> Result<()> {
        for part in self.parts {
            let file = self.site.join(&part);
            std::fs::remove_file(&file).with_context(|| format!("cannot remove {part}"))?;
            // Where this was the last part in it, the folder goes too.
            let _ = file.parent().map(std::fs::remove_dir);
        }
        Ok(())
    }

    /// The bundle for a page.
    fn bundle(&mut self, sort: Sort, page: &str) -> Result<Option<Asset>> {
        let all = page.lines().filter_map(|line| sort.part(line));
        let all: Vec<&str> = all
            .map(|part| part.trim_start_matches(['.', '/']))
            .collect();
        self.parts.extend(all.iter().map(|part| (*part).to_owned()));
        let needed = all.into_iter().filter(|part| is_needed(part, page));
        let needed: Vec<String> = needed.map(str::to_owned).collect();
        if needed.is_empty() {
            return Ok(None);
        }
        if let Some(made) = self.made.get(&needed) {
            return Ok(Some(made.clone()));
        }
        let asset = join(self.site, &needed, sort)?;
        self.made.insert(needed, asset.clone());
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

    /// The folder whose parts go to every page.
    fn folder(self) -> &'static str {
        match self {
            Sort::Style => "theme/css",
            Sort::Script => "theme/js",
        }
    }

    /// A part without what only its authors need.
    fn lean(self, text: &str) -> String {
        match self {
            Sort::Style => lean_style(text),
            Sort::Script => lean_script(text),
        }
    }
}

/// Whether the page needs the part: parts in a folder of their own are for the class it is named after.
fn is_needed(part: &str, page: &str) -> bool {
    let folder = Path::new(part).parent().and_then(Path::file_name);
    folder.is_none_or(|folder| {
        let folder = folder.to_string_lossy();
        matches!(folder.as_ref(), "css" | "js") || page.contains(&format!("class=\"{folder}\""))
    })
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

/// Joins the parts into one file beside them.
fn join(site: &Path, parts: &[String], sort: Sort) -> Result<Asset> {
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
        joined.push_str(&sort.lean(&text));
    }
    let ending = match sort {
        Sort::Style => "css",
        Sort::Script => "js",
    };
    Asset::write(site, &format!("{}/site", sort.folder()), ending, &joined)
}

/// A style sheet without its comments and its white space. No text of ours in it holds either.
fn lean_style(css: &str) -> String {
    let mut rest = css;
    let mut without = String::with_capacity(css.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        without.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    without.push_str(rest);
    let lines = without.lines().map(str::trim);
    let mut lean = String::with_capacity(without.len());
    for line in lines.filter(|line| !line.is_empty()) {
        match line.strip_suffix(" {") {
            Some(selector) => lean.push_str(&format!("{selector}{{")),
            None => lean.push_str(line),
        }
        // A selector goes on after its comma, and a value where its line ends.
        if !line.ends_with([';', '{', '}', ',']) {
            lean.push(' ');
        }
    }
    lean.push('\n');
    lean
}

/// A script without the lines that are comments, and without its indents. No text of ours spans lines.
fn lean_script(js: &str) -> String {
    let lines = js.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PAGE: &str = "<link rel=\"icon\" href=\"i.svg\">\n<link rel=\"stylesheet\" href=\"../theme/css/a.css\">\n<link rel=\"stylesheet\" href=\"../theme/css/list/b.css\">\n<script src=\"../theme/js/first.js\"></script>\n<script src=\"../theme/js/a.js\" defer></script>\n<script src=\"../theme/js/b.js\" defer></script>\n<p>\n";

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        for (path, text) in [
            (
                "theme/css/a.css",
                "/* A. */\na,\nb {\n  color: red;\n  margin:\n    0\n    1px;\n}\n",
            ),
            ("theme/css/list/b.css", ".list {\n}\n"),
            (
                "theme/js/a.js",
                "// Says a.\n(() => {\n  a(\"// b\");\n})();\n",
            ),
            ("theme/js/b.js", "b();"),
        ] {
            std::fs::create_dir_all(site.path().join(path).parent().unwrap()).unwrap();
            std::fs::write(site.path().join(path), text).unwrap();
        }
        site
    }

    fn written(site: &Path, bundles: &Bundles<'_>, part: &str) -> Vec<String> {
        let made = bundles.made.iter();
        made.filter(|(parts, _)| parts.contains(&part.to_owned()))
            .map(|(_, asset)| std::fs::read_to_string(site.join(&asset.address)).unwrap())
            .collect()
    }

    #[test]
    fn parts_become_one_file_with_its_integrity() {
        let site = site();
        let mut bundles = Bundles::of(site.path());
        let page = bundles.refer(PAGE, Path::new("answers/x.html")).unwrap();
        assert_eq!(
            written(site.path(), &bundles, "theme/css/a.css"),
            ["a,b{color: red;margin: 0 1px;}\n"]
        );
        assert_eq!(
            written(site.path(), &bundles, "theme/js/a.js"),
            ["(() => {\na(\"// b\");\n})();\nb();\n"]
        );
        assert_eq!(page.matches("integrity=\"sha384-").count(), 2);
        assert_eq!(page.matches("href=\"../theme/css/site-").count(), 2);
        assert!(page.contains("<script src=\"../theme/js/first.js\"></script>\n"));
        bundles.remove_parts().unwrap();
        for part in ["css/a.css", "css/list", "js/a.js", "js/b.js"] {
            assert!(!page.contains(part) && !site.path().join("theme").join(part).exists());
        }
    }

    #[test]
    fn a_part_for_a_class_goes_to_the_pages_that_have_it() {
        let site = site();
        let mut bundles = Bundles::of(site.path());
        bundles.refer(PAGE, Path::new("x.html")).unwrap();
        assert!(written(site.path(), &bundles, "theme/css/list/b.css").is_empty());
        let with = format!("{PAGE}<ul class=\"list\">");
        bundles.refer(&with, Path::new("y.html")).unwrap();
        assert_eq!(
            written(site.path(), &bundles, "theme/css/list/b.css"),
            ["a,b{color: red;margin: 0 1px;}\n.list{}\n"]
        );
    }
}
