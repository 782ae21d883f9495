//! Two builds of one commit, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::arguments::Plan;
use crate::program::{clone, printed, shelf};
use crate::record::Record;
use crate::sides::alone;

/// A difference shows in the first run or hardly ever, and each is two builds.
const RUNS: usize = 3;

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    let mut files = 0;
    let runs = if plan.quick { 1 } else { plan.runs.min(RUNS) };
    let case = alone("files that differ", runs, || {
        let folder = tempfile::tempdir()?;
        let mut sites = Vec::new();
        for name in ["here", "elsewhere"] {
            let book = folder.path().join(name);
            clone(&plan.root, &book)?;
            printed(shelf(&book).args(["build", "--samples", "recorded"]))?;
            sites.push(contents(&book.join("book"))?);
        }
        let names = sites[0].keys().chain(sites[1].keys());
        let mut different: Vec<_> = names
            .filter(|name| sites[0].get(*name) != sites[1].get(*name))
            .collect();
        different.sort();
        different.dedup();
        for name in different.iter().take(5) {
            eprintln!("different: {}", name.display());
        }
        files = sites[0].len();
        ensure!(files > 0, "the build made nothing");
        Ok(different.len() as f64)
    })?;
    Record {
        id: "same",
        title: "Two builds of one commit",
        plain: "Two clones in two folders are built from recordings, with everything to send. Every file of one is \
                compared with that of the other.",
        unit: "count",
        ours: "cargo shelf build --samples recorded",
        peer: None,
        conditions: vec![format!("Each build made {files} files.")],
        cases: vec![case],
    }
    .write(plan)
}

fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    drop(found.insert(path.strip_prefix(folder)?.to_owned(), fs::read(&path)?))
                }
            }
        }
    }
    Ok(found)
}
