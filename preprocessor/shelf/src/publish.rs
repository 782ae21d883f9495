//! Puts a finished website in the place of the old one.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// A folder beside the website in which the next one is made. It goes when it is dropped, so that a
/// build that fails leaves nothing behind and the old website untouched.
#[derive(Debug)]
pub(crate) struct Workshop {
    folder: TempDir,
    destination: PathBuf,
}

impl Workshop {
    /// Opens a workshop for the website at `destination`.
    pub(crate) fn open(destination: &Path) -> Result<Workshop> {
        refuse_foreign_folder(destination)?;
        let parent = match destination.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        std::fs::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder {}", parent.display()))?;
        // Beside the destination, so that a rename never has to copy.
        let folder = tempfile::Builder::new()
            .prefix(".book.")
            .tempdir_in(parent)
            .with_context(|| format!("cannot write into {}", parent.display()))?;
        Ok(Workshop {
            folder,
            destination: destination.to_owned(),
        })
    }

    /// Where the new website is made.
    pub(crate) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Puts the new website in the place of the old one. Where the system can exchange two folders
    /// in one step, there is no moment without a website.
    pub(crate) fn publish(self) -> Result<()> {
        self.swap().with_context(|| {
            let place = self.destination.display();
            format!("cannot put the website in its place at {place}")
        })
    }

    fn swap(&self) -> io::Result<()> {
        let site = self.site();
        if !self.destination.exists() {
            return std::fs::rename(site, &self.destination);
        }
        if exchange(&site, &self.destination)? {
            return Ok(());
        }
        let old = self.folder.path().join("old");
        std::fs::rename(&self.destination, &old)?;
        std::fs::rename(site, &self.destination).inspect_err(|_| {
            // Without a new one, the old one goes back; the first error is the one to report.
            let _ = std::fs::rename(&old, &self.destination);
        })
    }
}

/// Exchanges two folders in one step. `false` where the system or the file system cannot.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// A folder that is no website of ours may be somebody's work: it is not replaced.
fn refuse_foreign_folder(destination: &Path) -> Result<()> {
    let is_ours = !destination.exists()
        || destination.join("index.html").is_file()
        || std::fs::read_dir(destination)
            .with_context(|| format!("{} is no folder that can be read", destination.display()))?
            .next()
            .is_none();
    if !is_ours {
        bail!(
            "{} is neither empty nor a website; name another folder with --output",
            destination.display()
        );
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_old_website_stays_until_the_new_one_is_whole() {
        let parent = tempfile::tempdir().unwrap();
        let book = parent.path().join("book");
        std::fs::create_dir(&book).unwrap();
        std::fs::write(book.join("index.html"), "old").unwrap();

        let workshop = Workshop::open(&book).unwrap();
        std::fs::create_dir(workshop.site()).unwrap();
        std::fs::write(workshop.site().join("index.html"), "half").unwrap();
        drop(workshop);
        assert_eq!(
            std::fs::read_to_string(book.join("index.html")).unwrap(),
            "old"
        );

        let workshop = Workshop::open(&book).unwrap();
        std::fs::create_dir(workshop.site()).unwrap();
        std::fs::write(workshop.site().join("index.html"), "new").unwrap();
        workshop.publish().unwrap();
        assert_eq!(
            std::fs::read_to_string(book.join("index.html")).unwrap(),
            "new"
        );
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_replaced() {
        let parent = tempfile::tempdir().unwrap();
        std::fs::write(parent.path().join("thesis.doc"), "years of work").unwrap();
        assert!(Workshop::open(parent.path()).is_err());
    }
}
