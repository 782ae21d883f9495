//! Making the inside of a cage habitable: addresses, a folder, host names.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::address::{Inside, batch};
use super::programs::{find, search_path};
use super::trouble::Trouble;
use crate::scene::Scene;

/// A folder that every Linux system has and no program needs (FHS 3.0 §3.12). In
/// a cage it is memory, so that what is written there is gone with the cage.
const MEMORY: &str = "/mnt";

/// The folder in there where programs run and everything is written.
pub(super) const FOLDER: &str = "/mnt/scene";

/// Puts the scene's addresses on loopback and gives their owners names; returns
/// the folder in which everything is written.
pub(super) fn settle(scene: &Scene, _inside: &Inside) -> Result<PathBuf, Trouble> {
    let addresses = batch(&scene.addresses());
    system("ip", "set up loopback", &["-batch", "-"], Some(&addresses))?;
    let options = ["-t", "tmpfs", "-o", "size=128m,mode=0700", "tmpfs", MEMORY];
    system("mount", "keep files in memory", &options, None)?;
    let folder = PathBuf::from(FOLDER);
    fs::create_dir(&folder).map_err(Trouble::io("make the scene's folder"))?;
    let hosts = folder.join("hosts");
    fs::write(&hosts, host_names(scene)).map_err(Trouble::io("write the host names"))?;
    let hosts = hosts.display().to_string();
    let bind = ["--bind", hosts.as_str(), "/etc/hosts"];
    system("mount", "set the host names", &bind, None)?;
    Ok(folder)
}

/// `/etc/hosts`: each server's name, and the machine's own, which programs look
/// up at their start.
fn host_names(scene: &Scene) -> String {
    let own = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let mut hosts = format!("127.0.0.1 localhost {}\n", own.trim());
    for server in &scene.servers {
        let ip = server.shown_as.ip();
        hosts.push_str(&format!("{ip} {}.example.test\n", server.name));
    }
    hosts
}

/// Has a program of the system do something.
pub(super) fn system(
    program: &'static str,
    task: &'static str,
    args: &[&str],
    input: Option<&str>,
) -> Result<(), Trouble> {
    let failed = |said: String| Trouble::System {
        program,
        task,
        said,
    };
    let path = find(program).ok_or(Trouble::NotInstalled(program))?;
    let mut child = Command::new(path)
        .args(args)
        .env_clear()
        .env("PATH", search_path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        let written = stdin.write_all(input.as_bytes());
        written.map_err(|error| failed(error.to_string()))?;
    }
    let output = child.wait_with_output();
    let output = output.map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(said.trim().replace('\n', "; ")))
}
