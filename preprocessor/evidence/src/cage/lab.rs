//! A scene that stands in a cage until somebody ends it, for a class.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::time::timeout;

use super::host::FOLDER;
use super::order::{Order, Outcome};
use super::{Cage, Conversation, LIFE, find};
use crate::experiment::Experiment;
use crate::limits::Limits;
use crate::run::RunError;
use crate::scene::Scene;

/// A scene that stands in a cage. Dropping it ends everything in there.
#[derive(Debug)]
pub struct Lab(Conversation);

impl Lab {
    /// The process whose namespaces others can join.
    pub fn pid(&self) -> Option<u32> {
        self.0.child.id()
    }

    /// Waits until the cage ends by itself, which it does only if it is killed.
    pub async fn ended(&mut self) {
        // However it ended, it did.
        let _ = self.0.child.wait().await;
    }

    /// Ends everything in there, and waits until it has ended.
    pub async fn end(mut self) {
        let Conversation { child, .. } = &mut self.0;
        // It may have ended by itself; then there is nothing to kill.
        let _ = child.kill().await;
    }
}

/// The program and the arguments that start a shell inside a cage: in its
/// network, and in the folder where the scene's certificates and files lie.
///
/// # Errors
/// No lab of ours stands there, or `nsenter` of util-linux is not installed.
pub fn shell_inside(pid: u32, shell: &Path) -> Result<(PathBuf, Vec<OsString>), RunError> {
    if !is_a_lab(pid) {
        return Err(RunError::NoLab(pid));
    }
    let nsenter = find("nsenter").ok_or(RunError::NotInstalled {
        program: "nsenter".to_owned(),
        package: "util-linux".to_owned(),
    })?;
    let script = format!("cd {FOLDER} && . ./environment && exec \"$0\"");
    // Processes of the shell end with the cage.
    let children = format!("--pid=/proc/{pid}/ns/pid_for_children");
    let pid = pid.to_string();
    let words = [
        "--target",
        pid.as_str(),
        "--user",
        "--net",
        "--mount",
        "--ipc",
        "--uts",
        children.as_str(),
        "--preserve-credentials",
        "--",
        "/bin/sh",
        "-c",
        script.as_str(),
    ];
    let words = words.into_iter().map(OsString::from);
    Ok((nsenter, words.chain([shell.into()]).collect()))
}

/// Whether a process is one of ours that makes a cage.
fn is_a_lab(pid: u32) -> bool {
    let process = PathBuf::from(format!("/proc/{pid}"));
    let owner = |path: &Path| fs::metadata(path).map(|data| data.uid()).ok();
    let words = fs::read(process.join("cmdline")).unwrap_or_default();
    let words: Vec<&[u8]> = words.split(|byte| *byte == 0).collect();
    let is_unshare = words.first().is_some_and(|word| word.ends_with(b"unshare"));
    is_unshare
        && words.contains(&b"--kill-child".as_slice())
        && owner(&process) == owner(Path::new("/proc/self"))
}

impl Cage {
    /// Stands a scene up in a cage and leaves it there.
    ///
    /// # Errors
    /// A server's program is not installed, the system forbids such namespaces,
    /// or the scene did not stand.
    pub async fn keep(&self, scene: &Scene) -> Result<Lab, RunError> {
        let nothing_to_do = Experiment {
            id: scene.id.clone(),
            scene: Arc::new(scene.clone()),
            calls: Vec::new(),
            claims: Vec::new(),
        };
        let order = Order::to_stay(&nothing_to_do, &Limits::default());
        let standing = async {
            let mut conversation = self.start(&nothing_to_do, &order).await?;
            match conversation.outcome(&scene.id).await? {
                Outcome::Stands => Ok(Lab(conversation)),
                other => Err(other.into_error(&scene.id)),
            }
        };
        let standing = timeout(LIFE, standing).await;
        standing.map_err(|_| RunError::Late {
            scene: scene.id.clone(),
        })?
    }
}
