//! The checklist as it stands on paper: its words, before anybody has laid them out.

mod document;

use std::ops::Range;

use editorial::{BlockKind, Day, Figure, Milestone, Page, Shelf, Status, Tag, Task};

pub use document::sheet_document;

use crate::article::of_a_text;

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
    /// Whether nobody but its writers has reviewed it.
    pub is_draft: bool,
    /// The day on which it was last checked, which is the date of the file.
    pub checked: Day,
    /// Whether it cites something that it was compared with on that day.
    pub cites: bool,
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
            status: of_a_text(review.in_words()),
            is_draft: review.status == Status::Draft,
            checked: review.checked.value,
            cites: cites(shelf, page),
            points: shelf
                .checklist
                .entries
                .iter()
                .map(|task| point(shelf, task))
                .collect(),
        })
    }
}

impl Sheet {
    /// As the website says it: a page that cites nothing was compared with nothing.
    pub(crate) fn checked_in_words(&self) -> String {
        let what = if self.cites {
            "Compared with its sources"
        } else {
            "Checked"
        };
        format!("{what} on {}.", self.checked.in_words())
    }
}

/// What stands before the list of a page and is not printed: all but paragraphs of text. The span of each
/// part, in order.
pub fn left_out(page: &Page) -> Vec<Range<usize>> {
    let outline = &page.outline;
    let before = page.body.start..start_of_list(page);
    let blocks = outline.blocks.iter();
    let blocks = blocks.filter(|block| block.kind != BlockKind::Paragraph);
    let directives = outline.directives.iter();
    let directives = directives.filter(|found| found.is_ours() || found.is_include());
    let images = page.file.text()[before.clone()].match_indices("![");
    let mut parts: Vec<Range<usize>> = blocks
        .map(|block| block.place(0)..block.place(block.text.len()))
        .chain(outline.headings.iter().map(|found| found.span.clone()))
        .chain(outline.code_blocks.iter().map(|found| found.span.clone()))
        .chain(outline.html.iter().cloned())
        .chain(directives.map(|found| found.span.clone()))
        .chain(images.map(|(at, mark)| before.start + at..before.start + at + mark.len()))
        .filter(|part| before.contains(&part.start))
        .collect();
    parts.sort_by_key(|part| part.start);
    parts
}

fn start_of_list(page: &Page) -> usize {
    let list = page.outline.checklists().next();
    list.map_or(page.body.start, |directive| directive.span.start)
}

/// Whether the page, its list or one of its figures names a source.
fn cites(shelf: &Shelf, page: &Page) -> bool {
    let mut figures = page.outline.figures().filter_map(|directive| {
        let file = shelf.figure(&directive.argument)?;
        file.figure.as_ref()
    });
    let mut tasks = shelf.checklist.entries.iter();
    !page.outline.citations.is_empty()
        || tasks.any(|task| !task.sources.is_empty())
        || figures.any(|figure| Figure::sources(figure).next().is_some())
}

/// The paragraphs before the directive.
fn lead(page: &Page) -> Vec<String> {
    let start = start_of_list(page);
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;

    /// A book with one page, a checklist of one task, and these words around its directive.
    fn shelf(before: &str, after: &str, sources: &str) -> Shelf {
        let book = tempfile::tempdir().unwrap();
        fs::create_dir_all(book.path().join("src")).unwrap();
        fs::create_dir_all(book.path().join("content")).unwrap();
        let head = "+++\nkind = \"checklist\"\ntitle = \"List\"\naudience = [\"press\"]\ntopics = [\"a\"]\n[review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n";
        let page = format!("{head}\n{before}\n\n{{{{#checklist}}}}\n\n{after}\n");
        fs::write(book.path().join("src/checklist.md"), page).unwrap();
        let list = format!(
            "[[item]]\nid = \"a\"\ntask = \"Do.\"\nwhy = \"So.\"\ntag = \"DICOM\"\nmilestone = 2\nanswer = \"checklist.md\"\nsources = {sources}\n"
        );
        fs::write(book.path().join("content/checklist.toml"), list).unwrap();
        Shelf::read(book.path(), Day::new(2026, 11, 22)).unwrap()
    }

    #[test]
    fn a_page_that_cites_nothing_is_not_compared_with_sources() {
        let cites = |before, sources| {
            Sheet::of(&shelf(before, "", sources), "Book")
                .unwrap()
                .cites
        };
        assert!(!cites("A word.", "[]"));
        assert!(cites("A word.[^a]", "[]"));
        assert!(cites("A word.", "[\"a\"]"));
    }

    #[test]
    fn only_paragraphs_before_the_list_are_printed() {
        let parts = |before, after| {
            let shelf = shelf(before, after, "[]");
            left_out(shelf.checklist_page().unwrap()).len()
        };
        assert_eq!(parts("One *word*.\n\nAnother.", "- A note."), 0);
        assert_eq!(parts("- One.\n- Two.", ""), 2);
        assert_eq!(parts("{{#include a.md}}\n\n![A](b.png)", ""), 2);
        assert_eq!(parts("| a |\n|---|\n| b |", ""), 2);
    }
}
