//! What the machine may lack or forbid.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{RECORDED, Standing, told};
use crate::book::Book;
use crate::real::{book_with, can_use};

/// Runs a script of the shell at the book in namespaces of its own; it calls our program `$0`.
fn in_namespaces(book: &Book, namespaces: &[&str], script: &str) -> (Option<i32>, String) {
    let ours = book.command(&[]);
    let mut command = Command::new("unshare");
    command
        .args(["--user", "--map-root-user"])
        .args(namespaces)
        .args(["sh", "-c", script])
        .arg(ours.get_program())
        .current_dir(book.root())
        .envs(
            ours.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
    told(&mut command)
}

#[test]
fn without_a_network_samples_are_shown_from_recordings_and_the_build_says_why() {
    if !can_use(&["unshare"]) {
        return;
    }
    let standing = Standing::new();
    // A new network has loopback, and it is down.
    let (status, said) = in_namespaces(&standing.book, &["--net"], "exec \"$0\" build");
    assert_eq!(status, Some(0), "{said}");
    for word in [
        "Network is unreachable",
        "is shown from its recording",
        "0 samples live and 3 recorded",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn a_machine_without_ipv6_builds_the_same_website() {
    if !can_use(&["unshare", "ip"]) {
        return;
    }
    let book = Book::recorded();
    let script = "ip link set lo up && echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; \
                  exec \"$0\" build";
    let (status, said) = in_namespaces(&book, &["--net"], script);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("3 samples live and 0 recorded"), "{said}");
}

#[test]
fn where_private_networks_are_forbidden_recordings_are_shown_and_the_build_says_why() {
    if !can_use(&["unshare", "nmap", "storescp"]) {
        return;
    }
    let book = book_with(&["firewall-before"]);
    let script = "echo 0 > /proc/sys/user/max_net_namespaces && exec \"$0\" build";
    let (status, said) = in_namespaces(&book, &[], script);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("no private network"), "{said}");
    assert!(said.contains("0 samples live and 1 recorded"), "{said}");
}

#[test]
fn a_port_that_is_taken_is_named_with_another_to_take() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (book, args) in [
        (Book::recorded(), &["serve"][..]),
        (Book::real(), &["lab", "lesson-1"]),
    ] {
        let mut command = book.command(args);
        let (status, said) = told(command.args(["--port", &port]).stdin(Stdio::null()));
        assert_eq!(status, Some(2), "{args:?}: {said}");
        assert!(said.contains(&port), "{args:?}: {said}");
        assert!(said.contains("--port"), "{args:?}: {said}");
    }
}

/// A library that makes the clock of a program stand still at the second that `CLOCK_STANDS_AT` names; none
/// where there is no compiler for C, which CI does not forgive. It is preloaded (ld.so(8)).
fn still_clock(folder: &Path) -> Option<PathBuf> {
    const SOURCE: &str = r#"
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t clock, struct timespec *now) {
    const char *at = getenv("CLOCK_STANDS_AT");
    if (clock != CLOCK_REALTIME || at == NULL)
        return syscall(SYS_clock_gettime, clock, now);
    now->tv_sec = atol(at);
    now->tv_nsec = 0;
    return 0;
}
"#;
    let (source, library) = (folder.join("clock.c"), folder.join("clock.so"));
    fs::write(&source, SOURCE).unwrap();
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-D_GNU_SOURCE", "-o"]);
    let made = compiler.arg(&library).arg(&source).output();
    if made.as_ref().is_ok_and(|made| made.status.success()) {
        return Some(library);
    }
    assert!(std::env::var_os("CI").is_none(), "no compiler: {made:?}");
    eprintln!("SKIPPED: no compiler for C on this machine: {made:?}");
    None
}

#[test]
fn a_clock_that_stands_in_another_age_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let Some(library) = still_clock(folder.path()) else {
        return;
    };
    let standing = Standing::new();
    let at = |second: &str, day: Option<&str>| {
        let mut command = standing.book.command(&["build"]);
        command
            .env("LD_PRELOAD", &library)
            .env("CLOCK_STANDS_AT", second);
        match day {
            Some(day) => command.env("SHELF_TODAY", day),
            None => command.env_remove("SHELF_TODAY"),
        };
        told(&mut command)
    };
    // 1969, 1970, 2099 and the year 11,970 or so.
    for second in ["-100000", "0", "4075000000", "315569520000"] {
        let (status, said) = at(second, None);
        assert_eq!(status, Some(2), "{second}: {said}");
        for word in ["clock stands", "set the clock", "SHELF_TODAY=2026-11-22"] {
            assert!(said.contains(word), "{second}: {said}");
        }
        standing.stands();
    }
    // With the day told, certificates of any age of the clock serve: they are made and looked at by one clock.
    let (status, said) = at("4075000000", Some("2026-11-22"));
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("3 samples live"), "{said}");
}

#[test]
fn nobody_who_reads_along_is_no_fault() {
    let standing = Standing::new();
    for (redirect, status) in [
        (">&-", 0),
        ("2>&-", 0),
        ("<&- >&- 2>&-", 0),
        ("2>/dev/full", 0),
    ] {
        let ours = standing.book.command(&[]);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("exec \"$0\" \"$@\" {redirect}")])
            .arg(ours.get_program())
            .args(RECORDED)
            .current_dir(standing.book.root())
            .envs(
                ours.get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            );
        let (ended, said) = told(&mut shell);
        assert_eq!(ended, Some(status), "{redirect}: {said}");
        standing.stands();
    }
    // A reader such as `head` goes away before we are through.
    let mut explain = standing.book.command(&["check", "--format", "json"]);
    let mut explain = explain.stdout(Stdio::piped()).spawn().unwrap();
    drop(explain.stdout.take());
    assert_eq!(explain.wait().unwrap().code(), Some(0));
    // What has to be written down and cannot be, is no success.
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut list = standing.book.command(&["samples", "list"]);
    let (status, said) = told_to(list.stdout(full));
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("No space left on device"), "{said}");
}

/// What a command said on standard error, with the other stream as it was set.
fn told_to(command: &mut Command) -> (Option<i32>, String) {
    let child = command.stderr(Stdio::piped()).spawn().unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[test]
fn without_a_home_the_website_is_the_same() {
    let standing = Standing::new();
    let mut command = standing.book.command(&RECORDED);
    let (status, said) = told(command.env_remove("HOME"));
    assert_eq!(status, Some(0), "{said}");
    standing.stands();
}
