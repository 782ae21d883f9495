//! What a sample asks of this crate.

use std::sync::Arc;

use crate::claim::Claim;
use crate::digest::Digest;
use crate::scanner::{ArgumentError, Request, Scanner};
use crate::scene::{Scene, Server};

/// A scene, a scanner that looks at one of its servers, and what must hold.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// The sample's name; the recording has the same.
    pub id: String,
    /// The servers that stand for the run.
    pub scene: Arc<Scene>,
    /// Which of them is looked at; may be left out when there is only one.
    pub server: Option<String>,
    /// Who looks.
    pub scanner: Scanner,
    /// The scanner's arguments, never a shell string.
    pub args: Vec<String>,
    /// What must hold.
    pub claims: Vec<Claim>,
}

/// An experiment that cannot be run as it is written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unfit {
    /// The scene has several servers and none is named.
    #[error("the scene `{scene}` has several servers; name one of them: {}", .known.join(", "))]
    NoServerNamed {
        /// The scene's name.
        scene: String,
        /// The servers it has.
        known: Vec<String>,
    },
    /// The scene has no server of that name.
    #[error("the scene `{scene}` has no server {server:?}; it has: {}", .known.join(", "))]
    NoSuchServer {
        /// The scene's name.
        scene: String,
        /// The name asked for.
        server: String,
        /// The servers it has.
        known: Vec<String>,
    },
    /// The scanner does not understand its arguments.
    #[error(transparent)]
    Arguments(#[from] ArgumentError),
}

impl Experiment {
    /// Whether the experiment could be run, found out without running it.
    ///
    /// # Errors
    /// Every reason why not.
    pub fn check(&self) -> Result<(), Vec<Unfit>> {
        let server = self.server().err();
        let request = self.request().err();
        let unfit: Vec<Unfit> = server.into_iter().chain(request).collect();
        if unfit.is_empty() { Ok(()) } else { Err(unfit) }
    }

    /// The server that is looked at.
    ///
    /// # Errors
    /// The scene has no such server, or more than one and none is named.
    pub fn server(&self) -> Result<&Server, Unfit> {
        let scene = self.scene.id.clone();
        let known = || self.scene.servers.iter().map(|s| s.name.clone()).collect();
        self.scene
            .server(self.server.as_deref())
            .ok_or_else(|| match &self.server {
                Some(server) => Unfit::NoSuchServer {
                    scene,
                    server: server.clone(),
                    known: known(),
                },
                None => Unfit::NoServerNamed {
                    scene,
                    known: known(),
                },
            })
    }

    /// The arguments, understood.
    ///
    /// # Errors
    /// An argument the scanner does not know or cannot use.
    pub fn request(&self) -> Result<Request, Unfit> {
        Ok(Request::parse(&self.args)?)
    }

    /// The digest of what is run: scanner, arguments, server. Claims are left
    /// out, they are judged anew in every build.
    pub fn digest(&self) -> Digest {
        let server = self.server().map(|server| server.name.as_str()).ok();
        Digest::of(&(self.scanner.to_string(), &self.args, server))
    }
}
