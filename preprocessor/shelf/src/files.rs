//! Writing files so that nobody meets half of one.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file under another name beside its place, then renames it.
///
/// # Errors
///
/// What the system says; the file at `path` is then as it was.
pub(crate) fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path);
    // What a run that was killed left there goes. A link that somebody else laid there goes too: what it
    // leads to is not ours to write.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    let opened = options.write(true).create_new(true).open(&beside);
    opened
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&beside, path))
        .inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// Writes every file under another name beside its place, then renames them in their order.
///
/// # Errors
///
/// The path that could not be written, and what the system says; every file is then as it was.
pub(crate) fn write_all(files: &[(PathBuf, String)]) -> Result<(), (PathBuf, io::Error)> {
    let mut written = Vec::new();
    let done = write_each_beside(files, &mut written)
        .and_then(|()| rename_each(files).map_err(|(path, error)| (path.to_owned(), error)));
    if done.is_err() {
        for beside in written {
            let _ = fs::remove_file(beside);
        }
    }
    done
}

/// Writes every file beside its place, where nothing may stand yet, and notes it in `written`.
fn write_each_beside(
    files: &[(PathBuf, String)],
    written: &mut Vec<PathBuf>,
) -> Result<(), (PathBuf, io::Error)> {
    for (path, text) in files {
        let beside = beside(path);
        let opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside);
        let done = opened.and_then(|mut file| {
            written.push(beside.clone());
            file.write_all(text.as_bytes())
        });
        done.map_err(|error| (beside, error))?;
    }
    Ok(())
}

/// Renames what was written beside; where one cannot be renamed, those before it are put back.
fn rename_each(files: &[(PathBuf, String)]) -> Result<(), (&Path, io::Error)> {
    let mut before: Vec<(&Path, Option<Vec<u8>>)> = Vec::new();
    for (path, _) in files {
        let old = match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        let renamed = old.and_then(|old| fs::rename(beside(path), path).map(|()| old));
        match renamed {
            Ok(old) => before.push((path, old)),
            Err(error) => {
                for (path, old) in before {
                    let _ = match old {
                        Some(bytes) => fs::write(path, bytes),
                        None => fs::remove_file(path),
                    };
                }
                return Err((path, error));
            }
        }
    }
    Ok(())
}

/// The name under which a file is written first.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(".new");
    path.with_file_name(name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        write_beside(&path, b"one").unwrap();
        write_beside(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert!(write_beside(&folder.path().join("none/a.md"), b"x").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_beside_leads_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("other"), "mine").unwrap();
        std::os::unix::fs::symlink(at("other"), at("a.md.new")).unwrap();
        write_beside(&at("a.md"), b"one").unwrap();
        assert_eq!(std::fs::read(at("other")).unwrap(), b"mine");
        assert_eq!(std::fs::read(at("a.md")).unwrap(), b"one");
        // What a run that was killed left there is no obstacle.
        std::fs::write(at("a.md.new"), "half").unwrap();
        write_beside(&at("a.md"), b"two").unwrap();
        assert_eq!(std::fs::read(at("a.md")).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn several_files_are_written_together_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let files = ["a.md", "b.md", "c.md"].map(|name| (at(name), name.to_owned()));
        std::fs::write(at("a.md"), "before").unwrap();
        // Nothing can be renamed to a folder; what stands under the other name is nobody's to take.
        for obstacle in ["c.md", "c.md.new"] {
            std::fs::create_dir(at(obstacle)).unwrap();
            assert!(write_all(&files).is_err(), "{obstacle}");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
            assert_eq!(std::fs::read(at("a.md")).unwrap(), b"before");
            std::fs::remove_dir(at(obstacle)).unwrap();
        }
        write_all(&files).unwrap();
        assert_eq!(std::fs::read(at("a.md")).unwrap(), b"a.md");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}
