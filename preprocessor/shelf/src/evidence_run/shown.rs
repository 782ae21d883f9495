//! What one sample shows, and when it was seen.

use evidence::{Clean, Experiment, Recording, Redaction, Refuted, Step, Transcript};
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
    /// What each call printed and found out.
    pub(crate) steps: Vec<Step>,
    /// What was replaced.
    pub(crate) redactions: Vec<Redaction>,
    /// The packages of the servers that are not ours.
    pub(crate) servers: Vec<Clean>,
    /// For a live run: the tools that its recording was made with in another
    /// version. A recording names its own, and what is installed here is not
    /// asked for its version: no program of others runs outside a cage.
    pub(crate) versions: Vec<OtherVersion>,
}

/// A tool of which two versions come into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OtherVersion {
    /// The tool.
    pub(crate) tool: &'static str,
    /// The version that is not the one shown.
    pub(crate) other: String,
}

impl Shown {
    pub(super) fn live(
        experiment: Experiment,
        transcript: Transcript,
        recording: Option<&Recording>,
    ) -> Shown {
        let kept = recording.map_or(&[][..], |recording| &recording.steps);
        Shown {
            experiment,
            origin: Origin::Live(transcript.started),
            versions: other_versions(&transcript.steps, kept),
            steps: transcript.steps,
            redactions: transcript.redactions,
            servers: transcript.servers,
        }
    }

    pub(super) fn recorded(experiment: Experiment, recording: Recording) -> Shown {
        Shown {
            experiment,
            origin: Origin::Recorded(recording.captured),
            steps: recording.steps,
            redactions: recording.redactions,
            servers: recording.servers,
            versions: Vec::new(),
        }
    }

    /// The claims that do not hold.
    pub(crate) fn refuted(&self) -> Vec<Refuted> {
        self.experiment.refuted(&self.steps)
    }
}

/// The tools that another run used in another version.
fn other_versions(shown: &[Step], other: &[Step]) -> Vec<OtherVersion> {
    let mut versions: Vec<OtherVersion> = Vec::new();
    for (step, other) in shown.iter().zip(other) {
        let differs = !step.scanner.is_ours() && step.version != other.version;
        let found = OtherVersion {
            tool: step.scanner.title(),
            other: other.version.as_plain().into_owned(),
        };
        if differs && !versions.contains(&found) {
            versions.push(found);
        }
    }
    versions
}

/// A step's command as readers see it, as plain text: each word that a shell
/// would take apart stands in quotation marks.
pub(crate) fn command(step: &Step) -> String {
    let words: Vec<String> = step
        .argv
        .iter()
        .map(|word| quoted(&word.as_plain()))
        .collect();
    words.join(" ")
}

/// A word as a shell takes it.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use evidence::{Scanner, Seen};

    use super::*;

    fn step(scanner: Scanner, version: &str) -> Step {
        Step {
            scanner,
            version: Clean::line(version, 20),
            package: None,
            argv: Vec::new(),
            exit: None,
            tenths: 0,
            lines: Vec::new(),
            seen: Seen::Nothing,
            raw: None,
        }
    }

    #[test]
    fn another_version_of_a_tool_is_named_once() {
        let run = [
            step(Scanner::Nmap, "7.95"),
            step(Scanner::Probe, "0.2.0"),
            step(Scanner::Nmap, "7.95"),
            step(Scanner::Curl, "8.5.0"),
        ];
        let kept = [
            step(Scanner::Nmap, "7.93"),
            step(Scanner::Probe, "0.1.0"),
            step(Scanner::Nmap, "7.93"),
            step(Scanner::Curl, "8.5.0"),
        ];
        let other = OtherVersion {
            tool: "Nmap",
            other: "7.93".to_owned(),
        };
        assert_eq!(other_versions(&run, &kept), [other]);
        assert_eq!(other_versions(&run, &run), []);
        assert_eq!(other_versions(&run, &[]), []);
    }

    #[test]
    fn a_command_can_be_pasted_into_a_shell() {
        for (word, shown) in [
            ("192.0.2.10:11112", "192.0.2.10:11112"),
            ("tcp port 104", "'tcp port 104'"),
            ("", "''"),
            ("it's", r"'it'\''s'"),
            ("http://a/?q=1&r=2", "'http://a/?q=1&r=2'"),
        ] {
            assert_eq!(quoted(word), shown);
        }
    }
}
