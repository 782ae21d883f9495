//! From an address to a file of the site, and to the text it was made from.

use std::path::{Component, Path, PathBuf};

use editorial::{Page, Shelf};

use crate::percent::{decoded, encoded};
use crate::summary::page_at;

/// What an address leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file inside the site.
    File(PathBuf),
    /// A folder, asked for without the slash that its relative links need.
    Folder,
    /// Nothing that may be shown.
    Nothing,
}

/// What the path of a request leads to in the folder `site`. Nothing outside it can be reached: the path is
/// taken apart into plain names, and what they lead to must lie in the folder when every link is followed.
pub(super) fn locate(site: &Path, path: &str) -> Found {
    let Some(relative) = plain(path) else {
        return Found::Nothing;
    };
    let Ok(site) = site.canonicalize() else {
        return Found::Nothing;
    };
    let Ok(mut file) = site.join(relative).canonicalize() else {
        return Found::Nothing;
    };
    if file.is_dir() && file.starts_with(&site) {
        if !path.ends_with('/') {
            return Found::Folder;
        }
        match file.join("index.html").canonicalize() {
            Ok(index) => file = index,
            Err(_) => return Found::Nothing,
        }
    }
    if file.starts_with(&site) && file.is_file() {
        Found::File(file)
    } else {
        Found::Nothing
    }
}

/// The text that the page at `path` was made from.
pub(super) fn source<'s>(shelf: &'s Shelf, path: &str) -> Option<&'s Page> {
    let mut page = plain(path)?;
    if path.ends_with('/') {
        page.push("index.html");
    }
    page_at(
        shelf,
        &page
            .iter()
            .map(|name| name.to_str())
            .collect::<Option<Vec<_>>>()?
            .join("/"),
    )
}

/// Where the page made from the text at `path` stands; none for what is no page.
pub(super) fn page_of(shelf: &Shelf, path: &Path) -> Option<String> {
    let address = shelf.page(path)?.address()?;
    let names: Vec<String> = address.split('/').map(encoded).collect();
    Some(format!("/{}", names.join("/")))
}

/// An absolute path of an address as a relative one of the file system: plain, visible names alone.
fn plain(path: &str) -> Option<PathBuf> {
    let path = decoded(path.strip_prefix('/')?)?;
    let path = path.strip_suffix('/').unwrap_or(&path);
    if path.is_empty() {
        return Some(PathBuf::new());
    }
    let is_plain = |name: &str| {
        !name.is_empty() && !name.starts_with('.') && !name.contains(['\\', '\0', ':'])
    };
    if !path.split('/').all(is_plain) {
        return None;
    }
    let path = PathBuf::from(path);
    let mut parts = path.components();
    parts
        .all(|part| matches!(part, Component::Normal(_)))
        .then_some(path)
}

#[cfg(test)]
mod tests;
