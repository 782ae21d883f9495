//! Stock mdBook calls us: the same stages, between its standard input and output.

use std::io;
use std::sync::Arc;

use anyhow::{Result, bail};
use editorial::Shelf;
use mdbook_preprocessor::{Preprocessor, parse_input};

use crate::Verdict;
use crate::cli::Format;
use crate::progress::is_styled;
use crate::project::Project;
use crate::site::Resolver;
use crate::{evidence_run, experiments, report};

/// Answers mdBook: whether we support a renderer (every one), or the book with its pages resolved.
pub(crate) fn run(question: &[String]) -> Result<Verdict> {
    match question {
        [] => preprocess(),
        [supports, _renderer] if supports == "supports" => Ok(Verdict::Good),
        other => bail!(
            "mdBook asked \"{}\", which means nothing here",
            other.join(" ")
        ),
    }
}

fn preprocess() -> Result<Verdict> {
    let (context, book) = parse_input(io::stdin().lock())?;
    let project = Project::with_config(context.root.clone(), context.config.clone())?;
    let shelf = Shelf::read(&project.root, project.today)?;
    let mut findings = editorial::check(&shelf);
    let gathered = experiments::gather(&shelf);
    findings.extend(gathered.findings);
    let evidence = evidence_run::collect(&shelf, gathered.experiments, project.settings.samples)?;
    findings.extend(evidence.findings);
    let styled = is_styled(&io::stderr());
    report::print(
        &mut io::stderr().lock(),
        Format::Human,
        &findings,
        &shelf,
        styled,
    )?;
    if report::verdict(&findings) == Verdict::Findings {
        return Ok(Verdict::Findings);
    }
    let resolver = Resolver {
        shelf: Arc::new(shelf),
        shown: Arc::new(evidence.shown),
    };
    let book = resolver.run(&context, book)?;
    serde_json::to_writer(io::stdout().lock(), &book)?;
    Ok(Verdict::Good)
}
