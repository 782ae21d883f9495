//! mdBook's part: our preprocessor, and the website.

mod rendered;
mod sheaves;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use editorial::{Finding, Severity, Shelf, SourceText};
use kit::{Article, Deck, Version};
use mdbook_driver::MDBook;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, errors};
use mdbook_renderer::{RenderContext, Renderer};

use crate::announce::address::Address;
use crate::evidence_run::Shown;
use crate::history::History;
use crate::mdbook_log;
use crate::parallel;
use crate::project::{PREPROCESSOR, Project};
use crate::resolve::article::article;
use crate::resolve::deck::deck;
use crate::resolve::lab::guide;
use crate::resolve::quiz::to_kit;
use crate::resolve::{Form, Stock, Unresolved, resolve};
use crate::rules::MDBOOK_WARNING;
use crate::sending::{Course, Item};
pub(crate) use rendered::Rendered;
use sheaves::Sheaves;

/// Resolves every chapter, with what the earlier stages found.
#[derive(Debug, Clone)]
pub(crate) struct Resolver {
    /// The registry.
    pub(crate) shelf: Arc<Shelf>,
    /// What the scanners showed, by sample.
    pub(crate) shown: Arc<BTreeMap<String, Arc<Shown>>>,
    /// The files of the kit that will lie beside the pages. Only a build of ours makes them, so that
    /// stock mdBook's pages do not link to them.
    pub(crate) files: Arc<[Item]>,
    /// What the repository keeps of the pages. Only a build of ours lays the old texts beside them.
    pub(crate) history: Arc<History>,
    /// Where the website will stand, with the feed and the other files of ours beside the pages. Stock
    /// mdBook makes none of them.
    pub(crate) site: Option<Address>,
}

impl Preprocessor for Resolver {
    /// The name of our table in book.toml: registered under it, we take the place of its command.
    fn name(&self) -> &str {
        PREPROCESSOR
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> errors::Result<Book> {
        let form = match context.renderer.as_str() {
            "html" => Form::Html,
            _ => Form::Plain,
        };
        let mut written = Vec::new();
        book.for_each_chapter_mut(|chapter| {
            let content = std::mem::take(&mut chapter.content);
            written.push((chapter.source_path.clone(), content));
        });
        let mut resolved = parallel::each(&written, |(path, content)| {
            self.resolve_chapter(path.as_deref(), content, form)
        })
        .into_iter();
        drop(written);
        let mut unresolved = Vec::new();
        book.for_each_chapter_mut(|chapter| match resolved.next() {
            Some(Ok(content)) => chapter.content = content,
            Some(Err(Unresolved(found))) => unresolved.extend(found),
            None => {}
        });
        if unresolved.is_empty() {
            Ok(book)
        } else {
            Err(Unresolved(unresolved).into())
        }
    }
}

impl Resolver {
    fn resolve_chapter(
        &self,
        path: Option<&Path>,
        content: &str,
        form: Form,
    ) -> Result<String, Unresolved> {
        let Some(path) = path else {
            return Ok(content.to_owned());
        };
        let path = Path::new("src").join(path);
        resolve(&path.to_string_lossy(), content, self.stock(), form)
    }

    fn stock(&self) -> Stock<'_> {
        Stock {
            shelf: &self.shelf,
            shown: &self.shown,
            files: &self.files,
            history: &self.history,
            site: self.site.as_ref(),
        }
    }
}

/// A renderer that renders nothing: it takes the pages as mdBook's own preprocessors leave them.
struct Reader;

impl Renderer for Reader {
    /// As the website's, so that the same preprocessors run.
    fn name(&self) -> &str {
        "html"
    }

    fn render(&self, _: &RenderContext) -> errors::Result<()> {
        Ok(())
    }
}

/// A preprocessor in our place that changes nothing.
struct Nothing;

impl Preprocessor for Nothing {
    fn name(&self) -> &str {
        PREPROCESSOR
    }

    fn run(&self, _: &PreprocessorContext, book: Book) -> errors::Result<Book> {
        Ok(book)
    }
}

/// What is sent of the book: its articles, in its order, and what lessons have beside theirs.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// What can be read.
    pub(crate) articles: Vec<Article>,
    /// What is shown and done in a room, by the article's name.
    pub(crate) courses: BTreeMap<String, Course>,
}

impl Sent {
    /// Adds what is sent of one page.
    fn take(&mut self, (article, course): (Article, Option<Course>)) {
        if let Some(course) = course {
            self.courses.insert(article.slug.clone(), course);
        }
        self.articles.push(article);
    }
}

/// What is sent of one page; nothing of a page that is no piece.
fn piece(
    path: &str,
    content: &str,
    stock: Stock<'_>,
    book: &str,
    version: &Version,
) -> Result<Option<(Article, Option<Course>)>, Unresolved> {
    let Some(article) = article(path, content, stock, book, version)? else {
        return Ok(None);
    };
    let deck = deck(path, content, stock, &article)?;
    let course = deck.map(|deck| course(deck, Path::new(path), &article, stock.shelf));
    Ok(Some((article, course)))
}

/// What a lesson has beside its text.
fn course(deck: Deck, path: &Path, article: &Article, shelf: &Shelf) -> Course {
    let lab = shelf.lab_of(path);
    let lesson = shelf.page(path).and_then(|page| page.piece.as_ref());
    let lesson = lesson.and_then(|piece| piece.lesson.as_ref());
    let quiz = shelf.quiz_of(path).zip(lesson);
    Course {
        lab: lab.map(|(id, lab)| guide(id, lab, article)),
        quiz: quiz.map(|(quiz, lesson)| to_kit(quiz, shelf, lesson, &deck.properties)),
        deck,
    }
}

/// What is sent of the book, with what mdBook warned of and what an include brought in that cannot be resolved.
pub(crate) fn sent(
    project: &Project,
    resolver: &Resolver,
    version: &Version,
) -> Result<(Sent, Vec<Finding>)> {
    let (book, warnings) = mdbook_log::listen(|| {
        let mut mdbook = MDBook::load_with_config(&project.root, project.config.clone())?;
        mdbook.with_preprocessor(Nothing);
        mdbook.preprocess_book(&Reader)
    });
    let (book, _) = book.context("mdBook could not read the book")?;
    let title = project.config.book.title.as_deref().unwrap_or_default();
    let warnings = warnings.iter().map(|warning| from_mdbook(warning));
    let (mut sent, mut findings) = (Sent::default(), warnings.collect::<Vec<_>>());
    let chapters: Vec<&Chapter> = book.chapters().collect();
    let pieces = parallel::each(&chapters, |chapter| {
        let path = Path::new("src").join(chapter.source_path.as_ref()?);
        let path = path.to_string_lossy();
        let piece = piece(&path, &chapter.content, resolver.stock(), title, version);
        piece.transpose()
    });
    for piece in pieces.into_iter().flatten() {
        match piece {
            Ok(piece) => sent.take(piece),
            Err(Unresolved(found)) => findings.extend(found),
        }
    }
    Ok((sent, findings))
}

/// Makes the website in the folder `site`, and gives what mdBook warned of and what an include
/// brought in that cannot be resolved. What stands as it did `before` is not rendered again.
pub(crate) fn render(
    project: &Project,
    resolver: Resolver,
    before: Option<Arc<Rendered>>,
    site: &Path,
) -> Result<Vec<Finding>> {
    let (result, warnings) = mdbook_log::listen(|| {
        let mut mdbook = MDBook::load_with_config(&project.root, project.config.clone())?;
        mdbook.with_preprocessor(resolver);
        mdbook.with_renderer(Sheaves { before });
        mdbook.config.build.build_dir = site.to_owned();
        mdbook.build()
    });
    let mut findings: Vec<Finding> = warnings
        .iter()
        .map(|warning| from_mdbook(warning))
        .collect();
    if let Err(error) = result {
        match error.downcast_ref::<Unresolved>() {
            Some(Unresolved(found)) => findings.extend(found.iter().cloned()),
            // mdBook logs the cause of some failures instead of returning it.
            None => {
                let said = warnings
                    .iter()
                    .map(|warning| format!("; it said: {warning}"));
                let what = format!(
                    "mdBook could not make the website{}",
                    said.collect::<String>()
                );
                return Err(error.context(what));
            }
        }
    }
    Ok(findings)
}

/// A warning of mdBook's. It names no place, so it stands at the summary. That a large book has a
/// large search index is no mistake of its editors.
fn from_mdbook(warning: &str) -> Finding {
    let severity = if warning.starts_with("search index is very large") {
        Severity::Warning
    } else {
        Severity::Error
    };
    let problem = format!("mdBook says: {warning}");
    let help = "mend what it names; its warnings are errors here";
    SourceText::new("src/SUMMARY.md", "").finding(MDBOOK_WARNING, severity, 0..0, problem, help)
}

#[cfg(test)]
mod tests;
