//! What somebody has changed in a kit since it was made.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use anyhow::Result;

use super::manifest;
use crate::dress;
use crate::publish::KIT_MARK;

/// The files of the kit in `folder` that are not as its list says, or are not on it. Nothing for a folder
/// that is no kit of ours; one without its list may have been emptied, and has nothing to lose.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn edited(folder: &Path) -> Result<Vec<String>> {
    if !folder.join(KIT_MARK).is_file() {
        return Ok(Vec::new());
    }
    let sums = match std::fs::read_to_string(folder.join(manifest::SUMS)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        sums => sums?,
    };
    let listed = sums.lines().filter_map(|line| line.split_once("  "));
    let listed: BTreeMap<&str, &str> = listed.map(|(sum, path)| (path, sum)).collect();
    let mut edited = Vec::new();
    for path in dress::files(folder)? {
        let name = path.to_string_lossy().replace('\\', "/");
        if name == KIT_MARK || name == manifest::SUMS {
            continue;
        }
        let sum = manifest::hexadecimal(&std::fs::read(folder.join(&path))?);
        if listed.get(name.as_str()) != Some(&sum.as_str()) {
            edited.push(name);
        }
    }
    Ok(edited)
}
