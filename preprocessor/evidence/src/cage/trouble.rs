//! Why nothing could be seen in a cage.

use std::io;

use super::order::Outcome;
use crate::certificates::CertificateError;
use crate::experiment::Unfit;
use crate::scanner::ScanError;
use crate::servers::StoreError;

/// What went wrong in a cage. It travels out as text.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// The order could not be read.
    #[error("the order could not be read")]
    Order(#[source] serde_json::Error),
    /// The scene's text could not be read again.
    #[error("the scene could not be read again")]
    Scene,
    /// The experiment does not fit.
    #[error("the experiment does not fit")]
    Unfit(#[from] Unfit),
    /// A call would write over a file that lies in the scene's folder.
    #[error("{program} would write over {file:?}, which is there already; choose another name")]
    Overwrites {
        /// The program.
        program: &'static str,
        /// The file.
        file: String,
    },
    /// This is not a network of its own; nothing was started.
    #[error("this is no cage: {0}; nothing was started")]
    NoCage(&'static str),
    /// The namespaces are there and cannot be furnished.
    #[error("its inside could not be set up")]
    Settling(#[source] Box<Trouble>),
    /// A program of the system could not do its part.
    #[error("{program} could not {task}: {said}")]
    System {
        /// The program.
        program: &'static str,
        /// What it was to do.
        task: &'static str,
        /// What it said.
        said: String,
    },
    /// The system said no.
    #[error("cannot {task}")]
    Io {
        /// What was tried.
        task: String,
        /// Why not.
        source: io::Error,
    },
    /// A program is not installed.
    #[error("{0} is not installed")]
    NotInstalled(&'static str),
    /// The certificates could not be made.
    #[error(transparent)]
    Certificates(#[from] CertificateError),
    /// Our own scanner could not begin.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// A server did not come up.
    #[error("the server `{server}` did not come up; it said: {said}")]
    NotReady {
        /// The server.
        server: String,
        /// The end of its log.
        said: String,
    },
    /// The patients could not be put into an archive.
    #[error("the patients could not be put into the server `{server}`")]
    Store {
        /// The server.
        server: String,
        /// Why not.
        source: StoreError,
    },
}

impl Trouble {
    pub(super) fn io(task: impl Into<String>) -> impl FnOnce(io::Error) -> Trouble {
        let task = task.into();
        move |source| Trouble::Io { task, source }
    }

    /// How it is told to whoever gave the order.
    pub(super) fn into_outcome(self) -> Outcome {
        let problem = chain(&self);
        match &self {
            Trouble::NoCage(_) | Trouble::Settling(_) => Outcome::NoCage(problem),
            _ => Outcome::Trouble {
                machine: self.is_the_machines_fault(),
                problem,
            },
        }
    }

    /// Whether another machine, or this one later, could do it.
    fn is_the_machines_fault(&self) -> bool {
        match self {
            Trouble::Order(_)
            | Trouble::Scene
            | Trouble::Unfit(_)
            | Trouble::Overwrites { .. }
            | Trouble::System { .. }
            | Trouble::Store { .. }
            | Trouble::Scan(ScanError::Certificate(_)) => false,
            Trouble::NoCage(_)
            | Trouble::Settling(_)
            | Trouble::Io { .. }
            | Trouble::NotInstalled(_)
            | Trouble::Certificates(_)
            | Trouble::Scan(ScanError::Connection(_))
            | Trouble::NotReady { .. } => true,
        }
    }
}

/// An error with its causes, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    let words: Vec<String> = std::iter::once(error.to_string())
        .chain(causes.map(ToString::to_string))
        .collect();
    words.join(": ")
}
