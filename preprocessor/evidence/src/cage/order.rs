//! What is said into a cage and out of it: one line of JSON each way.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::trouble::Trouble;
use crate::clean::Clean;
use crate::experiment::{Call, Experiment};
use crate::limits::Limits;
use crate::redaction::Redaction;
use crate::run::RunError;
use crate::scanner::Scanner;
use crate::scene::Scene;
use crate::transcript::{RawOutput, Step, Transcript};

/// What is to be done in a cage.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    /// The network namespace that must not be the one in there.
    pub(super) outside: String,
    scene: String,
    text: String,
    calls: Vec<Call>,
    /// Whether the scene is to stand until somebody ends it.
    pub(super) stay: bool,
    pub(super) lines: usize,
    pub(super) line_length: usize,
    pub(super) bytes: usize,
}

impl Order {
    pub(super) fn of(experiment: &Experiment, limits: &Limits) -> Order {
        Order {
            outside: super::address::namespace(),
            scene: experiment.scene.id.clone(),
            text: experiment.scene.text.clone(),
            calls: experiment.calls.clone(),
            stay: false,
            lines: limits.lines,
            line_length: limits.line_length,
            bytes: limits.bytes,
        }
    }

    pub(super) fn to_stay(experiment: &Experiment, limits: &Limits) -> Order {
        Order {
            stay: true,
            ..Order::of(experiment, limits)
        }
    }

    /// The experiment, without its claims: they are judged outside.
    pub(super) fn experiment(&self) -> Result<Experiment, Trouble> {
        let scene = Scene::parse(&self.scene, &self.text).map_err(|_| Trouble::Scene)?;
        Ok(Experiment {
            id: self.scene.clone(),
            scene: Arc::new(scene),
            calls: self.calls.clone(),
            claims: Vec::new(),
        })
    }

    pub(super) fn limits(&self) -> Limits {
        Limits {
            lines: self.lines,
            line_length: self.line_length,
            bytes: self.bytes,
            ..Limits::default()
        }
    }
}

/// What came of it. The first that is said is always [`Inside`](Outcome::Inside).
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Outcome {
    /// The order was received, in namespaces of our own. Until then, what goes
    /// wrong is the system's; from then on, it is ours.
    Inside,
    /// All that was seen.
    Seen(Box<Sight>),
    /// The scene stands, and stays.
    Stands,
    /// The namespaces cannot be used as they have to be.
    NoCage(String),
    /// Why nothing was seen.
    Trouble {
        /// Whether another machine, or this one later, could do it.
        machine: bool,
        /// The whole chain of causes.
        problem: String,
    },
}

impl Outcome {
    /// The error that it is, where something else was wanted.
    pub(super) fn into_error(self, id: &str) -> RunError {
        let id = id.to_owned();
        match self {
            Outcome::NoCage(why) => RunError::NoCage(why),
            Outcome::Trouble { machine, problem } => RunError::Caged {
                id,
                problem,
                machine,
            },
            Outcome::Inside | Outcome::Seen(_) | Outcome::Stands => RunError::Broke {
                id,
                said: "it answered something else than was asked".to_owned(),
            },
        }
    }
}

/// A transcript on its way out.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sight {
    #[serde(with = "time::serde::rfc3339")]
    pub(super) started: OffsetDateTime,
    pub(super) milliseconds: u64,
    pub(super) steps: Vec<Step>,
    pub(super) redactions: Vec<Redaction>,
    pub(super) servers: Vec<Clean>,
    pub(super) raw: Vec<Raw>,
}

/// Bytes as text: each byte is the character of its number, so that none is
/// lost and most stand as they are.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Raw {
    pub(super) step: usize,
    pub(super) scanner: Scanner,
    latin1: String,
}

impl Raw {
    pub(super) fn new(step: usize, scanner: Scanner, bytes: &[u8]) -> Raw {
        Raw {
            step,
            scanner,
            latin1: bytes.iter().map(|byte| char::from(*byte)).collect(),
        }
    }
}

impl From<Sight> for Transcript {
    fn from(sight: Sight) -> Transcript {
        let raw = sight.raw.into_iter().map(|raw| RawOutput {
            step: raw.step,
            scanner: raw.scanner,
            bytes: raw
                .latin1
                .chars()
                .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
                .collect(),
        });
        Transcript {
            started: sight.started,
            duration: Duration::from_millis(sight.milliseconds),
            steps: sight.steps,
            redactions: sight.redactions,
            servers: sight.servers,
            raw: raw.collect(),
        }
    }
}
