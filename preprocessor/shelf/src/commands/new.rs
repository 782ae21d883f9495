//! `cargo shelf new`: a page from the template of its kind, already in the summary.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use editorial::Shelf;

use crate::Verdict;
use crate::cli::NewKind;
use crate::files::write_beside;
use crate::progress::say;
use crate::project::Project;

impl NewKind {
    /// The folder of `src/` in which pieces of this kind lie.
    fn folder(self) -> &'static str {
        match self {
            NewKind::Answer => "answers",
            NewKind::Incident => "incidents",
            NewKind::Paper => "papers",
        }
    }

    fn template(self) -> &'static str {
        match self {
            NewKind::Answer => include_str!("../../templates/answer.md"),
            NewKind::Incident => include_str!("../../templates/incident.md"),
            NewKind::Paper => include_str!("../../templates/paper.md"),
        }
    }
}

/// Writes the page and enters it in the summary; neither where one of them cannot be done.
pub(crate) fn run(project: &Project, kind: NewKind, slug: &str) -> Result<Verdict> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.is_empty() || slug.starts_with('-') || !slug.chars().all(is_plain) {
        bail!("\"{slug}\" would not survive a link; use lower-case letters, digits and hyphens");
    }
    let shelf = Shelf::read(&project.root, project.today)?;
    let path = Path::new("src")
        .join(kind.folder())
        .join(format!("{slug}.md"));
    let page = project.root.join(&path);
    if page.exists() {
        bail!("{} is there already; choose another name", path.display());
    }
    let text = shelf.summary.file.text();
    let mut lists = vec![(Path::new("src/SUMMARY.md"), enter(text, kind, slug))];
    // A book without the list has not been published.
    if !shelf.addresses.entries.is_empty() {
        let address = format!("{}/{slug}.html", kind.folder());
        let text = list(shelf.addresses.file.text(), &address);
        lists.push((Path::new("content/addresses.txt"), text));
    }
    let cannot_write = |path: &Path| format!("cannot write {}", path.display());
    if let Some(folder) = page.parent() {
        fs::create_dir_all(folder).with_context(|| cannot_write(folder))?;
    }
    write_beside(&page, kind.template().as_bytes()).with_context(|| cannot_write(&path))?;
    for (list, text) in lists {
        write_beside(&project.root.join(list), text.as_bytes())
            .with_context(|| cannot_write(list))
            .inspect_err(|_| drop(fs::remove_file(&page)))?;
    }
    let done = format!("{}, and entered it in src/SUMMARY.md", path.display());
    say("Wrote", &done);
    let next = "fill it in; `cargo shelf check` says what is still to be written";
    say("Next", next);
    Ok(Verdict::Good)
}

/// The summary with a line for the new page after the last page of its kind, or at the end.
fn enter(summary: &str, kind: NewKind, slug: &str) -> String {
    let folder = kind.folder();
    let question = if kind.folder() == "answers" { "?" } else { "" };
    let line = format!("- [{}{question}]({folder}/{slug}.md)", in_words(slug));
    let mut lines: Vec<&str> = summary.lines().collect();
    let is_of_its_kind = |line: &&str| line.contains(&format!("]({folder}/"));
    match lines.iter().rposition(is_of_its_kind) {
        Some(last) => lines.insert(last + 1, &line),
        None => {
            while lines.last().is_some_and(|line| line.is_empty()) {
                lines.pop();
            }
            lines.push(&line);
        }
    }
    lines.join("\n") + "\n"
}

/// The list of addresses with one more, in the order of the alphabet.
fn list(addresses: &str, address: &str) -> String {
    let mut lines: Vec<&str> = addresses.lines().collect();
    let is_after = |line: &&str| !line.starts_with('#') && *line > address;
    let place = lines.iter().position(is_after).unwrap_or(lines.len());
    lines.insert(place, address);
    lines.join("\n") + "\n"
}

/// `lost-discs` as `Lost discs`.
fn in_words(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let (first, rest) = words.split_at(1);
    first.to_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_listed_in_the_order_of_the_alphabet() {
        let addresses = "# Only grows.\nanswers/a.html\nanswers/z.html\n";
        assert_eq!(
            list(addresses, "answers/lost-discs.html"),
            "# Only grows.\nanswers/a.html\nanswers/lost-discs.html\nanswers/z.html\n"
        );
        assert_eq!(list("", "a.html"), "a.html\n");
    }

    #[test]
    fn a_page_is_listed_after_the_last_of_its_kind() {
        let summary = "# Summary\n\n- [A](answers/a.md)\n\n# More\n\n- [G](glossary.md)\n\n";
        assert_eq!(
            enter(summary, NewKind::Answer, "lost-discs"),
            "# Summary\n\n- [A](answers/a.md)\n- [Lost discs?](answers/lost-discs.md)\n\n# More\n\n- [G](glossary.md)\n\n"
        );
        assert_eq!(
            enter(summary, NewKind::Paper, "x"),
            "# Summary\n\n- [A](answers/a.md)\n\n# More\n\n- [G](glossary.md)\n- [X](papers/x.md)\n"
        );
    }
}
