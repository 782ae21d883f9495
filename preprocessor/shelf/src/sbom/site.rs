//! The built website: what others made in it, and the scripts, styles, fonts and pictures that are ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use mdbook_preprocessor::MDBOOK_VERSION;
use serde::Deserialize;

use super::{Bom, Component, FOLDER, sha256};
use crate::project::Project;

/// Where it stands whom the parts belong to.
const REGISTRY: &str = "theme/of-others.toml";

/// What is listed file by file. The pages are texts, and the kit has a list of its own (`SHA256SUMS`).
const LISTED: [&str; 7] = ["css", "js", "otf", "svg", "ttf", "woff", "woff2"];
const FONTS: [&str; 4] = ["otf", "ttf", "woff", "woff2"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Registry {
    /// Patterns of scripts that are ours.
    ours: Vec<String>,
    #[serde(rename = "part")]
    parts: Vec<Part>,
}

/// Something that others made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    name: String,
    version: String,
    licence: String,
    purl: String,
    /// Files of ours that are theirs to the byte.
    #[serde(default)]
    copies: Vec<String>,
    /// Patterns of files of the website that hold it among other things.
    #[serde(default)]
    inside: Vec<String>,
    /// In words, where only letters are taken over.
    letters: Option<String>,
}

/// Reads what the website in the folder `site` is made of.
///
/// # Errors
///
/// A file cannot be read, a font or a script belongs to nobody, or a part of others is in no file.
pub(crate) fn read(project: &Project, site: &Path) -> Result<Bom> {
    let registry = project.root.join(REGISTRY);
    let registry = fs::read_to_string(&registry)
        .with_context(|| format!("cannot read {}", registry.display()))?;
    let registry: Registry =
        toml::from_str(&registry).with_context(|| format!("{REGISTRY} cannot be understood"))?;
    let files = files(site, |path| {
        !path.starts_with(FOLDER) && LISTED.iter().any(|ending| has_ending(path, ending))
    })?;
    let mut components = Vec::new();
    let mut owned: BTreeSet<&str> = BTreeSet::new();
    for part in &registry.parts {
        let found = part.find(project, &files)?;
        owned.extend(found.iter().copied());
        components.push(part.component(&found, &files));
    }
    let is_ours = |path: &str| {
        owned.contains(path) || registry.ours.iter().any(|pattern| matches(pattern, path))
    };
    for path in files.keys().map(String::as_str) {
        let is_font = FONTS.iter().any(|ending| has_ending(path, ending));
        if (is_font && !owned.contains(path)) || (has_ending(path, "js") && !is_ours(path)) {
            bail!("nobody answers for {path} of the website; say in {REGISTRY} whose it is");
        }
    }
    let rest = files
        .iter()
        .filter(|(path, _)| !owned.contains(path.as_str()));
    components.push(Component {
        kind: "framework",
        reference: Some("own".to_owned()),
        name: "scripts, styles and pictures of our own".to_owned(),
        licence: Some("MIT OR Apache-2.0".to_owned()),
        files: rest
            .map(|(path, bytes)| Component::file(path, bytes))
            .collect(),
        ..Component::default()
    });
    components.push(theme(project)?);
    components.push(renderer());
    let title = project.config.book.title.clone().unwrap_or_default();
    let subject = Component {
        kind: "application",
        reference: Some("website".to_owned()),
        name: title,
        licence: Some("CC-BY-4.0 AND (MIT OR Apache-2.0)".to_owned()),
        ..Component::default()
    };
    let references = components.iter().filter_map(|part| part.reference.clone());
    let needs = BTreeMap::from([("website".to_owned(), references.collect())]);
    Ok(Bom {
        subject,
        components,
        needs,
    })
}

impl Part {
    /// The files of the website that are, or hold, this part.
    fn find<'f>(&self, project: &Project, files: &'f Files) -> Result<Vec<&'f str>> {
        let mut found = Vec::new();
        for copy in &self.copies {
            let bytes = fs::read(project.root.join(copy))
                .with_context(|| format!("{REGISTRY} names {copy}, which cannot be read"))?;
            let same = files.iter().filter(|(_, shipped)| **shipped == bytes);
            let before = found.len();
            found.extend(same.map(|(path, _)| path.as_str()));
            if found.len() == before {
                bail!("{REGISTRY} names {copy}, which the website does not ship");
            }
        }
        for pattern in &self.inside {
            let before = found.len();
            let names = files.keys().map(String::as_str);
            found.extend(names.filter(|path| matches(pattern, path)));
            if found.len() == before {
                bail!("{REGISTRY} names {pattern}, and the website has no such file");
            }
        }
        Ok(found)
    }

    fn component(&self, found: &[&str], files: &Files) -> Component {
        let file = |path: &&str| Component::file(path, files.get(*path).map_or(&[], Vec::as_slice));
        let letters = self.letters.iter();
        Component {
            kind: "library",
            reference: Some(self.purl.clone()),
            name: self.name.clone(),
            version: Some(self.version.clone()),
            licence: Some(self.licence.clone()),
            purl: Some(self.purl.clone()),
            notes: letters.map(|says| ("letters", says.clone())).collect(),
            files: found.iter().map(file).collect(),
            ..Component::default()
        }
    }
}

/// What turns the texts into pages. Nothing of its own theme is left in the website.
fn renderer() -> Component {
    let purl = format!("pkg:cargo/mdbook-html@{MDBOOK_VERSION}");
    Component {
        kind: "application",
        reference: Some(purl.clone()),
        name: "mdbook-html".to_owned(),
        version: Some(MDBOOK_VERSION.to_owned()),
        licence: Some("MPL-2.0".to_owned()),
        purl: Some(purl),
        is_tool: true,
        ..Component::default()
    }
}

/// What the website is made from, besides its texts: every file of the theme, without its tests.
fn theme(project: &Project) -> Result<Component> {
    let files = files(&project.root.join("theme"), |path| {
        !path.starts_with("tests/")
    })?;
    let listed = files
        .iter()
        .map(|(path, bytes)| Component::file(path, bytes));
    Ok(Component {
        kind: "framework",
        reference: Some("theme".to_owned()),
        name: "theme".to_owned(),
        licence: Some("MIT OR Apache-2.0".to_owned()),
        is_tool: true,
        notes: vec![("digest", sha256_of(&files))],
        files: listed.collect(),
        ..Component::default()
    })
}

/// Files by their place, with `/` between folders.
type Files = BTreeMap<String, Vec<u8>>;

/// Every file below a folder whose place is wanted.
fn files(root: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("cannot read the folder {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            let parts = path.strip_prefix(root)?.components();
            let parts: Vec<_> = parts
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            let place = parts.join("/");
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if is_wanted(&place) {
                let bytes =
                    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                files.insert(place, bytes);
            }
        }
    }
    Ok(files)
}

/// One digest for all: of the list that `sha256sum` would print.
fn sha256_of(files: &Files) -> String {
    let lines = files
        .iter()
        .map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes)));
    sha256(lines.collect::<String>().as_bytes())
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, found)| found == ending)
}

/// Whether a place is that of a pattern, in which one `*` stands for anything within a folder.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, after)) => path
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|middle| !middle.contains('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_a_name_and_not_for_a_folder() {
        assert!(matches("theme/js/*.js", "theme/js/site-1.js"));
        assert!(!matches("theme/js/*.js", "theme/js/more/site.js"));
        assert!(!matches("theme/js/*.js", "theme/js/site.css"));
        assert!(matches("slides/deck.js", "slides/deck.js"));
    }
}
