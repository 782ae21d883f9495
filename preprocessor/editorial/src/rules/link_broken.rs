//! Links to pages and headings that are not there.

use std::path::{Component, Path, PathBuf};

use super::link_scheme::scheme;
use super::{Check, Findings, Rule};
use crate::anchors;
use crate::directive::Directive;
use crate::nearest::did_you_mean;
use crate::registry::Task;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "link/broken",
    wants: "A link inside the book leads to a file that exists, and to an id that is on its page.",
    why: "A reader with two hours who follows a dead link has lost one of them. Addresses outside \
          the book are checked by ci/external-links, on its own schedule.",
    can_be_waived: false,
    check: Check::Shelf(check),
};

/// How many ids a finding lists. Of more, it names the one that is most like the wrong one.
const FEW: usize = 20;

fn check(shelf: &Shelf, findings: &mut Findings) {
    for page in std::iter::once(&shelf.summary).chain(&shelf.pages) {
        for link in &page.outline.links {
            if let Some((problem, help)) = broken(shelf, page.file.path(), &link.destination) {
                findings.error(&page.file, link.span.clone(), problem, help);
            }
        }
        for include in page.outline.includes() {
            let target = include_path(include);
            let path = resolve(page.file.path(), target).filter(|_| !target.is_empty());
            if path.is_some_and(|path| !shelf.root.join(path).is_file()) {
                findings.error(
                    &page.file,
                    include.argument_span.clone(),
                    format!("there is no file {target}"),
                    "correct the path; it counts from this page's folder",
                );
            }
        }
    }
    for page in &shelf.pages {
        let lesson = page.piece.as_ref().and_then(|piece| piece.lesson.as_ref());
        for next in lesson.iter().flat_map(|lesson| &lesson.next) {
            if let Some((problem, help)) = broken(shelf, shelf.summary.file.path(), &next.value) {
                findings.error(&page.file, next.span.clone(), problem, help);
            }
        }
    }
    for task in &shelf.checklist.entries {
        if let Some((problem, help)) = no_answer(shelf, task) {
            findings.error(
                &shelf.checklist.file,
                task.answer.span.clone(),
                problem,
                help,
            );
        }
    }
}

/// Why the answer of a task leads nowhere. It counts from `src/`, and its page has a question to show.
fn no_answer(shelf: &Shelf, task: &Task) -> Option<(String, String)> {
    const HELP: &str = "name a page as src/SUMMARY.md does, such as answers/am-i-exposed.md";
    let answer = &task.answer.value;
    let page = resolve(shelf.summary.file.path(), answer.split('#').next()?)
        .and_then(|path| shelf.page(&path));
    match page {
        Some(page) if page.piece.is_some() => broken(shelf, shelf.summary.file.path(), answer),
        Some(_) => Some((
            format!("the page {answer} has no question or title to show"),
            "give the page front matter, or name another".to_owned(),
        )),
        None => Some((format!("{answer} is no page of this book"), HELP.to_owned())),
    }
}

/// The file of an include: what stands before the line numbers or the anchor.
pub(super) fn include_path(include: &Directive) -> &str {
    let path = include
        .argument
        .split_whitespace()
        .next()
        .unwrap_or_default();
    match include.name.as_str() {
        "include" | "rustdoc_include" => path.split(':').next().unwrap_or_default(),
        _ => path,
    }
}

/// The path, relative to the book's root, of `target` as seen from the page at `from`. `None` if it
/// leads out of the book.
pub(super) fn resolve(from: &Path, target: &str) -> Option<PathBuf> {
    let mut path = from.parent().map(Path::to_owned).unwrap_or_default();
    for component in Path::new(target).components() {
        match component {
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(path)
}

fn broken(shelf: &Shelf, from: &Path, destination: &str) -> Option<(String, String)> {
    if scheme(destination).is_some() || destination.starts_with(['/', '\\']) {
        return None;
    }
    let (file, anchor) = match destination.split_once('#') {
        Some((file, anchor)) => (file, Some(anchor)),
        None => (destination, None),
    };
    let target = if file.is_empty() {
        from.to_owned()
    } else {
        match resolve(from, file) {
            Some(path) if path.starts_with("src") => path,
            _ => {
                return Some((
                    format!("{file} lies outside the pages of this book"),
                    "link to a page below src/, or to an https address".to_owned(),
                ));
            }
        }
    };
    let Some(target_page) = shelf.page(&target) else {
        return (!shelf.root.join(&target).is_file()).then(|| {
            (
                format!("there is no file {file}"),
                "correct the path; it counts from this page's folder".to_owned(),
            )
        });
    };
    let anchor = anchor.filter(|anchor| !anchor.is_empty())?;
    let brought_in = anchors::brought_in(shelf, target_page);
    let ids: Vec<&str> = target_page
        .outline
        .headings
        .iter()
        .filter_map(|heading| heading.id.as_deref())
        .chain(shelf.made_ids.iter().copied())
        .chain(brought_in.iter().map(String::as_str))
        .collect();
    (!ids.contains(&anchor)).then(|| {
        let help = if ids.len() > FEW {
            let otherwise = "look at the page for the ids there are";
            did_you_mean(anchor, ids.iter().copied(), otherwise)
        } else {
            format!("the ids there are: {}", ids.join(", "))
        };
        let problem = format!("nothing on {} has the id \"{anchor}\"", target.display());
        (problem, help)
    })
}
