//! A statement for the first hours, for any organisation to adapt.

use super::Article;
use crate::document::{Block, Document, Inline, Role};

/// The section of a fact sheet that holds the sentences to send.
const SENTENCES: &str = "say";

impl Article {
    /// The holding statement of an incident: the sentences to send of its fact sheet, between the paragraphs
    /// `before` and `after`, which have gaps to fill. Nothing where the sheet has no such sentences.
    pub fn holding_statement(
        &self,
        before: &[Vec<Inline>],
        after: &[Vec<Inline>],
    ) -> Option<Document> {
        let sentences = self.sentences_to_send();
        if sentences.is_empty() {
            return None;
        }
        let title = "Statement".to_owned();
        let about = format!(
            "{} Delete this paragraph before you send. The facts behind the sentences stand in the fact sheet “{}”. {}",
            self.review.in_words,
            self.title,
            self.review.checked_in_words()
        );
        let mut blocks = vec![Block::heading(1, &title), Block::says(Role::State, about)];
        blocks.extend(before.iter().cloned().map(Block::text));
        blocks.extend(sentences);
        blocks.extend(after.iter().cloned().map(Block::text));
        let name = format!("{}-holding-statement", self.slug);
        let mut properties = self.properties(&name, &title);
        properties.kind = "Holding statement".to_owned();
        // It goes out in the name of whoever adapts it.
        properties.book = Inline::gap("name of your organisation");
        Some(Document {
            properties,
            blocks,
            notes: Vec::new(),
        })
    }

    /// The paragraphs of the quotation under "Sentences to send".
    fn sentences_to_send(&self) -> Vec<Block> {
        let is_section = |block: &Block| matches!(block, Block::Heading { level: 2, .. });
        let is_ours =
            |block: &Block| matches!(block, Block::Heading { id: Some(id), .. } if id == SENTENCES);
        let section = self.body.iter().skip_while(|block| !is_ours(block)).skip(1);
        let section = section.take_while(|block| !is_section(block));
        let quoted = section.filter_map(|block| match block {
            Block::Quotation(blocks) => Some(blocks.clone()),
            _ => None,
        });
        quoted.flatten().collect()
    }
}
