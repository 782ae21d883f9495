//! The page as an article of the kit: its text without website, and what is known about it.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};

use editorial::{Directive, Page, Piece, Shelf, with_quotes};
use kit::document::{Reading, Sample, Surroundings, mark, read as read_text};
use kit::{Article, ArticleKind, ArticleNote, ArticleReview, Version};

use super::splice::{Edit, splice};
use super::{Form, Stock, Unresolved, chart, checklist, drawing, figure, footer, glossary, header};
use super::{lesson, sources};
use super::{missing, read, unresolved};
use crate::announce::address::Address;

/// The article of the page `content`, which mdBook read from `path` and in which it expanded its includes.
/// Nothing for a page that nobody sends: one without front matter or review, a list, a page about this
/// website. `book` is the title of the book.
///
/// # Errors
///
/// Everything that an include brought in and that breaks a rule or leads nowhere.
pub(crate) fn article(
    path: &str,
    content: &str,
    stock: Stock<'_>,
    book: &str,
    version: &Version,
) -> Result<Option<Article>, Unresolved> {
    let page = read(path, content, stock)?;
    let (Some(piece), Some(address)) = (&page.piece, page.address()) else {
        return Ok(None);
    };
    let (Some(kind), Some(review)) = (ArticleKind::of(piece.kind), &piece.review) else {
        return Ok(None);
    };
    let site = stock.site.filter(|site| !site.is_placeholder());
    let text = text(path, content, &page, stock, Aim::Piece)?;
    let slug = Path::new(path).file_stem().unwrap_or_default();
    Ok(Some(Article {
        slug: slug.to_string_lossy().into_owned(),
        source: path.replace('\\', "/"),
        address: site.map(|site| site.of(&address)),
        page: address,
        book: book.to_owned(),
        kind,
        title: with_quotes(&piece.title.value),
        says: said(piece.says.iter()).pop(),
        messages: said(&piece.messages),
        action: said(piece.action.iter()).pop(),
        avoid: said(&piece.avoid),
        audience: piece.audience.clone(),
        topics: words(piece, |piece| &piece.topics),
        also: words(piece, |piece| &piece.also),
        review: ArticleReview::of(review, !text.notes.is_empty()),
        version: version.clone(),
        minutes: header::minutes(&page),
        notes: notes(&text, stock),
        body: text.blocks,
        examples: footer::examples(&page, stock.shelf),
    }))
}

fn said<'a>(texts: impl IntoIterator<Item = &'a editorial::Placed<String>>) -> Vec<String> {
    let texts = texts.into_iter();
    texts.map(|text| with_quotes(text.value.trim())).collect()
}

fn words(piece: &Piece, of: impl Fn(&Piece) -> &Vec<editorial::Placed<String>>) -> Vec<String> {
    of(piece).iter().map(|word| word.value.clone()).collect()
}

/// What a page's text is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// The piece as it is read.
    Piece,
    /// Its slides: [`SPLIT`] stands where a slide ends and what is said to it begins, and drawings stand
    /// beside the text.
    Slides,
}

/// The id of a sample that is none: it stands where a slide ends. Ids of samples are names of files, and
/// this one is a character for private use.
pub(super) const SPLIT: &str = "\u{e001}";

/// The page's text, with its directives resolved.
pub(super) fn text(
    path: &str,
    content: &str,
    page: &Page,
    stock: Stock<'_>,
    aim: Aim,
) -> Result<Reading, Unresolved> {
    let site = stock.site.filter(|site| !site.is_placeholder());
    let shown = page.outline.samples();
    let mut on_page: HashSet<String> = shown.map(|found| found.argument.clone()).collect();
    let mut samples = BTreeMap::new();
    let mut edits = vec![Edit::replace(0..page.body.start, "")];
    for directive in page
        .outline
        .directives
        .iter()
        .filter(|found| found.is_ours())
    {
        let missing = || missing(path, directive);
        let text = match directive.name.as_str() {
            "sample" => {
                let id = &directive.argument;
                let taken = figure::samples(id, &mut on_page, stock).ok_or_else(missing)?;
                samples.insert(id.clone(), taken);
                mark(id)
            }
            "figure" => facts(directive, stock, aim).ok_or_else(missing)?,
            "notes" if aim == Aim::Slides => {
                samples.insert(SPLIT.to_owned(), vec![split()]);
                mark(SPLIT)
            }
            "checklist" => checklist::checklist(path, stock, Form::Plain),
            // Lists of pages are of use on the website alone.
            _ => String::new(),
        };
        edits.push(Edit::replace(directive.span.clone(), format!("\n{text}\n")));
    }
    if aim == Aim::Piece {
        edits.extend(lesson::edits(page, stock, Form::Plain));
        edits.extend(glossary::explanations(page, stock.shelf, Form::Plain));
    }
    let definitions = sources::definitions(page, stock.shelf);
    let definitions = definitions.map_err(|misfit| unresolved(path, &misfit))?;
    let end = content.len();
    let exercises = lesson::exercises(page, stock, Form::Plain);
    let exercises = exercises.filter(|_| aim == Aim::Piece).unwrap_or_default();
    edits.push(Edit::replace(
        end..end,
        format!("{exercises}\n\n{definitions}"),
    ));
    let surroundings = Surroundings {
        samples: &samples,
        leads: &|link| leads(link, Path::new(path), stock.shelf, site),
    };
    Ok(read_text(&splice(content, edits), &surroundings))
}

fn facts(directive: &Directive, stock: Stock<'_>, aim: Aim) -> Option<String> {
    let file = stock.shelf.figure(&directive.argument)?;
    if aim == Aim::Slides && drawing::is_drawn(file) {
        return Some(String::new());
    }
    chart::chart(file, Form::Plain, None)
}

fn split() -> Sample {
    Sample {
        id: SPLIT.to_owned(),
        when: None,
        title: String::new(),
        plain: String::new(),
        lines: Vec::new(),
        notices: Vec::new(),
        provenance: String::new(),
    }
}

/// The whole address to which a link of the page at `path` leads; nothing for one that leads into a website
/// without a home.
fn leads(link: &str, path: &Path, shelf: &Shelf, site: Option<&Address>) -> Option<String> {
    if link.starts_with("https://") || link.starts_with("mailto:") {
        return Some(link.to_owned());
    }
    let site = site?;
    let (file, part) = link.split_once('#').unwrap_or((link, ""));
    let file = match file {
        "" => path.to_owned(),
        file => path.parent()?.join(file),
    };
    let file = normal(&file)?;
    let page = shelf.page(Path::new(&file)).and_then(Page::address);
    let page = page.or_else(|| file.strip_prefix("src/").map(str::to_owned))?;
    let part = if part.is_empty() {
        String::new()
    } else {
        format!("#{part}")
    };
    Some(format!("{}{part}", site.of(&page)))
}

/// A path without `..` and with forward slashes; nothing for one that leaves its folder.
fn normal(path: &Path) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

fn notes(text: &Reading, stock: Stock<'_>) -> Vec<ArticleNote> {
    let notes = text.notes.iter();
    notes
        .map(|(key, words)| {
            let source = stock.shelf.source(key);
            ArticleNote {
                key: key.clone(),
                title: source.map_or(String::new(), |source| source.title.clone()),
                url: source.and_then(|source| Some(source.url.as_ref()?.value.clone())),
                words: words.clone(),
            }
        })
        .collect()
}

/// The pieces to which a page leads, as files under `src/`, each once, in the order of the text.
pub(crate) fn pieces_behind(page: &Page) -> Vec<PathBuf> {
    let folder = page.file.path().parent().unwrap_or(Path::new(""));
    let mut behind: Vec<PathBuf> = Vec::new();
    for link in &page.outline.links {
        let file = link.destination.split('#').next().unwrap_or_default();
        let is_page = file.ends_with(".md") && !file.contains("://");
        let Some(path) = is_page.then(|| normal(&folder.join(file))).flatten() else {
            continue;
        };
        let path = PathBuf::from(path);
        if !behind.contains(&path) && path != page.file.path() {
            behind.push(path);
        }
    }
    behind
}
