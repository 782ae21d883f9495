//! One experiment from beginning to end.

use std::time::Instant;

use time::OffsetDateTime;
use tokio::time::timeout;

use crate::cage::Cage;
use crate::clean::Clean;
use crate::experiment::{Call, Experiment, Unfit};
use crate::facts::Seen;
use crate::lab::{Stage, StageError};
use crate::limits::Limits;
use crate::lines::kept;
use crate::redaction::{Redaction, Redactor};
use crate::scanner::{Asked, Credential, ScanError, Scanner, Target, WebTarget, ask, look};
use crate::transcript::{Step, Transcript};

/// A run that gave no transcript. What a server does is never such an error,
/// it is a finding; this is about the experiment and the machine.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// It cannot be run as it is written.
    #[error("the experiment `{id}` cannot be run as it is written")]
    Unfit {
        /// The experiment's name.
        id: String,
        /// Why not.
        source: Unfit,
    },
    /// The scene did not stand.
    #[error("the scene `{scene}` did not stand")]
    Stage {
        /// The scene's name.
        scene: String,
        /// Why.
        source: StageError,
    },
    /// The scene did not stand in time.
    #[error("the scene `{scene}` did not stand in time")]
    Late {
        /// The scene's name.
        scene: String,
    },
    /// The scanner could not begin.
    #[error("the scan of `{id}` could not begin")]
    Scan {
        /// The experiment's name.
        id: String,
        /// Why.
        source: ScanError,
    },
    /// A program that it needs is not there.
    #[error("{program} is not installed; it comes with the package {package}")]
    NotInstalled {
        /// The program.
        program: String,
        /// The package it comes with; `pypi:NAME` for one of PyPI.
        package: String,
    },
    /// It needs a network of its own, and this program cannot make one.
    #[error("`{id}` is looked at with programs that are not ours, which needs a cage")]
    NoCageGiven {
        /// The experiment's name.
        id: String,
    },
    /// The system forbids networks of one's own, or has no program to make one.
    #[error(
        "this system lets us make no private network, in which programs that are not ours run: {0}"
    )]
    NoCage(String),
    /// It ended in the cage without an answer: a fault of ours.
    #[error("looking at `{id}` broke off: {said}")]
    Broke {
        /// The experiment's name.
        id: String,
        /// What was said last.
        said: String,
    },
    /// No lab stands under this number.
    #[error("no lab of yours stands under the number {0}; `cargo shelf lab SCENE` says its own")]
    NoLab(u32),
    /// Something went wrong in the cage.
    #[error("`{id}` could not be looked at: {problem}")]
    Caged {
        /// The experiment's name.
        id: String,
        /// What went wrong, with its causes.
        problem: String,
        /// Whether another machine, or this one later, could do it.
        machine: bool,
    },
    /// A line would tell readers where the scene really stood.
    #[error("`{text}` is left in the transcript of `{id}`; it must not be printed")]
    Betrayal {
        /// The experiment's name.
        id: String,
        /// What is left.
        text: String,
    },
}

impl RunError {
    /// Whether this machine cannot run the experiment now, but another, or the
    /// same one later, could: it is short of ports, connections, random
    /// numbers or time. Otherwise the experiment is wrong, or this program is,
    /// and nothing but a correction will help.
    pub fn is_the_machines_fault(&self) -> bool {
        match self {
            RunError::Stage { .. }
            | RunError::Late { .. }
            | RunError::NotInstalled { .. }
            | RunError::NoCage(_) => true,
            RunError::Caged { machine, .. } => *machine,
            RunError::Scan { source, .. } => match source {
                ScanError::Connection(_) => true,
                ScanError::Certificate(_) => false,
            },
            RunError::Unfit { .. }
            | RunError::NoCageGiven { .. }
            | RunError::Broke { .. }
            | RunError::NoLab(_)
            | RunError::Betrayal { .. } => false,
        }
    }
}

/// Stands the scene up, lets the scanners look, and tears the scene down. Where
/// programs that are not ours take part, all of it happens in a cage.
///
/// # Errors
/// The experiment is unfit, the machine cannot stand the scene up, or the
/// lines still hold a real address after redaction.
pub async fn run(
    experiment: &Experiment,
    limits: &Limits,
    cage: Option<&Cage>,
) -> Result<Transcript, RunError> {
    if experiment.needs_a_cage() {
        let cage = cage.ok_or_else(|| RunError::NoCageGiven {
            id: experiment.id.clone(),
        })?;
        return cage.run(experiment, limits).await;
    }
    let scene = || experiment.scene.id.clone();
    let stage = timeout(limits.start, Stage::stand(&experiment.scene))
        .await
        .map_err(|_| RunError::Late { scene: scene() })?
        .map_err(|source| RunError::Stage {
            scene: scene(),
            source,
        })?;
    run_on(&stage, experiment, limits).await
}

/// Lets our own scanners look at a scene that stands already, and goes on
/// standing: for a lab, in which somebody else looks too. The stage must be that
/// of the experiment's scene.
///
/// # Errors
/// The experiment is unfit or needs a cage, or the lines still hold a real
/// address after redaction.
pub async fn run_on(
    stage: &Stage,
    experiment: &Experiment,
    limits: &Limits,
) -> Result<Transcript, RunError> {
    if experiment.needs_a_cage() {
        return Err(RunError::NoCageGiven {
            id: experiment.id.clone(),
        });
    }
    let mut redactor = Redactor::default();
    for (standing, address) in stage.servers() {
        redactor.hide(address, standing.shown_as);
    }
    let started = OffsetDateTime::now_utc();
    let clock = Instant::now();
    let mut steps = Vec::new();
    let mut redactions = Vec::new();
    for call in &experiment.calls {
        let (step, replaced) = look_once(experiment, call, stage, &redactor, limits).await?;
        steps.push(step);
        let redaction = Redaction {
            what: "the server's address".to_owned(),
            shown: experiment
                .server(call)
                .map(|server| server.shown_as.to_string())
                .unwrap_or_default(),
        };
        for redaction in std::iter::once(redaction).chain(replaced) {
            if !redactions.contains(&redaction) {
                redactions.push(redaction);
            }
        }
    }
    if let Some(text) = betrayed(&redactor, &steps) {
        return Err(RunError::Betrayal {
            id: experiment.id.clone(),
            text,
        });
    }
    Ok(Transcript {
        started,
        duration: clock.elapsed(),
        steps,
        redactions,
        servers: Vec::new(),
        raw: Vec::new(),
    })
}

/// Lets our own scanners look at a scene that stands already, and goes on standing:
/// for a lab, in which somebody else looks too. The scene must be that of the
/// experiment. Lines tell of real addresses.
///
/// # Errors
/// The experiment is unfit or needs a cage, or the machine is short of something.
pub async fn look_at(
    stage: &Stage,
    experiment: &Experiment,
    limits: &Limits,
) -> Result<Vec<Step>, RunError> {
    if experiment.needs_a_cage() {
        return Err(RunError::NoCageGiven {
            id: experiment.id.clone(),
        });
    }
    let redactor = Redactor::default();
    let mut steps = Vec::new();
    for call in &experiment.calls {
        let (step, _) = look_once(experiment, call, stage, &redactor, limits).await?;
        steps.push(step);
    }
    Ok(steps)
}

/// One call of one of our own scanners, and what was replaced in its lines, the
/// address excepted.
async fn look_once(
    experiment: &Experiment,
    call: &Call,
    stage: &Stage,
    redactor: &Redactor,
    limits: &Limits,
) -> Result<(Step, Vec<Redaction>), RunError> {
    let unfit = |source| RunError::Unfit {
        id: experiment.id.clone(),
        source,
    };
    let scan = |source| RunError::Scan {
        id: experiment.id.clone(),
        source,
    };
    let (server, address) = stage
        .server(call.server.as_deref())
        .ok_or_else(|| unfit(experiment.no_server(call.server.as_deref())))?;
    let clock = Instant::now();
    let step = |seen, lines| -> Result<Step, RunError> {
        Ok(Step {
            scanner: call.scanner,
            version: Clean::line(env!("CARGO_PKG_VERSION"), 60),
            package: None,
            argv: experiment.argv(call).map_err(unfit)?,
            exit: None,
            tenths: u32::try_from(clock.elapsed().as_millis() / 100).unwrap_or(u32::MAX),
            lines: kept(lines, &call.keep),
            seen,
            raw: None,
        })
    };
    if let Some(question) = Experiment::question(call).map_err(unfit)? {
        let target = WebTarget {
            address,
            server,
            log: stage.access_log(&server.name),
            redactor,
        };
        let Asked {
            web,
            lines,
            redactions,
        } = ask(&target, &question, limits).await.map_err(scan)?;
        return Ok((step(Seen::Web(web), lines)?, redactions));
    }
    let request = Experiment::request(call).map_err(unfit)?;
    let request = request.ok_or_else(|| unfit(Unfit::NoCage(call.scanner)))?;
    let identity = match (request.credential, stage.certificates()) {
        (Credential::None, _) => None,
        (Credential::Trusted, Some(certificates)) => Some(certificates.trusted()),
        (Credential::Stranger, Some(certificates)) => Some(certificates.stranger()),
        (_, None) => return Err(unfit(experiment.no_certificate())),
    };
    let target = Target {
        address,
        server,
        identity,
        redactor,
    };
    let listening = call.scanner == Scanner::Eavesdropper;
    let looking = look(listening, &target, &request, limits);
    let (facts, lines) = looking.await.map_err(scan)?;
    Ok((step(Seen::Dicom(Box::new(facts)), lines)?, Vec::new()))
}

/// The second pass: what is left, anywhere, of where the scene really stood.
fn betrayed(redactor: &Redactor, steps: &[Step]) -> Option<String> {
    // Byte counts could be equal to a port number by chance; as volatile
    // facts they are not printed.
    let facts = steps.iter().map(|step| step.seen.findings());
    let facts = serde_json::to_string(&facts.collect::<Vec<_>>()).unwrap_or_default();
    let lines = steps.iter().flat_map(|step| &step.lines);
    let texts = lines
        .filter(|line| !line.volatile)
        .map(|line| line.text.as_str())
        .chain(steps.iter().flat_map(|step| &step.argv).map(Clean::as_str))
        .chain([facts.as_str()]);
    for text in texts {
        if let Some(left) = redactor.betrayed(text) {
            return Some(left.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::certificates::CertificateError;

    #[test]
    fn the_machine_is_told_from_the_experiment() {
        let name = || "x".to_owned();
        let short = || io::Error::from(io::ErrorKind::OutOfMemory);
        let scan = |source| RunError::Scan { id: name(), source };
        let stage = |source| RunError::Stage {
            scene: name(),
            source,
        };
        let key = || CertificateError::Using(rustls::Error::EncryptError);
        for (error, machine) in [
            (stage(StageError::Port(short())), true),
            (stage(StageError::Certificates(key())), true),
            (RunError::Late { scene: name() }, true),
            (scan(ScanError::Connection(short())), true),
            (scan(ScanError::Certificate(key())), false),
            (
                RunError::Unfit {
                    id: name(),
                    source: Unfit::NoCertificate { scene: name() },
                },
                false,
            ),
            (
                RunError::Betrayal {
                    id: name(),
                    text: name(),
                },
                false,
            ),
        ] {
            assert_eq!(error.is_the_machines_fault(), machine, "{error}");
        }
    }
}
