//! A scene that stands in a cage until somebody ends it, for a class.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin};
use tokio::time::timeout;

use super::host::FOLDER;
use super::order::{Order, Outcome};
use super::{Answer, Cage, LIFE, find};
use crate::limits::Limits;
use crate::run::RunError;
use crate::scene::{Scene, Server};

/// A scene that stands in a cage. Dropping it ends everything in there.
#[derive(Debug)]
pub struct Lab {
    child: Child,
    /// When it ends, so does the cage.
    _stdin: ChildStdin,
}

impl Lab {
    /// The process whose namespaces others can join.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits until the cage ends by itself, which it does only if it is killed.
    pub async fn ended(&mut self) {
        // However it ended, it did.
        let _ = self.child.wait().await;
    }
}

/// The program and the arguments that start a shell inside a cage: in its
/// network, and in the folder where the scene's certificates and files lie.
///
/// # Errors
/// `nsenter` of util-linux is not installed.
pub fn shell_inside(pid: u32, shell: &Path) -> Result<(PathBuf, Vec<OsString>), RunError> {
    let nsenter = find("nsenter").ok_or(RunError::NotInstalled {
        program: "nsenter".to_owned(),
        package: "util-linux".to_owned(),
    })?;
    let script = format!("cd {FOLDER} && . ./environment && exec \"$0\"");
    let pid = pid.to_string();
    let words = [
        "--target",
        pid.as_str(),
        "--user",
        "--net",
        "--mount",
        "--preserve-credentials",
        "--",
        "/bin/sh",
        "-c",
        script.as_str(),
    ];
    let words = words.into_iter().map(OsString::from);
    Ok((nsenter, words.chain([shell.into()]).collect()))
}

impl Cage {
    /// Stands a scene up in a cage and leaves it there.
    ///
    /// # Errors
    /// A server's program is not installed, the system forbids such namespaces,
    /// or the scene did not stand.
    pub async fn keep(&self, scene: &Scene) -> Result<Lab, RunError> {
        let servers = scene.servers.iter().filter_map(Server::program);
        let rules = scene.firewall.iter().map(|_| ("nft", "nftables"));
        for (program, package) in servers.chain(rules) {
            if find(program).is_none() {
                return Err(RunError::NotInstalled {
                    program: program.to_owned(),
                    package: package.to_owned(),
                });
            }
        }
        let failed = |error: std::io::Error| RunError::NoCage(error.to_string());
        let mut child = self
            .command()?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else {
            return Err(RunError::NoCage("it has no standard streams".to_owned()));
        };
        let order = Order::to_stay(scene, &Limits::default());
        let mut line = serde_json::to_vec(&order).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        // A cage that could not be made says why on standard error.
        let _ = stdin.write_all(&line).await;
        let mut said = String::new();
        let reading = timeout(LIFE, BufReader::new(stdout).read_line(&mut said)).await;
        reading
            .map_err(|_| RunError::Late {
                scene: scene.id.clone(),
            })?
            .map_err(failed)?;
        match serde_json::from_str(&said) {
            Ok(Outcome::Stands) => Ok(Lab {
                child,
                _stdin: stdin,
            }),
            Ok(Outcome::Trouble { machine, problem }) => Err(RunError::Caged {
                id: scene.id.clone(),
                problem,
                machine,
            }),
            Ok(Outcome::Seen(_)) | Err(_) => {
                drop(stdin);
                let mut answer = Answer::default();
                if let Some(stderr) = stderr {
                    let reading = stderr.take(64 * 1024).read_to_end(&mut answer.stderr).await;
                    reading.map_err(failed)?;
                }
                Err(RunError::NoCage(answer.complaint()))
            }
        }
    }
}
