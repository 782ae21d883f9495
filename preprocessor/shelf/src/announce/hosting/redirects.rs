//! The pages that moved, as servers want to know them.

use anyhow::{Result, bail};
use editorial::Shelf;

use crate::announce::address::encoded;

/// A page that moved for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    /// Its old address on the host: letters, digits and `-._~/` alone, so that no server reads more in it.
    pub(super) from: String,
    /// The new one, on the host or elsewhere, without a character that means something to a server.
    pub(super) to: String,
}

/// Every page that moved, as book.toml says. The rules refuse redirects from a heading.
pub(super) fn moved(shelf: &Shelf, folder: &str) -> Result<Vec<Moved>> {
    let mut all = Vec::new();
    for redirect in &shelf.redirects.entries {
        let from = redirect.from.value.trim_start_matches('/');
        if encoded(from) != from {
            bail!(
                "book.toml has a redirect from \"{}\", which servers may read in different ways; an old address has letters, digits and -._~ in it",
                redirect.from.value
            );
        }
        all.push(Moved {
            from: format!("{folder}{from}"),
            to: target(from, &redirect.to.value, folder),
        });
    }
    Ok(all)
}

/// Where a redirect from the page `from` leads.
fn target(from: &str, to: &str, folder: &str) -> String {
    let is_elsewhere = to
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|head| head.contains(':'));
    if is_elsewhere {
        return inert(to);
    }
    let (path, anchor) = match to.split_once('#') {
        Some((path, anchor)) => (path, format!("#{}", encoded(anchor))),
        None => (to, String::new()),
    };
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').collect(),
    };
    // The old page itself is no folder.
    parts.pop();
    for part in path.trim_start_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("{folder}{}{anchor}", encoded(&parts.join("/")))
}

/// An address of the web without the characters that are none of an address: spaces, quotation marks,
/// and those with which servers begin a variable.
fn inert(address: &str) -> String {
    const MARKS: &str = "-._~:/?#[]@!&'()*+,;=%";
    let parts = address.chars().map(|c| {
        let is_plain = c.is_ascii_alphanumeric() || MARKS.contains(c);
        if is_plain {
            c.to_string()
        } else {
            encoded(&c.to_string())
        }
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn a_target_is_seen_from_the_folder_of_the_old_page() {
        for (from, to, wanted) in [
            ("a.html", "b.html", "/s/b.html"),
            ("x/a.html", "b.html", "/s/x/b.html"),
            ("x/a.html", "./b.html", "/s/x/b.html"),
            ("x/y/a.html", "../b.html#c", "/s/x/b.html#c"),
            ("x/a.html", "/b.html", "/s/b.html"),
            ("x/a.html", "../../../b.html", "/s/b.html"),
            ("a.html", "https://a.org/b?c=d#e", "https://a.org/b?c=d#e"),
            (
                "a.html",
                "https://a.org/\"$ {x}",
                "https://a.org/%22%24%20%7Bx%7D",
            ),
        ] {
            assert_eq!(target(from, to, "/s/"), wanted);
        }
    }
}
