//! Stock mdBook calls us: the same stages, between its standard input and output.

use std::io;

use anyhow::{Result, bail};
use mdbook_preprocessor::{Preprocessor, parse_input};

use crate::Verdict;
use crate::evidence_run::Memory;
use crate::preparation::Preparation;
use crate::progress::Voice;
use crate::project::Project;
use crate::report;
use crate::resolve::Unresolved;

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
    let mut memory = Memory::new(project.settings.samples);
    let preparation = Preparation::of(&project, &mut memory, Voice::EveryStage)?;
    report::to_stderr(&preparation.findings, &preparation.resolver.shelf)?;
    if report::verdict(&preparation.findings) == Verdict::Findings {
        return Ok(Verdict::Findings);
    }
    match preparation.resolver.run(&context, book) {
        Ok(book) => serde_json::to_writer(io::stdout().lock(), &book)?,
        Err(error) => {
            let Unresolved(findings) = error.downcast()?;
            report::to_stderr(&findings, &preparation.resolver.shelf)?;
            return Ok(Verdict::Findings);
        }
    }
    Ok(Verdict::Good)
}
