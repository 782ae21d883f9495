//! A piece as a text to send.

use super::Article;
use crate::document::{Block, Document, Inline, Properties, Role};

impl Article {
    /// The whole piece: its head as on the website, its text, its messages and its sources.
    pub fn document(&self) -> Document {
        let mut blocks = self.head();
        blocks.extend(self.says.iter().map(|says| Block::says(Role::Says, says)));
        blocks.extend(self.action.iter().map(|action| to_do(action)));
        blocks.push(Block::Paragraph {
            role: Role::Facts,
            words: self.facts(),
        });
        blocks.extend(self.body.iter().cloned());
        if !self.messages.is_empty() {
            blocks.push(Block::heading(2, "In nine seconds"));
            blocks.push(messages(self));
        }
        let examples = self.examples.iter();
        blocks.extend(examples.map(|examples| Block::says(Role::Small, examples)));
        Document {
            properties: self.about(),
            blocks,
            notes: self.notes.iter().map(|note| note.words.clone()).collect(),
        }
    }

    /// What the files of the whole piece say of themselves.
    pub fn about(&self) -> Properties {
        self.properties(&self.slug, &self.title)
    }

    /// The title, and how far the review has come.
    pub(super) fn head(&self) -> Vec<Block> {
        vec![
            Block::heading(1, &self.title),
            Block::says(Role::State, &self.review.in_words),
        ]
    }

    /// What a file about this piece says of itself. `name` is the file's, without its ending.
    pub(super) fn properties(&self, name: &str, title: &str) -> Properties {
        Properties {
            name: name.to_owned(),
            title: title.to_owned(),
            book: self.book.clone(),
            kind: self.kind.name().to_owned(),
            keywords: self.topics.clone(),
            state: self.review.in_words.clone(),
            is_draft: self.review.is_draft,
            checked: self.review.checked,
            version: self.version.in_words(),
        }
    }

    /// When it was checked, for whom it is, and where it stands.
    fn facts(&self) -> Vec<Inline> {
        let mut sentences = vec![self.review.checked_in_words()];
        if let Some((last, others)) = self.audience.split_last() {
            let readers = match others {
                [] => last.clone(),
                others => format!("{} and {last}", others.join(", ")),
            };
            sentences.push(format!("For {readers}."));
        }
        let mut words = vec![Inline::text(sentences.join(" "))];
        if let Some(address) = &self.address {
            words.push(Inline::text(" Read it here: "));
            words.push(Inline::Link {
                to: address.clone(),
                words: vec![Inline::text(address)],
            });
        }
        words
    }
}

/// The three messages.
pub(super) fn messages(article: &Article) -> Block {
    let messages = article.messages.iter();
    Block::list(messages.map(|message| vec![Inline::text(message)]))
}

fn to_do(action: &str) -> Block {
    Block::Paragraph {
        role: Role::Action,
        words: vec![
            Inline::Strong(vec![Inline::text("What to do:")]),
            Inline::text(format!(" {action}")),
        ],
    }
}
