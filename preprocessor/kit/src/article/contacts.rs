//! A sheet to fill in before anybody calls: whom to reach, and how.

use super::Article;
use crate::document::{Block, Document, Inline, Role};

impl Article {
    /// The contacts sheet of an incident's kit: `rows` say who somebody is and what for; the name, the number
    /// and the hours are gaps to fill. Nothing where there are no rows.
    pub fn contacts_sheet(
        &self,
        lead: &[Inline],
        rows: &[(Vec<Inline>, Vec<Inline>)],
    ) -> Option<Document> {
        if rows.is_empty() {
            return None;
        }
        let title = "Whom to call";
        let mut blocks = vec![
            Block::heading(1, title),
            Block::says(Role::State, &self.review.in_words),
        ];
        if !lead.is_empty() {
            blocks.push(Block::text(lead.to_vec()));
        }
        let head = ["Who", "What for", "Name", "Telephone", "Hours"];
        blocks.push(Block::Table {
            head: head.map(|word| vec![Inline::text(word)]).to_vec(),
            rows: rows.iter().map(row).collect(),
        });
        let mut properties = self.properties(&format!("{}-contacts", self.slug), title);
        properties.kind = "Contacts sheet".to_owned();
        Some(Document {
            properties,
            blocks,
            notes: Vec::new(),
        })
    }
}

fn row((who, what_for): &(Vec<Inline>, Vec<Inline>)) -> Vec<Vec<Inline>> {
    let gap = |what: &str| vec![Inline::Gap(what.to_owned())];
    vec![
        who.clone(),
        what_for.clone(),
        gap("name"),
        gap("number"),
        gap("hours"),
    ]
}
