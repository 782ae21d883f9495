//! What is new, changed or withdrawn since an older feed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Feed, VERSION};

/// Why a feed cannot be used.
#[derive(Debug, Error)]
pub enum FeedError {
    /// It is no feed.
    #[error("this is no feed of questions and answers")]
    Unreadable(#[source] serde_json::Error),
    /// It has another form.
    #[error("this feed has the form {0}, and {VERSION} is the one that is known here")]
    Unknown(u32),
    /// It cannot be written.
    #[error("the feed cannot be written as JSON")]
    Unwritable(#[source] serde_json::Error),
}

/// An older feed, as far as it is compared.
#[derive(Debug, Clone, Deserialize)]
pub struct Earlier {
    /// The day of its texts, where that is known.
    pub day: Option<String>,
    items: Vec<Was>,
}

#[derive(Debug, Clone, Deserialize)]
struct Was {
    id: String,
    question: String,
    digest: String,
}

impl Earlier {
    /// Reads a `faq.json`.
    ///
    /// # Errors
    ///
    /// A text that is no feed, or one in a form that is not known.
    pub fn parse(text: &str) -> Result<Earlier, FeedError> {
        /// The number is read first: what else another form holds is not known.
        #[derive(Deserialize)]
        struct Form {
            version: u32,
        }
        let form: Form = serde_json::from_str(text).map_err(FeedError::Unreadable)?;
        if form.version != VERSION {
            return Err(FeedError::Unknown(form.version));
        }
        serde_json::from_str(text).map_err(FeedError::Unreadable)
    }
}

/// A piece by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its question or title.
    pub question: String,
}

/// What happened between two feeds, each in the order of the ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Since {
    /// Pieces that the older one does not have.
    pub new: Vec<Named>,
    /// Pieces that say something else.
    pub changed: Vec<Named>,
    /// Pieces that are gone, by their older question.
    pub withdrawn: Vec<Named>,
}

/// Compares two feeds by the digests of their pieces.
pub fn since(old: &Earlier, new: &Feed) -> Since {
    let mut before: BTreeMap<&str, &Was> = old
        .items
        .iter()
        .map(|item| (item.id.as_str(), item))
        .collect();
    let mut found = Since::default();
    for item in &new.items {
        let named = Named {
            id: item.id.clone(),
            question: item.question.clone(),
        };
        match before.remove(item.id.as_str()) {
            None => found.new.push(named),
            Some(was) if was.digest != item.digest => found.changed.push(named),
            Some(_) => {}
        }
    }
    let gone = before.into_values().map(|was| Named {
        id: was.id.clone(),
        question: was.question.clone(),
    });
    found.withdrawn = gone.collect();
    found
}
