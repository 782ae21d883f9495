//! What a piece says, apart from when and where it says it.

use evidence::Digest;
use serde::Serialize;

use super::plain::in_address;
use crate::Article;
use crate::document::{Block, Inline, Sample};
use crate::markdown;

/// Everything that counts as a change.
#[derive(Serialize)]
struct Canonical<'a> {
    kind: &'a str,
    question: &'a str,
    answer: Option<&'a str>,
    messages: &'a [String],
    action: Option<&'a str>,
    audience: &'a [String],
    topics: &'a [String],
    body: String,
    examples: Option<&'a str>,
    sources: Vec<(&'a str, &'a str, Option<&'a str>)>,
    status: &'a str,
    state: &'a str,
}

/// The digest of a piece. Its version, its dates and its address do not count, nor does what a scanner
/// printed, which every build may let it print again: the sentence beside it counts.
pub(super) fn digest(article: &Article) -> String {
    let notes = article.notes.iter();
    let titles: Vec<_> = notes.map(|note| vec![Inline::text(&note.title)]).collect();
    let canonical = Canonical {
        kind: article.kind.word(),
        question: &article.title,
        answer: article.says.as_deref(),
        messages: &article.messages,
        action: article.action.as_deref(),
        audience: &article.audience,
        topics: &article.topics,
        body: markdown(&Lasting::of(article).blocks(&article.body), &titles),
        examples: article.examples.as_deref(),
        sources: article
            .notes
            .iter()
            .map(|note| (note.key.as_str(), note.title.as_str(), note.url.as_deref()))
            .collect(),
        status: article.review.status,
        state: &article.review.in_words,
    };
    Digest::of(&canonical).to_string()
}

/// A text without what depends on where the website stands and on when a scanner ran.
struct Lasting {
    /// The address of the website, where it has one.
    home: Option<String>,
}

impl Lasting {
    fn of(article: &Article) -> Lasting {
        let address = article.address.as_deref();
        let home = address.and_then(|address| address.strip_suffix(&in_address(&article.page)));
        Lasting {
            home: home.map(str::to_owned),
        }
    }

    fn blocks(&self, blocks: &[Block]) -> Vec<Block> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Block {
        let row = |cells: &Vec<Vec<Inline>>| cells.iter().map(|cell| self.words(cell)).collect();
        match block {
            Block::Heading { level, words, .. } => Block::Heading {
                level: *level,
                id: None,
                words: self.words(words),
            },
            Block::Paragraph { role, words } => Block::Paragraph {
                role: *role,
                words: self.words(words),
            },
            Block::List { start, items } => Block::List {
                start: *start,
                items: items.iter().map(|item| self.blocks(item)).collect(),
            },
            Block::Quotation(quoted) => Block::Quotation(self.blocks(quoted)),
            Block::Code(lines) => Block::Code(lines.clone()),
            Block::Table { head, rows } => Block::Table {
                head: row(head),
                rows: rows.iter().map(row).collect(),
            },
            Block::Sample(sample) => Block::Sample(Sample {
                lines: Vec::new(),
                provenance: String::new(),
                ..sample.clone()
            }),
        }
    }

    /// Words, with those of a link within the website joined to those around them.
    fn words(&self, words: &[Inline]) -> Vec<Inline> {
        let mut lasting: Vec<Inline> = Vec::new();
        for word in words {
            let inner = match word {
                Inline::Emphasis(inner) => vec![Inline::Emphasis(self.words(inner))],
                Inline::Strong(inner) => vec![Inline::Strong(self.words(inner))],
                Inline::Link { to, words } if self.is_home(to) => self.words(words),
                Inline::Link { to, words } => vec![Inline::Link {
                    to: to.clone(),
                    words: self.words(words),
                }],
                other => vec![other.clone()],
            };
            for word in inner {
                match (lasting.last_mut(), word) {
                    (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                    (_, word) => lasting.push(word),
                }
            }
        }
        lasting
    }

    fn is_home(&self, to: &str) -> bool {
        let home = self.home.as_ref();
        home.is_some_and(|home| to.starts_with(home.as_str()))
    }
}
