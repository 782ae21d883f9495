//! The pieces as data, for another website: one file that a program reads, and a file for each piece that an
//! editor pastes.
//!
//! The form of `faq.json` is a promise (`schemas/faq.schema.json`). Another form gets another number.

mod canonical;
mod example;
mod item;
mod piece;
mod plain;
mod readme;
mod since;
#[cfg(test)]
mod tests;

use editorial::Day;
use serde::Serialize;

use crate::{Article, Version};
pub use item::{Body, Item, Source, State};
pub use since::{Earlier, FeedError, Named, Since, since};

/// The folder of the feed in the website.
pub const FOLDER: &str = "feed";
/// The form of `faq.json`. A reader refuses a number that it does not know.
const VERSION: u32 = 1;
const SCHEMA: &str = include_str!("../schemas/faq.schema.json");
const STYLES: &str = include_str!("../templates/feed/example.css");

/// The website that the pieces come from.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its title.
    pub title: String,
    /// Its address, which ends in `/`.
    pub address: String,
    /// Its language, as BCP 47 names it.
    pub language: String,
    /// Which version of the texts it is.
    pub version: Version,
}

/// A piece, and the day of the newest commit that touched it, where that is known.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The piece.
    pub article: &'a Article,
    /// The day.
    pub changed: Option<Day>,
}

/// What `faq.json` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// The address of the schema that this file keeps.
    pub schema: String,
    /// The number of the form.
    pub version: u32,
    /// The title of the website.
    pub site: String,
    /// Its address.
    pub address: String,
    /// The commit of the texts, where that is known.
    pub commit: Option<String>,
    /// The day of that commit.
    pub day: Option<String>,
    /// Whether the texts differ from that commit.
    pub changed_since_commit: bool,
    /// The language of the texts.
    pub language: String,
    /// What whoever shows them has to say about them.
    pub note: String,
    /// The pieces, in the order of their ids.
    pub items: Vec<Item>,
}

impl Feed {
    /// The feed of a website.
    pub fn of(site: &Site, entries: &[Entry<'_>]) -> Feed {
        let items = entries.iter().map(|entry| Item::of(site, entry));
        let mut items: Vec<Item> = items.collect();
        items.sort_by(|one, next| one.id.cmp(&next.id));
        Feed {
            schema: site.of("faq.schema.json"),
            version: VERSION,
            site: plain::line(&site.title),
            address: site.address.clone(),
            commit: site.version.commit.clone(),
            day: site.version.day.map(|day| day.to_string()),
            changed_since_commit: site.version.is_changed,
            language: site.language.clone(),
            note: note(&items),
            items,
        }
    }

    /// The file: a key a line, so that two of them can be compared.
    pub fn json(&self) -> Result<String, FeedError> {
        let text = serde_json::to_string_pretty(self).map_err(FeedError::Unwritable)?;
        Ok(text + "\n")
    }
}

impl Site {
    /// The address of a file of the feed.
    fn of(&self, file: &str) -> String {
        format!("{}{FOLDER}/{}", self.address, plain::in_address(file))
    }
}

/// Every file of the feed, by its place in the website.
///
/// # Errors
///
/// A feed that cannot be written as JSON.
pub fn files(site: &Site, entries: &[Entry<'_>]) -> Result<Vec<(String, Vec<u8>)>, FeedError> {
    let feed = Feed::of(site, entries);
    let mut sorted = entries.to_vec();
    sorted.sort_by(|one, next| one.article.slug.cmp(&next.article.slug));
    let mut files = vec![
        ("faq.json".to_owned(), feed.json()?),
        ("faq.schema.json".to_owned(), SCHEMA.to_owned()),
        ("README.txt".to_owned(), readme::readme(&feed)),
        (
            "example.html".to_owned(),
            example::example(site, &feed, &sorted),
        ),
        ("example.css".to_owned(), STYLES.to_owned()),
    ];
    for entry in &sorted {
        let name = format!("fragments/{}.html", entry.article.slug);
        files.push((name, piece::piece(site, entry.article)));
    }
    let files = files.into_iter();
    Ok(files
        .map(|(name, text)| (format!("{FOLDER}/{name}"), text.into_bytes()))
        .collect())
}

/// What whoever shows the pieces has to say about them.
fn note(items: &[Item]) -> String {
    let drafts = items.iter().filter(|item| item.state.status == "draft");
    let drafts = drafts.count();
    let all = items.len();
    let state = match drafts {
        0 => "A person has reviewed every piece.".to_owned(),
        _ if drafts == all => {
            "Every piece is a draft: nobody but its writers has reviewed it.".to_owned()
        }
        _ => format!(
            "{drafts} of {all} pieces are drafts: nobody but their writers has reviewed them."
        ),
    };
    format!("{state} Whoever shows a piece shows its state (state.words) with it.")
}
