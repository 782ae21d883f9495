//! Programs of other makers that are not what they should be. Fakes are laid in a folder that stands first
//! on the path, where the build and its cages look for programs.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use tempfile::TempDir;

use super::{Standing, assert_nothing_runs_at, told};
use crate::book::Book;
use crate::real::{book_with, can_use};

/// What a fake does when it is called: the ways in which programs fail.
const CRASHES: &str = "kill -SEGV $$";
const IS_KILLED: &str = "kill -KILL $$";
const HANGS: &str = "trap '' TERM INT HUP; while :; do sleep 0.1; done";
const TALKS_GARBAGE: &str = "head -c 5000 /dev/urandom; head -c 5000 /dev/urandom >&2";
/// A thousand million bytes, on either stream.
const FLOODS: &str = "yes | head -c 1000000000; yes | head -c 1000000000 >&2";
const FAILURES: [&str; 5] = [CRASHES, IS_KILLED, HANGS, TALKS_GARBAGE, FLOODS];

/// A folder with one fake.
struct Fake {
    folder: TempDir,
}

impl Fake {
    fn of(program: &str, does: &str) -> Fake {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(program);
        // Who asks for the version is answered, so that a hanging program is waited for once.
        let text = format!("#!/bin/sh\ncase \"$1\" in version|--version) exit 0;; esac\n{does}\n");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Fake { folder }
    }

    /// The path with the fake's folder first.
    fn path(&self) -> OsString {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path);
        std::env::join_paths([self.folder.path().to_owned()].into_iter().chain(folders)).unwrap()
    }

    /// Builds a book with the fake, in no more memory than 4 GB, and sees that nothing of it stays.
    fn build(&self, book: &Book) -> (Option<i32>, String) {
        let ours = book.command(&[]);
        let mut command = Command::new("prlimit");
        command
            .args(["--as=4000000000", "--"])
            .arg(ours.get_program())
            .arg("build")
            .current_dir(book.root())
            .envs(
                ours.get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .env("PATH", self.path());
        let ended = told(&mut command);
        assert_nothing_runs_at(self.folder.path());
        ended
    }
}

/// Builds with each failure of a program, beside each other: most of it is waiting.
fn with_each_failure(
    book: impl Fn() -> Book + Sync,
    program: &str,
    see: impl Fn(&Standing, i32, &str) + Sync,
) {
    std::thread::scope(|scope| {
        for does in FAILURES {
            let (book, see) = (&book, &see);
            scope.spawn(move || {
                let standing = Standing::of(book());
                let (status, said) = Fake::of(program, does).build(&standing.book);
                see(
                    &standing,
                    status.unwrap(),
                    &format!("{program}: {does}: {said}"),
                );
            });
        }
    });
}

/// That the build was made with the recording of its one sample.
fn shows_the_recording(standing: &Standing, status: i32, said: &str) {
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("0 samples live and 1 recorded"), "{said}");
    let page = standing.book.read("book/answers/exposed.html");
    assert!(page.contains("Recorded on"), "{page}");
    assert_eq!(super::leftovers(standing.book.root()), Vec::<String>::new());
}

#[test]
fn a_scanner_that_fails_in_any_way_refutes_its_sample_and_the_old_website_stays() {
    if !can_use(&["unshare", "openssl", "prlimit"]) {
        return;
    }
    let book = || book_with(&["certificate-ends-soon"]);
    with_each_failure(book, "openssl", |standing, status, said| {
        assert_eq!(status, 1, "{said}");
        assert!(said.contains("certificate-ends-soon"), "{said}");
        assert!(said.contains("the website is as it was"), "{said}");
        standing.stands();
    });
}

#[test]
fn a_server_that_does_not_come_up_is_named_and_its_recording_shown() {
    if !can_use(&["unshare", "nmap", "storescp", "prlimit"]) {
        return;
    }
    let book = || book_with(&["firewall-before"]);
    with_each_failure(book, "storescp", |standing, status, said| {
        shows_the_recording(standing, status, said);
        assert!(
            said.contains("the server `device` did not come up"),
            "{said}"
        );
    });
}

#[test]
fn a_cage_that_cannot_be_made_is_named_and_recordings_are_shown() {
    if !can_use(&["unshare", "ip", "mount", "nmap", "storescp", "prlimit"]) {
        return;
    }
    let book = || book_with(&["firewall-before"]);
    for program in ["unshare", "mount"] {
        with_each_failure(book, program, |standing, status, said| {
            shows_the_recording(standing, status, said);
            assert!(said.contains("no private network"), "{said}");
        });
    }
    with_each_failure(book, "ip", shows_the_recording);
    assert!(
        !std::path::Path::new("/mnt/scene").exists(),
        "a cage wrote on the machine itself"
    );
}

#[test]
fn without_the_list_of_packages_samples_are_live_all_the_same() {
    if !can_use(&["unshare", "nmap", "storescp", "prlimit"]) {
        return;
    }
    let book = || book_with(&["firewall-before"]);
    with_each_failure(book, "dpkg-query", |_, status, said| {
        assert_eq!(status, 0, "{said}");
        assert!(said.contains("1 sample live and 0 recorded"), "{said}");
    });
}

#[test]
fn a_git_that_fails_in_any_way_stops_nothing() {
    if !can_use(&["git", "prlimit"]) {
        return;
    }
    let book = || {
        let book = Book::recorded();
        // That there is a repository is seen by its folder; the fake is asked for the rest.
        book.write(".git/HEAD", "ref: refs/heads/main\n");
        book
    };
    with_each_failure(book, "git", |standing, status, said| {
        assert_eq!(status, 0, "{said}");
        assert!(said.contains("Built"), "{said}");
        assert_eq!(super::leftovers(standing.book.root()), Vec::<String>::new());
    });
}

#[test]
fn every_program_may_be_missing() {
    let book = Book::recorded();
    let programs =
        "git,unshare,ip,mount,nmap,storescp,openssl,dpkg-query,stunnel,echoscu,tshark,nft";
    let ran = book.run_without(programs, &["build"]);
    ran.assert_exit(0);
    // Our own probe needs none of them.
    assert!(
        ran.stderr().contains("3 samples live and 0 recorded"),
        "{}",
        ran.stderr()
    );
    let book = book_with(&["firewall-before"]);
    let ran = book.run_without(programs, &["build"]);
    ran.assert_exit(0);
    let said = ran.stderr();
    assert!(
        said.contains("not installed") && said.contains("ci/install"),
        "{said}"
    );
    assert!(said.contains("0 samples live and 1 recorded"), "{said}");
}
