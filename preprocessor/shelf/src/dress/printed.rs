//! What stands on paper in the place of links: the address of the page, and of the pages that it names.

use std::path::{Component, Path, PathBuf};

use editorial::{Page, Shelf};

use crate::announce::Imprint;
use crate::resolve::escape::{html, prose};
use crate::summary::name;

/// A list for readers of paper; screens do not show it.
pub(super) fn printed(page: &Page, shelf: &Shelf, imprint: &Imprint) -> String {
    let entry = |page: &Page| {
        let place = page.address()?;
        // Nobody finds a page under a name that belongs to nobody.
        let address = if imprint.address.is_placeholder() {
            place
        } else {
            imprint.address.of(&place)
        };
        let name = name(page).map_or(String::new(), |name| prose(name) + "&#58; ");
        Some(format!("<li>{name}{}</li>", html(&address)))
    };
    let others: String = named(page, shelf).into_iter().filter_map(entry).collect();
    let others = if others.is_empty() {
        others
    } else {
        format!("<p>Pages named here</p><ul>{others}</ul>")
    };
    format!(
        "<div class=\"printed\"><p>This page</p><ul>{}</ul>{others}</div>\n",
        entry(page).unwrap_or_default()
    )
}

/// The other pages to which this one links, each once and in order.
fn named<'a>(page: &Page, shelf: &'a Shelf) -> Vec<&'a Page> {
    let folder = page.file.path().parent().unwrap_or(Path::new(""));
    let mut named: Vec<&Page> = Vec::new();
    for link in &page.outline.links {
        let path = link.destination.split('#').next().unwrap_or_default();
        let Some(other) = shelf.page(&joined(folder, path)) else {
            continue;
        };
        let is_new = named
            .iter()
            .all(|known| known.file.path() != other.file.path());
        if is_new && other.file.path() != page.file.path() {
            named.push(other);
        }
    }
    named
}

/// A path as seen from a folder, without its steps back.
fn joined(folder: &Path, path: &str) -> PathBuf {
    let mut joined = folder.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => {
                joined.pop();
            }
            Component::Normal(part) => joined.push(part),
            _ => {}
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_goes_up_and_down() {
        let folder = Path::new("src/answers");
        for (path, wanted) in [
            ("b.md", "src/answers/b.md"),
            ("../papers/p.md", "src/papers/p.md"),
            ("./b.md", "src/answers/b.md"),
        ] {
            assert_eq!(joined(folder, path), Path::new(wanted));
        }
    }
}
