//! What samples showed, kept for the next build of the same process.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::Result;
use editorial::Shelf;
use evidence::Experiment;

use super::trouble::Trouble;
use super::{Evidence, Mode, Shown, observe, recall, recording_path};

/// Collects evidence, and remembers it: a sample is run again only when it, its scene or its recording
/// has changed.
#[derive(Debug)]
pub(crate) struct Memory {
    mode: Mode,
    kept: BTreeMap<String, Kept>,
}

/// What one sample showed, and what that rested on.
#[derive(Debug)]
struct Kept {
    experiment: Experiment,
    recording: Option<Stamp>,
    /// None where nothing could be shown: the troubles say why, and it is tried again.
    shown: Option<Arc<Shown>>,
    troubles: Vec<Trouble>,
}

/// When a file was written last, and its length.
type Stamp = (SystemTime, u64);

impl Memory {
    /// One that remembers nothing yet.
    pub(crate) fn new(mode: Mode) -> Memory {
        Memory {
            mode,
            kept: BTreeMap::new(),
        }
    }

    /// Runs or recalls what has changed, and judges the claims of all.
    ///
    /// # Errors
    ///
    /// A runtime that cannot be started.
    pub(crate) fn collect(
        &mut self,
        shelf: &Shelf,
        experiments: Vec<Experiment>,
    ) -> Result<Evidence> {
        let mut old = std::mem::take(&mut self.kept);
        let mut fresh = Vec::new();
        for experiment in experiments {
            let stamp = stamp(&shelf.root, &experiment.id);
            let known = old.remove(&experiment.id);
            match known.filter(|kept| kept.rests_on(&experiment, stamp)) {
                Some(kept) => {
                    self.kept.insert(experiment.id.clone(), kept);
                }
                None => fresh.push(experiment),
            }
        }
        if !fresh.is_empty() {
            self.learn(&shelf.root, fresh)?;
        }
        Ok(self.evidence(shelf))
    }

    /// Runs or recalls experiments and keeps what they show.
    fn learn(&mut self, root: &Path, experiments: Vec<Experiment>) -> Result<()> {
        let kept = experiments.iter().map(|experiment| Kept {
            experiment: experiment.clone(),
            recording: stamp(root, &experiment.id),
            shown: None,
            troubles: Vec::new(),
        });
        let kept: Vec<Kept> = kept.collect();
        let (shown, troubles) = match self.mode {
            Mode::Recorded => recall(root, experiments),
            Mode::Live => observe(root, experiments, true)?,
            Mode::RequireLive => observe(root, experiments, false)?,
        };
        // Not before: what could not be tried is not known.
        let kept = kept.into_iter();
        self.kept
            .extend(kept.map(|kept| (kept.experiment.id.clone(), kept)));
        for shown in shown {
            if let Some(kept) = self.kept.get_mut(&shown.experiment.id) {
                kept.shown = Some(Arc::new(shown));
            }
        }
        for trouble in troubles {
            if let Some(kept) = self.kept.get_mut(trouble.id()) {
                kept.troubles.push(trouble);
            }
        }
        Ok(())
    }

    /// What is known, with its findings on the pages as they are now.
    fn evidence(&self, shelf: &Shelf) -> Evidence {
        let mut evidence = Evidence::default();
        for (id, kept) in &self.kept {
            let refuted = kept.shown.as_deref().map(Trouble::refuted_claims);
            let troubles = match refuted {
                // A lost notice and a drifted recording only follow from a claim that failed.
                Some(refuted) if !refuted.is_empty() => refuted,
                _ => {
                    let shown = kept.shown.as_deref().into_iter();
                    let lost = shown.flat_map(|shown| Trouble::lost_notices(shelf, shown));
                    kept.troubles.iter().cloned().chain(lost).collect()
                }
            };
            let findings = troubles.iter().flat_map(|found| found.on_pages(shelf));
            evidence.findings.extend(findings);
            if let Some(shown) = &kept.shown {
                evidence.shown.insert(id.clone(), Arc::clone(shown));
            }
        }
        evidence
    }
}

impl Kept {
    /// Whether it still tells what the sample shows. Where nothing was shown, a port may have been taken or
    /// a program killed: that may be over.
    fn rests_on(&self, experiment: &Experiment, recording: Option<Stamp>) -> bool {
        self.shown.is_some() && self.experiment == *experiment && self.recording == recording
    }
}

/// None where there is no recording.
fn stamp(root: &Path, id: &str) -> Option<Stamp> {
    let about = std::fs::metadata(recording_path(root, id)).ok()?;
    Some((about.modified().ok()?, about.len()))
}
