//! Turns a page as written into the page that mdBook renders.
//!
//! The text is never written anew from its parse: each part that is ours is replaced where it
//! stands, and every other byte stays as it is.

pub(crate) mod article;
mod changes;
mod chart;
mod checklist;
pub(crate) mod deck;
mod digits;
pub(crate) mod drawing;
pub(crate) mod escape;
mod figure;
mod footer;
mod generated;
mod glossary;
mod header;
pub(crate) mod index;
pub(crate) mod lab;
mod lesson;
pub(crate) mod press_room;
mod proof;
pub(crate) mod quiz;
pub(crate) mod send;
mod sources;
mod splice;
mod versions;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use editorial::{Directive, Finding, FrontMatter, Letters, Misfit, Outline, Page, Severity, Shelf};
use editorial::{SourceText, front_matter};
use thiserror::Error;

use crate::announce::address::Address;
use crate::evidence_run::Shown;
use crate::history::History;
use crate::rules::DIRECTIVE_INVALID;
use crate::sending::Item;
use crate::summary::way;
use splice::Edit;

/// For whom a page is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// mdBook's website: figures are HTML.
    Html,
    /// Any other renderer: Markdown alone.
    Plain,
}

/// What the pages draw on while they are resolved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stock<'a> {
    /// The registry.
    pub(crate) shelf: &'a Shelf,
    /// What the scanners showed, by sample.
    pub(crate) shown: &'a BTreeMap<String, Arc<Shown>>,
    /// The files of the kit that lie beside the pages.
    pub(crate) files: &'a [Item],
    /// What the repository keeps of the pages, with the old texts beside them.
    pub(crate) history: &'a History,
    /// Where the website will stand, with the feed beside the pages; unknown to stock mdBook.
    pub(crate) site: Option<&'a Address>,
}

/// Pages that cannot be resolved, although their files passed the rules: includes brought it in. The
/// places are in files that the pages include, so every finding stands at the top of its page.
#[derive(Debug, Error)]
#[error("{}", .0.iter().map(|found| format!("{}: {}", found.path.display(), found.problem)).collect::<Vec<_>>().join("; "))]
pub(crate) struct Unresolved(pub(crate) Vec<Finding>);

/// A finding about what the page at `path` includes.
fn brought_in(path: &str, rule: &'static str, problem: &str, help: &str) -> Finding {
    let problem = format!("a file that this page includes does not fit: {problem}");
    SourceText::new(path, "").finding(rule, Severity::Error, 0..0, problem, help)
}

/// A page whose text mdBook read from `path`, with its includes expanded.
///
/// # Errors
///
/// Everything that an include brought in and that breaks a rule.
fn read(path: &str, content: &str, stock: Stock<'_>) -> Result<Page, Unresolved> {
    let page = Page::read(SourceText::new(path, content));
    let written = stock.shelf.page(Path::new(path));
    if written.is_some_and(|written| written.file.text() != content) {
        let found = editorial::check_expanded(stock.shelf, &page);
        let errors = found
            .iter()
            .filter(|found| found.severity == Severity::Error);
        let errors: Vec<Finding> = errors
            .map(|found| brought_in(path, found.rule, &found.problem, &found.help))
            .collect();
        if !errors.is_empty() {
            return Err(Unresolved(errors));
        }
    }
    Ok(page)
}

fn unresolved(path: &str, misfit: &Misfit) -> Unresolved {
    let found = brought_in(path, DIRECTIVE_INVALID, &misfit.problem, &misfit.help);
    Unresolved(vec![found])
}

/// A directive that names something that is not there.
fn missing(path: &str, directive: &Directive) -> Unresolved {
    let misfit = Misfit::new(
        directive.span.clone(),
        format!("there is no {} \"{}\"", directive.name, directive.argument),
        "correct the file that the page includes",
    );
    unresolved(path, &misfit)
}

/// Resolves the page `content`, which mdBook read from `path` and in which it expanded its includes.
///
/// # Errors
///
/// Everything that an include brought in and that breaks a rule or leads nowhere.
pub(crate) fn resolve(
    path: &str,
    content: &str,
    stock: Stock<'_>,
    form: Form,
) -> Result<String, Unresolved> {
    let page = read(path, content, stock)?;
    let unresolved = |misfit: &Misfit| unresolved(path, misfit);
    if front_matter(content) == FrontMatter::None && has_nothing_of_ours(&page.outline) {
        return Ok(content.to_owned());
    }
    let samples = page.outline.samples();
    let is_lesson = page
        .piece
        .as_ref()
        .is_some_and(|piece| piece.lesson.is_some());
    let mut on_page: HashSet<String> = samples.map(|found| found.argument.clone()).collect();
    let mut edits = vec![Edit::replace(
        0..page.body.start,
        header::header(&page, stock.shelf, form),
    )];
    for directive in page
        .outline
        .directives
        .iter()
        .filter(|found| found.is_ours())
    {
        let missing = || missing(path, directive);
        let text = match directive.name.as_str() {
            "sample" => figure::figure(&directive.argument, &mut on_page, stock, form)
                .ok_or_else(missing)?,
            "figure" => stock
                .shelf
                .figure(&directive.argument)
                .and_then(|file| {
                    let picture = picture(path, directive, stock);
                    match is_lesson && form == Form::Html {
                        true => chart::beside_slides(file, picture.as_deref()),
                        false => chart::chart(file, form, picture.as_deref()),
                    }
                })
                .ok_or_else(missing)?,
            "changes" => changes::changes(path, stock),
            "glossary" => generated::glossary(stock.shelf, form),
            "lessons" => lesson::list(path, stock.shelf, stock.files, form),
            "checklist" => checklist::checklist(path, stock, form),
            "proof" if directive.argument.is_empty() => proof::goals(stock.shelf),
            "proof" => {
                proof::measure(&directive.argument, stock.shelf, form).ok_or_else(missing)?
            }
            "press-room" => press_room::press_room(path, stock, form),
            "questions" => index::questions(path, stock.shelf),
            "rules" => generated::rules(),
            "versions" => versions::versions(path, stock, form),
            "sources" => {
                let letters = Letters::parse(&directive.argument).ok_or_else(missing)?;
                index::sources(path, letters, stock.shelf)
            }
            _ => continue,
        };
        edits.push(Edit::replace(directive.span.clone(), format!("\n{text}\n")));
    }
    edits.extend(lesson::edits(&page, stock, form));
    edits.extend(glossary::explanations(&page, stock.shelf, form));
    let end = content.len();
    let mut tail = lesson::exercises(&page, stock, form).unwrap_or_default();
    tail.push_str(&footer::footer(&page, stock.shelf));
    let is_quoted = page
        .piece
        .as_ref()
        .is_some_and(|piece| piece.kind.is_quoted());
    if is_quoted && form == Form::Html {
        // An address that belongs to nobody is sent to nobody.
        let site = stock.site.filter(|site| !site.is_placeholder());
        let address = site.and_then(|site| Some(site.of(&page.address()?)));
        tail.push_str(&send::send(&page, address.as_deref(), stock.files));
    }
    tail.push_str(&sources::list(&page, stock.shelf).map_err(|misfit| unresolved(&misfit))?);
    edits.push(Edit::replace(end..end, tail));
    Ok(splice::splice(content, edits))
}

/// The way from the page at `path` to the file of a figure's picture, where there will be one.
fn picture(path: &str, directive: &Directive, stock: Stock<'_>) -> Option<String> {
    let up = way(Path::new(path));
    let address = drawing::address(&directive.argument);
    stock.site.map(|_| format!("{up}{address}"))
}

fn has_nothing_of_ours(outline: &Outline) -> bool {
    outline.citations.is_empty() && !outline.directives.iter().any(Directive::is_ours)
}
