//! The machine, the day and the commit of a measurement.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use tempfile::TempDir;
use time::OffsetDateTime;

use crate::program::printed;

/// Today, in UTC.
pub(crate) fn today() -> String {
    OffsetDateTime::now_utc().date().to_string()
}

/// A new folder that lies on no disk.
pub(crate) fn folder_in_memory() -> Result<TempDir> {
    tempfile::tempdir_in("/dev/shm").context("there is no file system in memory at /dev/shm")
}

/// The commit that stands here; with a plus sign where the code differs from it.
pub(crate) fn commit(root: &Path) -> Result<String> {
    let git = |args: &[&str]| printed(Command::new("git").arg("-C").arg(root).args(args));
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--", ".", ":!content/proof"])?;
    let mark = if changed.is_empty() { "" } else { "+" };
    Ok(format!("{}{mark}", commit.trim()))
}

/// The keys of the table `machine`.
pub(crate) fn describe() -> Result<String> {
    let processor = field("/proc/cpuinfo", "model name");
    let processor = processor.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory = field("/proc/meminfo", "MemTotal");
    let memory = memory.and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    let cores = std::thread::available_parallelism()?;
    let rust = printed(Command::new("rustc").arg("--version"))?;
    let mut text = String::new();
    writeln!(text, "processor = {}", toml::Value::from(processor))?;
    writeln!(text, "cores = {cores}")?;
    writeln!(text, "memory = {}", memory.unwrap_or_default() / 1_024)?;
    writeln!(text, "kernel = {}", toml::Value::from(kernel()))?;
    writeln!(text, "rust = {}", toml::Value::from(rust.trim()))?;
    Ok(text)
}

/// The kernel with the numbers of its version, without the name that its builder gave it.
fn kernel() -> String {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let end = release.find(|c: char| !c.is_ascii_digit() && c != '.');
    let number = &release[..end.unwrap_or(release.len())];
    match number.trim_end_matches('.') {
        "" => std::env::consts::OS.to_owned(),
        number => format!("Linux {number}"),
    }
}

/// What else was going on when it began, as a condition.
pub(crate) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let minute = load.split(' ').next().unwrap_or("unknown");
    format!("Load of the machine in the minute before: {minute}.")
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
