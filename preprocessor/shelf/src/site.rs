//! mdBook's part: our preprocessor, and the website.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use editorial::{Finding, Severity, Shelf, SourceText};
use kit::{Article, Version};
use mdbook_driver::MDBook;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, errors};
use mdbook_renderer::{RenderContext, Renderer};

use crate::announce::address::Address;
use crate::evidence_run::Shown;
use crate::history::History;
use crate::mdbook_log;
use crate::project::{PREPROCESSOR, Project};
use crate::resolve::article::article;
use crate::resolve::{Form, Stock, Unresolved, resolve};
use crate::rules::MDBOOK_WARNING;
use crate::sending::Item;

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
        let mut unresolved = Vec::new();
        book.for_each_chapter_mut(|chapter| {
            if let Err(Unresolved(found)) = self.resolve_chapter(chapter, form) {
                unresolved.extend(found);
            }
        });
        if unresolved.is_empty() {
            Ok(book)
        } else {
            Err(Unresolved(unresolved).into())
        }
    }
}

impl Resolver {
    fn resolve_chapter(&self, chapter: &mut Chapter, form: Form) -> Result<(), Unresolved> {
        let Some(path) = &chapter.source_path else {
            return Ok(());
        };
        let path = Path::new("src").join(path);
        let path = path.to_string_lossy();
        chapter.content = resolve(&path, &chapter.content, self.stock(), form)?;
        Ok(())
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

/// The articles of the book, in its order, with what mdBook warned of and what an include brought in that
/// cannot be resolved.
pub(crate) fn articles(
    project: &Project,
    resolver: &Resolver,
    version: &Version,
) -> Result<(Vec<Article>, Vec<Finding>)> {
    let (book, warnings) = mdbook_log::listen(|| {
        let mut mdbook = MDBook::load_with_config(&project.root, project.config.clone())?;
        mdbook.with_preprocessor(Nothing);
        mdbook.preprocess_book(&Reader)
    });
    let (book, _) = book.context("mdBook could not read the book")?;
    let title = project.config.book.title.as_deref().unwrap_or_default();
    let warnings = warnings.iter().map(|warning| from_mdbook(warning));
    let (mut articles, mut findings) = (Vec::new(), warnings.collect::<Vec<_>>());
    for chapter in book.chapters() {
        let Some(path) = &chapter.source_path else {
            continue;
        };
        let path = Path::new("src").join(path);
        let path = path.to_string_lossy();
        match article(&path, &chapter.content, resolver.stock(), title, version) {
            Ok(found) => articles.extend(found),
            Err(Unresolved(found)) => findings.extend(found),
        }
    }
    Ok((articles, findings))
}

/// Makes the website in the folder `site`, and gives what mdBook warned of and what an include
/// brought in that cannot be resolved.
pub(crate) fn render(project: &Project, resolver: Resolver, site: &Path) -> Result<Vec<Finding>> {
    let (result, warnings) = mdbook_log::listen(|| {
        let mut mdbook = MDBook::load_with_config(&project.root, project.config.clone())?;
        mdbook.with_preprocessor(resolver);
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
