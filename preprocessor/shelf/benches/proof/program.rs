//! Programs: whether they are there, how long they take, how much memory they hold.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

/// The command line of this build.
pub(crate) fn shelf(book: &Path) -> Command {
    let mut shelf = Command::new(env!("CARGO_BIN_EXE_shelf"));
    shelf.arg("--book").arg(book);
    shelf
}

/// The command line as `cargo shelf` runs it: in the profile for development, compiled first.
///
/// # Errors
///
/// It cannot be compiled.
pub(crate) fn as_cargo_runs_it(root: &Path, book: &Path) -> Result<Command> {
    let mut build = Command::new("cargo");
    build.args(["build", "--quiet", "--locked", "-p", "shelf"]);
    printed(own_cargo(&mut build).current_dir(root))?;
    let mut shelf = Command::new(root.join("target/debug/shelf"));
    shelf.arg("--book").arg(book);
    Ok(shelf)
}

/// Cargo tells its benches where its own things lie; a build beside it has none of that.
pub(crate) fn own_cargo(cargo: &mut Command) -> &mut Command {
    let is_told = |key: &String| key.starts_with("CARGO") && key != "CARGO_HOME";
    for (key, _) in std::env::vars().filter(|(key, _)| is_told(key)) {
        cargo.env_remove(key);
    }
    cargo
}

/// `shelf build` of a generated book into its folder `book`, from recordings and without files to send.
pub(crate) fn build(book: &Path) -> Command {
    let mut build = shelf(book);
    build.args(["build", "--no-kit", "--samples", "recorded"]);
    build
}

/// The first line that a program says about its version.
///
/// # Errors
///
/// It is not there, or does not answer.
pub(crate) fn version(program: &Path, question: &[&str]) -> Result<String> {
    let name = program.display();
    let output = Command::new(program).args(question).output();
    let output = output.with_context(|| format!("{name} is not installed; ci/bench brings it"))?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    let line = said.lines().find(|line| !line.trim().is_empty());
    let line = line.with_context(|| format!("{name} does not say its version"))?;
    Ok(line.trim().to_owned())
}

/// The number in what a program says about its version.
pub(crate) fn number(said: &str) -> &str {
    let is_number =
        |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.');
    let words = said.split([' ', ',', '(', ')']);
    let mut words = words.map(|word| word.trim_start_matches('v'));
    words.find(is_number).unwrap_or(said)
}

/// How long a command takes, in seconds.
///
/// # Errors
///
/// It fails: with an exit status that is not among `good`.
pub(crate) fn timed(command: &mut Command, good: &[i32]) -> Result<f64> {
    let start = Instant::now();
    let output = command.output();
    let seconds = start.elapsed().as_secs_f64();
    let output = output.with_context(|| format!("cannot start {command:?}"))?;
    accept(command, &output, good)?;
    Ok(seconds)
}

/// Refuses an ending that is not among `good`.
fn accept(command: &Command, output: &Output, good: &[i32]) -> Result<()> {
    if output
        .status
        .code()
        .is_some_and(|code| good.contains(&code))
    {
        return Ok(());
    }
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> = said.lines().collect();
    let last = lines[lines.len().saturating_sub(15)..].join("\n");
    bail!("{command:?} ended with {}:\n{last}", output.status)
}

/// What a command printed.
///
/// # Errors
///
/// It fails.
pub(crate) fn printed(command: &mut Command) -> Result<String> {
    let output = command.output();
    let output = output.with_context(|| format!("cannot start {command:?}"))?;
    accept(command, &output, &[0])?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command once, uncounted, and gives the memory of the largest of its processes in MB, as GNU time has it
/// from the kernel; nothing where GNU time is missing.
///
/// # Errors
///
/// The command fails.
pub(crate) fn memory(command: &Command, good: &[i32]) -> Result<Option<u64>> {
    let note = tempfile::NamedTempFile::new()?;
    let mut measured = Command::new("/usr/bin/time");
    measured
        .args(["--quiet", "--format=%M", "--output"])
        .arg(note.path());
    measured.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        measured.current_dir(folder);
    }
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => measured.env(key, value),
            None => measured.env_remove(key),
        };
    }
    let Ok(output) = measured.output() else {
        eprintln!("no GNU time: memory is not measured");
        return Ok(None);
    };
    accept(command, &output, good)?;
    let kilobytes: u64 = fs::read_to_string(note.path())?.trim().parse()?;
    Ok(Some((kilobytes * 1_024).div_ceil(1_000_000)))
}

/// A program of this machine, wherever Debian puts it.
///
/// # Errors
///
/// It is not installed.
pub(crate) fn find(name: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    let found = folders
        .map(|folder| folder.join(name))
        .find(|path| path.is_file());
    found.with_context(|| format!("{name} is not installed"))
}

/// A fresh clone of the commit that stands here.
///
/// # Errors
///
/// There is no repository, or no git.
pub(crate) fn clone(root: &Path, into: &Path) -> Result<()> {
    let mut git = Command::new("git");
    git.args(["clone", "--quiet", "--no-hardlinks"])
        .arg(root)
        .arg(into);
    let status = git
        .stdin(Stdio::null())
        .status()
        .context("cannot start git")?;
    ensure!(status.success(), "git clone of {} failed", root.display());
    Ok(())
}
