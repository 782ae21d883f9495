//! The checklist on both papers.

mod gaps;

use anyhow::{Context, Result};
use editorial::{Finding, Severity, Shelf};
use kit::{Paper, Sheet};

use super::Sheets;
use crate::progress::{Voice, count};
use crate::rules::CHECKLIST_ONE_PAGE;

/// A finding for each part above the list that is not printed.
pub(super) fn left_out(shelf: &Shelf) -> Vec<Finding> {
    gaps::left_out(shelf)
}

/// Prints the checklist, and counts its pages.
pub(super) fn print(shelf: &Shelf, sheet: &Sheet, voice: Voice) -> Result<(Sheets, Vec<Finding>)> {
    let mut sheets = Sheets::new();
    let mut findings = Vec::new();
    let mut too_long = Vec::new();
    for paper in Paper::ALL {
        let cannot = || format!("cannot print the checklist on {}", paper.name());
        let printed = sheet.print(paper).with_context(cannot)?;
        if printed.pages() != 1 {
            too_long.push(format!(
                "{} on {}",
                count(printed.pages(), "page"),
                paper.name()
            ));
        }
        let missing = gaps::missing_letters(shelf, &printed.missing_letters());
        if !missing.is_empty() {
            // The same letters are missing on every paper, and a file with gaps is not written.
            findings.extend(missing);
            break;
        }
        sheets.push((paper, printed.pdf().with_context(cannot)?));
    }
    if findings.is_empty() && too_long.is_empty() {
        let papers = Paper::ALL.map(Paper::name).join(" and ");
        voice.say("Printed", &format!("the checklist, one page on {papers}"));
    }
    if !too_long.is_empty() {
        findings.push(too_many_pages(shelf, &too_long.join(" and ")));
    }
    Ok((sheets, findings))
}

/// A finding at the last task: it, or words above it, must go.
fn too_many_pages(shelf: &Shelf, pages: &str) -> Finding {
    let last = shelf.checklist.entries.last();
    let span = last.map_or(0..0, |task| task.task.span.clone());
    shelf.checklist.file.finding(
        CHECKLIST_ONE_PAGE,
        Severity::Error,
        span,
        format!("the printed checklist takes {pages}; one is wanted"),
        "cut this task or another, or cut words: of the tasks, or of what stands above the list on its page",
    )
}
