//! Asks `git`, which is bounded in time and in what it says, and can ask nobody back.

use std::env;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much one answer may hold, in bytes: some thousands of versions of all pages.
const LONGEST: u64 = 256 << 20;
/// How much of a complaint is read, in bytes.
const COMPLAINT: u64 = 4_096;
/// Settings of a repository that would start other programs, or change what is answered.
const SETTINGS: [&str; 9] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotePath=false",
    "diff.orderFile=/dev/null",
    "i18n.logOutputEncoding=UTF-8",
    "log.showRoot=true",
    "log.showSignature=false",
    "color.ui=false",
    "submodule.recurse=false",
];
/// What `git` is told of this machine: where programs are, and where its user keeps exceptions for
/// repositories of somebody else.
const KEPT: [&str; 5] = [
    "PATH",
    "HOME",
    "XDG_CONFIG_HOME",
    "USERPROFILE",
    "SYSTEMROOT",
];

/// Asks the repository in the folder `root` something, with `input` on its standard input.
///
/// # Errors
///
/// Why there is no answer, in words.
pub(super) fn ask(root: &Path, args: &[&str], input: &str) -> Result<Vec<u8>, String> {
    answer(command(root, args), input)
}

/// The same for a question about files of the working tree, on which a repository may have programs look.
/// None of them is started: for as long as this question lasts, each of those settings says nothing.
///
/// # Errors
///
/// Why there is no answer, in words.
pub(super) fn ask_about_files(root: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    let list = ["config", "--null", "--name-only", "--list"];
    let settings = String::from_utf8_lossy(&ask(root, &list, "")?).into_owned();
    let filters = settings
        .split('\0')
        .filter(|name| name.starts_with("filter."));
    let mut command = command(root, args);
    let mut count = 0;
    for name in filters {
        command.env(format!("GIT_CONFIG_KEY_{count}"), name);
        command.env(format!("GIT_CONFIG_VALUE_{count}"), "");
        count += 1;
    }
    command.env("GIT_CONFIG_COUNT", count.to_string());
    answer(command, "")
}

fn answer(mut command: Command, input: &str) -> Result<Vec<u8>, String> {
    let without = env::var("SHELF_WITHOUT").unwrap_or_default();
    if without.split(',').any(|name| name == "git") {
        return Err("git is not installed".to_owned());
    }
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "git is not installed".to_owned(),
        _ => format!("git cannot be started: {error}"),
    })?;
    let answer = listen(&mut child, input);
    if answer.is_err() {
        // It may have ended by itself.
        let _ = child.kill();
    }
    let ended = child.wait().map_err(|error| error.to_string())?;
    let (answer, complaint) = answer?;
    if !ended.success() {
        let complaint = String::from_utf8_lossy(&complaint);
        let first = complaint.lines().next().unwrap_or("nothing").trim();
        return Err(format!("git says: {first}"));
    }
    Ok(answer)
}

fn command(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("--no-pager").arg("--literal-pathspecs");
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.args(args).current_dir(root).env_clear();
    for name in KEPT {
        if let Some(value) = env::var_os(name) {
            command.env(name, value);
        }
    }
    // A book in a folder of a repository has no history of its own.
    if let Some(above) = root.parent() {
        command.env("GIT_CEILING_DIRECTORIES", above);
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a program says on its two outputs, to their ends.
fn listen(child: &mut Child, input: &str) -> Result<(Vec<u8>, Vec<u8>), String> {
    let complaint = child.stderr.take().map(|stream| read(stream, COMPLAINT));
    let said = child.stdout.take().map(|stream| read(stream, LONGEST + 1));
    let stdin = child.stdin.take();
    let input = input.to_owned();
    thread::spawn(move || {
        // One that listens no longer has said why.
        let _ = stdin.map(|mut stdin| stdin.write_all(input.as_bytes()));
    });
    let wait = |said: Option<Receiver<io::Result<Vec<u8>>>>| {
        let said = said.map(|said| said.recv_timeout(PATIENCE));
        said.transpose()
            .map_err(|_| format!("git takes longer than {} seconds", PATIENCE.as_secs()))?
            .unwrap_or_else(|| Ok(Vec::new()))
            .map_err(|error| format!("what git says cannot be read: {error}"))
    };
    let said = wait(said)?;
    if said.len() as u64 > LONGEST {
        return Err(format!("git says more than {} MB", LONGEST >> 20));
    }
    Ok((said, wait(complaint)?))
}

/// The first bytes of a stream, once it has ended or there are too many. Of a complaint the rest is read
/// too, so that it is no reason to wait.
fn read(mut stream: impl Read + Send + 'static, limit: u64) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut said = stream.by_ref().take(limit).read_to_end(&mut bytes);
        if limit == COMPLAINT && said.is_ok() {
            said = io::copy(&mut stream, &mut io::sink()).map(|_| bytes.len());
        }
        // Nobody waits any more where it took too long.
        let _ = sender.send(said.map(|_| bytes));
    });
    receiver
}
