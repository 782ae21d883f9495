//! One experiment from beginning to end.

use std::time::Instant;

use time::OffsetDateTime;
use tokio::time::timeout;

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
    /// The arguments ask for a certificate the scene does not have.
    #[error("no server of the scene `{scene}` speaks TLS, so there is no certificate to show")]
    NoCertificate {
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
    let server = experiment.server().map_err(unfit)?;
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
    let address = stage.address(&server.name).ok_or_else(|| {
        unfit(Unfit::NoSuchServer {
            scene: scene(),
            server: server.name.clone(),
            known: stage.servers().map(|(s, _)| s.name.clone()).collect(),
        })
    })?;
    let certificates = stage.certificates();
    let identity = match request.credential {
        Credential::None => None,
        Credential::Trusted => certificates.map(|certificates| certificates.trusted()),
        Credential::Stranger => certificates.map(|certificates| certificates.stranger()),
    };
    if identity.is_none() && request.credential != Credential::None {
        return Err(RunError::NoCertificate { scene: scene() });
    }

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

    let shown = server.shown_as.to_string();
    let argv: Vec<String> = [experiment.scanner.to_string(), shown.clone()]
        .into_iter()
        .chain(experiment.args.iter().cloned())
        .collect();
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
            shown,
        }],
    })
}

/// The second pass: what is left, anywhere, of where the scene really stood.
fn betrayed(redactor: &Redactor, argv: &[String], steps: &[Step], facts: &Facts) -> Option<String> {
    // Byte counts could be equal to a port number by chance; as volatile
    // facts they are not printed.
    let facts = serde_json::to_string(&facts.findings()).unwrap_or_default();
    let lines = steps.iter().flat_map(|step| &step.lines);
    let texts = lines
        .filter(|line| !line.volatile)
        .map(|line| line.text.as_str())
        .chain(argv.iter().map(String::as_str))
        .chain([facts.as_str()]);
    for text in texts {
        if let Some(left) = redactor.betrayed(text) {
            return Some(left.to_owned());
        }
    }
    None
}
