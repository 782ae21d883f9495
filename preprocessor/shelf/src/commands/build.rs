//! `cargo shelf build`: checked pages and live evidence in, a website out.

use std::time::Instant;

use anyhow::Result;

use crate::Verdict;
use crate::announce::{self, Imprint};
use crate::cli::Build;
use crate::making::{Draft, Maker};
use crate::progress::{Voice, in_words, say};
use crate::project::Project;
use crate::publish::{Place, Workshop};
use crate::report;

/// Builds the website, or says why not and leaves the old one as it is.
pub(crate) fn run(project: &Project, build: &Build) -> Result<Verdict> {
    make(project, build).inspect_err(|_| say("Stopped", "the website is as it was"))
}

fn make(project: &Project, build: &Build) -> Result<Verdict> {
    let start = Instant::now();
    let place = match &build.output {
        Some(output) => Place::Named(std::path::absolute(output)?),
        None => Place::Configured(project.root.join(&project.config.build.build_dir)),
    };
    let mut imprint = Imprint::of(project, build.address.as_ref())?;
    imprint.has_cards = !build.no_kit;
    let mode = build.samples.unwrap_or(project.settings.samples);
    let mut maker = Maker::new(mode, Voice::EveryStage);
    maker.is_sent = !build.no_kit;
    let mut draft = maker.draft(project, imprint)?;
    if draft.verdict() == Verdict::Findings {
        return refuse(&draft);
    }
    let workshop = Workshop::open(place)?;
    draft.render(project, &workshop.site())?;
    if draft.verdict() == Verdict::Findings {
        return refuse(&draft);
    }
    announce::lay_beside(&draft.beside().files(), &workshop.site())?;
    draft.announce(&workshop.site())?;
    draft.send(&workshop.site())?;
    if draft.verdict() == Verdict::Findings {
        return refuse(&draft);
    }
    let destination = workshop.publish()?;
    report::to_stderr(&draft.findings, &draft.shelf)?;
    let tally = report::tally(&draft.findings);
    let took = in_words(start.elapsed());
    say("Built", &format!("{}, {tally}, in {took}", draft.summary));
    if let Some(note) = draft.imprint.note() {
        say("Placeholder", &note);
    }
    let index = destination.join("index.html");
    let open = if index.is_file() { index } else { destination };
    say("Open", &open.display().to_string());
    Ok(Verdict::Good)
}

fn refuse(draft: &Draft) -> Result<Verdict> {
    report::to_stderr(&draft.findings, &draft.shelf)?;
    let tally = report::tally(&draft.findings);
    say("Stopped", &format!("{tally}; the website is as it was"));
    Ok(Verdict::Findings)
}
