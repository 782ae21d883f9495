//! Live evidence: a synthetic DICOM lab on loopback, and scanners that look
//! at it. What the site prints as output comes from here, run at build.
//!
//! # The journey
//!
//! 1. A [`Scene`] says which servers stand, with which settings. It is read
//!    from `content/scenes/ID.toml`; every problem is a [`Misfit`] with its
//!    place in the text.
//! 2. An [`Experiment`] names a scene, the [`Call`]s of [`Scanner`]s that look at
//!    its servers, and the [`Claim`]s that must hold.
//! 3. [`run`] stands the scene up on a [`Stage`], lets the scanners look, and
//!    tears the scene down, all inside [`Limits`]. Where programs that are not
//!    ours take part, it does so in a [`Cage`]: a private network that has
//!    loopback and nothing else.
//! 4. The [`Transcript`] holds typed facts ([`Seen`]) and clean lines. Claims are
//!    judged on the facts, never on words; a claim that does not hold is
//!    [`Refuted`] and says what was seen in its place.
//! 5. A [`Recording`] keeps a transcript in the repository. It knows whether
//!    it still [fits](Recording::fits) an experiment, and whether a fresh run
//!    [differs](Recording::differs) in what it found.
//!
//! # What can be relied on
//!
//! - **Loopback only.** A [`Loopback`] cannot hold another address, and every
//!   function that binds or connects takes one.
//! - **Nothing real.** Patients' names start with `SYNTHETIC^`, shown addresses
//!   are from the ranges for documentation; a scene with others is refused.
//! - **Everything ends.** Time, bytes, lines and line lengths have limits, for
//!   honest and hostile peers alike.
//! - **Strangers' text is inert.** It exists only as [`Clean`] text, and leaves
//!   only as HTML or plain text that can neither act nor hide.
//! - **No global state.** Ports come from the operating system, keys are made
//!   for each scene, no folder is assumed: experiments run side by side.
//!
//! The functions are asynchronous and run on the caller's tokio runtime, which
//! needs its network and time drivers.
//!
//! # Example
//!
//! ```
//! use std::sync::Arc;
//! use evidence::{Call, Claim, Experiment, Limits, Scanner, Scene, run};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = r#"
//!     title = "A closed port"
//!     [[server]]
//!     name     = "archive"
//!     kind     = "nothing"
//!     shown-as = "192.0.2.15:11112"
//! "#;
//! let scene = Scene::parse("closed-port", text).map_err(|_| "the scene is misfit")?;
//! let experiment = Experiment {
//!     id: "closed-port".to_owned(),
//!     scene: Arc::new(scene),
//!     calls: vec![Call {
//!         scanner: Scanner::Probe,
//!         server: None,
//!         args: Vec::new(),
//!         keep: Vec::new(),
//!     }],
//!     claims: vec![Claim::Port(evidence::Port::Closed).claimed()],
//! };
//! let transcript = run(&experiment, &Limits::default(), None).await?;
//! assert!(experiment.refuted(&transcript.steps).is_empty());
//! let argv = transcript.steps[0].argv.iter();
//! let argv: Vec<_> = argv.map(|word| word.as_plain()).collect();
//! assert_eq!(argv, ["probe", "192.0.2.15:11112"]);
//! # Ok(())
//! # }
//! ```

// What somebody wrote is no reason to panic; tests may.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::panic,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable
    )
)]
// Elsewhere there are no cages, and nothing stands in one.
#![cfg_attr(not(target_os = "linux"), allow(dead_code, unused_imports))]

#[cfg(target_os = "linux")]
mod cage;
#[cfg(not(target_os = "linux"))]
#[path = "no_cage.rs"]
mod cage;
mod certificates;
mod claim;
mod clean;
mod dicom;
mod digest;
mod experiment;
mod facts;
mod file_start;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
mod http;
mod lab;
mod limits;
mod lines;
mod loopback;
mod misfit;
mod recording;
mod redaction;
mod run;
mod scanner;
mod scene;
mod servers;
mod transcript;

pub use cage::{Cage, Lab, enter, is_installed, shell_inside};
pub use certificates::{CertificateError, Certificates, Identity};
pub use claim::{Claim, Claimed, Refuted};
pub use clean::{CUT, Clean};
pub use digest::Digest;
pub use experiment::{Call, Experiment, Unfit};
pub use facts::*;
pub use file_start::{FileStart, FileStartError, Preface};
pub use lab::{Ground, Stage, StageError};
pub use limits::Limits;
pub use loopback::{Loopback, NotLoopback};
pub use misfit::Misfit;
pub use recording::{Change, Drift, DurationClass, Recording, RecordingError, Stale};
pub use redaction::Redaction;
pub use run::{RunError, look_at, run, run_on};
pub use scanner::{
    ArgumentError, Credential, Depth, Exit, NoSuchScanner, Question, Request, ScanError, Scanner,
    describe, probe,
};
pub use scene::{
    AeTitle, Archive, Called, Callers, CertificateKind, Dcmqrscp, Destination, Firewall, Gateway,
    Impostor, Kind, LogFormat, NotATitle, Orthanc, Otherwise, Patient, PatientName, Preamble,
    Profile, Protocol, Scene, SceneFile, Server, ShownAs, Storescp, Transport, Unit, Versions,
    WebDoor, WebProxy,
};
pub use servers::small_file;
pub use transcript::{Line, RawOutput, Step, Transcript};
