//! Where programs are, and which versions.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use super::process::{Setting, run};
use crate::clean::Clean;
use crate::experiment::Experiment;
use crate::scanner::{Input, Tool};

/// The folders in which programs are looked for: the user's own, those where a
/// user's tools and a system's servers lie, and no relative one.
pub(super) fn search_path() -> OsString {
    let own = env::var_os("PATH").unwrap_or_default();
    let local = env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/bin"));
    let folders = env::split_paths(&own)
        .chain(local)
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
    let mut known = Vec::new();
    for folder in folders.filter(|folder| folder.is_absolute()) {
        if !known.contains(&folder) {
            known.push(folder);
        }
    }
    env::join_paths(known).unwrap_or(own)
}

/// The path of a program, if it is installed. `SHELF_WITHOUT` names programs,
/// separated by commas, that count as not installed: for trying what happens
/// without them.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let without = env::var("SHELF_WITHOUT").unwrap_or_default();
    if without.split(',').any(|name| name == program) {
        return None;
    }
    let path = search_path();
    let places = env::split_paths(&path).map(|folder| folder.join(program));
    let mut places = places.filter(|place| place.is_file());
    places.next()
}

/// A tool's version, and that of the package it comes from.
pub(super) async fn version(tool: &Tool, setting: &Setting<'_>) -> (Clean, Option<Clean>) {
    let (said, package) = tokio::join!(
        ask(tool.program, tool.version_args, setting),
        package(tool.package, setting)
    );
    let version = said.as_deref().and_then(tool.version);
    let version = version.unwrap_or_else(|| "of unknown version".to_owned());
    let package = match tool.package.strip_prefix("pypi:") {
        Some(name) => Some(Clean::line(&format!("{name} {version} of PyPI"), 60)),
        None => package,
    };
    (Clean::line(&version, 60), package)
}

/// The packages of the servers that are not ours, sorted.
pub(super) async fn packages(experiment: &Experiment, setting: &Setting<'_>) -> Vec<Clean> {
    let servers = experiment.scene.servers.iter();
    let names: BTreeSet<&str> = servers
        .filter_map(|server| server.program())
        .map(|(_, package)| package)
        .collect();
    let mut packages = Vec::new();
    for name in names {
        packages.extend(package(name, setting).await);
    }
    packages
}

/// A Debian package with its version; nothing, on another system.
async fn package(name: &str, setting: &Setting<'_>) -> Option<Clean> {
    let args = ["-W", "-f", "${Package} ${Version}", name];
    let said = ask("dpkg-query", &args, setting).await?;
    said.starts_with(name).then(|| Clean::line(&said, 60))
}

/// What a program says, both streams together.
async fn ask(program: &str, args: &[&str], setting: &Setting<'_>) -> Option<String> {
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    let patience = Duration::from_secs(10);
    let program = find(program)?;
    let running = run(&program, &args, setting, Input::Nothing, patience);
    let (output, _) = running.await.ok()?;
    Some(format!("{}{}", output.out(), output.err()))
}
