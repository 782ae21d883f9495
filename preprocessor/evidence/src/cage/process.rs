//! Running a program that is not ours, bounded in time and output.

use std::ffi::OsStr;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;
use tokio::time::{sleep, timeout};

use super::address::Inside;
use crate::scanner::{Exit, Input, Output};

/// Where programs run. There is one only inside a cage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    /// The proof.
    pub(super) inside: &'a Inside,
    /// The folder of the scene.
    pub(super) folder: &'a Path,
    /// The address of a stand-in for Shodan, if the scene has one.
    pub(super) index: Option<&'a str>,
    /// How many bytes are read of each stream.
    pub(super) bytes: usize,
}

/// A program about to be started, with a cleared environment.
pub(super) fn command(program: &Path, args: &[String], setting: &Setting<'_>) -> Command {
    let Setting { folder, index, .. } = setting;
    let mut command = Command::new(program);
    command
        .args(args.iter().map(OsStr::new))
        .current_dir(folder)
        .env_clear()
        .env("PATH", super::programs::search_path())
        .env("HOME", folder)
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .env("TERM", "dumb")
        .env("NO_COLOR", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::null())
        .process_group(0)
        .kill_on_drop(true);
    if let Some(index) = index {
        command.env("SHODAN_API_URL", index);
    }
    command
}

/// Runs a program to its end, or to the end of our patience, and tells how long
/// it took.
///
/// # Errors
/// It could not be started.
pub(super) async fn run(
    program: &Path,
    args: &[String],
    setting: &Setting<'_>,
    input: Input,
    patience: Duration,
) -> io::Result<(Output, Duration)> {
    let began = Instant::now();
    let mut command = command(program, args, setting);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    if input == Input::OneSecond {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn()?;
    let stdin = child.stdin.take();
    let mut output = Output::default();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let hold_input = async {
        if let Some(stdin) = stdin {
            sleep(Duration::from_secs(1)).await;
            drop(stdin);
        }
        Ok(())
    };
    let whole = async {
        tokio::try_join!(
            read(stdout, setting.bytes, &mut output.stdout),
            read(stderr, setting.bytes, &mut output.stderr),
            hold_input,
        )?;
        child.wait().await
    };
    let ended = timeout(patience, whole).await;
    output.exit = Some(match ended {
        Ok(Ok(status)) => exit(status),
        // Its time was up, or it said too much: nothing more is wanted of it.
        Ok(Err(_)) | Err(_) => {
            let group = child.id().and_then(|id| i32::try_from(id).ok());
            if let Some(group) = group.and_then(Pid::from_raw) {
                // It may have ended by itself just now.
                let _ = kill_process_group(group, Signal::KILL);
            }
            let _ = child.wait().await;
            Exit::Stopped
        }
    });
    Ok((output, began.elapsed()))
}

/// Reads a stream to its end.
///
/// # Errors
/// It is longer than the limit, or broke off.
async fn read<R: AsyncRead + Unpin>(
    stream: Option<R>,
    limit: usize,
    bytes: &mut Vec<u8>,
) -> io::Result<()> {
    let Some(mut stream) = stream else {
        return Ok(());
    };
    let mut part = [0; 8192];
    loop {
        let length = stream.read(&mut part).await?;
        if length == 0 {
            return Ok(());
        }
        let room = limit.saturating_sub(bytes.len());
        bytes.extend(part.iter().take(length.min(room)));
        if length > room {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
    }
}

fn exit(status: ExitStatus) -> Exit {
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Status(code),
        (None, Some(signal)) => Exit::Signal(signal),
        (None, None) => Exit::Stopped,
    }
}
