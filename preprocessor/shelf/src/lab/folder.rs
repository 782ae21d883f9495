//! The student's own folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::lesson::Lesson;
use super::progress::{self, Progress};

/// Held by the lab that is at work in the folder; the system lets go of it, however the lab ends.
const LOCK: &str = ".lock";

/// A folder in which one student works, and no other.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// As it is called in what a student reads.
    pub(super) shown: String,
    /// What was kept there, if anything.
    pub(super) progress: Option<Progress>,
    /// Why what was kept there says nothing.
    pub(super) misread: Option<String>,
    /// Where the work of before was moved.
    pub(super) aside: Option<String>,
    _lock: File,
}

impl Folder {
    /// Opens the folder, and makes it if it is not there. With `again`, one that is there is moved
    /// aside first.
    ///
    /// # Errors
    ///
    /// It is somebody else's, another lab is at work there, or the system does not let us.
    pub(super) fn open(path: &Path, lesson: &Lesson, again: bool) -> Result<Folder> {
        let shown = path.display().to_string();
        let path = std::path::absolute(path).context("cannot tell the current folder")?;
        let mut aside = None;
        if again && path.exists() {
            refuse_others(&path, &shown, lesson)?;
            // Not while somebody works there.
            drop(lock(&path, &shown)?);
            let other = free_name(&path);
            fs::rename(&path, &other)
                .with_context(|| format!("cannot move {shown} aside to {}", other.display()))?;
            aside = Some(other.display().to_string());
        }
        if path.exists() {
            refuse_others(&path, &shown, lesson)?;
        } else {
            fs::create_dir_all(&path).with_context(|| {
                format!("cannot make the folder {shown}; name another with --folder")
            })?;
        }
        let lock = lock(&path, &shown)?;
        let (progress, misread) = match Progress::read(&path) {
            Ok(progress) => (progress, None),
            Err(why) => (None, Some(why)),
        };
        Ok(Folder {
            path,
            shown,
            progress,
            misread,
            aside,
            _lock: lock,
        })
    }

    /// Writes a file that is not there; one that is there stays. Says whether it was written.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(super) fn lay(&self, name: &str, bytes: &[u8]) -> Result<bool> {
        let path = self.path.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Ok(false);
        }
        fs::write(&path, bytes)
            .with_context(|| format!("cannot write {name} into {}", self.shown))?;
        Ok(true)
    }

    /// Whether a file is there.
    pub(super) fn holds(&self, name: &str) -> bool {
        fs::symlink_metadata(self.path.join(name)).is_ok()
    }
}

/// A folder that holds something else is not ours to fill.
fn refuse_others(path: &Path, shown: &str, lesson: &Lesson) -> Result<()> {
    if !path.is_dir() {
        bail!("{shown} is no folder; name another with --folder DIR");
    }
    match Progress::read(path) {
        Ok(Some(progress)) if progress.lab != lesson.id => bail!(
            "{shown} is the folder of the lab {}; name another with --folder DIR",
            progress.lab
        ),
        Ok(Some(_)) | Err(_) => return Ok(()),
        Ok(None) => {}
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot read the folder {shown}"))?;
    let mut names = entries.flatten().map(|entry| entry.file_name());
    if names.any(|name| name != LOCK && name != progress::FILE) {
        bail!(
            "{shown} is there already and is no folder of this lab; name another with --folder DIR"
        );
    }
    Ok(())
}

fn lock(path: &Path, shown: &str) -> Result<File> {
    let held = path.join(LOCK);
    // A link would have us make a file elsewhere; a pipe would hold us until somebody reads it.
    if fs::symlink_metadata(&held).is_ok_and(|there| !there.is_file()) {
        bail!(
            "{LOCK} in {shown} is no plain file; delete it, or name another folder with --folder"
        );
    }
    let mut options = OpenOptions::new();
    let file = options
        .create(true)
        .truncate(false)
        .write(true)
        .open(held)
        .with_context(|| format!("cannot write in {shown}; name another folder with --folder"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "a lab is at work in {shown} already; go on in its terminal, or name another folder with \
             --folder DIR"
        ),
        // Some file systems have no locks. Two labs in one folder are then the student's to avoid.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot tell whether a lab is at work in {shown}"))
        }
    }
}

/// A name beside the folder that nothing has yet.
fn free_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 1_u32;
    loop {
        let other = path.with_file_name(format!("{name}-old-{number}"));
        if fs::symlink_metadata(&other).is_err() {
            return other;
        }
        number = number.saturating_add(1);
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_leads_elsewhere_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, folder.path().join(LOCK)).unwrap();
        let why = lock(folder.path(), "here").unwrap_err().to_string();
        assert!(why.contains("no plain file"), "{why}");
        assert!(!elsewhere.exists());
        fs::remove_file(folder.path().join(LOCK)).unwrap();
        let held = lock(folder.path(), "here").unwrap();
        assert!(lock(folder.path(), "here").is_err());
        drop(held);
        // A program that another test is starting holds a copy of the lock until it runs.
        let again = (0..200).any(|_| {
            let is_free = lock(folder.path(), "here").is_ok();
            if !is_free {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            is_free
        });
        assert!(again);
    }
}
