//! Files that do not say what their form wants them to say.

use super::{Check, Findings, Rule};
use crate::nearest::did_you_mean;
use crate::shelf::Shelf;
use crate::source_text::SourceText;

pub(super) const RULE: Rule = Rule {
    name: "content/invalid",
    wants: "Every file in content/ keeps its form: TOML with known keys, or a list in order.",
    why: "A misspelt key would be passed over in silence, and with it a source or a claim. The form \
          of each file stands in CONTRIBUTING.md.",
    can_be_waived: false,
    check: Check::Shelf(check_content),
};

pub(super) const UNREADABLE: Rule = Rule {
    name: "file/unreadable",
    wants: "Every file of the book is there and is UTF-8 text, without characters that nobody sees and that act.",
    why: "What cannot be read cannot be checked, and mdBook would stop at it without saying where. A character \
          that turns the direction of a line shows readers, and reviewers, other words than stand there.",
    can_be_waived: false,
    check: Check::Shelf(check_unreadable),
};

pub(super) const FRONT_MATTER: Rule = Rule {
    name: "front-matter/invalid",
    wants: "A page's front matter is TOML between two lines `+++`, with the keys of its form.",
    why: "The front matter says what kind of piece a page is, for whom, and when it was checked. \
          Every output is made from it, so a misspelt key is an error and not a surprise later.",
    can_be_waived: false,
    check: Check::Shelf(check_front_matter),
};

fn check_content(shelf: &Shelf, findings: &mut Findings) {
    findings.misfits(&shelf.sources.file, &shelf.sources.misfits);
    findings.misfits(&shelf.terms.file, &shelf.terms.misfits);
    findings.misfits(&shelf.names.file, &shelf.names.misfits);
    findings.misfits(&shelf.words.file, &shelf.words.misfits);
    findings.misfits(&shelf.addresses.file, &shelf.addresses.misfits);
    findings.misfits(&shelf.changes.file, &shelf.changes.misfits);
    check_changes(shelf, findings);
    findings.misfits(&shelf.press.file, &shelf.press.misfits);
    findings.misfits(&shelf.goals.file, &shelf.goals.misfits);
    for measure in &shelf.measures {
        findings.misfits(&measure.file, &measure.misfits);
        check_id(&measure.id, &measure.file, findings);
    }
    let checklist = &shelf.checklist;
    findings.misfits(&checklist.file, &checklist.misfits);
    if !checklist.entries.is_empty() && shelf.checklist_page().is_none() {
        findings.error(
            &checklist.file,
            0..0,
            "no page shows these tasks",
            "write {{#checklist}} on a line of its own in a page with kind = \"checklist\"",
        );
    }
    for sample in &shelf.samples {
        findings.misfits(&sample.file, &sample.misfits);
        check_id(&sample.id, &sample.file, findings);
    }
    for lab in &shelf.labs {
        findings.misfits(&lab.file, &lab.misfits);
        check_id(&lab.id, &lab.file, findings);
    }
    for figure in &shelf.figures {
        findings.misfits(&figure.file, &figure.misfits);
        check_id(&figure.id, &figure.file, findings);
    }
    for quiz in &shelf.quizzes {
        findings.misfits(&quiz.file, &quiz.misfits);
        check_id(&quiz.id, &quiz.file, findings);
    }
}

fn check_changes(shelf: &Shelf, findings: &mut Findings) {
    let file = &shelf.changes.file;
    for change in &shelf.changes.entries {
        if change.date.value > shelf.today {
            findings.error(
                file,
                change.date.span.clone(),
                format!("{} has not come yet", change.date.value.in_words()),
                "give the day on which readers first saw the change",
            );
        }
        for (named, path) in change.pages.iter().zip(change.paths()) {
            if shelf.page(&path).is_none() {
                let pages = shelf.pages.iter();
                let known =
                    pages.filter_map(|page| page.file.path().strip_prefix("src").ok()?.to_str());
                findings.error(
                    file,
                    named.span.clone(),
                    format!("there is no page {}", named.value),
                    did_you_mean(&named.value, known, "name it as src/SUMMARY.md does"),
                );
            }
        }
    }
}

fn check_id(id: &str, file: &SourceText, findings: &mut Findings) {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.chars().all(is_plain) {
        findings.error(
            file,
            0..0,
            format!("the name \"{id}\" would not survive a link or a command line"),
            "rename the file: lower-case letters, digits and hyphens",
        );
    }
}

fn check_unreadable(shelf: &Shelf, findings: &mut Findings) {
    for (file, misfit) in &shelf.unreadable {
        findings.misfits(file, std::slice::from_ref(misfit));
    }
    for file in shelf.files() {
        for (at, found) in file.text().char_indices().filter(|(_, c)| acts(*c)) {
            findings.error(
                file,
                at..at + found.len_utf8(),
                format!("here stands U+{:04X}, which nobody sees", u32::from(found)),
                "delete it; where the text is about it, write its number",
            );
        }
    }
}

/// A control character that no editor types, or one that turns the direction of what follows.
fn acts(c: char) -> bool {
    let is_typed = matches!(c, '\n' | '\r' | '\t');
    c.is_control() && !is_typed || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn check_front_matter(shelf: &Shelf, findings: &mut Findings) {
    for page in &shelf.pages {
        findings.misfits(&page.file, &page.misfits);
        if let Some(piece) = page.piece.as_ref().filter(|_| page.is_not_found()) {
            findings.error(
                &page.file,
                piece.span.clone(),
                "mdBook shows this page as it is written, front matter and all",
                "begin it with its heading: # There is no page here",
            );
        }
    }
}
