//! What the place may do into which a website is written.

use std::process::Command;

use super::{Standing, leftovers, told};
use crate::book::Book;
use crate::real::can_use;

/// Runs a script of the shell at the book, in a folder tree of its own: what it mounts is gone with it. The
/// script calls our program `$0`.
fn in_a_tree_of_its_own(book: &Book, script: &str) -> (Option<i32>, String) {
    let ours = book.command(&[]);
    let mut command = Command::new("unshare");
    command
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
        .arg(ours.get_program())
        .current_dir(book.root())
        .envs(
            ours.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
    told(&mut command)
}

#[test]
fn a_full_disk_leaves_the_old_website() {
    if !can_use(&["unshare", "mount"]) {
        return;
    }
    let book = Book::recorded();
    std::fs::create_dir(book.root().join("disk")).unwrap();
    // Room for one website, and then for less and less of a second.
    let script = "mount -t tmpfs -o size=1400k tmpfs disk && build='build --samples recorded -o disk/book' && \
                  \"$0\" $build && cp -r disk/book before && \
                  for room in 400 200 50 0; do \
                    rm -f disk/fill; free=$(df -k --output=avail disk | tail -1); \
                    head -c $(( (free - room) * 1024 )) /dev/zero > disk/fill; \
                    \"$0\" $build; test $? = 2 && diff -r before disk/book && \
                    test \"$(ls -A disk)\" = \"$(printf 'book\\nfill')\" || exit 9; \
                  done; \
                  rm disk/fill && mount -o remount,size=10m disk && \"$0\" $build";
    let (status, said) = in_a_tree_of_its_own(&book, script);
    assert_eq!(status, Some(0), "{said}");
    for word in [
        "No space left on device",
        "help: make room there",
        "the website is as it was",
    ] {
        assert_eq!(said.matches(word).count(), 4, "{word}: {said}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_leaves_the_old_website() {
    if !can_use(&["unshare", "mount"]) {
        return;
    }
    let standing = Standing::new();
    let script = "mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\" && \
                  exec \"$0\" build --samples recorded";
    let (status, said) = in_a_tree_of_its_own(&standing.book, script);
    assert_eq!(status, Some(2), "{said}");
    for word in [
        "Read-only file system",
        "help: name a folder elsewhere with --output",
        "the website is as it was",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
    standing.stands();
}

#[test]
fn somebody_without_the_right_to_write_or_read_is_told_which_file() {
    if !can_use(&["setpriv"]) {
        return;
    }
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let nobody = |standing: &Standing| {
        let ours = standing.book.command(&[]);
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(ours.get_program())
            .args(super::RECORDED)
            .current_dir(standing.book.root())
            .envs(
                ours.get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            );
        told(&mut command)
    };
    let standing = Standing::new();
    let root = standing.book.root();
    set_permissions(root, Permissions::from_mode(0o755)).unwrap();
    let (status, said) = nobody(&standing);
    if said.starts_with("setpriv:") {
        assert!(std::env::var_os("CI").is_none(), "cannot be tested: {said}");
        eprintln!("SKIPPED: this user may not become another: {said}");
        return;
    }
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("cannot write into"), "{said}");
    for path in [
        "src/plain.md",
        "content/terms.toml",
        "src/answers",
        "book.toml",
    ] {
        let place = root.join(path);
        let before = std::fs::metadata(&place).unwrap().permissions();
        set_permissions(&place, Permissions::from_mode(0o000)).unwrap();
        let (status, said) = nobody(&standing);
        set_permissions(&place, before).unwrap();
        assert_eq!(status, Some(2), "{said}");
        let named = said.contains("cannot read") && said.contains(path);
        assert!(
            named && said.contains("help: ask for the right"),
            "{path}: {said}"
        );
    }
    standing.stands();
}

#[test]
fn two_builds_in_one_folder_leave_one_whole_website() {
    let standing = Standing::new();
    for _ in 0..5 {
        let builds: Vec<_> = (0..3)
            .map(|_| {
                let mut command = standing.book.command(&super::RECORDED);
                std::thread::spawn(move || told(&mut command))
            })
            .collect();
        for build in builds {
            let (status, said) = build.join().unwrap();
            assert_eq!(status, Some(0), "{said}");
        }
        standing.stands();
    }
}

#[test]
fn a_file_that_changes_during_the_build_gives_the_old_text_or_the_new() {
    let standing = Standing::new();
    let book = &standing.book;
    let stop = std::sync::atomic::AtomicBool::new(false);
    let path = book.root().join("src/plain.md");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let relaxed = std::sync::atomic::Ordering::Relaxed;
            for number in 0.. {
                if stop.load(relaxed) {
                    return;
                }
                // As an editor saves it: another file in its place.
                let beside = path.with_extension("saved");
                std::fs::write(&beside, format!("# Number {number}\n\nWords.\n")).unwrap();
                std::fs::rename(&beside, &path).unwrap();
            }
        });
        for _ in 0..5 {
            let (status, said) = told(&mut book.command(&super::RECORDED));
            assert_eq!(status, Some(0), "{said}");
            let page = book.read("book/plain.html");
            assert!(
                page.contains("Number ") && page.contains("</html>"),
                "{page}"
            );
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(leftovers(book.root()), Vec::<String>::new());
}
