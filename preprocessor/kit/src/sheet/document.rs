//! The checklist as a text to edit.

use editorial::{Milestone, Tag, with_quotes};

use super::{Point, Sheet};
use crate::document::{Block, Document, Inline, Properties, Role};

/// The checklist with its boxes to tick, for departments that adapt it. `version` is the sentence that says
/// which version of the book it comes from.
pub fn sheet_document(sheet: &Sheet, version: &str) -> Document {
    let mut blocks = vec![
        Block::heading(1, with_quotes(&sheet.title)),
        Block::says(Role::State, &sheet.status),
    ];
    blocks.extend(
        sheet
            .lead
            .iter()
            .map(|lead| Block::says(Role::Text, with_quotes(lead))),
    );
    blocks.push(Block::List {
        start: Some(1),
        items: sheet.points.iter().map(point).collect(),
    });
    blocks.push(Block::heading(2, "What the tags mean"));
    blocks.push(Block::list(Tag::ALL.map(|tag| {
        vec![
            Inline::Strong(vec![Inline::text(tag.name())]),
            Inline::text(format!(": {}", tag.meaning())),
        ]
    })));
    let milestones =
        Milestone::ALL.map(|milestone| format!("{} {}", milestone.number(), milestone.title()));
    let plan = format!("{}: {}.", Milestone::PLAN, milestones.join("; "));
    blocks.push(Block::says(Role::Small, plan));
    blocks.push(Block::says(Role::Facts, sheet.checked_in_words()));
    Document {
        properties: Properties {
            name: "checklist".to_owned(),
            title: with_quotes(&sheet.title),
            book: sheet.book.clone(),
            kind: "Checklist".to_owned(),
            keywords: vec!["checklist".to_owned()],
            state: sheet.status.clone(),
            is_draft: sheet.is_draft,
            checked: sheet.checked,
            version: version.to_owned(),
        },
        blocks,
        notes: Vec::new(),
    }
}

/// A task with its box, and why; below it, who has to act and where it is explained.
fn point(point: &Point) -> Vec<Block> {
    let task = vec![
        Inline::Tick,
        Inline::text(" "),
        Inline::Strong(vec![Inline::text(with_quotes(&point.task))]),
        Inline::text(format!(" {}", with_quotes(&point.why))),
    ];
    let about = format!(
        "{} \u{b7} Milestone {} \u{b7} “{}”",
        point.tag.name(),
        point.milestone.number(),
        with_quotes(&point.answer)
    );
    vec![Block::text(task), Block::says(Role::Facts, about)]
}
