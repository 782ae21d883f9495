//! From an address to a file of the site, and to the text it was made from.

use std::path::{Component, Path, PathBuf};

use editorial::{Page, Shelf};

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
    let text = Path::new("src").join(page.with_extension("md"));
    let readme = || {
        let is_index = text.file_name().is_some_and(|name| name == "index.md");
        is_index.then(|| shelf.page(&text.with_file_name("README.md")))?
    };
    // mdBook shows the first page of the summary at the top, where there is no page for it.
    let first = || {
        let link = shelf.summary.outline.links.first()?;
        let is_top = text == Path::new("src/index.md");
        is_top.then(|| shelf.page(&Path::new("src").join(decoded(&link.destination)?)))?
    };
    shelf.page(&text).or_else(readme).or_else(first)
}

/// Where the page made from the text at `path` stands; none for what is no page.
pub(super) fn page_of(shelf: &Shelf, path: &Path) -> Option<String> {
    shelf.page(path)?;
    let page = path.strip_prefix("src").ok()?.with_extension("html");
    let page = match page.file_name() {
        Some(name) if name == "README.html" => page.with_file_name("index.html"),
        _ => page,
    };
    let names = page.iter().map(|name| name.to_string_lossy());
    Some(names.fold(String::new(), |address, name| {
        format!("{address}/{}", encoded(&name))
    }))
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

/// A text with its percent signs resolved, once. None where they say nothing, or no UTF-8.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// A name as part of an address.
fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests;
