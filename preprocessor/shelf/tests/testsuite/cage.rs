//! Scanners and servers that are not ours: what is shown without them, and what is left of them.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::book::Book;
use crate::real::{book_with, can_use};

/// Programs of the samples below.
const PROGRAMS: [&str; 7] = [
    "unshare", "ip", "mount", "nmap", "storescp", "stunnel", "openssl",
];

/// Which samples are shown live.
fn live(book: &Book, without: &str) -> BTreeSet<String> {
    let ran = book.run_without(without, &["samples", "list", "--format", "json"]);
    ran.assert_exit(0);
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout()).unwrap();
    let live = rows.iter().filter(|row| row["mode"] == "live");
    live.map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn without_a_program_exactly_its_samples_are_shown_from_recordings() {
    if !can_use(&PROGRAMS) {
        return;
    }
    let book = book_with(&["certificate-ends-soon", "firewall-before", "gateway-before"]);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let all: BTreeSet<String> =
        names(&["certificate-ends-soon", "firewall-before", "gateway-before"]);
    assert_eq!(live(&book, ""), all);
    for (without, left) in [
        ("nmap", &["certificate-ends-soon", "gateway-before"][..]),
        ("openssl", &["firewall-before", "gateway-before"]),
        ("stunnel", &["certificate-ends-soon", "firewall-before"]),
        (
            "tshark",
            &["certificate-ends-soon", "firewall-before", "gateway-before"],
        ),
        ("storescp", &[]),
        ("unshare", &[]),
    ] {
        assert_eq!(live(&book, without), names(left), "without {without}");
    }
}

#[test]
fn a_machine_without_scanners_builds_the_site_from_recordings_and_says_so() {
    let book = book_with(&["firewall-before", "gateway-before"]);
    let ran = book.run_without("nmap,echoscu", &["build"]);
    ran.assert_exit(0);
    let said = ran.stderr();
    assert!(said.contains("2 samples from recordings"), "{said}");
    assert!(
        said.contains("not installed: echoscu (dcmtk), nmap"),
        "{said}"
    );
    assert!(said.contains("ci/install"), "{said}");
    assert!(!said.contains("warning["), "{said}");
    assert!(said.contains("0 samples live and 2 recorded"), "{said}");
    let page = book.read("book/answers/exposed.html");
    assert_eq!(page.matches("Recorded on").count(), 2, "{page}");

    let ran = book.run_without("nmap,echoscu", &["build", "--samples", "require-live"]);
    ran.assert_exit(1);
    let said = ran.stderr();
    assert!(
        said.contains("nmap is not installed; it comes with the package nmap"),
        "{said}"
    );
}

#[test]
fn untouched_outputs_are_kept_and_their_digest_is_recorded() {
    if !can_use(&PROGRAMS) {
        return;
    }
    let book = book_with(&["gateway-before"]);
    book.run(&["samples", "record"]).assert_exit(0);
    let raw = book.read("target/evidence/gateway-before/1-echoscu.out");
    assert!(raw.contains("Received Echo Response (Success)"), "{raw}");
    let recording = book.read("content/recordings/gateway-before.json");
    let recording: Value = serde_json::from_str(&recording).unwrap();
    let step = &recording["steps"][0];
    assert_eq!(step["exit"], serde_json::json!({ "status": 0 }));
    assert!(step["package"].as_str().unwrap().starts_with("dcmtk "));
    assert!(step["raw"].as_str().unwrap().starts_with("sha256:"));
    assert!(step["version"].as_str().unwrap().starts_with('3'));
    assert_eq!(recording["servers"].as_array().unwrap().len(), 2);
}

/// What lies in the folder of a scene stays as it is: its settings and logs, its certificates, and
/// what an earlier step made.
#[test]
fn no_step_writes_over_what_is_there() {
    if !can_use(&["unshare", "ip", "mount", "storescp", "stunnel", "openssl"]) {
        return;
    }
    let book = book_with(&["one-card-admitted"]);
    let step = |key: &str, certificate: &str| {
        format!(
            "[[step]]\nscanner = \"req\"\nargs = [\"-x509\", \"-newkey\", \"ec\", \"-pkeyopt\", \
             \"ec_paramgen_curve:P-256\", \"-noenc\", \"-subj\", \"/CN=modality2.example.test\", \
             \"-keyout\", \"{key}\", \"-out\", \"{certificate}\"]\n"
        )
    };
    let first = step("a.key", "a.crt");
    let write = |second: &str| {
        let text = format!(
            "title = \"Keys\"\nscene = \"gateway-for-one-caller\"\nplain = \"Two keys are made.\"\n\
             {first}{second}[[step]]\nscanner = \"verify\"\nargs = [\"-CAfile\", \"a.crt\", \"a.crt\"]\n\
             [[claim]]\nstep = 3\nverification = \"good\"\n"
        );
        book.write("content/samples/keys.toml", &text);
        book.run(&["samples", "run", "keys"])
    };
    write(&step("b.key", "b.crt")).assert_exit(0);
    for (key, certificate, taken) in [
        ("b.key", "gateway.conf", "gateway.conf"),
        ("b.key", "gateway.log", "gateway.log"),
        ("b.key", "ca.crt", "ca.crt"),
        ("modality1.key", "b.crt", "modality1.key"),
        ("b.key", "a.crt", "a.crt"),
        ("a.crt", "b.crt", "a.crt"),
    ] {
        let ran = write(&step(key, certificate));
        ran.assert_exit(1);
        let problem = format!("openssl would write over \"{taken}\", which is there already");
        assert!(ran.stderr().contains(&problem), "{}", ran.stderr());
    }
}

/// A folder with one program, which says something and fails. It stands first on the path.
fn failing(program: &str) -> (TempDir, OsString) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(program);
    fs::write(&path, "#!/bin/sh\necho 'not on this machine' >&2\nexit 1\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path);
    let folders = [folder.path().to_owned()].into_iter().chain(folders);
    let path = std::env::join_paths(folders).unwrap();
    (folder, path)
}

/// Runs the binary on a book, with programs looked for here first; returns its exit status and what
/// it said.
fn run_on_path(book: &Book, path: &OsString, args: &[&str]) -> (Option<i32>, String) {
    let output = book.command(args).env("PATH", path).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), said)
}

/// Containers often forbid the one or the other.
#[test]
fn a_machine_that_forbids_cages_builds_the_site_from_recordings_and_says_so_once() {
    if !can_use(&PROGRAMS) {
        return;
    }
    for program in ["unshare", "mount"] {
        let (_folder, path) = failing(program);
        let book = book_with(&["firewall-before", "gateway-before"]);
        let (exit, said) = run_on_path(&book, &path, &["build"]);
        assert_eq!(exit, Some(0), "{said}");
        assert!(said.contains("2 samples from recordings"), "{said}");
        for once in ["no private network", "not on this machine"] {
            assert_eq!(said.matches(once).count(), 1, "{once}: {said}");
        }
        assert!(!said.contains("warning["), "{said}");
        assert!(said.contains("0 samples live and 2 recorded"), "{said}");

        let live = ["build", "--samples", "require-live"];
        let (exit, said) = run_on_path(&book, &path, &live);
        assert_eq!(exit, Some(1), "{said}");
        assert!(said.contains("not on this machine"), "{said}");
    }
}

/// A program that is missing does not hide that its recording would not help either.
#[test]
fn without_a_program_a_stale_recording_is_reported_too() {
    let book = book_with(&["firewall-before"]);
    book.edit("content/scenes/no-firewall.toml", ":11112", ":11113");
    let ran = book.run_without("nmap", &["build"]);
    ran.assert_exit(1);
    let said = ran.stderr();
    assert!(said.contains("nmap is not installed"), "{said}");
    assert!(
        said.contains("the recording of \"firewall-before\" no longer holds"),
        "{said}"
    );
}

/// Ends the build in the middle as hard as can be, and looks at what is left: no process, no network
/// in which a port is open, and no file that was not there before.
#[test]
fn nothing_is_left_of_a_build_that_is_killed() {
    if !can_use(&PROGRAMS) || !can_use(&["Orthanc", "sslscan", "testssl"]) {
        return;
    }
    let book = book_with(&["idle-connection", "old-versions"]);
    let files = book.files("");
    let not_ours = scratch("self");
    let mut build = book
        .command(&["build"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let outside = network("self").unwrap();
    let began = Instant::now();
    let (caged, networks, scratch) = loop {
        let all = descendants(build.id());
        let pids = || all.iter().map(|(pid, _)| pid.to_string());
        let networks: BTreeSet<PathBuf> = pids()
            .filter_map(|pid| network(&pid))
            .filter(|network| *network != outside)
            .collect();
        let caged = pids().filter(|pid| network(pid).is_some_and(|at| networks.contains(&at)));
        let scratch: BTreeSet<OsString> = caged.flat_map(|pid| scratch(&pid)).collect();
        let scratch = &scratch - &not_ours;
        // testssl is a script and no process of that name; its folder shows that it runs.
        let programs = ["storescp", "stunnel", "echoscu", "Orthanc"];
        let runs = |program: &&str| all.iter().any(|(_, name)| name == program);
        if programs.iter().all(runs) && networks.len() == 2 && !scratch.is_empty() {
            break (all, networks, scratch);
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{all:?}");
        sleep(Duration::from_millis(20));
    };
    let open = |network: &&PathBuf| {
        let mut inside = caged.iter().map(|(pid, _)| pid.to_string());
        inside.any(|pid| self::network(&pid).as_ref() == Some(*network) && listens(&pid))
    };
    assert_eq!(networks.iter().filter(open).count(), 2, "{caged:?}");

    build.kill().unwrap();
    build.wait().unwrap();
    let began = Instant::now();
    loop {
        let left = descendants_alive(&caged);
        // A process may be gone from below the build and hold its network all the same.
        let all = processes().into_iter();
        let all = all.filter_map(|(pid, name, ..)| Some((network(&pid.to_string())?, name)));
        let inside: Vec<_> = all.filter(|(at, _)| networks.contains(at)).collect();
        if left.is_empty() && inside.is_empty() {
            break;
        }
        let patient = began.elapsed() < Duration::from_secs(10);
        assert!(patient, "{left:?} {inside:?}");
        sleep(Duration::from_millis(20));
    }
    assert_eq!(book.files(""), files);
    for name in scratch {
        let left = Path::new("/tmp").join(name);
        assert!(!left.exists(), "{} is left", left.display());
    }
}

/// The network in which a process is (network_namespaces(7)), if it still runs.
fn network(pid: &str) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{pid}/ns/net")).ok()
}

/// Whether somebody listens in the network in which a process is (proc(5), `/proc/PID/net/tcp`).
fn listens(pid: &str) -> bool {
    const LISTEN: &str = "0A";
    let table = fs::read_to_string(format!("/proc/{pid}/net/tcp")).unwrap_or_default();
    let mut states = table.lines().skip(1).map(|l| l.split_whitespace().nth(3));
    states.any(|state| state == Some(LISTEN))
}

/// The names of testssl's folders in `/tmp`, as a process sees it.
fn scratch(pid: &str) -> BTreeSet<OsString> {
    // The process may have ended just now.
    let entries = fs::read_dir(format!("/proc/{pid}/root/tmp"));
    let names = entries.into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name());
    let of_testssl = |name: &OsString| name.to_string_lossy().starts_with("testssl.");
    names.filter(of_testssl).collect()
}

/// Every process below another, with its name.
fn descendants(root: u32) -> Vec<(u32, String)> {
    let running = processes();
    let mut found = vec![(root, String::new())];
    let mut next = 0;
    while let Some((parent, _)) = found.get(next).cloned() {
        next += 1;
        for (pid, name, parent_of, _) in &running {
            if *parent_of == parent {
                found.push((*pid, name.clone()));
            }
        }
    }
    found.split_off(1)
}

/// Those that still run. One that ended and was not waited for is no longer a process that does
/// anything.
fn descendants_alive(before: &[(u32, String)]) -> Vec<(u32, String)> {
    let running = processes();
    let is_running = |pid: u32, name: &str| {
        running.iter().any(|(other, other_name, _, state)| {
            *other == pid && other_name == name && *state != 'Z'
        })
    };
    let alive = before.iter().filter(|(pid, name)| is_running(*pid, name));
    alive.cloned().collect()
}

/// Process, name, parent and state of all processes (proc(5), `/proc/PID/stat`).
fn processes() -> Vec<(u32, String, u32, char)> {
    let read = |pid: u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (head, tail) = stat.rsplit_once(')')?;
        let (_, name) = head.split_once('(')?;
        let mut fields = tail.split_whitespace();
        let state = fields.next()?.chars().next()?;
        let parent = fields.next()?.parse().ok()?;
        Some((pid, name.to_owned(), parent, state))
    };
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(read).collect()
}
