//! Reads the log: which commit put which text on which page.

use std::collections::{BTreeMap, HashMap};

use editorial::Day;
use time::OffsetDateTime;

/// Stands before each commit of the log.
const MARK: char = '\u{1}';
/// What is asked of `git log`: every commit of the main line, the newest first, with what it did to
/// the pages against the commit before it, and where a page was moved from.
pub(super) const QUESTION: [&str; 11] = [
    "log",
    "--first-parent",
    "-m",
    "--sparse",
    "--raw",
    "-z",
    "--no-abbrev",
    "--find-renames",
    "--format=format:%x01%H %ct",
    "--",
    "src",
];

/// A commit of the main line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Commit {
    /// Its name, in full.
    pub(crate) id: String,
    /// The day on which it was made, in UTC.
    pub(crate) day: Day,
}

/// What a commit did to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// Where the commit stands among all.
    pub(super) at: usize,
    /// The object that holds the text; nothing where the page went away.
    pub(super) blob: Option<String>,
}

/// The log: every commit, and what was done to each page under its name of today, the newest first.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) commits: Vec<Commit>,
    pub(super) pages: BTreeMap<String, Vec<Step>>,
}

/// Reads what `git log` answers to the [`QUESTION`]; none where it is something else.
pub(super) fn read(answer: &[u8]) -> Option<Log> {
    let answer = String::from_utf8_lossy(answer);
    let mut log = Log::default();
    // The name of today for pages that were called something else before.
    let mut moved: HashMap<String, String> = HashMap::new();
    let mut parts = answer.split('\0').filter(|part| !part.is_empty());
    while let Some(part) = parts.next() {
        let mut change = part;
        if let Some(head) = part.strip_prefix(MARK) {
            let (head, rest) = head.split_once('\n').unwrap_or((head, ""));
            log.commits.push(commit(head)?);
            if rest.is_empty() {
                continue;
            }
            change = rest;
        }
        let at = log.commits.len().checked_sub(1)?;
        // `:OLD-MODE NEW-MODE OLD-OBJECT NEW-OBJECT WHAT`
        let fields: Vec<&str> = change.strip_prefix(':')?.split(' ').collect();
        let &[_, mode, _, blob, what] = fields.as_slice() else {
            return None;
        };
        let first = parts.next()?;
        let path = if what.starts_with(['R', 'C']) {
            parts.next()?
        } else {
            first
        };
        let today = moved.get(path).cloned().unwrap_or_else(|| path.to_owned());
        if what.starts_with('R') {
            moved.insert(first.to_owned(), today.clone());
        }
        if what.starts_with('A') {
            // What had this name before was another page.
            moved.remove(path);
        }
        if !path.ends_with(".md") || mode == "120000" {
            continue;
        }
        let blob = (!what.starts_with('D')).then(|| blob.to_owned());
        log.pages.entry(today).or_default().push(Step { at, blob });
    }
    Some(log)
}

/// `ID SECONDS`
fn commit(head: &str) -> Option<Commit> {
    let (id, seconds) = head.split_once(' ')?;
    let is_id = id.len() >= 40 && id.chars().all(|c| c.is_ascii_hexdigit());
    let moment = OffsetDateTime::from_unix_timestamp(seconds.trim().parse().ok()?).ok()?;
    let year = u16::try_from(moment.year()).ok()?;
    is_id.then(|| Commit {
        id: id.to_owned(),
        day: Day::new(year, u8::from(moment.month()), moment.day()),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn entry(what: &str, paths: &[&str]) -> String {
        let (old, new) = ("0".repeat(40), "b".repeat(40));
        format!(":100644 100644 {old} {new} {what}\0{}\0", paths.join("\0"))
    }

    fn head(digit: char, seconds: u64) -> String {
        format!("\u{1}{} {seconds}", digit.to_string().repeat(40))
    }

    #[test]
    fn a_page_that_moved_keeps_its_history_and_one_in_its_place_begins_its_own() {
        let text = [
            head('4', 86_400 * 3) + "\n" + &entry("A", &["src/old.md"]) + "\0",
            head('3', 86_400 * 2) + "\n" + &entry("R095", &["src/old.md", "src/new.md"]) + "\0",
            head('2', 86_400) + "\0",
            head('1', 0) + "\n" + &entry("A", &["src/old.md"]) + &entry("A", &["src/a.png"]),
        ]
        .concat();
        let log = read(text.as_bytes()).unwrap();
        let days: Vec<String> = log.commits.iter().map(|one| one.day.to_string()).collect();
        assert_eq!(
            days,
            ["1970-01-04", "1970-01-03", "1970-01-02", "1970-01-01"]
        );
        let at = |path: &str| {
            log.pages[path]
                .iter()
                .map(|step| step.at)
                .collect::<Vec<_>>()
        };
        assert_eq!(at("src/new.md"), [1, 3]);
        assert_eq!(at("src/old.md"), [0]);
        assert_eq!(log.pages.len(), 2);
    }

    #[test]
    fn a_page_that_went_away_has_a_last_step_without_a_text() {
        let text = head('1', 0) + "\n" + &entry("D", &["src/a.md"]);
        let log = read(text.as_bytes()).unwrap();
        assert_eq!(log.pages["src/a.md"], [Step { at: 0, blob: None }]);
    }

    #[test]
    fn what_is_no_log_gives_none() {
        for text in ["hello", "\u{1}abc 0", ":1 2 3 4 M\0src/a.md", "\u{1}"] {
            assert!(read(text.as_bytes()).is_none(), "{text:?}");
        }
        assert!(read(b"").unwrap().commits.is_empty());
    }
}
