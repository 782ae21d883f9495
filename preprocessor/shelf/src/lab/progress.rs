//! How far a student has come, kept in the student's folder.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use evidence::Clean;
use serde::{Deserialize, Serialize};

use super::reading::{self, NoFile};
use crate::files::write_beside;

/// The file that keeps it.
pub(super) const FILE: &str = ".progress.toml";

/// How much of what stands there is told to somebody, in characters.
const LONGEST: usize = 200;

/// How far a student has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Progress {
    /// The lab.
    pub(super) lab: String,
    /// How long the student has been at it, in seconds.
    pub(super) seconds: u64,
    /// The ids of the tasks that are solved.
    pub(super) solved: BTreeSet<String>,
    /// The ids of those that the student left for later.
    pub(super) skipped: BTreeSet<String>,
    /// How many hints were shown, by task.
    pub(super) hints: BTreeMap<String, usize>,
    /// The tasks whose solution was shown.
    pub(super) solutions: BTreeSet<String>,
}

impl Progress {
    /// Reads what is kept in a folder; nothing, where nothing is kept.
    ///
    /// # Errors
    ///
    /// Why what is there says nothing.
    pub(super) fn read(folder: &Path) -> Result<Option<Progress>, String> {
        let text = match reading::text(&folder.join(FILE)) {
            Ok(text) => text,
            Err(NoFile::Missing) => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        // Both may hold whatever somebody wrote there, and a terminal obeys some of it.
        let clean = |text: &str| Clean::line(text, LONGEST).as_plain().into_owned();
        let mut progress: Progress =
            toml::from_str(&text).map_err(|error| clean(error.message()))?;
        progress.lab = clean(&progress.lab);
        Ok(Some(progress))
    }

    /// Keeps it.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(super) fn keep(&self, folder: &Path) -> io::Result<()> {
        let text = toml::to_string(self).map_err(io::Error::other)?;
        let note = "# The lab keeps here how far you have come.\n";
        write_beside(&folder.join(FILE), format!("{note}{text}").as_bytes())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_kept_there_speaks_to_the_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let keep = |text: &str| std::fs::write(folder.path().join(FILE), text).unwrap();
        keep(r#"lab = "\u001b]0;x\u0007""#);
        let lab = Progress::read(folder.path()).unwrap().unwrap().lab;
        assert!(
            !lab.is_empty() && !lab.chars().any(char::is_control),
            "{lab:?}"
        );
        keep(r#""\u001b[2J" = 1"#);
        let why = Progress::read(folder.path()).unwrap_err();
        assert!(!why.chars().any(char::is_control), "{why:?}");
    }
}
