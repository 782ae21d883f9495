//! Making the inside of a cage habitable: addresses, a folder, host names.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::address::{Inside, batch};
use super::programs::{find, search_path};
use super::trouble::Trouble;
use crate::clean::Clean;
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
    const TASK: &str = "keep files in memory";
    let options = ["-t", "tmpfs", "-o", "size=128m,mode=0700", "tmpfs", place];
    let device = || fs::metadata(place).map(|data| data.dev());
    let before = device().map_err(Trouble::io(TASK))?;
    system("mount", TASK, &options, None)?;
    // A program that says yes and does nothing would let all that follows be written on the machine itself.
    if device().map_err(Trouble::io(TASK))? == before {
        let said = "it said nothing, and nothing changed".to_owned();
        return Err(Trouble::System {
            program: "mount",
            task: TASK,
            said,
        });
    }
    Ok(())
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

/// How long a program of the system may take for its part. Making an RSA key is the longest of them.
const PATIENCE: Duration = Duration::from_secs(15);

/// How many bytes of its complaint are read.
const COMPLAINT: u64 = 4_096;

/// Has a program of the system do something, bounded in time and output.
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
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let input = input.unwrap_or_default().to_owned();
    let (tell, ended) = mpsc::channel();
    thread::spawn(move || {
        let done = converse(&mut child, &input);
        // Nobody waits any more where it took too long.
        let _ = tell.send(done);
    });
    let Ok(done) = ended.recv_timeout(PATIENCE) else {
        if let Some(group) = group {
            // It may have ended by itself just now.
            let _ = kill_process_group(group, Signal::KILL);
        }
        return Err(failed("it did not come to an end".to_owned()));
    };
    let (status, said) = done.map_err(|error| failed(error.to_string()))?;
    if status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&said);
    Err(failed(match said.trim() {
        "" => format!("nothing, and ended with {status}"),
        said => Clean::line(&said.replace('\n', "; "), 300)
            .as_str()
            .to_owned(),
    }))
}

/// Gives a program its input and hears its complaint; then waits for its end.
fn converse(child: &mut Child, input: &str) -> io::Result<(ExitStatus, Vec<u8>)> {
    if let Some(mut stdin) = child.stdin.take() {
        // One that does not read to the end says why not.
        let _ = stdin.write_all(input.as_bytes());
    }
    let mut said = Vec::new();
    if let Some(stderr) = child.stderr.take() {
        stderr.take(COMPLAINT).read_to_end(&mut said)?;
    }
    Ok((child.wait()?, said))
}
