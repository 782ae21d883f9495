//! `feed/faq.json` and its neighbours: the pieces for other websites.

use anyhow::Result;
use kit::feed::{Entry, Feed, Site};
use kit::{Article, ArticleKind};

use super::{Files, Imprint};
use crate::history::History;

/// What a program reads.
pub(crate) fn feed(articles: &[Article], history: &History, imprint: &Imprint) -> Feed {
    Feed::of(&site(history, imprint), &entries(articles, history))
}

/// Every file of the feed; none for a book without pieces.
///
/// # Errors
///
/// A feed that cannot be written as JSON.
pub(crate) fn files(articles: &[Article], history: &History, imprint: &Imprint) -> Result<Files> {
    if articles.is_empty() {
        return Ok(Files::new());
    }
    let entries = entries(articles, history);
    Ok(kit::feed::files(&site(history, imprint), &entries)?)
}

fn site(history: &History, imprint: &Imprint) -> Site {
    Site {
        title: imprint.title.clone(),
        address: imprint.address.to_string(),
        language: imprint.language.clone(),
        version: history.version(),
    }
}

fn entries<'a>(articles: &'a [Article], history: &History) -> Vec<Entry<'a>> {
    let articles = articles.iter();
    let entry = |article: &'a Article| Entry {
        article,
        changed: history.changed(&article.source),
    };
    // Lessons answer no question that somebody asks a website.
    let articles = articles.filter(|article| article.kind != ArticleKind::Lesson);
    articles.map(entry).collect()
}
