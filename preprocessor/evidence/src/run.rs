//! One experiment from beginning to end.

use std::time::Instant;

use time::OffsetDateTime;
use tokio::time::timeout;

use crate::clean::Clean;
use crate::experiment::{Experiment, Unfit};
use crate::facts::Facts;
use crate::lab::{Stage, StageError};
use crate::limits::Limits;
use crate::redaction::{Redaction, Redactor};
use crate::scanner::{Credential, ScanError, Target};
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
            RunError::Stage { .. } | RunError::Late { .. } => true,
            RunError::Scan { source, .. } => match source {
                ScanError::Connection(_) => true,
                ScanError::Certificate(_) => false,
            },
            RunError::Unfit { .. } | RunError::Betrayal { .. } => false,
        }
    }
}

/// Stands the scene up, lets the scanner look, and tears the scene down.
///
/// # Errors
/// The experiment is unfit, the machine cannot stand the scene up, or the
/// lines still hold a real address after redaction.
pub async fn run(experiment: &Experiment, limits: &Limits) -> Result<Transcript, RunError> {
    let unfit = |source| RunError::Unfit {
        id: experiment.id.clone(),
        source,
    };
    let request = experiment.request().map_err(unfit)?;
    let scene = || experiment.scene.id.clone();

    let stage = timeout(limits.start, Stage::stand(&experiment.scene))
        .await
        .map_err(|_| RunError::Late { scene: scene() })?
        .map_err(|source| RunError::Stage {
            scene: scene(),
            source,
        })?;
    let mut redactor = Redactor::default();
    for (standing, address) in stage.servers() {
        redactor.hide(address, standing.shown_as);
    }
    let (server, address) = stage
        .server(experiment.server.as_deref())
        .ok_or_else(|| unfit(experiment.no_server()))?;
    let identity = match (request.credential, stage.certificates()) {
        (Credential::None, _) => None,
        (Credential::Trusted, Some(certificates)) => Some(certificates.trusted()),
        (Credential::Stranger, Some(certificates)) => Some(certificates.stranger()),
        (_, None) => return Err(unfit(experiment.no_certificate())),
    };

    let started = OffsetDateTime::now_utc();
    let clock = Instant::now();
    let target = Target {
        address,
        server,
        identity,
        redactor: &redactor,
    };
    let looking = experiment.scanner.look(&target, &request, limits);
    let (facts, steps) = looking.await.map_err(|source| RunError::Scan {
        id: experiment.id.clone(),
        source,
    })?;
    let duration = clock.elapsed();

    let argv = experiment.argv_for(server);
    if let Some(text) = betrayed(&redactor, &argv, &steps, &facts) {
        return Err(RunError::Betrayal {
            id: experiment.id.clone(),
            text,
        });
    }
    Ok(Transcript {
        scanner: experiment.scanner,
        version: experiment.scanner.version().to_owned(),
        argv,
        started,
        duration,
        steps,
        facts,
        redactions: vec![Redaction {
            what: "the server's address".to_owned(),
            shown: server.shown_as.to_string(),
        }],
    })
}

/// The second pass: what is left, anywhere, of where the scene really stood.
fn betrayed(redactor: &Redactor, argv: &[Clean], steps: &[Step], facts: &Facts) -> Option<String> {
    // Byte counts could be equal to a port number by chance; as volatile
    // facts they are not printed.
    let facts = serde_json::to_string(&facts.findings()).unwrap_or_default();
    let lines = steps.iter().flat_map(|step| &step.lines);
    let texts = lines
        .filter(|line| !line.volatile)
        .map(|line| line.text.as_str())
        .chain(argv.iter().map(Clean::as_str))
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
