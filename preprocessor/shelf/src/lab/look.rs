//! Looking: at the student's servers, and at the student's files.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use evidence::{
    Cage, Call, Claimed, Experiment, FileStart, Limits, Loopback, RunError, Scanner, Seen, Step,
    look_at, small_file,
};

use super::lesson::{Holds, Look, Lying, OfFile};
use super::reading;
use super::standing::Standing;
use crate::evidence_run::quoted;

/// Where a student's looks look.
#[derive(Debug)]
pub(super) struct Looker<'a> {
    pub(super) lab: &'a str,
    pub(super) standing: Option<&'a Standing>,
    pub(super) folder: &'a Path,
    pub(super) lays: &'a [Lying],
    pub(super) cage: &'a Cage,
}

/// What came of a look.
#[derive(Debug)]
pub(super) enum Sight {
    /// It looked.
    Seen(Box<Report>),
    /// Something is not installed; why, in a sentence.
    LeftOut(String),
    /// It could not look at what is there now; why, in a sentence.
    Failed(String),
}

/// What a look saw.
#[derive(Debug)]
pub(super) struct Report {
    /// The command, as it could be typed.
    pub(super) command: String,
    /// Whether it looked at a copy of the servers, in a private network.
    pub(super) at_a_copy: bool,
    pub(super) lines: Vec<String>,
    pub(super) seen: Seen,
    pub(super) verdicts: Vec<Verdict>,
}

/// What became of a claim.
#[derive(Debug)]
pub(super) struct Verdict {
    /// What is claimed, in words.
    pub(super) claim: String,
    /// What was seen in its place, if it does not hold.
    pub(super) instead: Option<String>,
}

impl Looker<'_> {
    /// Looks once.
    pub(super) async fn look(&self, look: &Look) -> Sight {
        match look {
            Look::Scan { call, claims } => self.scan(call, claims).await,
            Look::Start { file, claims } => self.start(file, claims),
            Look::Gaps { file, most } => self.gaps(file, *most),
        }
    }

    async fn scan(&self, call: &Call, claims: &[Claimed]) -> Sight {
        let Some(standing) = self.standing else {
            return Sight::Failed("Nothing stands in this lab.".to_owned());
        };
        let experiment = Experiment {
            id: self.lab.to_owned(),
            scene: Arc::clone(&standing.scene),
            calls: vec![call.clone()],
            claims: claims.to_vec(),
        };
        let limits = Limits::default();
        let steps = if call.scanner.is_ours() {
            let Some(stage) = &standing.stage else {
                return Sight::Failed("The servers do not stand at the moment.".to_owned());
            };
            look_at(stage, &experiment, &limits).await
        } else {
            let ran = evidence::run(&experiment, &limits, Some(self.cage)).await;
            ran.map(|transcript| transcript.steps)
        };
        let steps = match steps {
            Ok(steps) => steps,
            Err(error) => return not_looked(call.scanner, &error),
        };
        let verdict = |claim: &Claimed| Verdict {
            claim: claim.to_string(),
            instead: experiment
                .judge(claim, &steps)
                .err()
                .map(|refuted| refuted.observed),
        };
        let verdicts = claims.iter().map(verdict).collect();
        let Some(step) = steps.into_iter().next() else {
            return Sight::Failed("Nothing looked.".to_owned());
        };
        let command = if call.scanner.is_ours() {
            own_command(call, address(standing, call))
        } else {
            words(&step)
        };
        Sight::Seen(Box::new(Report {
            command,
            at_a_copy: !call.scanner.is_ours(),
            lines: step
                .lines
                .iter()
                .map(|line| line.text.as_plain().into_owned())
                .collect(),
            seen: step.seen,
            verdicts,
        }))
    }

    fn start(&self, file: &str, claims: &[OfFile]) -> Sight {
        let path = self.folder.join(file);
        // What is no plain file is not opened.
        let start = match reading::bytes(&path) {
            Ok(bytes) => FileStart::of(&bytes),
            Err(why) => return Sight::Failed(format!("{file} cannot be looked at: {why}.")),
        };
        let laid = self.lays.iter().find(|lay| lay.name == file);
        let laid = laid.and_then(|lay| match &lay.holds {
            Holds::Dicom(preamble) => FileStart::of(&small_file(*preamble)).rest,
            Holds::Statement(_) => None,
        });
        let unchanged = start.rest == laid;
        let unchanged_in_words = |unchanged: bool| {
            if unchanged {
                "the data after the preamble as they were laid"
            } else {
                "the data after the preamble changed"
            }
        };
        let verdicts = claims.iter().map(|claim| match claim {
            OfFile::FileType(wanted) => Verdict {
                claim: wanted.to_string(),
                instead: (start.file_type != *wanted).then(|| start.file_type.to_string()),
            },
            OfFile::DataUnchanged(wanted) => Verdict {
                claim: unchanged_in_words(*wanted).to_owned(),
                instead: (unchanged != *wanted).then(|| unchanged_in_words(unchanged).to_owned()),
            },
        });
        let verdicts = verdicts.collect();
        let lines = start.lines();
        let lines = lines.iter().map(|line| line.text.as_plain().into_owned());
        Sight::Seen(Box::new(Report {
            command: format!("the first 132 bytes of {file}"),
            at_a_copy: false,
            lines: lines.collect(),
            seen: Seen::File(Some(start.file_type)),
            verdicts,
        }))
    }

    fn gaps(&self, file: &str, most: Option<usize>) -> Sight {
        let gaps = reading::bytes(&self.folder.join(file));
        let gaps = gaps
            .map_err(|why| why.to_string())
            .and_then(|bytes| kit::open_gaps(file, &bytes).map_err(|error| error.to_string()));
        let gaps = match gaps {
            Ok(gaps) => gaps,
            Err(why) => return Sight::Failed(format!("{file} cannot be looked at: {why}.")),
        };
        let in_words = |number: usize| match number {
            0 => "no open gap".to_owned(),
            1 => "1 open gap".to_owned(),
            _ => format!("{number} open gaps"),
        };
        let verdicts = most.map(|most| Verdict {
            claim: in_words(most),
            instead: (gaps.len() > most).then(|| in_words(gaps.len())),
        });
        let mut lines = vec![in_words(gaps.len())];
        // A gap is what somebody wrote in a text of ours, and may hold anything by now.
        lines.extend(gaps.iter().map(|gap| {
            let gap = evidence::Clean::line(gap, 90);
            format!("- {}", gap.as_plain())
        }));
        Sight::Seen(Box::new(Report {
            command: format!("gaps in {file}"),
            at_a_copy: false,
            lines,
            seen: Seen::Nothing,
            verdicts: verdicts.into_iter().collect(),
        }))
    }
}

/// A command to type in another terminal that does what a look does, where there is one.
pub(super) fn by_hand(standing: &Standing, call: &Call) -> Option<String> {
    let at = address(standing, call);
    if call.scanner == Scanner::Probe {
        // A certificate and its key stay with the lab.
        let alone = !call.args.iter().any(|arg| arg == "--certificate");
        return at
            .filter(|_| alone)
            .map(|at| format!("cargo shelf {}", own_command(call, Some(at))));
    }
    if call.scanner.is_ours() {
        return None;
    }
    let experiment = Experiment {
        id: String::new(),
        scene: Arc::clone(&standing.scene),
        calls: vec![call.clone()],
        claims: Vec::new(),
    };
    let argv = experiment.argv(call).ok()?;
    let argv: Vec<String> = argv
        .iter()
        .map(|word| word.as_plain().into_owned())
        .collect();
    if !evidence::is_installed(argv.first()?) {
        return None;
    }
    // The documentation addresses are those of the copy; here the servers stand on loopback. Several
    // may be shown at one port: that of the server which is looked at comes first.
    let named = standing.scene.server(call.server.as_deref());
    let mut servers = standing.servers();
    servers.sort_by_key(|(server, _)| Some(&server.name) != named.map(|named| &named.name));
    let mut command: Vec<String> = Vec::new();
    for mut word in argv {
        for (server, at) in &servers {
            let (ip, port) = (server.shown_as.ip(), server.shown_as.port());
            word = word.replace(&server.shown_as.to_string(), &at.to_string());
            if word == ip.to_string() {
                word = at.ip().to_string();
            }
            if word == port.to_string() {
                word = at.port().to_string();
                break;
            }
        }
        command.push(quoted(&word));
    }
    Some(command.join(" "))
}

fn address(standing: &Standing, call: &Call) -> Option<Loopback> {
    let server = standing.scene.server(call.server.as_deref())?;
    standing.stage.as_ref()?.address(&server.name)
}

fn own_command(call: &Call, at: Option<Loopback>) -> String {
    let at = at.map(|at| at.to_string()).unwrap_or_default();
    let words = [call.scanner.to_string(), at].into_iter();
    let words = words.chain(call.args.iter().map(|arg| quoted(arg)));
    words.collect::<Vec<_>>().join(" ")
}

fn words(step: &Step) -> String {
    crate::evidence_run::command(step)
}

fn not_looked(scanner: Scanner, error: &RunError) -> Sight {
    match error {
        RunError::NotInstalled { program, .. } => Sight::LeftOut(format!(
            "{program} is not installed here, so the look with {} is left out.",
            scanner.title()
        )),
        RunError::NoCage(_) | RunError::NoCageGiven { .. } => Sight::LeftOut(format!(
            "This system gives us no private network, so the look with {} is left out.",
            scanner.title()
        )),
        RunError::Unfit { source, .. } => Sight::Failed(format!("Nobody could look: {source}.")),
        _ => {
            let mut text = error.to_string();
            let mut cause = error.source();
            while let Some(next) = cause {
                text = format!("{text}: {next}");
                cause = next.source();
            }
            Sight::Failed(format!("Nobody could look: {text}."))
        }
    }
}
