//! One piece as data. The names are a promise: the schema holds them.

use serde::Serialize;

use super::{Entry, Site, canonical, plain};
use crate::{Article, ArticleNote};
use crate::{Fragment, fragment, markdown};

/// One piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Names the piece; it stays.
    pub id: String,
    /// `answer`, `incident`, `paper` or `checklist`.
    pub kind: &'static str,
    /// The question or title.
    pub question: String,
    /// Its page.
    pub address: String,
    /// The answer in one sentence, which may be quoted.
    pub answer: Option<String>,
    /// Three messages for nine seconds.
    pub messages: Vec<String>,
    /// What the reader should do.
    pub action: Option<String>,
    /// For whom it is written, in words.
    pub audience: Vec<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// The text.
    pub body: Body,
    /// The address of the file that can be pasted.
    pub fragment: String,
    /// The publications that it cites.
    pub sources: Vec<Source>,
    /// The day on which it was compared with its sources.
    pub checked: String,
    /// The day by which that must be done again.
    pub due: String,
    /// The day of the newest commit that touched it, where that is known.
    pub changed: Option<String>,
    /// How far its review has come.
    pub state: State,
    /// Changes with what it says, and with nothing else.
    pub digest: String,
}

/// The text between the head of a piece and its messages, in two forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Body {
    /// Elements without scripts or styles; headings begin at level 3.
    pub html: String,
    /// CommonMark with footnotes.
    pub markdown: String,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The number by which the text refers to it.
    pub number: usize,
    /// Its key on the website.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Where it can be read.
    pub address: Option<String>,
    /// Its whole entry, in words.
    pub entry: String,
}

/// How far a review has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct State {
    /// `draft`, `reviewed` or `cleared`.
    pub status: &'static str,
    /// The same in a sentence.
    pub words: String,
}

impl Item {
    pub(super) fn of(site: &Site, entry: &Entry<'_>) -> Item {
        let article = entry.article;
        let lines = |texts: &[String]| texts.iter().map(|text| plain::line(text)).collect();
        let line = |text: &String| plain::line(text);
        Item {
            id: article.slug.clone(),
            kind: article.kind.word(),
            question: plain::line(&article.title),
            address: format!("{}{}", site.address, plain::in_address(&article.page)),
            answer: article.says.as_ref().map(line),
            messages: lines(&article.messages),
            action: article.action.as_ref().map(line),
            audience: lines(&article.audience),
            topics: lines(&article.topics),
            body: Body::of(article),
            fragment: site.of(&format!("fragments/{}.html", article.slug)),
            sources: (1..)
                .zip(&article.notes)
                .map(|(number, note)| Source::of(number, note))
                .collect(),
            checked: article.review.checked.to_string(),
            due: article.review.due.to_string(),
            changed: entry.changed.map(|day| day.to_string()),
            state: State {
                status: article.review.status,
                words: plain::line(&article.review.in_words),
            },
            digest: canonical::digest(article),
        }
    }
}

impl Body {
    fn of(article: &Article) -> Body {
        let notes: Vec<_> = article
            .notes
            .iter()
            .map(|note| note.words.clone())
            .collect();
        let place = Fragment {
            level: super::piece::LEVEL + 1,
            prefix: article.slug.clone(),
        };
        Body {
            html: fragment(&article.body, &notes, &place),
            markdown: markdown(&article.body, &notes),
        }
    }
}

impl Source {
    fn of(number: usize, note: &ArticleNote) -> Source {
        Source {
            number,
            key: note.key.clone(),
            title: plain::line(&note.title),
            address: note.url.clone(),
            entry: plain::line(&plain::words(&note.words)),
        }
    }
}
