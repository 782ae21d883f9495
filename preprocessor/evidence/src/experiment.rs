//! What a sample asks of this crate.

use std::sync::Arc;

use crate::claim::{Claim, Claimed, Refuted};
use crate::clean::Clean;
use crate::digest::Digest;
use crate::scanner::{
    ArgumentError, Arguments, Credential, Depth, Names, Question, Request, Scanner, substitute,
};
use crate::scene::{Scene, Server};
use crate::transcript::Step;

/// The most calls of one experiment.
const MOST_CALLS: usize = 12;

/// A scene, scanners that look at it, and what must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experiment {
    /// The sample's name; the recording has the same.
    pub id: String,
    /// The servers that stand for the run.
    pub scene: Arc<Scene>,
    /// Who looks, one after the other.
    pub calls: Vec<Call>,
    /// What must hold.
    pub claims: Vec<Claimed>,
}

/// One call of one scanner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Call {
    /// Who looks.
    pub scanner: Scanner,
    /// Which server is looked at; may be left out when there is only one, and
    /// where the arguments name all that is needed.
    pub server: Option<String>,
    /// The scanner's arguments, never a shell string. For programs that are not
    /// ours, `{host}` and `{port}` stand for the server's, and `{NAME.host}` and
    /// `{NAME.port}` for those of any.
    pub args: Vec<String>,
    /// Words of the lines that readers are shown; all lines, where none is
    /// named. Each cut is marked.
    pub keep: Vec<String>,
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
        claim: Claimed,
        /// How far the scanner goes.
        until: Depth,
    },
    /// A claim about something the scanner never speaks of.
    #[error("the claim `{claim}` is about something that {scanner} never speaks of")]
    NeverSaid {
        /// The claim.
        claim: Claimed,
        /// The scanner.
        scanner: Scanner,
    },
    /// A claim that does not say which step it is about, or names one that is
    /// not there.
    #[error("the claim `{claim}` has to name one of the {steps} steps: step = 1")]
    NoSuchStep {
        /// The claim.
        claim: Claimed,
        /// How many there are.
        steps: usize,
    },
    /// An exit status, or how long it took, says too little about a call of
    /// which nothing else is claimed.
    #[error("the claim `{claim}` cannot stand alone: claim what was seen too")]
    Alone {
        /// The claim.
        claim: Claimed,
    },
    /// There is nothing to do, or too much.
    #[error("a sample has 1 to {MOST_CALLS} steps, this one has {steps}")]
    Calls {
        /// How many it has.
        steps: usize,
    },
    /// Programs that are not ours need a network of their own, and so a scene
    /// of servers that can stand in one.
    #[error("{0} stands only in scenes that are looked at with programs that are not ours")]
    NoCage(Scanner),
    /// The scanner does not understand its arguments.
    #[error(transparent)]
    Arguments(#[from] ArgumentError),
}

impl Experiment {
    /// Whether it needs a network of its own, which the system may forbid.
    pub fn needs_a_cage(&self) -> bool {
        let ours = |call: &Call| {
            matches!(
                call.scanner,
                Scanner::Probe | Scanner::Eavesdropper | Scanner::WebProbe
            )
        };
        self.scene.needs_a_cage() || !self.calls.iter().all(ours)
    }

    /// The programs it needs that are not ours, and where each comes from,
    /// sorted.
    pub fn programs(&self) -> Vec<(&'static str, &'static str)> {
        let servers = self.scene.servers.iter().filter_map(Server::program);
        let tools = self.calls.iter().filter_map(|call| call.scanner.tool());
        let tools = tools.map(|tool| (tool.program, tool.package));
        let rules = self.scene.firewall.iter().map(|_| ("nft", "nftables"));
        let cage = [
            ("unshare", "util-linux"),
            ("ip", "iproute2"),
            ("mount", "mount"),
        ];
        let cage = cage.into_iter().filter(|_| self.needs_a_cage());
        let rsa = self.scene.servers.iter().any(Server::needs_rsa);
        let rsa = rsa.then_some(("openssl", "openssl"));
        let capture = self.captures().then_some(("dumpcap", "tshark"));
        let mut programs: Vec<_> = servers.chain(tools).chain(rules).chain(cage).collect();
        programs.extend(capture.into_iter().chain(rsa));
        programs.sort_unstable();
        programs.dedup();
        programs
    }

    fn captures(&self) -> bool {
        let tshark = |call: &Call| call.scanner == Scanner::Tshark;
        self.calls.iter().any(tshark)
    }

    /// Whether the experiment could be run, found out without running it.
    ///
    /// # Errors
    /// Every reason why not.
    pub fn check(&self) -> Result<(), Vec<Unfit>> {
        let steps = self.calls.len();
        let mut unfit = Vec::new();
        if !(1..=MOST_CALLS).contains(&steps) {
            unfit.push(Unfit::Calls { steps });
        }
        for (index, call) in self.calls.iter().enumerate() {
            let faults = self.faults(call);
            if faults.is_empty() {
                unfit.extend(self.mismatches(index, call));
            }
            unfit.extend(faults);
        }
        for claim in &self.claims {
            unfit.extend(self.claim_mismatch(claim));
        }
        if unfit.is_empty() { Ok(()) } else { Err(unfit) }
    }

    /// What keeps a call from being made at all.
    fn faults(&self, call: &Call) -> Vec<Unfit> {
        if call.scanner.tool().is_some() {
            return Vec::from_iter(self.arguments(call).err());
        }
        let arguments = match call.scanner {
            Scanner::Idle => call.args.first().map(|argument| {
                let unknown = ArgumentError::Unknown(argument.clone());
                unknown.into()
            }),
            Scanner::WebProbe => Self::question(call).err(),
            _ => Self::request(call).err(),
        };
        self.server(call)
            .err()
            .into_iter()
            .chain(arguments)
            .collect()
    }

    /// What in the arguments of one of our own scanners does not go with the
    /// scene or the claims.
    fn mismatches(&self, index: usize, call: &Call) -> Vec<Unfit> {
        let Some(request) = Self::request(call).ok().flatten() else {
            return Vec::new();
        };
        let until = request.until;
        let has_certificates = self.scene.servers.iter().any(Server::speaks_tls);
        let certificate = (request.credential != Credential::None && !has_certificates)
            .then(|| self.no_certificate());
        let about_it = |claim: &&Claimed| self.call_of(claim) == Some(index);
        let never_asked = self.claims.iter().filter(about_it);
        let never_asked = never_asked.filter(|claim| claim.claim.depth() > until);
        let never_asked = never_asked.map(|claim| Unfit::NeverAsked {
            claim: claim.clone(),
            until,
        });
        certificate.into_iter().chain(never_asked).collect()
    }

    /// What does not go with a claim.
    fn claim_mismatch(&self, claim: &Claimed) -> Option<Unfit> {
        let Some(index) = self.call_of(claim) else {
            return Some(Unfit::NoSuchStep {
                claim: claim.clone(),
                steps: self.calls.len(),
            });
        };
        let call = self.calls.get(index)?;
        if let Some(at) = claim.at.as_deref()
            && self.scene.server(Some(at)).is_none()
        {
            return Some(self.no_server(Some(at)));
        }
        let script = |word: &String| word.contains("dicom-ping");
        let never_run = matches!(claim.claim, Claim::DicomPing(_)) && !call.args.iter().any(script);
        if never_run || !claim.claim.concerns(call.scanner) {
            return Some(Unfit::NeverSaid {
                claim: claim.clone(),
                scanner: call.scanner,
            });
        }
        let other =
            |other: &&Claimed| self.call_of(other) == Some(index) && !other.claim.needs_company();
        let alone = claim.claim.needs_company() && self.claims.iter().find(other).is_none();
        alone.then(|| Unfit::Alone {
            claim: claim.clone(),
        })
    }

    /// The index of the call a claim is about.
    fn call_of(&self, claim: &Claimed) -> Option<usize> {
        match claim.step {
            Some(step) => step
                .checked_sub(1)
                .filter(|index| *index < self.calls.len()),
            None => (self.calls.len() == 1).then_some(0),
        }
    }

    /// Judges a claim by what was seen.
    ///
    /// # Errors
    /// What was seen in its place.
    pub fn judge(&self, claim: &Claimed, steps: &[Step]) -> Result<(), Refuted> {
        let refuted = |observed: String| Refuted {
            claim: claim.clone(),
            observed,
        };
        let step = self.call_of(claim).and_then(|index| steps.get(index));
        let step = step.ok_or_else(|| refuted("no such step".to_owned()))?;
        let call = self.call_of(claim).and_then(|index| self.calls.get(index));
        let named = claim.at.as_deref();
        let named = named.or_else(|| call.and_then(|call| call.server.as_deref()));
        let at = self.scene.server(named).map(|server| server.shown_as);
        claim.claim.judge(step, at).map_err(refuted)
    }

    /// Every claim that does not hold.
    pub fn refuted(&self, steps: &[Step]) -> Vec<Refuted> {
        let judge = |claim| self.judge(claim, steps).err();
        self.claims.iter().filter_map(judge).collect()
    }

    /// The scene makes no certificates.
    pub(crate) fn no_certificate(&self) -> Unfit {
        Unfit::NoCertificate {
            scene: self.scene.id.clone(),
        }
    }

    /// The scene does not say which server is meant.
    pub(crate) fn no_server(&self, named: Option<&str>) -> Unfit {
        let scene = self.scene.id.clone();
        let known = self.scene.servers.iter().map(|s| s.name.clone()).collect();
        match named {
            Some(server) => Unfit::NoSuchServer {
                scene,
                server: server.to_owned(),
                known,
            },
            None => Unfit::NoServerNamed { scene, known },
        }
    }

    /// The server that a call looks at, where it has to look at one.
    ///
    /// # Errors
    /// The scene has no such server, or more than one and none is named.
    pub fn server(&self, call: &Call) -> Result<&Server, Unfit> {
        let named = call.server.as_deref();
        let server = self.scene.server(named);
        server.ok_or_else(|| self.no_server(named))
    }

    /// A call's command as a reader sees it. For our own scanners: the name, the
    /// shown address, the arguments; for others, what is started.
    ///
    /// # Errors
    /// The scene has no such server, or an argument cannot stand there.
    pub fn argv(&self, call: &Call) -> Result<Vec<Clean>, Unfit> {
        let Some(tool) = call.scanner.tool() else {
            let shown = self.server(call)?.shown_as.to_string();
            let words = [call.scanner.to_string(), shown].into_iter();
            let words = words.chain(call.args.iter().cloned());
            return Ok(words.map(Clean::from).collect());
        };
        let words = std::iter::once(tool.program.to_owned());
        let words = words.chain(self.arguments(call)?.all);
        Ok(words.map(Clean::from).collect())
    }

    /// The arguments with which a program that is not ours is started.
    pub(crate) fn arguments(&self, call: &Call) -> Result<Arguments, Unfit> {
        let Some(tool) = call.scanner.tool() else {
            return Ok(Arguments {
                all: call.args.clone(),
                written: Vec::new(),
            });
        };
        let named = call.server.as_deref();
        if named.is_some() && self.scene.server(named).is_none() {
            return Err(self.no_server(named));
        }
        let names = Names {
            scene: &self.scene,
            server: self.scene.server(named),
        };
        let always = tool.always.iter().map(|word| (*word).to_owned());
        let mut args = substitute(tool, &call.args, &names)?;
        args.all.splice(..0, always);
        Ok(args)
    }

    /// The arguments of the probe or the eavesdropper, understood; nothing, for
    /// any other scanner.
    ///
    /// # Errors
    /// An argument the scanner does not know or cannot use.
    pub fn request(call: &Call) -> Result<Option<Request>, Unfit> {
        match call.scanner {
            Scanner::Probe | Scanner::Eavesdropper => Ok(Some(Request::parse(&call.args)?)),
            _ => Ok(None),
        }
    }

    /// The arguments of `web-probe`, understood; nothing, for any other scanner.
    ///
    /// # Errors
    /// It is no question that it asks.
    pub fn question(call: &Call) -> Result<Option<Question>, Unfit> {
        match call.scanner {
            Scanner::WebProbe => Ok(Some(Question::parse(&call.args)?)),
            _ => Ok(None),
        }
    }

    /// The digest of what is run: scanners, arguments, servers, and which lines
    /// are shown. Claims are left out, they are judged anew in every build.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.calls)
    }
}

impl Claim {
    /// The claim about the only step.
    pub fn claimed(self) -> Claimed {
        Claimed::from(self)
    }
}
