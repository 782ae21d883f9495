//! The checklist as it stands on paper: its words, before anybody has laid them out.

use editorial::{BlockKind, Day, Milestone, Page, Shelf, Tag, Task};

/// Everything that the printed checklist says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The book it belongs to.
    pub book: String,
    /// The page's title.
    pub title: String,
    /// What the page says before its list, a paragraph each.
    pub lead: Vec<String>,
    /// How far its review has come.
    pub status: String,
    /// The day on which it was last compared with its sources, which is the date of the file.
    pub checked: Day,
    /// The tasks, in their order.
    pub points: Vec<Point>,
}

/// One task on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What to do.
    pub task: String,
    /// Why.
    pub why: String,
    /// Who has to act.
    pub tag: Tag,
    /// Where it stands in the Manageable Network Plan.
    pub milestone: Milestone,
    /// The title of the page that explains it.
    pub answer: String,
}

impl Sheet {
    /// The checklist of a shelf, in the book with the title `book`. `None` where no page shows one, or
    /// where that page does not say when it was checked: rules report both.
    pub fn of(shelf: &Shelf, book: &str) -> Option<Sheet> {
        let page = shelf.checklist_page()?;
        let piece = page.piece.as_ref()?;
        let review = piece.review.as_ref()?;
        Some(Sheet {
            book: book.to_owned(),
            title: piece.title.value.clone(),
            lead: lead(page),
            status: review.in_words(),
            checked: review.checked.value,
            points: shelf
                .checklist
                .entries
                .iter()
                .map(|task| point(shelf, task))
                .collect(),
        })
    }
}

/// The paragraphs before the directive.
fn lead(page: &Page) -> Vec<String> {
    let list = page.outline.checklists().next();
    let start = list.map_or(page.body.start, |directive| directive.span.start);
    page.outline
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph && block.place(0) < start)
        .map(|block| block.text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

fn point(shelf: &Shelf, task: &Task) -> Point {
    Point {
        task: task.task.value.clone(),
        why: task.why.value.clone(),
        tag: task.tag,
        milestone: task.milestone,
        answer: shelf.question(task).to_owned(),
    }
}
