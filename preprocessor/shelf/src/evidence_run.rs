//! Runs the experiments, or takes their recordings, and judges the claims.

mod absent;
mod memory;
mod run;
mod shown;
mod trouble;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use clap::ValueEnum;
use editorial::{Finding, Shelf};
use evidence::{Experiment, Recording, RecordingError};
use serde::Deserialize;

use absent::Absent;
pub(crate) use memory::Memory;
pub(crate) use run::{CAGE, run_all};
pub(crate) use shown::{Origin, OtherVersion, Shown, command, quoted};
use trouble::{Trouble, chain};

/// Where output comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// From runs made now; from a recording where this machine cannot run a sample
    #[default]
    Live,
    /// From the recordings alone: no process, no socket, the same bytes every time
    Recorded,
    /// From runs made now, or not at all
    RequireLive,
}

/// What all samples show, and what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// What is shown, by sample.
    pub(crate) shown: BTreeMap<String, Arc<Shown>>,
    /// Failed claims, drifted recordings, samples that could not be run.
    pub(crate) findings: Vec<Finding>,
}

/// Runs or recalls every experiment in a mode and judges its claims.
///
/// # Errors
///
/// A runtime that cannot be started.
pub(crate) fn collect(shelf: &Shelf, experiments: Vec<Experiment>, mode: Mode) -> Result<Evidence> {
    Memory::new(mode).collect(shelf, experiments)
}

/// A finding for each experiment that has no recording.
pub(crate) fn unrecorded(shelf: &Shelf, experiments: &[Experiment]) -> Vec<Finding> {
    let ids = experiments.iter().map(|experiment| experiment.id.as_str());
    let missing = ids.filter(|id| !recording_path(&shelf.root, id).is_file());
    missing
        .flat_map(|id| Trouble::unrecorded(id).on_pages(shelf))
        .collect()
}

/// Takes every experiment from its recording.
fn recall(root: &Path, experiments: Vec<Experiment>) -> (Vec<Shown>, Vec<Trouble>) {
    let (mut shown, mut troubles) = (Vec::new(), Vec::new());
    for experiment in experiments {
        match recording(root, &experiment) {
            Ok(Some(recording)) => shown.push(Shown::recorded(experiment, recording)),
            Ok(None) => troubles.push(Trouble::unrecorded(&experiment.id)),
            Err(problem) => troubles.push(Trouble::misrecorded(&experiment.id, problem)),
        }
    }
    (shown, troubles)
}

/// Runs every experiment now, and compares what it finds with its recording, if it has one. Where
/// this machine cannot run one, its recording is shown instead, if that `may_recall`.
fn observe(
    root: &Path,
    experiments: Vec<Experiment>,
    may_recall: bool,
) -> Result<(Vec<Shown>, Vec<Trouble>)> {
    let (mut shown, mut troubles) = (Vec::new(), Vec::new());
    let mut absent = Absent::default();
    for (experiment, result) in run_all(root, experiments)? {
        let id = experiment.id.as_str();
        let recording = recording(root, &experiment);
        match (result, recording) {
            (Ok(transcript), recording) => {
                let found = recording.as_ref().ok().and_then(Option::as_ref);
                if let Some(drift) = found.and_then(|found| found.differs(&transcript)) {
                    troubles.push(Trouble::misrecorded(id, drift));
                }
                if let Err(problem) = &recording {
                    troubles.push(Trouble::misrecorded(id, problem));
                }
                let found = recording.ok().flatten();
                shown.push(Shown::live(experiment, transcript, found.as_ref()));
            }
            (Err(error), Ok(Some(recording))) if may_recall && error.is_the_machines_fault() => {
                if !absent.explains(&error) {
                    troubles.push(Trouble::recalled(id, &error));
                }
                shown.push(Shown::recorded(experiment, recording));
            }
            (Err(error), recording) => {
                troubles.push(Trouble::not_run(id, &error));
                // Were the recording good, it could be shown.
                let problem = recording.err();
                troubles.extend(problem.map(|problem| Trouble::misrecorded(id, problem)));
            }
        }
    }
    absent.report();
    Ok((shown, troubles))
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
        Err(RecordingError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            Ok(None)
        }
        Err(error) => Err(chain(&error)),
    }
}
