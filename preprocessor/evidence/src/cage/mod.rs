//! A network of its own for one experiment.
//!
//! Programs that are not ours bind every interface, write files and start
//! others. So they run in namespaces of their own: the network has loopback and
//! nothing else, the folders for temporary files lie in memory, and everything
//! ends with the first process in there, which is this program again. In such a
//! network the documentation addresses of a scene are put on loopback; programs
//! call them as they are shown, and nothing has to be replaced in what they
//! print.
//!
//! `unshare` of util-linux makes the namespaces, for ordinary users too. Two
//! guards end a cage with us, whatever ends us: `--kill-child` ties it to
//! `unshare`, and the process inside leaves when its standard input ends.

mod address;
mod background;
mod call;
mod host;
mod inside;
mod lab;
mod order;
mod process;
mod programs;
mod ready;
mod stage;
mod trouble;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use crate::clean::Clean;
use crate::experiment::Experiment;
use crate::limits::Limits;
use crate::run::RunError;
use crate::transcript::Transcript;
use order::{Order, Outcome};

pub(crate) use address::Inside;
pub use inside::enter;
pub use lab::{Lab, shell_inside};
pub(crate) use programs::find;
pub use programs::is_installed;

/// How long a cage may stand for one experiment, whatever happens in there.
const LIFE: Duration = Duration::from_secs(120);

/// How long a cage may take to be made.
const BEGINNING: Duration = Duration::from_secs(10);

/// The longest answer that is read from a cage.
const LONGEST_ANSWER: u64 = 256 * 1024 * 1024;

/// How to get into a cage: this program is started again in there, and has to
/// call [`enter`].
#[derive(Clone, Debug)]
pub struct Cage {
    program: PathBuf,
    args: Vec<OsString>,
}

impl Cage {
    /// A cage in which `program args…` calls [`enter`].
    pub fn entered_by(program: PathBuf, args: Vec<OsString>) -> Cage {
        Cage { program, args }
    }

    /// Runs an experiment in a cage of its own.
    ///
    /// # Errors
    /// A program is not installed, the system forbids such namespaces, the
    /// scene did not stand, or it took too long.
    pub(crate) async fn run(
        &self,
        experiment: &Experiment,
        limits: &Limits,
    ) -> Result<Transcript, RunError> {
        let order = Order::of(experiment, limits);
        let carried_out = async {
            let mut conversation = self.start(experiment, &order).await?;
            conversation.outcome(&experiment.id).await
        };
        let outcome = timeout(LIFE, carried_out).await;
        let outcome = outcome.map_err(|_| RunError::Late {
            scene: experiment.scene.id.clone(),
        })??;
        match outcome {
            Outcome::Seen(seen) => Ok((*seen).into()),
            other => Err(other.into_error(&experiment.id)),
        }
    }

    /// Makes a cage and gives the order; returns when it was received in there.
    async fn start(
        &self,
        experiment: &Experiment,
        order: &Order,
    ) -> Result<Conversation, RunError> {
        for (program, package) in experiment.programs().into_iter().chain(OWN) {
            if find(program).is_none() {
                return Err(RunError::NotInstalled {
                    program: program.to_owned(),
                    package: package.to_owned(),
                });
            }
        }
        let mut conversation = self.open().map_err(no_cage)?;
        let mut line = serde_json::to_vec(order).map_err(|error| no_cage(error.into()))?;
        line.push(b'\n');
        // A cage that could not be made says why on standard error.
        let _ = conversation.stdin.write_all(&line).await;
        match timeout(BEGINNING, conversation.next()).await {
            Ok(Some(Outcome::Inside)) => Ok(conversation),
            Ok(_) => Err(RunError::NoCage(conversation.complaint().await)),
            Err(_) => Err(RunError::NoCage(
                "unshare does not come to an end".to_owned(),
            )),
        }
    }

    /// Starts `unshare` and, in its namespaces, this program.
    fn open(&self) -> io::Result<Conversation> {
        let unshare = find("unshare").ok_or(io::ErrorKind::NotFound)?;
        let mut child = Command::new(unshare)
            .args(["--user", "--map-root-user", "--net", "--pid", "--mount"])
            .args(["--ipc", "--uts", "--fork", "--kill-child", "--"])
            .arg(&self.program)
            .args(&self.args)
            .env_clear()
            .env("PATH", programs::search_path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (Some(stdin), Some(stdout)) = (stdin, stdout) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Conversation {
            child,
            stdin,
            stdout: BufReader::new(stdout.take(LONGEST_ANSWER)),
        })
    }
}

/// The programs of the system that make a cage, and their packages.
const OWN: [(&str, &str); 3] = [
    ("unshare", "util-linux"),
    ("ip", "iproute2"),
    ("mount", "mount"),
];

fn no_cage(error: io::Error) -> RunError {
    RunError::NoCage(error.to_string())
}

/// What is said into a cage and out of it, a line at a time.
#[derive(Debug)]
struct Conversation {
    child: Child,
    /// Kept open to the end: it is what tells the cage that we are here.
    stdin: ChildStdin,
    stdout: BufReader<tokio::io::Take<ChildStdout>>,
}

impl Conversation {
    /// The next thing that is said; nothing, if there is no more or it makes no
    /// sense.
    async fn next(&mut self) -> Option<Outcome> {
        let mut line = Vec::new();
        // What was read before an error is half a line and makes no sense.
        let _ = self.stdout.read_until(b'\n', &mut line).await;
        serde_json::from_slice(&line).ok()
    }

    /// What came of the order, after it was received. That nothing comes is a
    /// fault of ours: something in there broke.
    async fn outcome(&mut self, id: &str) -> Result<Outcome, RunError> {
        match self.next().await {
            Some(outcome) => Ok(outcome),
            None => Err(RunError::Broke {
                id: id.to_owned(),
                said: self.complaint().await,
            }),
        }
    }

    /// What stands on standard error, in one line.
    async fn complaint(&mut self) -> String {
        let mut said = Vec::new();
        // Whoever holds the other end ends now, and the reading with it.
        let _ = self.child.start_kill();
        if let Some(stderr) = self.child.stderr.take() {
            let mut stderr = stderr.take(64 * 1024);
            // What came in time is what there is.
            let _ = timeout(Duration::from_secs(2), stderr.read_to_end(&mut said)).await;
        }
        let text = String::from_utf8_lossy(&said);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        match Clean::line(&lines.join("; "), 300).as_str() {
            "" => "it ended without a word".to_owned(),
            text => text.to_owned(),
        }
    }
}
