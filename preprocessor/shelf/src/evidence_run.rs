//! Runs the experiments, or takes their recordings, and judges the claims.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use editorial::{Finding, Shelf};
use evidence::{Experiment, Facts, Limits, Recording, RecordingError, Redaction, Refuted, Step};
use evidence::{RunError, Transcript};
use serde::Deserialize;
use time::OffsetDateTime;
use tokio::task::JoinSet;

use crate::experiments::findings_on_pages;
use crate::progress::{count, in_words, say};
use crate::rules::{CLAIM_FAILED, NOT_RUN, NOTICE_LOST, RECORDING};

/// Where output comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// From runs made now; from a recording where a scanner is missing here
    #[default]
    Live,
    /// From the recordings alone: no process, no socket, the same bytes every time
    Recorded,
    /// From runs made now, or not at all
    RequireLive,
}

/// When what is shown was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// In this build, at this time.
    Live(OffsetDateTime),
    /// In a recording of this time.
    Recorded(OffsetDateTime),
}

/// What one sample shows.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    /// What was asked.
    pub(crate) experiment: Experiment,
    /// When it was seen.
    pub(crate) origin: Origin,
    /// The scanner's version.
    pub(crate) version: String,
    /// The command as readers see it.
    pub(crate) argv: Vec<String>,
    /// What was printed.
    pub(crate) steps: Vec<Step>,
    /// What was found out.
    pub(crate) facts: Facts,
    /// What was replaced.
    pub(crate) redactions: Vec<Redaction>,
}

impl Shown {
    fn live(experiment: Experiment, transcript: Transcript) -> Shown {
        Shown {
            experiment,
            origin: Origin::Live(transcript.started),
            version: transcript.version,
            argv: transcript.argv,
            steps: transcript.steps,
            facts: transcript.facts,
            redactions: transcript.redactions,
        }
    }

    fn recorded(experiment: Experiment, recording: Recording) -> Shown {
        Shown {
            experiment,
            origin: Origin::Recorded(recording.captured),
            version: recording.version,
            argv: recording.argv,
            steps: recording.steps,
            facts: recording.facts,
            redactions: recording.redactions,
        }
    }

    /// The claims that do not hold.
    pub(crate) fn refuted(&self) -> Vec<Refuted> {
        let claims = self.experiment.claims.iter();
        claims
            .filter_map(|claim| claim.judge(&self.facts).err())
            .collect()
    }
}

/// What all samples show, and what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// What is shown, by sample.
    pub(crate) shown: BTreeMap<String, Shown>,
    /// Failed claims, drifted recordings, samples that could not be run.
    pub(crate) findings: Vec<Finding>,
}

/// Something wrong with one sample, before it is known which pages show it.
struct Trouble {
    id: String,
    rule: &'static str,
    problem: String,
    help: String,
}

/// Runs or recalls every experiment in a mode and judges its claims.
///
/// # Errors
///
/// A runtime that cannot be started.
pub(crate) fn collect(shelf: &Shelf, experiments: Vec<Experiment>, mode: Mode) -> Result<Evidence> {
    let (shown, mut troubles) = match mode {
        Mode::Recorded => recall(&shelf.root, experiments),
        Mode::Live | Mode::RequireLive => observe(&shelf.root, experiments)?,
    };
    for shown in &shown {
        troubles.extend(refuted_claims(shown));
        troubles.extend(lost_notices(shelf, shown));
    }
    let on_pages = |found: &Trouble| {
        findings_on_pages(shelf, &found.id, found.rule, &found.problem, &found.help)
    };
    Ok(Evidence {
        findings: troubles.iter().flat_map(on_pages).collect(),
        shown: shown
            .into_iter()
            .map(|shown| (shown.experiment.id.clone(), shown))
            .collect(),
    })
}

/// Takes every experiment from its recording.
fn recall(root: &Path, experiments: Vec<Experiment>) -> (Vec<Shown>, Vec<Trouble>) {
    let (mut shown, mut troubles) = (Vec::new(), Vec::new());
    for experiment in experiments {
        match recording(root, &experiment) {
            Ok(Some(recording)) => shown.push(Shown::recorded(experiment, recording)),
            Ok(None) => {
                let problem = format!("the sample \"{}\" has no recording", experiment.id);
                troubles.push(about_recording(&experiment.id, problem));
            }
            Err(problem) => troubles.push(about_recording(&experiment.id, problem)),
        }
    }
    (shown, troubles)
}

/// Runs every experiment now, and compares what it finds with its recording, if it has one.
fn observe(root: &Path, experiments: Vec<Experiment>) -> Result<(Vec<Shown>, Vec<Trouble>)> {
    let (mut shown, mut troubles) = (Vec::new(), Vec::new());
    for (experiment, result) in run_all(experiments)? {
        let id = experiment.id.as_str();
        let transcript = match result {
            Ok(transcript) => transcript,
            Err(error) => {
                troubles.push(Trouble {
                    id: id.to_owned(),
                    rule: NOT_RUN,
                    problem: format!("the sample \"{id}\" could not be run: {}", chain(&error)),
                    help: format!("try it alone: cargo shelf samples run {id}"),
                });
                continue;
            }
        };
        let drift = recording(root, &experiment)
            .map(|recording| recording.and_then(|recording| recording.differs(&transcript)));
        match drift {
            Ok(None) => {}
            Ok(Some(drift)) => troubles.push(about_recording(
                id,
                format!("the recording of \"{id}\" no longer holds: {drift}"),
            )),
            Err(problem) => troubles.push(about_recording(id, problem)),
        }
        shown.push(Shown::live(experiment, transcript));
    }
    Ok((shown, troubles))
}

fn about_recording(id: &str, problem: String) -> Trouble {
    Trouble {
        id: id.to_owned(),
        rule: RECORDING,
        problem,
        help: format!("look at what changed, then: cargo shelf samples record {id}"),
    }
}

fn refuted_claims(shown: &Shown) -> Vec<Trouble> {
    let id = &shown.experiment.id;
    let refuted = shown.refuted().into_iter();
    refuted
        .map(|refuted| Trouble {
            id: id.clone(),
            rule: CLAIM_FAILED,
            problem: format!("the sample \"{id}\" does not show what it claims; {refuted}"),
            help: format!("correct content/samples/{id}.toml and the text around it, or the scene"),
        })
        .collect()
}

/// Notices whose words stand in no printed line.
fn lost_notices(shelf: &Shelf, shown: &Shown) -> Vec<Trouble> {
    let id = &shown.experiment.id;
    let sample = shelf.sample(id).and_then(|file| file.sample.as_ref());
    let notices = sample.into_iter().flat_map(|sample| &sample.notices);
    let is_lost = |words: &str| {
        let mut lines = shown.steps.iter().flat_map(|step| &step.lines);
        !lines.any(|line| line.text.as_plain().contains(words))
    };
    notices
        .map(|notice| notice.line.value.as_str())
        .filter(|words| is_lost(words))
        .map(|words| Trouble {
            id: id.clone(),
            rule: NOTICE_LOST,
            problem: format!("no line of the sample \"{id}\" says \"{words}\""),
            help: format!("choose words of a line: cargo shelf samples run {id}"),
        })
        .collect()
}

/// Runs experiments side by side and says so as each one ends; the results come in the order asked.
///
/// # Errors
///
/// A runtime that cannot be started.
pub(crate) fn run_all(
    experiments: Vec<Experiment>,
) -> Result<Vec<(Experiment, Result<Transcript, RunError>)>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime for the lab")?;
    runtime.block_on(async {
        let limits = Limits::default();
        let mut tasks = JoinSet::new();
        for (index, experiment) in experiments.into_iter().enumerate() {
            let limits = limits.clone();
            tasks.spawn(async move {
                let result = evidence::run(&experiment, &limits).await;
                (index, experiment, result)
            });
        }
        let mut done = Vec::new();
        while let Some(joined) = tasks.join_next().await {
            let (index, experiment, result) = joined.context("an experiment broke off")?;
            announce(&experiment, &result);
            done.push((index, experiment, result));
        }
        done.sort_by_key(|(index, ..)| *index);
        Ok(done
            .into_iter()
            .map(|(_, experiment, result)| (experiment, result))
            .collect())
    })
}

fn announce(experiment: &Experiment, result: &Result<Transcript, RunError>) {
    match result {
        Ok(transcript) => {
            let claims = experiment.claims.iter();
            let failed = claims
                .filter(|claim| claim.judge(&transcript.facts).is_err())
                .count();
            let claims = count(experiment.claims.len(), "claim");
            let verdict = match failed {
                0 => format!("{claims} held"),
                failed => format!("{failed} of {claims} FAILED"),
            };
            let took = in_words(transcript.duration);
            say(
                "Ran",
                &format!("{} live in {took}, {verdict}", experiment.id),
            );
        }
        Err(_) => say("Could not run", &experiment.id),
    }
}

/// Where a sample's recording lies.
pub(crate) fn recording_path(root: &Path, id: &str) -> PathBuf {
    root.join("content/recordings").join(format!("{id}.json"))
}

/// The recording of an experiment, if there is one and it belongs to the experiment as it is today.
fn recording(root: &Path, experiment: &Experiment) -> Result<Option<Recording>, String> {
    match Recording::read(&recording_path(root, &experiment.id)) {
        Ok(recording) => match recording.fits(experiment) {
            Ok(()) => Ok(Some(recording)),
            Err(stale) => Err(stale.to_string()),
        },
        Err(RecordingError::File { source, .. })
            if source.kind() == std::io::ErrorKind::NotFound =>
        {
            Ok(None)
        }
        Err(error) => Err(chain(&error)),
    }
}

/// An error with its causes, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    std::iter::once(error.to_string())
        .chain(causes.map(ToString::to_string))
        .collect::<Vec<_>>()
        .join(": ")
}
