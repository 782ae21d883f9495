//! The checklist for every renderer but the website: Markdown without HTML.

use editorial::{Milestone, Shelf, Tag};

use super::super::escape::markdown;
use super::citations;

/// The list and its legend. `up` is the way to `src/`.
pub(super) fn checklist(shelf: &Shelf, up: &str) -> String {
    let mut out = String::new();
    for (index, task) in shelf.checklist.entries.iter().enumerate() {
        out.push_str(&format!(
            "{}. \\[ \\] **{}** {} ({}, {}; see [{}](<{up}{}>).){}\n",
            index + 1,
            markdown(&task.task.value),
            markdown(&task.why.value),
            markdown(task.tag.name()),
            markdown(&task.milestone.in_words()),
            markdown(shelf.question(task)),
            task.answer.value.replace(['<', '>', '\\', '\n'], ""),
            citations(task),
        ));
    }
    out.push_str("\n**What the tags mean**\n\n");
    for tag in Tag::ALL {
        out.push_str(&format!(
            "- {}: {}\n",
            markdown(tag.name()),
            markdown(tag.meaning())
        ));
    }
    out.push_str(&format!(
        "\n{}\n",
        markdown(&format!("{}.", Milestone::PLAN))
    ));
    out
}
