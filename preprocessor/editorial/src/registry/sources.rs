//! `content/sources.toml`: every publication that a page may cite.

use crate::day::Day;
use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;

/// How a source was checked by the people who wrote here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// The text itself was read.
    Seen,
    /// A copy of the text was read, kept by somebody else.
    Copy,
    /// An account of it was read, not the text.
    Secondary,
    /// Nobody has opened it yet. It may not be cited.
    NotVerified,
}

impl Verified {
    /// As the list of sources says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Verified::Seen => "we read the text",
            Verified::Copy => "we read a copy",
            Verified::Secondary => "we read an account of it",
            Verified::NotVerified => "not verified",
        }
    }
}

/// One publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The key that a page cites: lower-case letters, digits, `.` and `-`.
    pub key: Placed<String>,
    /// Its own title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Edition or date, as text.
    pub edition: Option<String>,
    /// Where it stands.
    pub url: Option<Placed<String>>,
    /// What part was read, and where.
    pub read: Option<String>,
    /// How it was checked.
    pub verified: Verified,
    /// The day somebody last opened it.
    pub opened: Option<Placed<Day>>,
}

impl Source {
    pub(crate) fn parse_all(text: &str) -> (Vec<Source>, Vec<Misfit>) {
        let (entries, mut misfits) = read_toml(text, 0, |fields| {
            let sources = fields.tables("source", read_source);
            sources.into_iter().flatten().collect::<Vec<_>>()
        });
        super::refuse_twins(entries.iter().map(|source| &source.key), &mut misfits);
        (entries, misfits)
    }
}

fn read_source(fields: &mut Fields<'_>) -> Option<Source> {
    let key = fields.required_text("key", "give it a key to cite it by");
    if let Some(key) = &key {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
        if !key.value.chars().all(is_plain) {
            fields.misfit(
                key.span.clone(),
                format!("the key \"{}\" would not survive a link", key.value),
                "use lower-case letters, digits, `.` and `-`",
            );
        }
    }
    let title = fields.required_text("title", "give the publication's own title");
    let publisher = fields.required_text("publisher", "say who published it");
    let edition = fields.text("edition");
    let url = fields.text("url");
    if let Some(url) = url
        .as_ref()
        .filter(|url| !url.value.starts_with("https://"))
    {
        fields.misfit(
            url.span.clone(),
            "the address does not start with https://",
            "give the https address, or leave `url` out",
        );
    }
    let read = fields.text("read");
    let verified = fields.choice(
        "verified",
        &[
            ("seen", Verified::Seen),
            ("copy", Verified::Copy),
            ("secondary", Verified::Secondary),
            ("not-verified", Verified::NotVerified),
        ],
    );
    let opened = fields.day("opened");
    if let Some(verified) = &verified
        && verified.value != Verified::NotVerified
        && !fields.has("opened")
    {
        fields.missing(
            "opened",
            "give the day somebody opened it, such as 2026-11-22",
        );
    }
    Some(Source {
        key: key?,
        title: title?.value,
        publisher: publisher?.value,
        edition: edition.map(|edition| edition.value),
        url,
        read: read.map(|read| read.value),
        verified: verified?.value,
        opened,
    })
}
