//! Where programs are, and which versions.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
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
    let mut places = places.filter(|place| is_executable(place));
    places.next()
}

/// Whether a program is installed, so that a cage could run it.
pub fn is_installed(program: &str) -> bool {
    find(program).is_some()
}

/// Whether a file is there that somebody may run.
fn is_executable(path: &Path) -> bool {
    let found = fs::metadata(path);
    found.is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// A tool's version, and the Debian package that its file belongs to, if it
/// belongs to one.
pub(super) async fn version(tool: &Tool, setting: &Setting<'_>) -> (Clean, Option<Clean>) {
    let (said, package) = tokio::join!(
        ask(tool.program, tool.version_args, setting),
        package(tool.program, setting)
    );
    let version = said.as_deref().and_then(tool.version);
    let version = version.unwrap_or_else(|| "of unknown version".to_owned());
    (Clean::line(&version, 60), package)
}

/// The packages of the servers that are not ours, sorted.
pub(super) async fn packages(experiment: &Experiment, setting: &Setting<'_>) -> Vec<Clean> {
    let servers = experiment.scene.servers.iter();
    let programs: BTreeSet<&str> = servers
        .filter_map(|server| server.program())
        .map(|(program, _)| program)
        .collect();
    let mut packages = Vec::new();
    for program in programs {
        packages.extend(package(program, setting).await);
    }
    packages.sort_by_key(|package| package.as_str().to_owned());
    packages.dedup();
    packages
}

/// The Debian package, with its version, that the program found first belongs
/// to; nothing for one that came otherwise, and on another system.
async fn package(program: &str, setting: &Setting<'_>) -> Option<Clean> {
    let names = names_of(&find(program)?);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let said = ask("dpkg-query", &[&["-S"], &*names].concat(), setting).await?;
    let owner = owner(&said, &names)?;
    let args = ["-W", "-f", "${Package} ${Version}", owner];
    let said = ask("dpkg-query", &args, setting).await?;
    let (name, _) = owner.split_once(':').unwrap_or((owner, ""));
    let belongs = said.split_once(' ').is_some_and(|(said, _)| said == name);
    belongs.then(|| Clean::line(&said, 60))
}

/// Every name under which a package could list a file: that of the file itself,
/// that of the link it was found by, and both below `/usr` and not, since
/// packages name `/bin/cat` what lies at `/usr/bin/cat`. All lead to the same
/// file.
fn names_of(path: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(file) = fs::canonicalize(path) else {
        return names;
    };
    for name in [&file, path] {
        let other = match (name.strip_prefix("/usr"), name.strip_prefix("/")) {
            (Ok(rest), _) => Path::new("/").join(rest),
            (_, Ok(rest)) => Path::new("/usr").join(rest),
            (Err(_), Err(_)) => continue,
        };
        for name in [name, &other] {
            let leads_there = fs::canonicalize(name).is_ok_and(|other| other == file);
            // To `dpkg-query`, these make a pattern of a name.
            let plain = |name: &&str| !name.contains(['*', '?', '[', '\\']);
            let text = name.to_str().filter(plain).map(str::to_owned);
            names.extend(text.filter(|text| leads_there && !names.contains(text)));
        }
    }
    names
}

/// The package that owns the file of these names, in what `dpkg-query -S` says:
/// `PACKAGE[:ARCHITECTURE][, …]: NAME`. Nothing, if somebody put another file in
/// its place (`diversion by … from: NAME`, dpkg-divert(1)).
fn owner<'s>(said: &'s str, names: &[&str]) -> Option<&'s str> {
    let lines = said.lines().filter_map(|line| line.rsplit_once(": "));
    let mut owners = lines.filter_map(|(owner, name)| names.contains(&name).then_some(owner));
    let owner = owners.next()?;
    let diverted = |owner: &str| owner.contains("diversion");
    if diverted(owner) || owners.any(diverted) {
        return None;
    }
    owner.split(", ").next()
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_package_is_named_only_if_it_owns_the_file() {
        let names = ["/usr/sbin/nft", "/sbin/nft"];
        for (said, package) in [
            ("nftables: /usr/sbin/nft\n", Some("nftables")),
            ("nftables:amd64: /sbin/nft\n", Some("nftables:amd64")),
            ("one, two: /usr/sbin/nft\n", Some("one")),
            (
                "dpkg-query: no path found matching pattern /sbin/nft\nnftables: /usr/sbin/nft\n",
                Some("nftables"),
            ),
            (
                "dpkg-query: no path found matching pattern /sbin/nft\n",
                None,
            ),
            ("nftables: /usr/sbin/nft.old\n", None),
            (
                "nftables: /usr/sbin/nft\ndiversion by other from: /usr/sbin/nft\n",
                None,
            ),
            ("local diversion from: /usr/sbin/nft\n", None),
            ("", None),
        ] {
            assert_eq!(owner(said, &names), package, "{said}");
        }
    }

    #[test]
    fn every_name_of_a_file_leads_to_it() {
        let file = fs::canonicalize("/bin/sh").unwrap();
        let names = names_of(Path::new("/bin/sh"));
        assert!(names.contains(&"/bin/sh".to_owned()), "{names:?}");
        assert!(names.iter().any(|name| Path::new(name) == file));
        for name in &names {
            assert_eq!(fs::canonicalize(name).unwrap(), file, "{name}");
        }
    }

    #[test]
    fn what_nobody_may_run_is_no_program() {
        assert!(is_executable(Path::new("/bin/sh")));
        assert!(!is_executable(Path::new("/etc/passwd")));
        assert!(!is_executable(Path::new("/bin")));
        assert!(!is_executable(Path::new("/bin/no-such-program")));
    }
}
