//! Runs experiments side by side.

use std::sync::Arc;

use anyhow::{Context, Result};
use evidence::{Experiment, Limits, RunError, Transcript};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::progress::{count, in_words, say};

/// How many stand at once: each takes some dozen sockets, and a machine may allow few.
const AT_ONCE: usize = 16;

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
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut tasks = JoinSet::new();
        for (index, experiment) in experiments.into_iter().enumerate() {
            let (limits, places) = (limits.clone(), Arc::clone(&places));
            tasks.spawn(async move {
                // The semaphore is never closed, so there always is a place in the end.
                let _place = places.acquire_owned().await;
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
