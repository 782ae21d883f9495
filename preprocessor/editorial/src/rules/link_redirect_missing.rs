//! Addresses that were published once and lead nowhere now.

use std::collections::HashSet;
use std::path::Path;

use super::link_broken::resolve;
use super::link_scheme::scheme;
use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "link/redirect-missing",
    wants: "An address that was once published has a page, or a redirect to one.",
    why: "Other people link to these pages, in law texts, lessons and news. content/addresses.txt \
          keeps every address that a page ever had, one a line in the order of the alphabet, and \
          nothing is ever taken out of it. A page that moves leaves its old address to \
          `[output.html.redirect]` in book.toml.",
    can_be_waived: false,
    check: Check::Shelf(check),
};

fn check(shelf: &Shelf, findings: &mut Findings) {
    let pages: HashSet<String> = shelf.pages.iter().filter_map(address).collect();
    check_redirects(shelf, &pages, findings);
    // A book without the list has not been published.
    if shelf.addresses.entries.is_empty() {
        return;
    }
    let redirected: HashSet<&str> = shelf
        .redirects
        .entries
        .iter()
        .map(|redirect| without_anchor(&redirect.from.value).trim_start_matches('/'))
        .collect();
    let published: HashSet<&str> = shelf
        .addresses
        .entries
        .iter()
        .map(|address| address.value.as_str())
        .collect();
    for address in &shelf.addresses.entries {
        let leads_somewhere =
            pages.contains(&address.value) || redirected.contains(address.value.as_str());
        if !leads_somewhere {
            findings.error(
                &shelf.addresses.file,
                address.span.clone(),
                format!("{} was published, and is gone", address.value),
                format!(
                    "restore the page, or add \"/{}\" = \"…\" to [output.html.redirect] in book.toml",
                    address.value
                ),
            );
        }
    }
    for page in &shelf.pages {
        if let Some(address) = address(page).filter(|found| !published.contains(found.as_str())) {
            findings.error(
                &page.file,
                0..0,
                "the address of this page is not in content/addresses.txt",
                format!("add the line {address}"),
            );
        }
    }
}

/// Redirects to a page or file that is not there.
fn check_redirects(shelf: &Shelf, pages: &HashSet<String>, findings: &mut Findings) {
    for redirect in &shelf.redirects.entries {
        let target = without_anchor(&redirect.to.value);
        if scheme(target).is_some() {
            continue;
        }
        let from = redirect.from.value.trim_start_matches('/');
        let path = match target.strip_prefix('/') {
            Some(path) => resolve(Path::new(""), path),
            None => resolve(Path::new(from), target),
        };
        let exists = path.is_some_and(|path| {
            pages.contains(&with_slashes(&path)) || shelf.root.join("src").join(path).is_file()
        });
        if !exists {
            findings.error(
                &shelf.redirects.file,
                redirect.to.span.clone(),
                format!("there is no page at {}", redirect.to.value),
                format!(
                    "lead {} straight to a page of this book, or to an https address",
                    redirect.from.value
                ),
            );
        }
    }
}

fn without_anchor(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

/// Where mdBook puts a page, as seen from the root of the site.
fn address(page: &Page) -> Option<String> {
    let path = page.file.path().strip_prefix("src").ok()?;
    let path = if path.file_stem()? == "README" {
        path.with_file_name("index.html")
    } else {
        path.with_extension("html")
    };
    Some(with_slashes(&path))
}

/// A path as it is written in an address, on every system.
fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
