//! A directive that nobody would resolve.

use super::{Check, Findings, Rule};
use crate::directive::{Directive, MDBOOKS, OURS, find_directives};
use crate::lesson::{NOTES, slides};
use crate::letters::Letters;
use crate::page::{FrontMatter, Page, front_matter};
use crate::piece::Kind;
use crate::shelf::Shelf;

/// Directives that show a file of a folder of content/.
const NAMES_A_FILE: [&str; 2] = ["sample", "figure"];

pub(super) const RULE: Rule = Rule {
    name: "directive/invalid",
    wants: "A directive is known, is closed with }} on its own line, and has the line to itself.",
    why: "A directive that nobody resolves would be printed on the page as it stands, and a figure \
          in the middle of a sentence would tear it apart. To show a directive as text, put it in \
          back quotes; a backslash would not survive mdBook. Front matter takes none: mdBook would \
          expand an include there, too.",
    can_be_waived: false,
    check: Check::Page(check),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    if let FrontMatter::Closed { toml, .. } = front_matter(page.file.text()) {
        for directive in find_directives(&page.file.text()[..toml.end], toml.start, &[]) {
            findings.error(
                &page.file,
                directive.span,
                "the front matter holds what mdBook would take for a directive",
                "write it without the two braces",
            );
        }
    }
    for directive in page
        .outline
        .directives
        .iter()
        .filter(|found| !found.in_code)
    {
        let name = directive.name.as_str();
        let span = directive.span.clone();
        if page.is_not_found() {
            findings.error(
                &page.file,
                span,
                "mdBook shows this page as it is written, and resolves nothing in it",
                "write out what it should say",
            );
            continue;
        }
        if !OURS.contains(&name) && !MDBOOKS.contains(&name) {
            findings.error(
                &page.file,
                span,
                format!("nobody knows the directive `{name}`"),
                format!(
                    "use one of: {}; to show it as text, put it in back quotes",
                    [&OURS[..], &MDBOOKS[..]].concat().join(", ")
                ),
            );
        } else if directive.is_escaped && directive.has_our_name() {
            findings.error(
                &page.file,
                span,
                "mdBook takes the backslash away before this directive is read",
                "to show it as text, put it in back quotes",
            );
        } else if !directive.is_closed {
            findings.error(
                &page.file,
                span,
                "the directive has no end on this line",
                "close it with }}",
            );
        } else if directive.is_ours() && !directive.stands_alone {
            findings.error(
                &page.file,
                span,
                "the directive shares its line with other text",
                "give it a line of its own, without spaces before it",
            );
        } else if NAMES_A_FILE.contains(&name) && directive.argument.is_empty() {
            findings.error(
                &page.file,
                span,
                format!("the directive does not say which {name}"),
                format!("name a file of content/{name}s: {{{{#{name} open-archive}}}}"),
            );
        } else if MDBOOKS.contains(&name) && directive.argument.is_empty() {
            findings.error(
                &page.file,
                span,
                format!("the directive `{name}` does not say what"),
                format!("add it: {{{{#{name} …}}}}"),
            );
        } else if name == "sources" {
            if let Some((problem, help)) = mislisted_sources(shelf, directive) {
                findings.error(&page.file, span, problem, help);
            }
        } else if name == NOTES {
            if let Some((problem, help)) = misplaced_notes(page, directive) {
                findings.error(&page.file, span, problem, help);
            }
        } else if OURS.contains(&name)
            && !NAMES_A_FILE.contains(&name)
            && name != "proof"
            && !directive.argument.is_empty()
        {
            findings.error(
                &page.file,
                directive.argument_span.clone(),
                format!("`{name}` takes no argument"),
                format!("write {{{{#{name}}}}}"),
            );
        } else if let Some((problem, help)) = misplaced_checklist(shelf, page, directive) {
            findings.error(&page.file, span, problem, help);
        }
    }
}

/// Why nothing can be told from here on to a class.
fn misplaced_notes(page: &Page, directive: &Directive) -> Option<(&'static str, &'static str)> {
    let slides = slides(page);
    let here = slides
        .iter()
        .find(|slide| slide.span.contains(&directive.span.start));
    let Some(slide) = here else {
        let problem = "notes belong to a slide: to a heading of a page of the kind \"lesson\"";
        return Some((problem, "put it below a heading, or take it away"));
    };
    if slide.notes.first() != Some(&directive) {
        let help = "keep one: what stands above it is on the slide, what follows is said";
        return Some(("this slide has notes already", help));
    }
    let help = "give whole minutes, 1 or more: {{#notes 3}}";
    slide
        .minutes()
        .is_none()
        .then_some(("the notes do not say how many minutes they take", help))
}

/// Why this list of sources is none, or leaves one out that no other page lists.
fn mislisted_sources(shelf: &Shelf, directive: &Directive) -> Option<(String, String)> {
    if Letters::parse(&directive.argument).is_none() {
        let problem = format!("`{}` is no range of first letters", directive.argument);
        return Some((problem, "write one such as {{#sources A-F}}".to_owned()));
    }
    let lists = shelf.pages.iter().flat_map(|page| &page.outline.directives);
    let lists: Vec<Letters> = lists
        .filter(|found| found.is_ours() && found.name == "sources")
        .filter_map(|found| Letters::parse(&found.argument))
        .collect();
    let is_listed = |title: &str| lists.iter().any(|letters| letters.hold(title));
    let mut sources = shelf.sources.entries.iter();
    let left_out = sources.find(|source| !is_listed(&source.title))?;
    let problem = format!("no page lists the source \"{}\"", left_out.title);
    let help = "let the ranges of the lists follow one another without a gap".to_owned();
    Some((problem, help))
}

/// Why the checklist cannot stand here. There is one list in a book, on one page, so that a reader's
/// ticks have one home.
fn misplaced_checklist(
    shelf: &Shelf,
    page: &Page,
    directive: &Directive,
) -> Option<(String, &'static str)> {
    if !directive.is_ours() || directive.name != "checklist" {
        return None;
    }
    let kind = page.piece.as_ref().map(|piece| piece.kind);
    if kind != Some(Kind::Checklist) {
        let problem = "the checklist stands on a page of another kind";
        return Some((problem.to_owned(), "set kind = \"checklist\""));
    }
    let is_first_here = page.outline.checklists().next() == Some(directive);
    let elsewhere = shelf
        .checklist_page()
        .filter(|first| first.file.path() != page.file.path());
    if !is_first_here || elsewhere.is_some() {
        let place = elsewhere.unwrap_or(page).file.path().display();
        let problem = format!("the checklist stands in {place} already");
        return Some((problem, "show it once, and link to it"));
    }
    shelf.checklist.entries.is_empty().then(|| {
        let problem = "there is no task to show".to_owned();
        (problem, "add [[item]] tables to content/checklist.toml")
    })
}
