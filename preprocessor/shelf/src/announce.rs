//! What the website says to machines: to search engines and feed readers, to those who find a hole in
//! it, to programs that show a link as a picture, and to the servers that deliver it.
//!
//! Everything here is made from the shelf and the [`Imprint`], so that two builds give the same bytes;
//! no clock is read. Where the website will stand is said once, in `book.toml` or by `--address`.

pub(crate) mod address;
#[cfg(feature = "pdf")]
mod cards;
pub(crate) mod faq;
mod feed;
mod head;
mod hosting;
mod imprint;
mod llms;
mod microdata;
mod not_found;
pub(crate) mod policy;
mod robots;
pub(crate) mod security_txt;
mod sitemap;
mod text;

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use editorial::Shelf;

pub(crate) use feed::PLACE as FEED;
pub(crate) use head::head;
pub(crate) use imprint::Imprint;
pub(crate) use microdata::microdata;
pub(crate) use not_found::absolute;

/// Files by their place in the website, such as `feed/changes.atom`.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// The feed, where there is one. Pages lead to it, so that it stands in every website that is made.
pub(crate) fn feed_file(shelf: &Shelf, imprint: &Imprint) -> Files {
    let feed = feed::feed(shelf, imprint);
    feed.map(|feed| (FEED.to_owned(), feed.into_bytes()))
        .into_iter()
        .collect()
}

/// Every other file for machines. `published` names the files of the website that are there already, so that
/// servers can be told which of them never change.
pub(crate) fn files(shelf: &Shelf, imprint: &Imprint, published: &[PathBuf]) -> Result<Files> {
    let mut files: Files = Vec::new();
    let mut add = |place: &str, text: String| files.push((place.to_owned(), text.into_bytes()));
    add("sitemap.xml", sitemap::sitemap(shelf, imprint));
    add("robots.txt", robots::robots(imprint));
    add("llms.txt", llms::llms(shelf, imprint));
    if let Some(text) = security_txt::security_txt(imprint) {
        add(security_txt::PLACE, text);
    }
    for (place, text) in hosting::files(shelf, imprint, published)? {
        add(place, text);
    }
    #[cfg(feature = "pdf")]
    if imprint.has_cards {
        files.extend(cards::cards(shelf, imprint)?);
    }
    Ok(files)
}

/// Lays the files into the website in the folder `site`. A file that an editor has put in the place of
/// one is not written over.
pub(crate) fn lay_beside(files: &Files, site: &Path) -> Result<()> {
    for (place, bytes) in files {
        let file = site.join(place);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder of {place}"))?;
        }
        File::create_new(&file)
            .and_then(|mut file| file.write_all(bytes))
            .with_context(|| format!("cannot write {place}; is there a file src/{place}?"))?;
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests;
