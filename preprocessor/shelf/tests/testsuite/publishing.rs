//! `ci/publish`: releases beside each other, one link that is switched, and the way back.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Two names as the build makes them, and what is in them.
const OLD_STYLE: (&str, &str) = ("theme/css/site-0123abcd.css", "old");
const NEW_STYLE: (&str, &str) = ("theme/css/site-4567cdef.css", "new");

/// A website that was built, and the folder in which it is published.
struct Host {
    folder: TempDir,
}

impl Host {
    fn new() -> Host {
        let host = Host {
            folder: tempfile::tempdir().unwrap(),
        };
        host.build("first", OLD_STYLE);
        host
    }

    fn path(&self, place: &str) -> PathBuf {
        self.folder.path().join(place)
    }

    fn read(&self, place: &str) -> String {
        fs::read_to_string(self.path(place)).unwrap_or_else(|error| panic!("{place}: {error}"))
    }

    /// Builds a website in the place of the one before.
    fn build(&self, text: &str, (style, look): (&str, &str)) {
        let _ = fs::remove_dir_all(self.path("book"));
        let page = format!("<link rel=\"stylesheet\" href=\"{style}\">{text}");
        for (place, text) in [
            ("index.html", page.as_str()),
            (".shelf-site", "a website"),
            ("figures/same.svg", "<svg/>"),
            (style, look),
        ] {
            let file = self.path("book").join(place);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
    }

    /// The script, about to be run beside the website.
    fn command(&self, args: &[&str]) -> Command {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ci/publish");
        let mut command = Command::new(script);
        command.args(args).current_dir(self.folder.path());
        command
    }

    fn run(&self, args: &[&str], status: i32) -> String {
        let Output {
            status: ended,
            stdout,
            stderr,
        } = self.command(args).output().unwrap();
        let said = String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap();
        assert_eq!(ended.code(), Some(status), "{said}");
        said
    }

    fn publish(&self) -> String {
        self.run(&["www"], 0)
    }

    /// What a reader sees.
    fn shown(&self) -> String {
        self.read("www/current/index.html")
    }

    fn releases(&self) -> usize {
        let entries = fs::read_dir(self.path("www/releases")).unwrap();
        entries
            .filter(|entry| entry.as_ref().unwrap().path().is_dir())
            .count()
    }

    /// A program of the system that ends the script in place of its n-th call.
    fn deadly(&self, name: &str, call: usize) -> PathBuf {
        let folder = self.path("deadly");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        let count = folder.join("count");
        let script = format!(
            "#!/bin/sh\necho >> {count}\n[ $(wc -l < {count}) -ne {call} ] || {{ kill -9 $PPID; exit 1; }}\nexec /usr/bin/{name} \"$@\"\n",
            count = count.display()
        );
        let file = folder.join(name);
        fs::write(&file, script).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        folder
    }
}

#[test]
fn what_was_built_is_what_readers_see() {
    let host = Host::new();
    let said = host.publish();
    assert!(said.contains("is release 000001-"), "{said}");
    assert!(host.shown().contains("first"));
    assert!(host.path("www/current").is_symlink());
    host.build("second", NEW_STYLE);
    host.publish();
    assert!(host.shown().contains("second"));
    assert_eq!(host.releases(), 2);
}

#[test]
fn the_same_content_is_no_new_release() {
    let host = Host::new();
    host.publish();
    host.build("first", OLD_STYLE);
    let said = host.publish();
    assert!(said.contains("has this content already"), "{said}");
    assert_eq!(host.releases(), 1);
}

#[test]
fn there_is_a_way_back_and_forward_again() {
    let host = Host::new();
    host.run(&["--back", "www"], 2);
    host.publish();
    host.build("second", NEW_STYLE);
    host.publish();
    let list = host.run(&["--list", "www"], 0);
    let lines: Vec<&str> = list.lines().collect();
    assert!(
        lines[0].starts_with("  000001-") && lines[1].starts_with("* 000002-"),
        "{list}"
    );
    host.run(&["--back", "www"], 0);
    assert!(host.shown().contains("first"));
    let said = host.run(&["--back", "www"], 2);
    assert!(said.contains("there is no release before"), "{said}");
    host.publish();
    assert!(host.shown().contains("second"));
}

#[test]
fn a_page_that_was_open_finds_its_styles_after_the_switch_until_its_release_goes() {
    let host = Host::new();
    let old = format!("www/current/{}", OLD_STYLE.0);
    host.publish();
    host.build("second", NEW_STYLE);
    host.publish();
    assert_eq!(host.read(&old), OLD_STYLE.1);
    for n in 3..6 {
        host.build(&format!("another {n}"), NEW_STYLE);
        host.command(&["www"])
            .env("PUBLISH_KEEP", "2")
            .status()
            .unwrap();
    }
    assert!(!host.path(&old).exists());
    assert_eq!(
        host.read(&format!("www/current/{}", NEW_STYLE.0)),
        NEW_STYLE.1
    );
    assert_eq!(host.releases(), 2);
}

#[test]
fn a_page_keeps_its_day_and_a_changed_one_of_the_same_length_gets_another() {
    let host = Host::new();
    let day = |place: &str| {
        let file = fs::metadata(host.path(&format!("www/current/{place}"))).unwrap();
        file.modified().unwrap()
    };
    host.publish();
    let before = (day("figures/same.svg"), day("index.html"));
    host.build("later", OLD_STYLE);
    // As an artefact of a forge may come out of its archive.
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(315_532_800);
    let page = fs::File::options()
        .write(true)
        .open(host.path("book/index.html"))
        .unwrap();
    page.set_modified(long_ago).unwrap();
    host.publish();
    assert_eq!(day("figures/same.svg"), before.0);
    assert!(day("index.html") > before.1);
}

#[test]
fn a_folder_that_is_no_website_and_one_of_somebody_else_are_refused() {
    let host = Host::new();
    fs::remove_file(host.path("book/.shelf-site")).unwrap();
    let said = host.run(&["www"], 2);
    assert!(said.contains("is no website"), "{said}");
    host.build("first", OLD_STYLE);
    fs::create_dir_all(host.path("theirs/current")).unwrap();
    let said = host.run(&["theirs"], 2);
    assert!(said.contains("is no link"), "{said}");
    host.run(&[], 2);
}

#[test]
fn two_do_not_publish_at_once() {
    let host = Host::new();
    host.publish();
    let lock = fs::File::open(host.path("www/.lock")).unwrap();
    lock.lock().unwrap();
    host.build("second", NEW_STYLE);
    let said = host.run(&["www"], 2);
    assert!(said.contains("somebody else is publishing"), "{said}");
    assert!(host.shown().contains("first"));
}

#[test]
fn a_website_that_changes_while_it_is_copied_is_not_published() {
    let host = Host::new();
    host.publish();
    host.build("second", NEW_STYLE);
    let folder = host.deadly("cp", 0);
    let page = host.path("book/index.html");
    let cp = format!(
        "#!/bin/sh\necho third > {}\nexec /usr/bin/cp \"$@\"\n",
        page.display()
    );
    fs::write(folder.join("cp"), cp).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let output = host.command(&["www"]).env("PATH", path).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(host.shown().contains("first"));
}

/// Whether everything that the shown release lists is there, as it was built.
fn is_whole(host: &Host) -> bool {
    let release = fs::read_link(host.path("www/current")).unwrap();
    let list = format!(
        "{}.sha256",
        host.path("www")
            .canonicalize()
            .unwrap()
            .join(release)
            .display()
    );
    let check = Command::new("sha256sum")
        .args(["--check", "--quiet", "--strict", &list])
        .current_dir(host.path("www/current"))
        .output();
    check.unwrap().status.success()
}

#[test]
fn whenever_it_is_killed_readers_see_the_old_release_or_the_new_one() {
    let host = Host::new();
    host.publish();
    let mut killed = 0;
    for name in [
        "sha256sum",
        "cp",
        "ln",
        "mv",
        "rm",
        "mkdir",
        "sync",
        "chmod",
        "sort",
        "find",
        "xargs",
    ] {
        for call in 1..=8 {
            let before = host.shown();
            host.build(&format!("{name} {call}"), NEW_STYLE);
            let folder = host.deadly(name, call);
            let path = format!("{}:/usr/bin:/bin", folder.display());
            let ended = host.command(&["www"]).env("PATH", path).output().unwrap();
            let new = host.read("book/index.html");
            let shown = host.shown();
            assert!(shown == before || shown == new, "{name} {call}: {shown}");
            assert!(is_whole(&host), "{name} {call}");
            if ended.status.success() {
                assert_eq!(shown, new, "{name} {call}");
                // It calls this program less often.
                break;
            }
            killed += 1;
            host.publish();
            assert_eq!(host.shown(), new, "{name} {call}");
            let left = fs::read_dir(host.path("www")).unwrap();
            let mut left = left.map(|entry| entry.unwrap().file_name());
            assert!(!left.any(|name| name == ".switch"), "{name} {call}");
            assert!(!host.path("www/releases/.incoming").exists());
        }
    }
    assert!(killed > 20, "only {killed} were killed");
}
