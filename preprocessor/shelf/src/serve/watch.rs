//! Word of changed files.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

/// An editor writes a file in several steps; this long after the last one, it has done so.
const QUIET: Duration = Duration::from_millis(30);
/// What never becomes quiet is looked at all the same.
const LONGEST: Duration = Duration::from_millis(500);

/// Listens to the folders that the website is made from.
#[derive(Debug)]
pub(crate) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    changed: Receiver<PathBuf>,
}

impl Watch {
    /// Listens from now on to the book at `root`.
    ///
    /// # Errors
    ///
    /// The system gives no word of changes in the book's own folder.
    pub(crate) fn start(root: &Path) -> notify::Result<Watch> {
        let root = root.canonicalize()?;
        let (tell, changed) = mpsc::channel();
        let book = root.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Nobody listens any more: the command is about to end.
            match event {
                Ok(event) => {
                    for path in changes(&book, event) {
                        let _ = tell.send(path);
                    }
                }
                // Words were lost: anything may have changed.
                Err(_) => {
                    let _ = tell.send(PathBuf::new());
                }
            }
        })?;
        let mut watch = Watch {
            root,
            watcher,
            changed,
        };
        watch
            .watcher
            .watch(&watch.root, RecursiveMode::NonRecursive)?;
        watch.listen();
        Ok(watch)
    }

    /// Waits until something has changed and is quiet again; then what has, relative to the book. None
    /// when nothing will ever change again.
    pub(crate) fn wait(&mut self) -> Option<Vec<PathBuf>> {
        let mut paths = vec![self.changed.recv().ok()?];
        let began = Instant::now();
        while began.elapsed() < LONGEST {
            match self.changed.recv_timeout(QUIET) {
                Ok(path) => paths.push(path),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        // A folder may be new, or another one under an old name.
        self.listen();
        paths.sort();
        paths.dedup();
        Some(paths)
    }

    /// Listens to every folder that is there. Those of tests and tools hold nothing of the website.
    fn listen(&mut self) {
        let theme = self.root.join("theme");
        let parts = std::fs::read_dir(&theme).into_iter().flatten().flatten();
        let parts = parts.map(|part| part.path());
        let parts = parts.filter(|part| part.is_dir() && matters(&self.root, &part.join("x")));
        let parts: Vec<PathBuf> = parts.collect();
        let whole = [self.root.join("src"), self.root.join("content")];
        for folder in whole.iter().chain(&parts) {
            // What is not there will be listened to when it is.
            let _ = self.watcher.watch(folder, RecursiveMode::Recursive);
        }
        let _ = self.watcher.watch(&theme, RecursiveMode::NonRecursive);
    }
}

/// The paths of an event that the website is made from, relative to the book.
fn changes(root: &Path, event: Event) -> Vec<PathBuf> {
    if event.need_rescan() {
        return vec![PathBuf::new()];
    }
    // That somebody reads a file, as we do, changes nothing.
    if matches!(
        event.kind,
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_))
    ) {
        return Vec::new();
    }
    let paths = event.paths.into_iter();
    paths
        .filter(|path| matters(root, path))
        .filter_map(|path| path.strip_prefix(root).ok().map(Path::to_owned))
        .collect()
}

/// Whether the website is made from a file.
fn matters(root: &Path, path: &Path) -> bool {
    let Ok(path) = path.strip_prefix(root) else {
        return false;
    };
    let names: Vec<_> = path.components().map(Component::as_os_str).collect();
    let [first, rest @ ..] = names.as_slice() else {
        return false;
    };
    if names.iter().any(|name| is_an_editors_own(name)) {
        return false;
    }
    match first.to_str() {
        Some("src" | "content") => true,
        Some("theme") => rest.first().is_none_or(|part| *part != "tests"),
        Some(name) => rest.is_empty() && (name == "book.toml" || name.ends_with(".md")),
        None => false,
    }
}

/// Names of files that editors and tools make for themselves.
fn is_an_editors_own(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with(['.', '#'])
        || name.ends_with('~')
        || name == "4913"
        || [".swp", ".swx", ".tmp", ".bak"]
            .iter()
            .any(|ending| name.ends_with(ending))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_website_is_made_from_matters() {
        let root = Path::new("/book");
        for path in [
            "src/a.md",
            "src/deep/picture.png",
            "content/samples/one.toml",
            "theme/css/page.css",
            "theme/index.hbs",
            "book.toml",
            "README.md",
        ] {
            assert!(matters(root, &root.join(path)), "{path}");
        }
        for path in [
            "",
            "book/index.html",
            ".book.Xy1/site/index.html",
            ".git/index",
            "target/debug/shelf",
            "theme/tests/node_modules/a.js",
            "src/.a.md.swp",
            "src/a.md~",
            "src/4913",
            "src/#a.md#",
            "content/.sources.toml.tmp",
            "Cargo.lock",
            "../other/src/a.md",
        ] {
            assert!(!matters(root, &root.join(path)), "{path}");
        }
        assert!(!matters(root, Path::new("/elsewhere/src/a.md")));
    }

    #[test]
    fn a_change_is_told_once_and_reading_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir(root.join("src")).unwrap();
        std::fs::write(root.join("src/a.md"), "one").unwrap();
        let mut watch = Watch::start(root).unwrap();
        assert_eq!(std::fs::read(root.join("src/a.md")).unwrap(), b"one");
        std::fs::write(root.join("src/a.md"), "two").unwrap();
        std::fs::write(root.join("src/a.md"), "three").unwrap();
        assert_eq!(watch.wait().unwrap(), [Path::new("src/a.md")]);
        assert!(watch.changed.recv_timeout(3 * QUIET).is_err());
        // As many editors save: a new file in the place of the old one, in a folder that is new itself.
        std::fs::create_dir_all(root.join("content/samples")).unwrap();
        assert_eq!(watch.wait().unwrap(), [Path::new("content")]);
        std::fs::write(root.join("content/samples/.new"), "x").unwrap();
        std::fs::rename(
            root.join("content/samples/.new"),
            root.join("content/samples/one.toml"),
        )
        .unwrap();
        let told = watch.wait().unwrap();
        assert!(
            told.contains(&PathBuf::from("content/samples/one.toml")),
            "{told:?}"
        );
    }
}
