//! Programs and callers that go on while others look.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio::time::{sleep, timeout};

use super::process::{Setting, command};
use super::trouble::Trouble;
use crate::scanner::Idle;

/// How long a capture may take to begin and to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long nothing may have happened for something to count as finished.
const QUIET: Duration = Duration::from_millis(250);

/// What goes on in the background; dropping it ends it.
#[derive(Default)]
pub(super) struct Background {
    captures: Vec<Capture>,
    idle: Vec<Idle>,
}

struct Capture {
    child: Child,
    file: PathBuf,
}

impl Background {
    /// Keeps a connection open.
    pub(super) fn keep(&mut self, idle: Idle) {
        self.idle.push(idle);
    }

    /// Starts a capture of the network, and returns what it says when it has
    /// begun.
    pub(super) async fn capture(
        &mut self,
        program: &Path,
        args: &[String],
        setting: &Setting<'_>,
    ) -> Result<String, Trouble> {
        let mut command = command(program, args, setting);
        command.stderr(std::process::Stdio::piped());
        let child = command.spawn();
        let mut child = child.map_err(Trouble::io("start the capture"))?;
        let stderr = child.stderr.take();
        let begun = async {
            let mut said = String::new();
            let mut lines = BufReader::new(stderr?).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                said.push_str(&line);
                said.push('\n');
                if line.starts_with("Capturing on") {
                    return Some(said);
                }
            }
            None
        };
        let said = timeout(PATIENCE, begun).await.ok().flatten();
        let said = said.ok_or(Trouble::System {
            program: "tshark",
            task: "begin to capture",
            said: "it did not say that it captures".to_owned(),
        })?;
        let after = |option: &str| {
            let place = args.iter().position(|arg| arg == option)?;
            args.get(place + 1)
        };
        let file = setting.folder.join(after("-w").map_or("", String::as_str));
        // It says so a moment before its socket is there; the file's header is
        // written when it is.
        settle(&file, true).await;
        self.captures.push(Capture { child, file });
        Ok(said)
    }

    /// Ends every capture, once what it hears has come to rest.
    pub(super) async fn end_captures(&mut self) {
        for mut capture in self.captures.drain(..) {
            settle(&capture.file, true).await;
            let pid = capture.child.id().and_then(|id| i32::try_from(id).ok());
            if let Some(pid) = pid.and_then(Pid::from_raw) {
                // If it is gone already, there is nothing to end.
                let _ = kill_process(pid, Signal::INT);
            }
            let _ = timeout(PATIENCE, capture.child.wait()).await;
        }
    }
}

/// Waits until a file has not grown for a while; with `something`, until it
/// holds anything at all.
pub(super) async fn settle(file: &Path, something: bool) {
    let began = Instant::now();
    let mut last = (0, Instant::now());
    while began.elapsed() < PATIENCE {
        let size = fs::metadata(file).map_or(0, |data| data.len());
        if size != last.0 {
            last = (size, Instant::now());
        }
        if (size > 0 || !something) && last.1.elapsed() >= QUIET {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
}
