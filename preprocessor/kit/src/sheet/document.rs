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

#[cfg(test)]
mod tests {
    use editorial::Day;

    use super::*;

    #[test]
    fn every_task_has_a_number_a_box_and_where_it_is_explained() {
        let point = Point {
            task: "Do it.".to_owned(),
            why: "It isn't done.".to_owned(),
            tag: Tag::ALL[0],
            milestone: Milestone::ALL[1],
            answer: "How?".to_owned(),
        };
        let sheet = Sheet {
            book: "Book".to_owned(),
            title: "The list".to_owned(),
            lead: vec!["For all.".to_owned()],
            status: "Draft: nobody has reviewed it.".to_owned(),
            is_draft: true,
            checked: Day::new(2026, 11, 22),
            cites: false,
            points: vec![point.clone(), point],
        };
        let document = sheet_document(&sheet, "Version 0a1b2c3d4e.");
        let words = document.words().join(" ");
        let begin = "The list Draft: nobody has reviewed it. For all. [ ] Do it. It isn't done. ";
        assert!(words.starts_with(begin), "{words}");
        assert_eq!(words.matches("[ ] Do it.").count(), 2);
        assert_eq!(words.matches("Milestone 2 ").count(), 2);
        assert_eq!(words.matches("\"How?\"").count(), 2);
        for tag in Tag::ALL {
            assert!(words.contains(&format!("{}: ", tag.name())), "{words}");
        }
        assert!(words.ends_with("Checked on 22 November 2026."), "{words}");
        assert_eq!(document.properties.file("docx"), "checklist-DRAFT.docx");
        let listed = document.blocks.iter().find_map(|block| match block {
            Block::List { start, items } => Some((*start, items.len())),
            _ => None,
        });
        assert_eq!(listed, Some((Some(1), 2)));
    }
}
