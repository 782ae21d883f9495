//! Includes that read files from outside the book.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::link_broken::{include_path, resolve};
use super::{Check, Findings, Rule};
use crate::directive::find_directives;
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "link/include-outside",
    wants: "An include reads a file inside the book, nothing else.",
    why: "mdBook would read any file of the machine that builds the site, also from inside a block \
          of code, and publish it.",
    can_be_waived: false,
    check: Check::Page(check),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    for include in page.outline.includes() {
        let target = include_path(include);
        let mut seen = HashSet::new();
        if let Some(outside) = outside(shelf, page.file.path(), target, &mut seen) {
            let problem = if outside == target {
                format!("{target} lies outside the book")
            } else {
                format!("{target} includes {outside}, which lies outside the book")
            };
            findings.error(
                &page.file,
                include.argument_span.clone(),
                problem,
                "copy what the page needs into the book",
            );
        }
    }
}

/// The first path outside the book that the file at `from` gets by including `target`: `target`
/// itself, or what `target` includes in its turn.
fn outside(
    shelf: &Shelf,
    from: &Path,
    target: &str,
    seen: &mut HashSet<PathBuf>,
) -> Option<String> {
    let Some(path) = resolve(from, target).filter(|_| !is_led_out(shelf, from, target)) else {
        return Some(target.to_owned());
    };
    // A page answers for its own includes.
    if shelf.page(&path).is_some() || !seen.insert(path.clone()) {
        return None;
    }
    let text = std::fs::read_to_string(shelf.root.join(&path)).ok()?;
    find_directives(&text, 0, &[])
        .iter()
        .filter(|found| found.is_include())
        .find_map(|found| outside(shelf, &path, include_path(found), seen))
}

/// Whether a symbolic link inside the book leads out of it.
fn is_led_out(shelf: &Shelf, from: &Path, target: &str) -> bool {
    let folder = from.parent().unwrap_or(Path::new(""));
    let file = shelf.root.join(folder).join(target).canonicalize();
    match (file, shelf.root.canonicalize()) {
        (Ok(file), Ok(root)) => !file.starts_with(root),
        _ => false,
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use crate::{Day, Shelf, check};

    #[test]
    fn a_symbolic_link_does_not_lead_out() {
        let folder = tempfile::tempdir().unwrap();
        let (inside, outside) = (folder.path().join("book"), folder.path().join("other"));
        fs::create_dir_all(inside.join("src/sub")).unwrap();
        fs::create_dir_all(outside.join("deep")).unwrap();
        fs::write(outside.join("secret"), "x").unwrap();
        fs::write(inside.join("src/secret"), "x").unwrap();
        symlink(outside.join("secret"), inside.join("src/file")).unwrap();
        symlink(outside.join("deep"), inside.join("src/folder")).unwrap();
        symlink(inside.join("src/secret"), inside.join("src/sub/near")).unwrap();
        fs::write(inside.join("src/SUMMARY.md"), "[a](a.md)\n").unwrap();
        fs::write(
            inside.join("src/a.md"),
            "{{#include file}}\n{{#include folder/../secret}}\n{{#include sub/near}}\n",
        )
        .unwrap();
        let shelf = Shelf::read(&inside, Day::new(2026, 11, 22)).unwrap();
        let lines: Vec<_> = check(&shelf)
            .iter()
            .map(|found| (found.rule, found.line))
            .collect();
        assert_eq!(
            lines,
            [("link/include-outside", 1), ("link/include-outside", 2)]
        );
    }
}
