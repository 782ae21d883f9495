//! Runs experiments side by side.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use evidence::{Cage, DurationClass, Experiment, Limits, Recording, RunError, Transcript};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::recording_path;
use crate::files::write_beside;
use crate::progress::{count, in_words, say};

/// How many stand at once: each takes some dozen sockets, and a machine may allow few. On two busy cores, sixteen
/// kept one another waiting until a scanner gave up.
const AT_ONCE: usize = 8;

/// The argument with which this program starts itself inside a cage.
pub(crate) const CAGE: &str = "cage";

/// Runs experiments side by side and says so as each one ends; the results come in the order asked.
/// Those that took long when they were recorded begin first, so that nothing waits for them in the
/// end. The untouched outputs of programs that are not ours are kept below `target/evidence`.
///
/// # Errors
///
/// A runtime that cannot be started.
pub(crate) fn run_all(
    root: &Path,
    experiments: Vec<Experiment>,
) -> Result<Vec<(Experiment, Result<Transcript, RunError>)>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime for the lab")?;
    let this = std::env::current_exe().context("cannot find this program's own file")?;
    let cage = Arc::new(Cage::entered_by(this, vec![CAGE.into()]));
    let mut queue: Vec<_> = experiments.into_iter().enumerate().collect();
    queue.sort_by_key(|(_, experiment)| Reverse(took(root, experiment)));
    runtime.block_on(async {
        let limits = Arc::new(Limits::default());
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut tasks = JoinSet::new();
        for (index, experiment) in queue {
            let (limits, cage) = (Arc::clone(&limits), Arc::clone(&cage));
            // The semaphore is never closed, and it lets them in by turn.
            let place = Arc::clone(&places).acquire_owned().await;
            tasks.spawn(async move {
                let _place = place;
                let result = evidence::run(&experiment, &limits, Some(&cage)).await;
                (index, experiment, result)
            });
        }
        let mut done = Vec::new();
        while let Some(joined) = tasks.join_next().await {
            let (index, experiment, result) = joined.context("an experiment broke off")?;
            announce(&experiment, &result);
            if let Ok(transcript) = &result {
                keep_raw(root, &experiment.id, transcript);
            }
            done.push((index, experiment, result));
        }
        done.sort_by_key(|(index, ..)| *index);
        for (_, experiment, result) in &mut done {
            if is_in_doubt(root, experiment, result) {
                *result = evidence::run(experiment, &limits, Some(&cage)).await;
                say("Once more", &format!("{}, alone", experiment.id));
                announce(experiment, result);
                if let Ok(transcript) = &*result {
                    keep_raw(root, &experiment.id, transcript);
                }
            }
        }
        Ok(done
            .into_iter()
            .map(|(_, experiment, result)| (experiment, result))
            .collect())
    })
}

/// Whether an experiment showed something else than it claims, or than it was recorded with. A scanner that is
/// hung up on between two messages sees now this and now that; what it sees twice, the second time with the
/// machine to itself, is what a page stands or falls with.
fn is_in_doubt(
    root: &Path,
    experiment: &Experiment,
    result: &Result<Transcript, RunError>,
) -> bool {
    let Ok(transcript) = result else {
        return false;
    };
    let recording = Recording::read(&recording_path(root, &experiment.id)).ok();
    let recording = recording.filter(|recording| recording.fits(experiment).is_ok());
    !experiment.refuted(&transcript.steps).is_empty()
        || recording.is_some_and(|recording| recording.differs(transcript).is_some())
}

/// About how long an experiment took when it was recorded.
fn took(root: &Path, experiment: &Experiment) -> u8 {
    match Recording::read(&recording_path(root, &experiment.id)).map(|recording| recording.took) {
        Ok(DurationClass::VeryLong) => 3,
        Ok(DurationClass::Long) | Err(_) => 2,
        Ok(DurationClass::Short) => 1,
        Ok(DurationClass::Instant) => 0,
    }
}

/// Keeps untouched outputs beside the build. They are for people who want to look into a finding;
/// nothing is read from them, so that they cannot be written changes nothing.
fn keep_raw(root: &Path, id: &str, transcript: &Transcript) {
    let folder = root.join("target/evidence").join(id);
    for raw in &transcript.raw {
        let name = format!("{}-{}.out", raw.step, raw.scanner);
        let kept = std::fs::create_dir_all(&folder)
            .and_then(|()| write_beside(&folder.join(&name), &raw.bytes));
        if let Err(error) = kept {
            tracing::warn!("cannot keep {name} of {id}: {error}");
        }
    }
}

fn announce(experiment: &Experiment, result: &Result<Transcript, RunError>) {
    match result {
        Ok(transcript) => {
            let failed = experiment.refuted(&transcript.steps).len();
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
        // Which programs are missing is said once, when all have ended.
        Err(RunError::NotInstalled { .. } | RunError::NoCage(_)) => {}
        Err(_) => say("Could not run", &experiment.id),
    }
}
