//! Ready files for those who put the website on a server: headers, the page for addresses that lead
//! nowhere, and the pages that moved. Each says the same in the words of one server.

mod apache;
mod caddy;
mod flat;
mod nginx;
mod redirects;

use std::path::{Path, PathBuf};

use anyhow::Result;
use editorial::Shelf;

use super::{Imprint, policy};
use redirects::{Moved, moved};

/// What the servers are told.
#[derive(Debug)]
struct Orders<'a> {
    /// The folder of the website on its host, from `/` to `/`.
    folder: &'a str,
    /// What is sent with every answer.
    headers: Vec<(&'static str, String)>,
    /// The files that never change.
    lasting: Vec<String>,
    /// The pages that moved.
    moved: Vec<Moved>,
}

/// A file for each kind of server, by its place in the website.
pub(super) fn files(
    shelf: &Shelf,
    imprint: &Imprint,
    published: &[PathBuf],
) -> Result<Vec<(&'static str, String)>> {
    let folder = imprint.address.folder();
    let places = published.iter().map(|path| with_slashes(path));
    let orders = Orders {
        folder,
        headers: policy::headers(),
        lasting: places
            .filter(|place| policy::never_changes(place))
            .collect(),
        moved: moved(shelf, folder)?,
    };
    Ok(vec![
        ("hosting/nginx.conf", nginx::nginx(&orders)),
        ("hosting/apache.conf", apache::apache(&orders)),
        ("hosting/Caddyfile", caddy::caddy(&orders)),
        ("_headers", flat::headers(&orders)),
        ("_redirects", flat::redirects(&orders)),
    ])
}

/// A path as it is written in an address, on every system.
fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::announce::tests::{imprint, shelf};

    #[test]
    fn every_server_is_told_the_same() {
        let published = ["theme/css/site-0123abcd.css", "index.html"].map(PathBuf::from);
        let files = files(&shelf(), &imprint("https://a.org/s/"), &published).unwrap();
        let text = |place: &str| &files.iter().find(|(name, _)| *name == place).unwrap().1;
        for place in [
            "hosting/nginx.conf",
            "hosting/apache.conf",
            "hosting/Caddyfile",
            "_headers",
        ] {
            for (name, value) in policy::headers() {
                assert!(
                    text(place).contains(name) && text(place).contains(&value),
                    "{place}: {name}"
                );
            }
            assert!(text(place).contains(policy::FOR_EVER), "{place}");
        }
        for place in [
            "hosting/nginx.conf",
            "hosting/apache.conf",
            "hosting/Caddyfile",
        ] {
            assert!(text(place).contains("/s/404.html"), "{place}");
        }
        for place in [
            "hosting/nginx.conf",
            "hosting/apache.conf",
            "hosting/Caddyfile",
            "_redirects",
        ] {
            for address in [
                "/s/old/a.html",
                "/s/answers/gr%C3%B6%C3%9Fe.html#b",
                "https://a.org/x%24y",
            ] {
                // Where an address is a pattern, its dots stand in brackets.
                assert!(
                    text(place).replace("[.]", ".").contains(address),
                    "{place}: {address}\n{}",
                    text(place)
                );
            }
        }
        assert!(text("_headers").contains("\n/s/theme/css/site-0123abcd.css\n"));
    }
}
