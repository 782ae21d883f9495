//! A network of its own for one experiment.
//!
//! Programs that are not ours bind every interface, write files and start
//! others. So they run in namespaces of their own: the network has loopback and
//! nothing else, what is written lies in memory, and everything ends with the
//! first process in there, which is this program again. In such a network the
//! documentation addresses of a scene are put on loopback; programs call them
//! as they are shown, and nothing has to be replaced in what they print.
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
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::time::timeout;

use crate::experiment::Experiment;
use crate::limits::Limits;
use crate::run::RunError;
use crate::transcript::Transcript;
use order::{Order, Outcome};

pub(crate) use address::Inside;
pub use inside::enter;
pub use lab::{Lab, shell_inside};
pub(crate) use programs::find;

/// How long a cage may stand, whatever happens in there.
const LIFE: Duration = Duration::from_secs(120);

/// The longest answer that is read from a cage.
const LONGEST_ANSWER: u64 = 32 * 1024 * 1024;

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

    /// `unshare` with this program to start.
    fn command(&self) -> Result<Command, RunError> {
        let unshare = find("unshare").ok_or(RunError::NotInstalled {
            program: "unshare".to_owned(),
            package: "util-linux".to_owned(),
        })?;
        let mut command = Command::new(unshare);
        command
            .args(["--user", "--map-root-user", "--net", "--pid", "--mount"])
            .args(["--fork", "--kill-child", "--"])
            .arg(&self.program)
            .args(&self.args)
            .env_clear()
            .env("PATH", programs::search_path())
            .kill_on_drop(true);
        Ok(command)
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
        for (program, package) in experiment.programs() {
            if find(program).is_none() {
                return Err(RunError::NotInstalled {
                    program: program.to_owned(),
                    package: package.to_owned(),
                });
            }
        }
        let order = Order::of(experiment, limits);
        let answer = timeout(LIFE, self.talk(&order)).await;
        let answer = answer.map_err(|_| RunError::Late {
            scene: experiment.scene.id.clone(),
        })??;
        let outcome: Outcome = serde_json::from_slice(&answer.stdout)
            .map_err(|_| RunError::NoCage(answer.complaint()))?;
        match outcome {
            Outcome::Seen(seen) => Ok((*seen).into()),
            Outcome::Trouble { machine, problem } => Err(RunError::Caged {
                id: experiment.id.clone(),
                problem,
                machine,
            }),
            Outcome::Stands => Err(RunError::NoCage("it only stands".to_owned())),
        }
    }

    /// Gives the order and reads the answer.
    async fn talk(&self, order: &Order) -> Result<Answer, RunError> {
        let failed = |error: std::io::Error| RunError::NoCage(error.to_string());
        let mut child = self
            .command()?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let mut line = serde_json::to_vec(order).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        // Kept open to the end: it is what tells the cage that we are here.
        let mut stdin = child.stdin.take();
        if let Some(stdin) = &mut stdin {
            // A cage that could not be made says why on standard error.
            let _ = stdin.write_all(&line).await;
        }
        let mut answer = Answer::default();
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let read_out = async {
            match stdout {
                Some(out) => {
                    out.take(LONGEST_ANSWER)
                        .read_to_end(&mut answer.stdout)
                        .await
                }
                None => Ok(0),
            }
        };
        let read_err = async {
            match stderr {
                Some(err) => err.take(64 * 1024).read_to_end(&mut answer.stderr).await,
                None => Ok(0),
            }
        };
        tokio::try_join!(read_out, read_err).map_err(failed)?;
        child.wait().await.map_err(failed)?;
        drop(stdin);
        Ok(answer)
    }
}

/// What came out of a cage.
#[derive(Debug, Default)]
struct Answer {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

impl Answer {
    /// What stands on standard error, in one line.
    fn complaint(&self) -> String {
        let text = String::from_utf8_lossy(&self.stderr);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let text = crate::clean::Clean::line(&lines.join("; "), 300);
        match text.as_str() {
            "" => "it ended without a word".to_owned(),
            text => text.to_owned(),
        }
    }
}
