//! The card that a person holds who is about to speak: one page.

use super::Article;
use super::piece::messages;
use crate::document::{Block, Document, Inline, Role};

/// As fast as people speak on the air, in words a second: 27 words in nine seconds.
const WORDS_A_SECOND: usize = 3;

impl Article {
    /// The name of the card's file, without its ending.
    pub fn message_card_name(&self) -> String {
        format!("{}-message-card", self.slug)
    }

    /// The card: what to say, what not to say, and who may. `speaks` says who that is, with gaps to fill;
    /// nothing is said about it where that is empty.
    pub fn message_card(&self, speaks: &[Inline]) -> Document {
        let mut blocks = self.head();
        if let Some(says) = &self.says {
            blocks.push(Block::heading(2, "The sentence to quote"));
            blocks.push(Block::says(Role::Says, says));
        }
        if !self.messages.is_empty() {
            blocks.push(Block::heading(2, "In nine seconds"));
            blocks.push(messages(self));
            blocks.push(Block::says(Role::Small, self.length()));
        }
        if let Some(action) = &self.action {
            blocks.push(Block::heading(2, "What to do"));
            blocks.push(Block::says(Role::Text, action));
        }
        if !self.avoid.is_empty() {
            blocks.push(Block::heading(2, "What not to say"));
            let avoid = self.avoid.iter();
            blocks.push(Block::list(avoid.map(|said| vec![Inline::text(said)])));
        }
        if !speaks.is_empty() {
            blocks.push(Block::heading(2, "Who may speak"));
            blocks.push(Block::text(speaks.to_vec()));
        }
        blocks.push(Block::says(Role::Facts, self.behind()));
        let mut properties = self.properties(&self.message_card_name(), &self.title);
        properties.kind = "Message card".to_owned();
        Document {
            properties,
            blocks,
            notes: Vec::new(),
        }
    }

    /// How long the messages are, counted.
    fn length(&self) -> String {
        let words: usize = self
            .messages
            .iter()
            .map(|message| editorial::words::words(message).count())
            .sum();
        let seconds = words.div_ceil(WORDS_A_SECOND);
        format!("{words} words, about {seconds} seconds when spoken.")
    }

    /// Where the facts stand.
    fn behind(&self) -> String {
        let sources = match self.notes.len() {
            0 => String::new(),
            1 => " The whole piece names its source.".to_owned(),
            number => format!(" The whole piece names its {number} sources."),
        };
        let here = self.address.as_ref();
        let here = here.map_or(String::new(), |address| format!(" It stands at {address}"));
        format!("{}{sources}{here}", self.review.checked_in_words())
    }
}
