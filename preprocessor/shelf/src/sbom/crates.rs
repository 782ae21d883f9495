//! The crates in the program, as cargo resolves them for this machine: those that are in it, and those that
//! only run while it is compiled (build scripts' and macros').

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::{Bom, Component};

/// The package that the list is about.
const PACKAGE: &str = env!("CARGO_PKG_NAME");

/// Reads what the program of the workspace in the folder `root` is made of.
///
/// # Errors
///
/// There is no workspace, cargo cannot be asked, or what it answers names a crate that Cargo.lock does not.
pub(crate) fn read(root: &Path) -> Result<Bom> {
    let lock = root.join("Cargo.lock");
    let lock = fs::read_to_string(&lock)
        .with_context(|| format!("cannot read {}: the list needs the sources", lock.display()))?;
    let lock: Lock = toml::from_str(&lock).context("Cargo.lock cannot be understood")?;
    let inside = Tree::parse(&ask(root, "normal,no-proc-macro")?);
    let whole = Tree::parse(&ask(root, "normal,build")?);
    let Some(subject) = whole.first.clone() else {
        bail!("cargo names no crate of {PACKAGE}");
    };
    let mut components = Vec::new();
    let mut main = Component::default();
    for ((name, version), licence) in &whole.crates {
        let locked = lock
            .package
            .iter()
            .find(|locked| locked.name == *name && locked.version == *version);
        let Some(locked) = locked else {
            bail!("cargo uses {name} {version}, and Cargo.lock does not name it");
        };
        let is_ours = locked.source.is_none();
        let key = (name.clone(), version.clone());
        let component = Component {
            kind: if key == subject {
                "application"
            } else {
                "library"
            },
            reference: Some(reference(&key)),
            name: name.clone(),
            version: Some(version.clone()),
            licence: Some(expression(licence)),
            purl: (!is_ours).then(|| purl(&key)),
            digest: locked.checksum.clone(),
            is_tool: !inside.crates.contains_key(&key),
            ..Component::default()
        };
        if key == subject {
            main = component;
        } else {
            components.push(component);
        }
    }
    let target = format!("{}-{}", env::consts::ARCH, env::consts::OS);
    main.notes.push(("target", target));
    let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (of, on) in inside.edges.iter().chain(&whole.edges) {
        needs
            .entry(reference(of))
            .or_default()
            .insert(reference(on));
    }
    Ok(Bom {
        subject: main,
        components,
        needs,
    })
}

/// A crate's name and version.
type Crate = (String, String);

/// What `cargo tree` draws.
#[derive(Debug, Default)]
struct Tree {
    /// The crate at the root.
    first: Option<Crate>,
    /// Every crate, with its licence as its author wrote it.
    crates: BTreeMap<Crate, String>,
    /// Which needs which.
    edges: BTreeSet<(Crate, Crate)>,
}

impl Tree {
    /// Reads lines of depth, crate and licence, with tabs between them. Headings of parts have no tabs.
    fn parse(drawn: &str) -> Tree {
        let mut tree = Tree::default();
        let mut above: Vec<Crate> = Vec::new();
        for line in drawn.lines() {
            let mut columns = line.split('\t');
            let (Some(depth), Some(package), Some(licence)) =
                (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let mut words = package.split_whitespace();
            let (Ok(depth), Some(name), Some(version)) =
                (depth.parse(), words.next(), words.next())
            else {
                continue;
            };
            let version = version.strip_prefix('v').unwrap_or(version);
            let found = (name.to_owned(), version.to_owned());
            above.truncate(depth);
            if let Some(parent) = above.last() {
                tree.edges.insert((parent.clone(), found.clone()));
            } else if tree.first.is_none() {
                tree.first = Some(found.clone());
            }
            above.push(found.clone());
            // What cargo has drawn before ends in a mark.
            let licence = licence.trim_end_matches(" (*)").trim().to_owned();
            tree.crates.insert(found, licence);
        }
        tree
    }
}

/// The parts of Cargo.lock that count here.
#[derive(Debug, Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Debug, Deserialize)]
struct Locked {
    name: String,
    version: String,
    /// Where it came from; nothing for our own.
    source: Option<String>,
    /// SHA-256 of the package.
    checksum: Option<String>,
}

/// Has cargo draw the tree of the program with these kinds of edges, from what lies on this machine.
fn ask(root: &Path, edges: &str) -> Result<String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["tree", "--locked", "--offline", "--package", PACKAGE])
        .args(["--edges", edges, "--prefix", "depth"])
        .args(["--format", "\t{p}\t{l}", "--color", "never"])
        .current_dir(root);
    if !cfg!(feature = "pdf") {
        command.arg("--no-default-features");
    }
    let output = command.output().context("cargo cannot be started")?;
    if !output.status.success() {
        let says = String::from_utf8_lossy(&output.stderr);
        bail!("cargo cannot tell the crates of {PACKAGE}: {}", says.trim());
    }
    String::from_utf8(output.stdout).context("cargo answers something that is no text")
}

fn reference((name, version): &Crate) -> String {
    format!("{name}@{version}")
}

/// The package URL of a crate; `+` in a version is written out, as the form wants it.
fn purl((name, version): &Crate) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// A licence as an SPDX expression. Older crates put a stroke for "or".
fn expression(written: &str) -> String {
    let parts: Vec<&str> = written.split('/').map(str::trim).collect();
    parts.join(" OR ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, version: &str) -> Crate {
        (name.to_owned(), version.to_owned())
    }

    #[test]
    fn a_drawn_tree_tells_who_needs_whom() {
        let tree = Tree::parse(
            "0\ta v0.1.0 (/x)\tMIT\n1\tb v1.0.0\tMIT/Apache-2.0\n2\tc v2.0.0+x (proc-macro)\tISC\n\
             [build-dependencies]\n1\tc v2.0.0+x (proc-macro)\tISC (*)\n",
        );
        assert_eq!(tree.first, Some(found("a", "0.1.0")));
        assert_eq!(tree.crates.len(), 3);
        assert_eq!(tree.crates[&found("c", "2.0.0+x")], "ISC");
        let (a, b, c) = (
            found("a", "0.1.0"),
            found("b", "1.0.0"),
            found("c", "2.0.0+x"),
        );
        let edges = [(a.clone(), b.clone()), (a, c.clone()), (b, c)];
        assert_eq!(tree.edges, BTreeSet::from(edges));
    }

    #[test]
    fn names_and_licences_have_the_forms_of_their_standards() {
        assert_eq!(purl(&found("c", "2.0.0+x")), "pkg:cargo/c@2.0.0%2Bx");
        assert_eq!(expression("MIT / Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(expression("MIT"), "MIT");
    }
}
