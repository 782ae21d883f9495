//! What a sample asks of this crate.

use std::sync::Arc;

use crate::claim::Claim;
use crate::clean::Clean;
use crate::digest::Digest;
use crate::scanner::{ArgumentError, Credential, Depth, Request, Scanner};
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
    /// A certificate is to be shown, and the scene has nobody to issue one.
    #[error("no server of the scene `{scene}` speaks TLS, so there is no certificate to show")]
    NoCertificate {
        /// The scene's name.
        scene: String,
    },
    /// A claim about a question that is never asked. It could not fail, or
    /// could not hold, whatever the server does.
    #[error(
        "the claim `{claim}` is about a question that is never asked: it ends at `--until {until}`"
    )]
    NeverAsked {
        /// The claim.
        claim: Claim,
        /// How far the scanner goes.
        until: Depth,
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
        let mut unfit = Vec::from_iter(self.server().err());
        match self.request() {
            Ok(request) => unfit.extend(self.mismatches(&request)),
            Err(error) => unfit.push(error),
        }
        if unfit.is_empty() { Ok(()) } else { Err(unfit) }
    }

    /// What in the arguments does not go with the scene or the claims.
    fn mismatches(&self, request: &Request) -> Vec<Unfit> {
        let until = request.until;
        let has_certificates = self.scene.servers.iter().any(Server::speaks_tls);
        let certificate = (request.credential != Credential::None && !has_certificates)
            .then(|| self.no_certificate());
        let never_asked = self.claims.iter().filter(|claim| claim.depth() > until);
        let never_asked = never_asked.map(|claim| Unfit::NeverAsked {
            claim: *claim,
            until,
        });
        certificate.into_iter().chain(never_asked).collect()
    }

    /// The scene makes no certificates.
    pub(crate) fn no_certificate(&self) -> Unfit {
        Unfit::NoCertificate {
            scene: self.scene.id.clone(),
        }
    }

    /// The scene does not say which server is meant.
    pub(crate) fn no_server(&self) -> Unfit {
        let scene = self.scene.id.clone();
        let known = self.scene.servers.iter().map(|s| s.name.clone()).collect();
        match &self.server {
            Some(server) => Unfit::NoSuchServer {
                scene,
                server: server.clone(),
                known,
            },
            None => Unfit::NoServerNamed { scene, known },
        }
    }

    /// The server that is looked at.
    ///
    /// # Errors
    /// The scene has no such server, or more than one and none is named.
    pub fn server(&self) -> Result<&Server, Unfit> {
        self.scene
            .server(self.server.as_deref())
            .ok_or_else(|| self.no_server())
    }

    /// The command as a reader sees it: the scanner, the shown address, the
    /// arguments.
    ///
    /// # Errors
    /// The scene has no such server, or more than one and none is named.
    pub fn argv(&self) -> Result<Vec<Clean>, Unfit> {
        Ok(self.argv_for(self.server()?))
    }

    /// The command, for the server that is looked at.
    pub(crate) fn argv_for(&self, server: &Server) -> Vec<Clean> {
        let words = [self.scanner.to_string(), server.shown_as.to_string()];
        let words = words.into_iter().chain(self.args.iter().cloned());
        words.map(Clean::from).collect()
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
