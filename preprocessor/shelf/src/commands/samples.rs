//! `cargo shelf samples`: the evidence alone.

use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use editorial::{Finding, Shelf, did_you_mean};
use evidence::{Clean, Experiment, Recording};
use serde::Serialize;

use crate::Verdict;
use crate::cli::{ListFormat, Samples};
use crate::evidence_run::{
    self, Mode, Origin, Shown, command, recording_path, run_all, unrecorded,
};
use crate::experiments::{self, pages_of};
use crate::progress::{count, say};
use crate::project::Project;
use crate::report;
use crate::rules::{CONTENT_INVALID, FILE_UNREADABLE};

/// Carries out one of the actions.
pub(crate) fn run(project: &Project, action: Option<Samples>) -> Result<Verdict> {
    let shelf = Shelf::read(&project.root, project.today)?;
    let gathered = experiments::gather(&shelf);
    // A slip of the pen in a caption is no reason not to run a sample.
    let is_content = |found: &Finding| {
        let is_about_form = matches!(found.rule, CONTENT_INVALID | FILE_UNREADABLE);
        is_about_form && found.path.starts_with("content")
    };
    let mut findings: Vec<Finding> = editorial::check(&shelf)
        .into_iter()
        .filter(is_content)
        .collect();
    findings.extend(gathered.findings);
    if report::verdict(&findings) == Verdict::Findings {
        report::to_stderr(&findings, &shelf)?;
        return Ok(Verdict::Findings);
    }
    let all = gathered.experiments;
    match action.unwrap_or(Samples::List {
        format: ListFormat::Human,
        samples: None,
    }) {
        Samples::List { format, samples } => {
            let mode = samples.unwrap_or(project.settings.samples);
            list(&shelf, all, format, mode)
        }
        Samples::Run { ids } => show(&shelf, chosen(all, &ids)?),
        Samples::Record { ids } => record(&shelf, chosen(all, &ids)?),
        Samples::Verify => verify(&shelf, all),
    }
}

fn chosen(all: Vec<Experiment>, ids: &[String]) -> Result<Vec<Experiment>> {
    for id in ids {
        if !all.iter().any(|experiment| experiment.id == *id) {
            let known: Vec<_> = all.iter().map(|known| known.id.as_str()).collect();
            let others = format!("the samples are: {}", known.join(", "));
            bail!(
                "there is no sample \"{id}\"; {}",
                did_you_mean(id, known.iter().copied(), &others)
            );
        }
    }
    let is_chosen = |experiment: &Experiment| ids.is_empty() || ids.contains(&experiment.id);
    Ok(all.into_iter().filter(is_chosen).collect())
}

/// A sample as programs read it. The names are a promise: do not change them.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    scene: &'a str,
    scanner: String,
    pages: Vec<String>,
    mode: &'static str,
    claims: Vec<String>,
    hold: bool,
}

fn row<'a>(shelf: &'a Shelf, shown: &'a Shown) -> Row<'a> {
    let experiment = &shown.experiment;
    Row {
        id: &experiment.id,
        scene: &experiment.scene.id,
        scanner: scanners(experiment),
        pages: pages_of(shelf, &experiment.id).collect(),
        mode: match shown.origin {
            Origin::Live(_) => "live",
            Origin::Recorded(_) => "recorded",
        },
        claims: experiment.claims.iter().map(ToString::to_string).collect(),
        hold: shown.refuted().is_empty(),
    }
}

/// The scanners of an experiment, each once.
fn scanners(experiment: &Experiment) -> String {
    let mut names: Vec<String> = Vec::new();
    for call in &experiment.calls {
        let name = call.scanner.to_string();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn list(shelf: &Shelf, all: Vec<Experiment>, format: ListFormat, mode: Mode) -> Result<Verdict> {
    let evidence = evidence_run::collect(shelf, all, mode)?;
    let rows: Vec<Row<'_>> = evidence
        .shown
        .values()
        .map(|shown| row(shelf, shown))
        .collect();
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &rows)?;
            writeln!(out)?;
        }
        ListFormat::Human => {
            for row in &rows {
                let holds = if row.hold { "holds" } else { "FAILS" };
                let claims = row.claims.join("; ");
                writeln!(
                    out,
                    "{} ({}, {}, {}) {holds}: {claims}",
                    row.id, row.scanner, row.scene, row.mode
                )?;
                writeln!(
                    out,
                    "    on {}",
                    if row.pages.is_empty() {
                        "no page".to_owned()
                    } else {
                        row.pages.join(", ")
                    }
                )?;
            }
        }
    }
    report::to_stderr(&evidence.findings, shelf)?;
    Ok(report::verdict(&evidence.findings))
}

fn show(shelf: &Shelf, chosen: Vec<Experiment>) -> Result<Verdict> {
    let evidence = evidence_run::collect(shelf, chosen, Mode::RequireLive)?;
    let mut out = io::stdout().lock();
    for shown in evidence.shown.values() {
        writeln!(out, "\n{}", shown.experiment.id)?;
        for step in &shown.steps {
            let shown = Clean::line(&command(step), 1_000);
            writeln!(out, "\n$ {}", shown.as_plain())?;
            for line in &step.lines {
                writeln!(out, "{}", line.text.as_plain())?;
            }
            if let Some(exit) = step.exit {
                writeln!(out, "[{exit}]")?;
            }
        }
        writeln!(out)?;
        for claim in &shown.experiment.claims {
            match shown.experiment.judge(claim, &shown.steps) {
                Ok(()) => writeln!(out, "holds: {claim}")?,
                Err(refuted) => writeln!(out, "FAILS: {refuted}")?,
            }
        }
    }
    report::to_stderr(&evidence.findings, shelf)?;
    Ok(report::verdict(&evidence.findings))
}

fn record(shelf: &Shelf, chosen: Vec<Experiment>) -> Result<Verdict> {
    let mut verdict = Verdict::Good;
    for (experiment, result) in run_all(&shelf.root, chosen)? {
        let id = experiment.id.as_str();
        let refuted = match &result {
            Ok(transcript) => experiment.refuted(&transcript.steps).into_iter().next(),
            Err(_) => None,
        };
        match (result, refuted) {
            (Ok(transcript), None) => {
                let path = recording_path(&shelf.root, id);
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder)
                        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
                }
                Recording::of(&experiment, &transcript).write(&path)?;
                say("Recorded", &path.display().to_string());
            }
            (Ok(_), Some(refuted)) => {
                eprintln!("error: {id} is not recorded: {refuted}");
                verdict = Verdict::Findings;
            }
            (Err(error), _) => {
                eprintln!(
                    "error: {id} is not recorded: {:#}",
                    anyhow::Error::from(error)
                );
                verdict = Verdict::Findings;
            }
        }
    }
    Ok(verdict)
}

fn verify(shelf: &Shelf, all: Vec<Experiment>) -> Result<Verdict> {
    let number = count(all.len(), "sample");
    let mut findings = unrecorded(shelf, &all);
    findings.extend(evidence_run::collect(shelf, all, Mode::RequireLive)?.findings);
    report::to_stderr(&findings, shelf)?;
    let verdict = report::verdict(&findings);
    if verdict == Verdict::Good {
        say(
            "Verified",
            &format!("{number}: what they find is what is recorded"),
        );
    }
    Ok(verdict)
}
