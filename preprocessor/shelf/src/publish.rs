//! Puts a finished website or kit in the place of the old one.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// The file that says that a folder is a website of ours, and may be replaced by the next one.
const MARK: &str = ".shelf-site";
/// The file with which mdBook marks a website of its own.
const MDBOOKS_MARK: &str = ".nojekyll";
/// How the folders begin in which a website is made.
const PREFIX: &str = ".book.";
/// The file that is locked for as long as its folder is in use.
const LOCK: &str = "lock";

/// The file that says that a folder is a kit of ours.
pub(crate) const KIT_MARK: &str = ".shelf-kit";

/// Where a website or a kit goes.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// The folder that book.toml names. mdBook itself would empty it.
    Configured(PathBuf),
    /// A folder that somebody named on the command line.
    Named(PathBuf),
    /// The folder of a kit.
    Kit(PathBuf),
}

impl Place {
    fn folder(&self) -> &Path {
        match self {
            Place::Configured(folder) | Place::Named(folder) | Place::Kit(folder) => folder,
        }
    }

    /// The files that say that a folder may be replaced; the first is written into the next one.
    fn marks(&self) -> &'static [&'static str] {
        match self {
            Place::Configured(_) => &[MARK, MDBOOKS_MARK],
            Place::Named(_) => &[MARK],
            Place::Kit(_) => &[KIT_MARK],
        }
    }

    /// What lies there, and the command that makes it.
    fn what(&self) -> (&'static str, &'static str) {
        match self {
            Place::Configured(_) | Place::Named(_) => ("website", "cargo shelf build"),
            Place::Kit(_) => ("kit", "cargo shelf kit"),
        }
    }
}

/// A folder beside the website in which the next one is made. It goes when it is dropped, so that a
/// build that fails leaves nothing behind and the old website untouched. What a build that was killed
/// left behind goes when the next one begins.
#[derive(Debug)]
pub(crate) struct Workshop {
    folder: TempDir,
    place: Place,
    destination: PathBuf,
    /// Unlocked by the system when this process ends, however it ends.
    _lock: File,
}

impl Workshop {
    /// Opens a workshop for the website at `place`.
    pub(crate) fn open(place: Place) -> Result<Workshop> {
        refuse_foreign_folder(&place)?;
        // A link to a folder stays a link; what it points to is exchanged.
        let destination = place.folder();
        let destination = destination.canonicalize().unwrap_or(destination.to_owned());
        let parent = match destination.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let cannot_write = || format!("cannot write into {}", parent.display());
        std::fs::create_dir_all(parent).with_context(cannot_write)?;
        // One build at a time looks for leftovers and opens its workshop, so that none takes the other's
        // for one. Where the system locks no folders, they do without.
        let door = File::open(parent);
        let _ = door.as_ref().map(File::lock);
        remove_leftovers(parent);
        // Beside the destination, so that a rename never has to copy.
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(parent)
            .with_context(cannot_write)?;
        let lock = File::create(folder.path().join(LOCK)).with_context(cannot_write)?;
        lock.lock().with_context(cannot_write)?;
        Ok(Workshop {
            folder,
            place,
            destination,
            _lock: lock,
        })
    }

    /// Where the new website is made.
    pub(crate) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Puts the new website in the place of the old one, and says where that is. Where the system can
    /// exchange two folders in one step, there is no moment without a website.
    pub(crate) fn publish(self) -> Result<PathBuf> {
        self.mark().and_then(|()| self.swap()).with_context(|| {
            let (what, _) = self.place.what();
            format!(
                "cannot put the {what} in its place at {}",
                self.destination.display()
            )
        })?;
        Ok(self.destination.clone())
    }

    fn mark(&self) -> io::Result<()> {
        let (_, command) = self.place.what();
        let text = format!("This folder was made by `{command}`, which replaces it.\n");
        match self.place.marks().first() {
            Some(mark) => std::fs::write(self.site().join(mark), text),
            None => Ok(()),
        }
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

impl Drop for Workshop {
    /// The lock goes last: what a build leaves that is killed here, the next still knows for a leftover.
    fn drop(&mut self) {
        empty(self.folder.path());
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
fn refuse_foreign_folder(place: &Place) -> Result<()> {
    let (destination, marks) = (place.folder(), place.marks());
    if destination.is_symlink() && !destination.exists() {
        bail!(
            "{} is a link that leads nowhere; delete it, or make the folder that it leads to",
            destination.display()
        );
    }
    let is_ours = !destination.exists()
        || marks.iter().any(|mark| destination.join(mark).is_file())
        || std::fs::read_dir(destination)
            .with_context(|| format!("{} is no folder that can be read", destination.display()))?
            .next()
            .is_none();
    if !is_ours {
        let (what, command) = place.what();
        bail!(
            "{} is neither empty nor a {what} that `{command}` made; name another folder with --output",
            destination.display()
        );
    }
    Ok(())
}

/// Removes the workshops of builds that were killed: those whose lock nobody holds. Whatever cannot
/// be removed stays; it is in nobody's way.
fn remove_leftovers(parent: &Path) {
    let Ok(entries) = std::fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_workshop = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if !is_workshop {
            continue;
        }
        match File::open(path.join(LOCK)) {
            Ok(lock) if lock.try_lock().is_ok() => {
                empty(&path);
                let _ = std::fs::remove_dir_all(path);
            }
            Ok(_) => {}
            // Killed before there was a lock, or after: nothing is in it.
            Err(_) => drop(std::fs::remove_dir(path)),
        }
    }
}

/// Removes everything from a workshop but its lock.
fn empty(workshop: &Path) {
    let entries = std::fs::read_dir(workshop).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name() != LOCK) {
        // What cannot be removed goes with the folder, or stays.
        let _ = std::fs::remove_dir_all(entry.path());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn make(site: &Path, text: &str) {
        std::fs::create_dir(site).unwrap();
        std::fs::write(site.join("index.html"), text).unwrap();
    }

    #[test]
    fn the_old_website_stays_until_the_new_one_is_whole() {
        let parent = tempfile::tempdir().unwrap();
        let book = parent.path().join("book");
        let place = || Place::Named(book.clone());
        let shown = || std::fs::read_to_string(book.join("index.html")).unwrap();

        let workshop = Workshop::open(place()).unwrap();
        make(&workshop.site(), "old");
        workshop.publish().unwrap();

        let workshop = Workshop::open(place()).unwrap();
        make(&workshop.site(), "half");
        drop(workshop);
        assert_eq!(shown(), "old");

        let workshop = Workshop::open(place()).unwrap();
        make(&workshop.site(), "new");
        workshop.publish().unwrap();
        assert_eq!(shown(), "new");
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_replaced() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("theirs");
        make(&folder, "a website made by other means");
        assert!(Workshop::open(Place::Named(folder.clone())).is_err());
        // mdBook would empty the folder that book.toml names; where it did so before, so may we.
        assert!(Workshop::open(Place::Configured(folder.clone())).is_err());
        std::fs::write(folder.join(MDBOOKS_MARK), "").unwrap();
        assert!(Workshop::open(Place::Named(folder.clone())).is_err());
        assert!(Workshop::open(Place::Configured(folder)).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_website_stays_a_link() {
        let parent = tempfile::tempdir().unwrap();
        let link = parent.path().join("link");
        std::fs::create_dir(parent.path().join("real")).unwrap();
        std::os::unix::fs::symlink("real", &link).unwrap();
        let workshop = Workshop::open(Place::Named(link.clone())).unwrap();
        make(&workshop.site(), "new");
        workshop.publish().unwrap();
        assert!(link.is_symlink());
        assert!(parent.path().join("real/index.html").is_file());
    }

    #[test]
    fn what_a_killed_build_left_behind_goes_with_the_next() {
        let parent = tempfile::tempdir().unwrap();
        let dead = parent.path().join(".book.dead");
        std::fs::create_dir(&dead).unwrap();
        std::fs::write(dead.join(LOCK), "").unwrap();
        let early = parent.path().join(".book.early");
        std::fs::create_dir(&early).unwrap();
        let alive = Workshop::open(Place::Named(parent.path().join("one"))).unwrap();
        let next = Workshop::open(Place::Named(parent.path().join("two"))).unwrap();
        assert!(!dead.exists() && !early.exists());
        assert!(alive.folder.path().exists() && next.folder.path().exists());
    }
}
