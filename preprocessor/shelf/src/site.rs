//! mdBook's part: our preprocessor, and the website.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use editorial::{Finding, Severity, Shelf};
use mdbook_driver::MDBook;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, errors};

use crate::evidence_run::Shown;
use crate::mdbook_log;
use crate::project::{PREPROCESSOR, Project};
use crate::resolve::{Form, Stock, Unresolved, resolve};
use crate::rules::{DIRECTIVE_INVALID, MDBOOK_WARNING};

/// Resolves every chapter, with what the earlier stages found.
#[derive(Debug, Clone)]
pub(crate) struct Resolver {
    /// The registry.
    pub(crate) shelf: Arc<Shelf>,
    /// What the scanners showed, by sample.
    pub(crate) shown: Arc<BTreeMap<String, Shown>>,
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
        let mut result = Ok(());
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && result.is_ok()
            {
                result = self.resolve_chapter(chapter, form);
            }
        });
        result.map(|()| book)
    }
}

impl Resolver {
    fn resolve_chapter(&self, chapter: &mut Chapter, form: Form) -> Result<()> {
        let Some(path) = &chapter.source_path else {
            return Ok(());
        };
        let path = Path::new("src").join(path);
        let stock = Stock {
            shelf: &self.shelf,
            shown: &self.shown,
        };
        chapter.content = resolve(&path.to_string_lossy(), &chapter.content, stock, form)?;
        Ok(())
    }
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
            Some(unresolved) => findings.push(from_include(unresolved)),
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
    Finding {
        severity,
        ..at_top(
            MDBOOK_WARNING,
            "src/SUMMARY.md".into(),
            format!("mdBook says: {warning}"),
            "mend what it names; its warnings are errors here",
        )
    }
}

/// Something that an include brought in. Its place is in another file, so it stands at the page.
fn from_include(unresolved: &Unresolved) -> Finding {
    at_top(
        DIRECTIVE_INVALID,
        unresolved.path.as_str().into(),
        format!(
            "a file that this page includes does not fit: {}",
            unresolved.misfit.problem
        ),
        &unresolved.misfit.help,
    )
}

fn at_top(rule: &'static str, path: PathBuf, problem: String, help: &str) -> Finding {
    Finding {
        rule,
        severity: Severity::Error,
        path,
        span: 0..0,
        line: 1,
        column: 1,
        problem,
        help: help.to_owned(),
    }
}

#[cfg(test)]
mod tests;
