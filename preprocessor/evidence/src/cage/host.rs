//! Making the inside of a cage habitable: addresses, a folder, host names.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
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

/// The folders into which programs write without being asked, and that where
/// sockets of the machine's own services lie, which a network of one's own does
/// not cut off (unix(7)).
const MASKED: [&str; 4] = ["/tmp", "/var/tmp", "/dev/shm", "/run"];

/// Names of hosts and users come from files alone: no service outside is asked.
const NAMES: &str = "passwd: files\ngroup: files\nshadow: files\nhosts: files\n\
    networks: files\nprotocols: files\nservices: files\n";

/// Puts the scene's addresses on loopback and gives their owners names; returns
/// the folder in which everything is written.
pub(super) fn settle(scene: &Scene, _inside: &Inside) -> Result<PathBuf, Trouble> {
    let addresses = batch(&scene.addresses());
    system("ip", "set up loopback", &["-batch", "-"], Some(&addresses))?;
    memory(MEMORY)?;
    let folder = PathBuf::from(FOLDER);
    fs::create_dir(&folder).map_err(Trouble::io("make the scene's folder"))?;
    put("hosts", &host_names(scene), "/etc/hosts")?;
    if Path::new("/etc/nsswitch.conf").exists() {
        put("nsswitch.conf", NAMES, "/etc/nsswitch.conf")?;
    }
    for masked in MASKED {
        let here = fs::symlink_metadata(masked).is_ok_and(|data| data.is_dir());
        // Some systems keep programs there.
        if here && !holds_programs(Path::new(masked)) {
            memory(masked)?;
        }
    }
    Ok(folder)
}

/// Makes a folder one of memory, empty and gone with the cage.
fn memory(place: &str) -> Result<(), Trouble> {
    let options = ["-t", "tmpfs", "-o", "size=128m,mode=0700", "tmpfs", place];
    system("mount", "keep files in memory", &options, None)
}

/// Puts a file of ours in the place of one of the system's.
fn put(name: &str, text: &str, place: &str) -> Result<(), Trouble> {
    let file = Path::new(FOLDER).join(name);
    fs::write(&file, text).map_err(Trouble::io(format!("write {name}")))?;
    let file = file.display().to_string();
    let bind = ["--bind", file.as_str(), place];
    system("mount", "set the names", &bind, None)
}

/// Whether programs are looked for below a folder.
fn holds_programs(folder: &Path) -> bool {
    let path = search_path();
    let mut folders = std::env::split_paths(&path).filter(|path| path.is_dir());
    folders.any(|path| {
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        path.starts_with(folder) || real.starts_with(folder)
    })
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
