//! `cargo shelf sbom`: what the program and the built website are made of.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::Verdict;
use crate::files::write_beside;
use crate::history::History;
use crate::progress::{count, say};
use crate::project::Project;
use crate::sbom::{FOLDER, crates, site};

/// Writes both lists into the folder `output`, by default beside the pages of the website.
pub(crate) fn run(project: &Project, output: Option<&Path>) -> Result<Verdict> {
    let website = project.root.join(&project.config.build.build_dir);
    if !website.join("index.html").is_file() {
        bail!(
            "there is no website in {}; build it first: cargo shelf build",
            website.display()
        );
    }
    let folder = output.map_or_else(|| website.join(FOLDER), Path::to_owned);
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let version = History::read(&project.root).version();
    let lists = [
        ("program.cdx.json", crates::read(&project.root)?),
        ("website.cdx.json", site::read(project, &website)?),
    ];
    for (name, list) in lists {
        let path = folder.join(name);
        write_beside(&path, list.to_json(&version).as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
        let parts = count(list.count(), "component");
        say("Listed", &format!("{parts} in {}", path.display()));
    }
    Ok(Verdict::Good)
}
