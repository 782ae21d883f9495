//! Finding and running other people's programs.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use evidence::Loopback;

/// Set inside a cage, to the name of the test that runs in it.
pub(crate) const CAGE: &str = "EVIDENCE_CAGE";

/// How long a program may take to answer or to stand.
const PATIENCE: Duration = Duration::from_secs(20);

/// The path of a program; nothing, with a loud word, if it is not installed.
/// Where everything has to be there, its absence fails the test.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path)
        // Debian puts servers where users do not look.
        .chain([PathBuf::from("/usr/sbin"), PathBuf::from("/sbin")])
        .map(|folder| folder.join(name))
        .find(|program| program.is_file());
    if found.is_none() {
        skip(&format!("{name} is not installed"));
    }
    found
}

/// Says loudly that something is not tested.
pub(crate) fn skip(why: &str) {
    assert!(env::var_os("CI").is_none(), "cannot be tested: {why}");
    eprintln!("SKIPPED: {why}");
}

/// What a program printed, both streams together, and its exit status.
pub(crate) struct Output {
    pub(crate) text: String,
    pub(crate) code: Option<i32>,
}

/// Runs a program to its end, or to the end of our patience.
pub(crate) fn run(command: &mut Command) -> Output {
    // Process ids are small and alike in all cages; the name of the caged test
    // tells them apart, and thread names tell tests apart outside.
    let thread = std::thread::current();
    let output = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "output-{}-{}-{}",
        env::var(CAGE).unwrap_or_default().replace("::", "-"),
        thread.name().unwrap_or_default().replace("::", "-"),
        std::process::id()
    ));
    let file = std::fs::File::create(&output).unwrap();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone().unwrap())
        .stderr(file)
        .spawn()
        .unwrap();
    let began = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if began.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{command:?} did not end in time");
        }
        sleep(Duration::from_millis(5));
    };
    let bytes = std::fs::read(&output).unwrap();
    std::fs::remove_file(&output).unwrap();
    Output {
        text: String::from_utf8_lossy(&bytes).into_owned(),
        code,
    }
}

/// A server that runs until it is dropped.
pub(crate) struct Server(Child);

impl Server {
    /// Starts a server and waits until its port takes connections.
    pub(crate) fn start(command: &mut Command, log: &Path, port: u16) -> (Server, Loopback) {
        let log = std::fs::File::create(log).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Server(child);
        let address: Loopback = format!("127.0.0.1:{port}").parse().unwrap();
        let began = Instant::now();
        while !listens(port) {
            let ended = server.0.try_wait().unwrap();
            assert!(ended.is_none(), "{command:?} ended: {ended:?}");
            assert!(began.elapsed() < PATIENCE, "{command:?} does not stand");
            sleep(Duration::from_millis(10));
        }
        (server, address)
    }
}

/// Whether somebody listens on a port. Asked of the system and not by
/// connecting: a server with one process would wait half a minute for what an
/// idle connection might say.
fn listens(port: u16) -> bool {
    const LISTEN: &str = "0A";
    ["/proc/net/tcp", "/proc/net/tcp6"].iter().any(|table| {
        let table = std::fs::read_to_string(table).unwrap_or_default();
        table.lines().skip(1).any(|line| {
            let mut columns = line.split_whitespace().skip(1);
            let local = columns.next().unwrap_or_default();
            let state = columns.nth(1).unwrap_or_default();
            state == LISTEN && local.ends_with(&format!(":{port:04X}"))
        })
    })
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An empty folder for one test, removed when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        // Left over from a run that was killed.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file and tells where.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
