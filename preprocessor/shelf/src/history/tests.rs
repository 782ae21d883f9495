#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use super::*;

/// A small repository; none where there is no `git`, which CI does not forgive.
fn repository() -> Option<TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("git")
        .arg("init")
        .arg("--quiet")
        .arg(folder.path())
        .status();
    match made {
        Ok(status) if status.success() => Some(folder),
        other => {
            assert!(std::env::var_os("CI").is_none(), "no git: {other:?}");
            eprintln!("SKIPPED: there is no git on this machine: {other:?}");
            None
        }
    }
}

fn git(root: &Path, day: &str, args: &[&str]) {
    let when = format!("{day}T23:30:00+00:00");
    let done = Command::new("git")
        .current_dir(root)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(["-c", "commit.gpgsign=false"])
        .args(args)
        .env("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
        .env("GIT_COMMITTER_DATE", when)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn commit(root: &Path, day: &str) {
    git(root, day, &["add", "--all"]);
    git(
        root,
        day,
        &["commit", "--quiet", "--allow-empty", "--message", "m"],
    );
}

fn piece(question: &str, body: &str) -> String {
    format!(
        "+++\nkind = \"answer\"\nquestion = \"{question}\"\naudience = [\"press\"]\ntopics = [\"a\"]\n[review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n\n{body}\n\nThe same lines as ever,\nwhich stay,\nwhatever happens.\n"
    )
}

fn days(past: &Past) -> Vec<String> {
    past.versions.iter().map(Kept::in_words).collect()
}

/// Written on the 1st, changed on the 3rd, with commits that touch something else between and after.
fn changed_twice() -> Option<TempDir> {
    let folder = repository()?;
    let root = folder.path();
    write(root, "src/a.md", &piece("Why?", "First."));
    write(root, "src/plain.md", "# No piece\n");
    commit(root, "2026-01-01");
    write(root, "README", "x");
    commit(root, "2026-01-02");
    write(root, "src/a.md", &piece("Why?", "Second."));
    commit(root, "2026-01-03");
    commit(root, "2026-01-04");
    Some(folder)
}

#[test]
fn each_version_of_a_piece_is_there_with_its_days_and_its_text() {
    let Some(folder) = changed_twice() else {
        return;
    };
    let history = History::read(folder.path());
    assert_eq!(history.trouble(), None);
    assert!(!history.is_shallow());
    let past = history.of("src/a.md").unwrap();
    assert_eq!(
        days(past),
        [
            "Since 3 January 2026",
            "From 1 January 2026 until 3 January 2026"
        ]
    );
    assert!(history.of("src/plain.md").is_none());
    assert_eq!(history.changed("src/a.md"), Day::parse("2026-01-03"));
    assert_eq!(history.begun("src/a.md"), Day::parse("2026-01-01"));
    let version = history.version();
    assert_eq!(version.day, Day::parse("2026-01-04"));
    assert!(!version.is_changed);

    let texts: BTreeMap<_, _> = history.texts().into_iter().collect();
    assert_eq!(texts.len(), 3);
    let text_of = |place: String| String::from_utf8(texts[&place].clone()).unwrap();
    for (kept, words) in past.versions.iter().zip(["Second.", "First."]) {
        let text = text_of(past.place(kept));
        assert!(text.starts_with("Why?\n\nVersion "), "{text}");
        assert!(text.contains(words) && !text.contains("+++"), "{text}");
    }
}

#[test]
fn a_commit_that_touched_no_piece_leads_to_the_text_that_stood() {
    let Some(folder) = changed_twice() else {
        return;
    };
    let history = History::read(folder.path());
    let past = history.of("src/a.md").unwrap();
    let list = history
        .texts()
        .into_iter()
        .find(|(place, _)| *place == past.list());
    let list = String::from_utf8(list.unwrap().1).unwrap();
    let [newest, oldest] = past.versions.as_slice() else {
        panic!("{past:?}")
    };
    let parts: Vec<&str> = list.split("\n\n").collect();
    for (commit, kept) in history.commits.iter().zip([newest, newest, oldest, oldest]) {
        let found: Vec<_> = parts
            .iter()
            .skip(2)
            .filter(|part| part.contains(short(&commit.id)))
            .collect();
        assert_eq!(found.len(), 1, "{list}");
        assert!(
            found[0].starts_with(&format!("a/{}", Past::name(kept))),
            "{list}"
        );
    }
}

#[test]
fn files_that_no_commit_holds_make_the_version_changed() {
    for (path, is_changed) in [
        ("src/a.md", true),
        ("src/new.md", true),
        ("content/terms.toml", true),
        ("README", false),
    ] {
        let Some(folder) = changed_twice() else {
            return;
        };
        write(folder.path(), path, "other");
        let version = History::read(folder.path()).version();
        assert_eq!(version.is_changed, is_changed, "{path}");
    }
}

#[test]
fn a_history_is_read_again_only_after_a_commit() {
    let Some(folder) = changed_twice() else {
        return;
    };
    let root = folder.path();
    let first = History::read(root);
    write(root, "src/a.md", &piece("Why?", "Third."));
    let second = first.again(root);
    assert!(second.version().is_changed);
    let text = |history: &History| Arc::clone(&history.of("src/a.md").unwrap().versions[0].written);
    assert!(Arc::ptr_eq(&text(&first), &text(&second)));
    commit(root, "2026-01-05");
    let third = second.again(root);
    assert_eq!(third.of("src/a.md").unwrap().versions.len(), 3);
    assert!(!third.version().is_changed);
}

#[test]
fn pieces_that_moved_and_pieces_that_went_keep_their_past() {
    let Some(folder) = changed_twice() else {
        return;
    };
    let root = folder.path();
    write(root, "src/gone.md", &piece("Gone?", "Here for two days."));
    commit(root, "2026-02-01");
    fs::create_dir(root.join("src/answers")).unwrap();
    fs::rename(root.join("src/a.md"), root.join("src/answers/b.md")).unwrap();
    fs::remove_file(root.join("src/gone.md")).unwrap();
    commit(root, "2026-02-03");
    let history = History::read(root);
    let moved = history.of("src/answers/b.md").unwrap();
    assert_eq!((moved.slug.as_str(), moved.versions.len()), ("b", 3));
    assert!(history.of("src/a.md").is_none());
    let gone: Vec<_> = history.withdrawn().collect();
    assert_eq!(gone.len(), 1);
    assert_eq!(
        (gone[0].title.as_str(), gone[0].withdrawn),
        ("Gone?", Day::parse("2026-02-03"))
    );
    assert_eq!(
        days(gone[0]),
        ["From 1 February 2026 until 3 February 2026"]
    );
}

#[test]
fn a_merge_brings_its_pages_on_the_day_of_the_merge() {
    let Some(folder) = changed_twice() else {
        return;
    };
    let root = folder.path();
    git(root, "2026-03-01", &["checkout", "--quiet", "-b", "side"]);
    write(root, "src/a.md", &piece("Why?", "Third."));
    commit(root, "2026-03-01");
    git(root, "2026-03-09", &["checkout", "--quiet", "-"]);
    git(
        root,
        "2026-03-09",
        &["merge", "--quiet", "--no-ff", "--message", "m", "side"],
    );
    let history = History::read(root);
    assert_eq!(history.changed("src/a.md"), Day::parse("2026-03-09"));
    assert_eq!(history.of("src/a.md").unwrap().versions.len(), 3);
}

#[test]
fn a_shallow_clone_is_noticed_and_does_not_guess_days() {
    let Some(folder) = changed_twice() else {
        return;
    };
    let parent = tempfile::tempdir().unwrap();
    let from = format!("file://{}", folder.path().display());
    git(
        parent.path(),
        "2026-01-05",
        &["clone", "--quiet", "--depth", "1", &from, "copy"],
    );
    let history = History::read(&parent.path().join("copy"));
    assert_eq!(history.trouble(), None);
    assert!(history.is_shallow());
    assert_eq!(history.changed("src/a.md"), None);
    assert_eq!(history.version().day, Day::parse("2026-01-04"));
}

#[test]
fn what_is_no_repository_has_no_history_and_a_reason() {
    let Some(folder) = changed_twice() else {
        return;
    };
    let root = folder.path();
    // A book in a folder of a repository has none of its own.
    for (place, is_made) in [("src", false), ("empty", true)] {
        let place = root.join(place);
        if is_made {
            fs::create_dir(&place).unwrap();
            fs::create_dir(place.join(".git")).unwrap();
        }
        let history = History::read(&place);
        assert!(history.trouble().is_some(), "{}", place.display());
        assert_eq!(history.version(), Version::default());
        assert!(history.texts().is_empty());
    }
    // A repository without a commit.
    let Some(fresh) = repository() else { return };
    assert!(
        History::read(fresh.path())
            .trouble()
            .unwrap()
            .starts_with("git says: ")
    );
}

#[cfg(unix)]
#[test]
fn no_program_that_a_repository_names_is_started() {
    let Some(folder) = changed_twice() else {
        return;
    };
    let root = folder.path();
    let mark = root.join("started");
    let program = format!("touch {}", mark.display());
    for key in [
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "core.editor",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
    ] {
        git(root, "2026-01-05", &["config", key, &program]);
    }
    write(root, ".gitattributes", "*.md diff=x filter=x\n");
    // Whoever asks what changed has a filter look at a file that is newer than the index.
    write(root, "src/a.md", &piece("Why?", "Third."));
    let history = History::read(root);
    assert_eq!(history.trouble(), None);
    assert!(history.version().is_changed);
    assert!(!mark.exists());
    // The same question without our care does start one.
    git(root, "2026-01-05", &["config", "filter.x.process", ""]);
    git(root, "2026-01-05", &["status", "--porcelain"]);
    assert!(mark.exists());
}
