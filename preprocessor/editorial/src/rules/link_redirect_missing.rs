//! Addresses that were published once and lead nowhere now.

use std::collections::HashSet;
use std::path::Path;

use super::link_broken::resolve;
use super::link_scheme::scheme;
use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::registry::Redirect;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "link/redirect-missing",
    wants: "An address that was once published has a page, or a redirect to one.",
    why: "Other people link to these pages, in law texts, lessons and news. content/addresses.txt \
          keeps every address that a page ever had, one a line in the order of the alphabet, and \
          nothing is ever taken out of it. A page that moves leaves its old address to \
          `[output.html.redirect]` in book.toml. mdBook writes a page at the old address, so that it \
          has to lie inside the site, and nothing else may be there. No redirect leads from a heading: \
          the page is still there, and no server is told what stands after the #.",
    can_be_waived: false,
    check: Check::Shelf(check),
};

fn check(shelf: &Shelf, findings: &mut Findings) {
    let pages: HashSet<String> = shelf.pages.iter().filter_map(Page::address).collect();
    check_redirects(shelf, &pages, findings);
    // A book without the list has not been published.
    if shelf.addresses.entries.is_empty() {
        return;
    }
    let redirected: HashSet<&str> = shelf.redirects.entries.iter().map(origin).collect();
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
        if let Some(address) = page
            .address()
            .filter(|found| !published.contains(found.as_str()))
        {
            findings.error(
                &page.file,
                0..0,
                "the address of this page is not in content/addresses.txt",
                format!("add the line {address}"),
            );
        }
    }
}

/// Redirects to a page or file that is not there, and from where none may be.
fn check_redirects(shelf: &Shelf, pages: &HashSet<String>, findings: &mut Findings) {
    for redirect in &shelf.redirects.entries {
        check_origin(shelf, pages, redirect, findings);
        if !is_plain(origin(redirect)) {
            continue;
        }
        let target = without_anchor(&redirect.to.value);
        if let Some(scheme) = scheme(target) {
            if scheme != "https" {
                findings.error(
                    &shelf.redirects.file,
                    redirect.to.span.clone(),
                    format!("a redirect may not use `{scheme}:`"),
                    "lead to an https address, or to a page of this book",
                );
            }
            continue;
        }
        let path = match target.strip_prefix('/') {
            Some(path) => resolve(Path::new(""), path),
            None => resolve(Path::new(origin(redirect)), target),
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

/// A redirect from outside the site, or from an address that is taken.
fn check_origin(
    shelf: &Shelf,
    pages: &HashSet<String>,
    redirect: &Redirect,
    findings: &mut Findings,
) {
    let written = redirect.from.value.as_str();
    let from = origin(redirect);
    let is_taken = pages.contains(from) || shelf.root.join("src").join(from).is_file();
    let (problem, help) = if written.contains('#') {
        (
            format!("\"{written}\": a heading that moved cannot be redirected"),
            "take the redirect out, and keep the heading's id: `## Words {#old-id}`",
        )
    } else if !is_plain(from) {
        (
            format!("\"{written}\" is no address inside the site"),
            "write the old address from the root of the site, such as \"/answers/old.html\"",
        )
    } else if is_taken {
        (
            format!("there is a page or a file at {written}"),
            "take the redirect out, or move what is there",
        )
    } else {
        return;
    };
    findings.error(
        &shelf.redirects.file,
        redirect.from.span.clone(),
        problem,
        help,
    );
}

/// The old address as seen from the root of the site.
fn origin(redirect: &Redirect) -> &str {
    let from = without_anchor(&redirect.from.value);
    from.strip_prefix('/').unwrap_or(from)
}

/// Whether an address is a path from the root that stays below it on every system, and in which no server
/// reads anything else.
fn is_plain(address: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && part != "." && part != "..";
    let means_itself = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    address.split('/').all(is_name) && address.chars().all(means_itself)
}

fn without_anchor(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

/// A path as it is written in an address, on every system.
fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_address_stays_below_the_root() {
        for address in ["a.html", "a/b.html", "a/..b"] {
            assert!(is_plain(address), "{address}");
        }
        for address in [
            "",
            "../a",
            "a/../../b",
            "a//b",
            "/a",
            "a/",
            "./a",
            "..\\a",
            "C:a",
            "a b",
            "a\nb",
            "a;b{}",
        ] {
            assert!(!is_plain(address), "{address}");
        }
    }
}
