//! A transcript kept in the repository.

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

use crate::clean::Clean;
use crate::digest::Digest;
use crate::experiment::Experiment;
use crate::redaction::Redaction;
use crate::transcript::{Step, Transcript};

/// The form of the stored file. It grows when an older program could no
/// longer read a newer recording rightly.
///
/// 2: the digest covers the whole recording, and the command is clean text.
/// 3: one step a call, each with its command, tool, exit status and facts.
const FORMAT: u32 = 3;

/// How far the clocks of two machines may be apart before a recording counts
/// as one from the future.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(24 * 60 * 60);

/// A transcript as captured, with all that tells whether it still fits.
/// Stored as `content/recordings/ID.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recording {
    /// The form of the stored file.
    pub format: u32,
    /// The experiment's name.
    pub id: String,
    /// The digest of the scene that stood.
    pub scene: Digest,
    /// The digest of the calls: scanners, arguments and servers.
    pub experiment: Digest,
    /// When, in UTC, to the second.
    #[serde(with = "time::serde::rfc3339")]
    pub captured: OffsetDateTime,
    /// About how long it took.
    pub took: DurationClass,
    /// What each call printed and found out.
    pub steps: Vec<Step>,
    /// What was replaced in the lines.
    pub redactions: Vec<Redaction>,
    /// The packages, with their versions, of the servers that are not ours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Clean>,
    /// The digest of all the rest: a recording edited by hand is no recording.
    pub digest: Digest,
}

/// About how long a run took. The exact time is another in every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DurationClass {
    /// Less than a tenth of a second.
    #[serde(rename = "under 0.1 s")]
    Instant,
    /// Less than a second.
    #[serde(rename = "under 1 s")]
    Short,
    /// Less than ten seconds.
    #[serde(rename = "under 10 s")]
    Long,
    /// More.
    #[serde(rename = "10 s or more")]
    VeryLong,
}

impl From<Duration> for DurationClass {
    fn from(duration: Duration) -> DurationClass {
        match duration.as_millis() {
            0..100 => DurationClass::Instant,
            100..1_000 => DurationClass::Short,
            1_000..10_000 => DurationClass::Long,
            _ => DurationClass::VeryLong,
        }
    }
}

impl fmt::Display for DurationClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DurationClass::Instant => "under 0.1 s",
            DurationClass::Short => "under 1 s",
            DurationClass::Long => "under 10 s",
            DurationClass::VeryLong => "10 s or more",
        })
    }
}

/// A recording that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordingError {
    /// The file system said no.
    #[error("{path}: cannot {action} the recording")]
    File {
        /// Which file.
        path: PathBuf,
        /// `read` or `write`.
        action: &'static str,
        /// Why.
        source: io::Error,
    },
    /// It is not a recording.
    #[error("{path}: this is not a recording this program can read; record it again")]
    Form {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// It is of another form than this program writes.
    #[error("{path}: the recording is of form {found}, not {FORMAT}; record it again")]
    Format {
        /// Which file.
        path: PathBuf,
        /// The form it is of.
        found: u32,
    },
    /// It was changed after it was made.
    #[error("{path}: the recording was changed by hand; record it again")]
    Edited {
        /// Which file.
        path: PathBuf,
    },
}

/// A recording that belongs to something else than what is asked now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}; record it again", reasons(.differs, *.from_the_future))]
pub struct Stale {
    /// What differs: `sample`, `scene`, `scanner, arguments or server`,
    /// `command line`.
    pub differs: Vec<&'static str>,
    /// Whether it says that it was captured more than a day from now.
    pub from_the_future: bool,
}

/// Why a recording is stale, in words.
fn reasons(differs: &[&str], from_the_future: bool) -> String {
    let mut reasons = Vec::new();
    if !differs.is_empty() {
        let another = differs.join(", another ");
        reasons.push(format!("the recording was made with another {another}"));
    }
    if from_the_future {
        reasons.push("the recording is dated in the future".to_owned());
    }
    reasons.join("; ")
}

/// Findings that a fresh run no longer shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Every finding that differs.
    pub changes: Vec<Change>,
}

/// One finding that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands in the facts, e.g. `tls.version`.
    pub fact: String,
    /// What the recording says.
    pub recorded: String,
    /// What the run says.
    pub observed: String,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, change) in self.changes.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            let Change {
                fact,
                recorded,
                observed,
            } = change;
            write!(f, "{fact}: recorded {recorded}, observed {observed}")?;
        }
        Ok(())
    }
}

impl Recording {
    /// Makes a recording of a run.
    pub fn of(experiment: &Experiment, transcript: &Transcript) -> Recording {
        let captured = transcript.started.to_offset(time::UtcOffset::UTC);
        let mut recording = Recording {
            format: FORMAT,
            id: experiment.id.clone(),
            scene: experiment.scene.digest(),
            experiment: experiment.digest(),
            captured: captured.replace_nanosecond(0).unwrap_or(captured),
            took: transcript.duration.into(),
            steps: transcript.steps.clone(),
            redactions: transcript.redactions.clone(),
            servers: transcript.servers.clone(),
            digest: Digest::blank(),
        };
        recording.digest = recording.content();
        recording
    }

    /// The digest of everything but the digest.
    fn content(&self) -> Digest {
        Digest::of(&Recording {
            digest: Digest::blank(),
            ..self.clone()
        })
    }

    /// Reads a recording.
    ///
    /// # Errors
    /// The file cannot be read, is not a recording, is one of another form, or
    /// was changed by hand.
    pub fn read(path: &Path) -> Result<Recording, RecordingError> {
        /// The part that every form has.
        #[derive(Deserialize)]
        struct Form {
            format: u32,
        }

        let text = fs::read_to_string(path).map_err(|source| RecordingError::File {
            path: path.to_owned(),
            action: "read",
            source,
        })?;
        let no_recording = |source| RecordingError::Form {
            path: path.to_owned(),
            source,
        };
        let form: Form = serde_json::from_str(&text).map_err(no_recording)?;
        if form.format != FORMAT {
            return Err(RecordingError::Format {
                path: path.to_owned(),
                found: form.format,
            });
        }
        let recording: Recording = serde_json::from_str(&text).map_err(no_recording)?;
        if recording.digest != recording.content() {
            return Err(RecordingError::Edited {
                path: path.to_owned(),
            });
        }
        Ok(recording)
    }

    /// Writes the recording beside its place and moves it there, so that a
    /// reader never sees half of it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), RecordingError> {
        let failed = |source| RecordingError::File {
            path: path.to_owned(),
            action: "write",
            source,
        };
        let mut json = serde_json::to_string_pretty(self).map_err(|error| failed(error.into()))?;
        json.push('\n');
        let beside = path.with_extension("json.new");
        fs::write(&beside, json).map_err(failed)?;
        fs::rename(&beside, path).map_err(failed)
    }

    /// Whether the recording belongs to this experiment as it is now, and was
    /// captured before now by the clock of this machine.
    ///
    /// # Errors
    /// What differs.
    pub fn fits(&self, experiment: &Experiment) -> Result<(), Stale> {
        let differs: Vec<&'static str> = [
            (self.id != experiment.id, "sample"),
            (self.scene != experiment.scene.digest(), "scene"),
            (
                self.experiment != experiment.digest(),
                "scanner, arguments or server",
            ),
            (!self.has_commands_of(experiment), "command line"),
        ]
        .into_iter()
        .filter_map(|(differs, what)| differs.then_some(what))
        .collect();
        let from_the_future = self.captured > OffsetDateTime::now_utc() + CLOCK_TOLERANCE;
        if differs.is_empty() && !from_the_future {
            Ok(())
        } else {
            Err(Stale {
                differs,
                from_the_future,
            })
        }
    }

    /// Whether each step was called as the experiment calls it.
    fn has_commands_of(&self, experiment: &Experiment) -> bool {
        self.steps.len() == experiment.calls.len()
            && self
                .steps
                .iter()
                .zip(&experiment.calls)
                .all(|(step, call)| {
                    step.scanner == call.scanner && Ok(&step.argv) == experiment.argv(call).as_ref()
                })
    }

    /// What a fresh run found otherwise; nothing, when the findings agree.
    /// Lines are never compared, and neither are volatile facts.
    pub fn differs(&self, transcript: &Transcript) -> Option<Drift> {
        let findings = |steps: &[Step]| -> BTreeMap<String, _> {
            let numbered = steps.iter().enumerate();
            numbered
                .map(|(index, step)| (format!("step {}", index + 1), step.findings()))
                .collect()
        };
        let recorded = findings(&self.steps);
        let observed = findings(&transcript.steps);
        if recorded == observed {
            return None;
        }
        let mut changes = Vec::new();
        compare(
            "",
            &serde_json::to_value(recorded).unwrap_or_default(),
            &serde_json::to_value(observed).unwrap_or_default(),
            &mut changes,
        );
        Some(Drift { changes })
    }
}

/// Walks two JSON values side by side and notes the places where they differ.
fn compare(place: &str, recorded: &Value, observed: &Value, changes: &mut Vec<Change>) {
    match (recorded, observed) {
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (left, right) in left.iter().zip(right) {
                compare(place, left, right, changes);
            }
        }
        (Value::Object(left), Value::Object(right)) if left.keys().eq(right.keys()) => {
            for (key, value) in left {
                let inner = if place.is_empty() {
                    key.clone()
                } else {
                    format!("{place}.{key}")
                };
                compare(&inner, value, &right[key], changes);
            }
        }
        (left, right) if left == right => {}
        (left, right) => changes.push(Change {
            fact: place.to_owned(),
            recorded: left.to_string(),
            observed: right.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests;
