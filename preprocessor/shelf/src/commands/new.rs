//! `cargo shelf new`: a page from the template of its kind, already in the summary.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use editorial::Shelf;

use crate::Verdict;
use crate::cli::NewKind;
use crate::files::write_all;
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

/// Names that a system or mdBook keeps for itself.
const RESERVED: [&str; 6] = ["aux", "con", "index", "nul", "prn", "readme"];

const SUMMARY: &str = "src/SUMMARY.md";
const ADDRESSES: &str = "content/addresses.txt";

/// Writes the page and enters it in the lists; none of it where one cannot be done.
pub(crate) fn run(project: &Project, kind: NewKind, slug: &str) -> Result<Verdict> {
    refuse_slug(slug)?;
    let shelf = Shelf::read(&project.root, project.today)?;
    let folder = Path::new("src").join(kind.folder());
    let path = folder.join(format!("{slug}.md"));
    let page = project.root.join(&path);
    if page.symlink_metadata().is_ok() {
        bail!("{} is there already; choose another name", path.display());
    }
    for path in [&folder, Path::new(SUMMARY), Path::new(ADDRESSES)] {
        refuse_unfit(&shelf, path)?;
    }
    let mut files = vec![(page, kind.template().to_owned())];
    let mut entered = SUMMARY.to_owned();
    let address = format!("{}/{slug}.html", kind.folder());
    let published = &shelf.addresses.entries;
    // A book without the list has not been published.
    if !published.is_empty() && !published.iter().any(|known| known.value == address) {
        let text = list(shelf.addresses.file.text(), &address);
        files.push((project.root.join(ADDRESSES), text));
        entered = format!("{SUMMARY} and {ADDRESSES}");
    }
    let text = enter(shelf.summary.file.text(), kind, slug);
    files.push((project.root.join(SUMMARY), text));
    let folder = project.root.join(&folder);
    let is_new = !folder.exists();
    fs::create_dir_all(&folder).with_context(|| format!("cannot write {}", folder.display()))?;
    if let Err((path, error)) = write_all(&files) {
        if is_new {
            let _ = fs::remove_dir(&folder);
        }
        let path = path.strip_prefix(&project.root).unwrap_or(&path);
        return Err(error).with_context(|| format!("cannot write {}", path.display()));
    }
    say(
        "Wrote",
        &format!("{}, and entered it in {entered}", path.display()),
    );
    let next = "fill it in; `cargo shelf check` says what is still to be written";
    say("Next", next);
    Ok(Verdict::Good)
}

fn refuse_slug(slug: &str) -> Result<()> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.is_empty() || slug.starts_with('-') || !slug.chars().all(is_plain) {
        bail!("\"{slug}\" would not survive a link; use lower-case letters, digits and hyphens");
    }
    let port = slug.strip_prefix("com").or(slug.strip_prefix("lpt"));
    let is_port = port.is_some_and(|n| n.len() == 1 && n.starts_with(|c: char| c.is_ascii_digit()));
    if is_port || RESERVED.contains(&slug) {
        bail!("\"{slug}\" means something else to mdBook or to Windows; choose another name");
    }
    Ok(())
}

/// Refuses to write where the text on the disk is not the one that was read.
fn refuse_unfit(shelf: &Shelf, path: &Path) -> Result<()> {
    if let Some((_, misfit)) = shelf
        .unreadable
        .iter()
        .find(|(file, _)| file.path() == path)
    {
        bail!("{}: {}; {}", path.display(), misfit.problem, misfit.help);
    }
    if shelf.root.join(path).is_symlink() {
        bail!(
            "{} is a symbolic link; put what it leads to in its place",
            path.display()
        );
    }
    Ok(())
}

/// The summary with a line for the new page after the last page of its kind, or else at the end of
/// the numbered chapters.
fn enter(summary: &str, kind: NewKind, slug: &str) -> String {
    let folder = kind.folder();
    let question = if folder == "answers" { "?" } else { "" };
    let link = format!("[{}{question}]({folder}/{slug}.md)", in_words(slug));
    let lines: Vec<&str> = summary.split_inclusive('\n').collect();
    let is_item = |line: &str| line.trim_start().starts_with(['-', '*', '+']) && line.contains('[');
    let of_its_kind = format!("]({folder}/");
    let last = lines
        .iter()
        .rposition(|line| is_item(line) && line.contains(&of_its_kind));
    if let Some(last) = last {
        // Its subchapters stay with it.
        let is_below = |line: &&&str| indent(line) > indent(lines[last]);
        let below = lines[last + 1..].iter().take_while(is_below).count();
        let (mark, _) = lines[last].split_once('[').unwrap_or_default();
        return with_line(&lines, last + 1 + below, &format!("{mark}{link}"));
    }
    // mdBook takes no numbered chapter after a suffix chapter, which is a link that is no item.
    let first = lines.iter().position(|line| is_item(line));
    let is_suffix = |line: &&str| line.starts_with('[');
    let suffix = first.and_then(|first| {
        let found = lines[first..].iter().position(is_suffix);
        found.map(|found| first + found)
    });
    let is_filled = |line: &&str| !line.trim().trim_matches('-').is_empty();
    let numbered = &lines[..suffix.unwrap_or(lines.len())];
    let place = numbered.iter().rposition(is_filled);
    with_line(
        &lines,
        place.map_or(0, |last| last + 1),
        &format!("- {link}"),
    )
}

/// How far a line is moved in; nothing for an empty one.
fn indent(line: &str) -> usize {
    line.trim_end().len() - line.trim().len()
}

/// The list of addresses with one more, in the order of the alphabet.
fn list(addresses: &str, address: &str) -> String {
    let lines: Vec<&str> = addresses.split_inclusive('\n').collect();
    let is_after = |line: &&str| !line.starts_with('#') && line.trim() > address;
    let place = lines.iter().position(is_after).unwrap_or(lines.len());
    with_line(&lines, place, address)
}

/// Lines with one more, which ends as the others do.
fn with_line(lines: &[&str], place: usize, line: &str) -> String {
    let is_crlf = lines.first().is_some_and(|line| line.ends_with("\r\n"));
    let end = if is_crlf { "\r\n" } else { "\n" };
    let mut text = lines[..place].concat();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(end);
    }
    text + line + end + &lines[place..].concat()
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
            "# Summary\n\n- [A](answers/a.md)\n\n# More\n\n- [G](glossary.md)\n- [X](papers/x.md)\n\n"
        );
        assert_eq!(
            enter("- [A](answers/a.md)", NewKind::Answer, "b"),
            "- [A](answers/a.md)\n- [B?](answers/b.md)\n"
        );
        assert_eq!(enter("", NewKind::Paper, "x"), "- [X](papers/x.md)\n");
    }

    #[test]
    fn a_page_takes_over_indent_mark_and_line_ends() {
        let summary = "- [P](p.md)\r\n  * [A](answers/a.md)\r\n    * [S](s.md)\r\n- [G](g.md)\r\n";
        assert_eq!(
            enter(summary, NewKind::Answer, "b"),
            "- [P](p.md)\r\n  * [A](answers/a.md)\r\n    * [S](s.md)\r\n  * [B?](answers/b.md)\r\n- [G](g.md)\r\n"
        );
        assert_eq!(
            list("a.html\r\nc.html", "b.html"),
            "a.html\r\nb.html\r\nc.html"
        );
    }

    #[test]
    fn a_page_of_a_new_kind_stands_before_the_suffix_chapters() {
        let summary = "[First](papers/f.md)\n\n- [A](answers/a.md)\n\n---\n\n[Last](papers/l.md)\n";
        assert_eq!(
            enter(summary, NewKind::Paper, "x"),
            "[First](papers/f.md)\n\n- [A](answers/a.md)\n- [X](papers/x.md)\n\n---\n\n[Last](papers/l.md)\n"
        );
    }
}
