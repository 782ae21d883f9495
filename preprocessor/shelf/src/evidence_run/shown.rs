//! What one sample shows, and when it was seen.

use evidence::{Clean, Experiment, Facts, Recording, Redaction, Refuted, Step, Transcript};
use time::OffsetDateTime;

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
    pub(crate) argv: Vec<Clean>,
    /// What was printed.
    pub(crate) steps: Vec<Step>,
    /// What was found out.
    pub(crate) facts: Facts,
    /// What was replaced.
    pub(crate) redactions: Vec<Redaction>,
}

impl Shown {
    pub(super) fn live(experiment: Experiment, transcript: Transcript) -> Shown {
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

    pub(super) fn recorded(experiment: Experiment, recording: Recording) -> Shown {
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

    /// The command as readers see it, as plain text.
    pub(crate) fn command(&self) -> String {
        let words: Vec<_> = self.argv.iter().map(Clean::as_plain).collect();
        words.join(" ")
    }

    /// The claims that do not hold.
    pub(crate) fn refuted(&self) -> Vec<Refuted> {
        let claims = self.experiment.claims.iter();
        claims
            .filter_map(|claim| claim.judge(&self.facts).err())
            .collect()
    }
}
