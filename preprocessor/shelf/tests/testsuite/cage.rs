//! Scanners and servers that are not ours: what is shown without them, and what is left of them.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

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

/// Ends the build in the middle as hard as can be, and looks at what is left: no process, no open
/// port, and no file that was not there before.
#[test]
fn nothing_is_left_of_a_build_that_is_killed() {
    if !can_use(&PROGRAMS) {
        return;
    }
    let book = book_with(&["idle-connection"]);
    let files = book.files("");
    let ports = listening();
    let mut build = book
        .command(&["build"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let descendants = loop {
        let all = descendants(build.id());
        let servers = ["storescp", "stunnel", "echoscu"];
        if servers
            .iter()
            .all(|server| all.iter().any(|(_, name)| name == server))
        {
            break all;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{all:?}");
        sleep(Duration::from_millis(20));
    };
    build.kill().unwrap();
    build.wait().unwrap();
    let began = Instant::now();
    loop {
        let left: Vec<_> = descendants_alive(&descendants);
        if left.is_empty() {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{left:?}");
        sleep(Duration::from_millis(20));
    }
    assert!(listening().is_subset(&ports), "a port is left open");
    assert_eq!(book.files(""), files);
}

/// Every process below another, with its name.
fn descendants(root: u32) -> Vec<(u32, String)> {
    let mut found = vec![(root, String::new())];
    let mut next = 0;
    while let Some((parent, _)) = found.get(next).cloned() {
        next += 1;
        for (pid, name, parent_of, _) in processes() {
            if parent_of == parent {
                found.push((pid, name));
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

/// The ports on which this machine listens, outside every cage.
fn listening() -> BTreeSet<String> {
    const LISTEN: &str = "0A";
    let tables = ["/proc/self/net/tcp", "/proc/self/net/tcp6"];
    let tables = tables.map(|table| fs::read_to_string(table).unwrap_or_default());
    let lines = tables.iter().flat_map(|table| table.lines().skip(1));
    let columns = lines.map(|line| line.split_whitespace().collect::<Vec<_>>());
    let open = columns.filter(|columns| columns.get(3) == Some(&LISTEN));
    open.map(|columns| columns[1].to_owned()).collect()
}
