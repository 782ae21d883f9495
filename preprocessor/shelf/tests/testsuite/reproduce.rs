//! The same commit gives the same website, whoever builds it and where. `ci/reproduce` does the same with the
//! real book and two compilations; here one program makes a small book, and some of a kit, twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::book::Book;
use crate::real::can_use;

/// Makes something from a clone of a book in the folder `to`, as somebody with these settings, in a network
/// without an interface.
fn make_in_a_clone(book: &Book, to: &Path, make: &[&str], user: &str, settings: [(&str, &str); 3]) {
    let [(_, umask), zone, language] = settings;
    let cloned = Command::new("git")
        .args(["clone", "--quiet", "--no-hardlinks"])
        .args([book.root(), to])
        .status();
    assert!(cloned.unwrap().success());
    let home = to.with_extension("home");
    fs::create_dir_all(&home).unwrap();
    let output = Command::new("unshare")
        .args(["--user", "--net", "--map-user", user])
        .args(["sh", "-c", "umask $0 && exec \"$@\"", umask])
        .arg(env!("CARGO_BIN_EXE_shelf"))
        .args(make)
        .current_dir(to)
        .env_clear()
        .envs([zone, language])
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("SHELF_TODAY", book.today())
        .output()
        .unwrap();
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{says}");
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let place = path.strip_prefix(folder).unwrap().to_owned();
                files.insert(place, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Has two people make something from clones of a book, and compares what lies in a folder then.
fn compare(book: &Book, make: &[&str], folder: &str) {
    if !can_use(&["git", "unshare"]) {
        return;
    }
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Editor"]);
        command.args(["-c", "user.email=editor@site.example"]);
        let status = command.args(args).current_dir(book.root()).status();
        assert!(status.unwrap().success());
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "A book"]);
    let place = tempfile::tempdir().unwrap();
    let (one, two) = (place.path().join("one"), place.path().join("a second one"));
    let kiritimati = [
        ("umask", "022"),
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "C.UTF-8"),
    ];
    make_in_a_clone(book, &one, make, "4711", kiritimati);
    let newfoundland = [
        ("umask", "077"),
        ("TZ", "America/St_Johns"),
        ("LANG", "tr_TR.UTF-8"),
    ];
    make_in_a_clone(book, &two, make, "4712", newfoundland);
    let (one, two) = (files(&one.join(folder)), files(&two.join(folder)));
    assert!(one.len() > 5, "{:?}", one.keys());
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        two.keys().collect::<Vec<_>>()
    );
    for (path, bytes) in &one {
        assert!(two[path] == *bytes, "{} differs", path.display());
    }
}

#[test]
fn two_people_with_two_clones_get_the_same_website() {
    compare(&Book::themed(), &["build", "--samples", "recorded"], "book");
}

#[test]
fn two_people_with_two_clones_get_the_same_kit() {
    compare(
        &Book::real(),
        &["kit", "exposed-archives", "checklist"],
        "kit",
    );
}

#[test]
fn the_first_difference_of_two_folders_is_named_with_its_place() {
    let compare = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ci/compare");
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two of them"));
    for side in [&one, &two] {
        fs::create_dir_all(side.join("kit")).unwrap();
        fs::write(side.join("index.html"), "<p>One text.</p>\n").unwrap();
        fs::write(side.join("kit/a file.txt"), "0123456789").unwrap();
    }
    let run = || {
        let output = Command::new(&compare).args([&one, &two]).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (status, says) = run();
    assert_eq!(status, Some(0), "{says}");
    assert!(says.starts_with("the same: 2 files, sha256"), "{says}");
    for (change, first, place) in [
        (
            "01234?6789",
            "kit/a file.txt",
            "at byte 6 of 10 and 10 bytes",
        ),
        (
            "01234",
            "kit/a file.txt",
            "one is the beginning of the other",
        ),
    ] {
        fs::write(two.join("kit/a file.txt"), change).unwrap();
        let (status, says) = run();
        assert_eq!(status, Some(1), "{says}");
        let begins = format!("different: 1 of 2 files; the first is {first}\n");
        assert!(says.starts_with(&begins) && says.contains(place), "{says}");
    }
    fs::write(two.join("extra"), "x").unwrap();
    let (status, says) = run();
    assert_eq!(status, Some(1), "{says}");
    assert!(says.contains("only one of the two has it"), "{says}");
}
