//! `cargo shelf feed`: what another website has to take over, take anew, or take away.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use editorial::{Day, Shelf};
use evidence::Clean;
use kit::ArticleKind;
use kit::feed::{Earlier, Named, since};
use serde::Serialize;

use crate::Verdict;
use crate::announce::Imprint;
use crate::cli::{Feed as Wish, ListFormat};
use crate::evidence_run::Mode;
use crate::history::History;
use crate::making::Maker;
use crate::progress::{Voice, count, say};
use crate::project::Project;
use crate::report;

/// The longest feed that is read, in bytes.
const LONGEST: u64 = 100 << 20;

/// What happened since. The names are a promise: do not change them.
#[derive(Debug, Default, Serialize)]
struct Listing {
    /// The day, or the day of the older feed.
    since: Option<String>,
    /// What tells it: `history`, `notes` of editors alone, or `digests`.
    by: &'static str,
    new: Vec<Row>,
    changed: Vec<Row>,
    withdrawn: Vec<Row>,
}

/// A piece. The names are a promise.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    question: String,
    /// The day of the newest version, or that on which it was withdrawn, where that is known.
    day: Option<String>,
    /// What editors noted since.
    notes: Vec<Note>,
}

#[derive(Debug, Serialize)]
struct Note {
    day: String,
    what: String,
}

/// Lists what is new, changed or withdrawn.
pub(crate) fn run(project: &Project, wish: &Wish) -> Result<Verdict> {
    let day = wish.since.to_str().and_then(Day::parse);
    let listing = match day {
        Some(day) => since_day(project, day)?,
        None => match since_file(project, &wish.since)? {
            Some(listing) => listing,
            None => return Ok(Verdict::Findings),
        },
    };
    let mut out = io::stdout().lock();
    match wish.format {
        ListFormat::Human => tell(&listing, &mut out)?,
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &listing)?;
            writeln!(out)?;
        }
    }
    let told = [
        format!("{} new", listing.new.len()),
        format!("{} changed", listing.changed.len()),
        format!("{} withdrawn", listing.withdrawn.len()),
    ];
    say("Listed", &told.join(", "));
    Ok(Verdict::Good)
}

/// By the days of the commits, and by what editors noted.
fn since_day(project: &Project, day: Day) -> Result<Listing> {
    let shelf = Shelf::read(&project.root, project.today)?;
    let history = History::read(&project.root);
    let is_known = warn(&history);
    let mut listing = Listing {
        since: Some(day.to_string()),
        by: if is_known { "history" } else { "notes" },
        ..Listing::default()
    };
    for page in &shelf.pages {
        let Some(piece) = &page.piece else { continue };
        if ArticleKind::of(piece.kind).is_none() {
            continue;
        }
        let path = page.file.path().to_string_lossy().replace('\\', "/");
        let row = Row {
            id: editorial::stem(page.file.path()),
            question: piece.title.value.clone(),
            day: history.changed(&path).map(|day| day.to_string()),
            notes: notes(&shelf, page.file.path(), Some(day)),
        };
        let is_since = |found: Option<Day>| found.is_some_and(|found| found >= day);
        let is_unkept = is_known && history.of(&path).is_none();
        if is_unkept || is_since(history.begun(&path)) {
            listing.new.push(row);
        } else if is_since(history.changed(&path)) || !row.notes.is_empty() {
            listing.changed.push(row);
        }
    }
    let gone = history
        .withdrawn()
        .filter(|past| past.withdrawn >= Some(day));
    listing.withdrawn = gone
        .map(|past| Row {
            id: past.slug.clone(),
            question: past.title.clone(),
            day: past.withdrawn.map(|day| day.to_string()),
            notes: notes(&shelf, Path::new(&past.path), Some(day)),
        })
        .collect();
    Ok(listing)
}

/// By the digests of an older feed. Nothing where the pages break a rule, which is then told.
fn since_file(project: &Project, file: &Path) -> Result<Option<Listing>> {
    let old = read(file)?;
    let old = Earlier::parse(&old).with_context(|| format!("cannot use {}", file.display()))?;
    let imprint = Imprint::of(project, None)?;
    // A digest leaves out what scanners print, so that recordings do.
    let draft = Maker::new(Mode::Recorded, Voice::Quiet).draft(project, imprint)?;
    if draft.verdict() == Verdict::Findings {
        report::to_stderr(&draft.findings, &draft.shelf)?;
        say("Stopped", &report::tally(&draft.findings));
        return Ok(None);
    }
    let history = History::read(&project.root);
    warn(&history);
    let day = old.day.as_deref().and_then(Day::parse);
    let found = since(&old, &draft.faq());
    let articles = draft.kit.articles();
    let row = |named: Named| {
        let article = articles.iter().find(|article| article.slug == named.id);
        let changed = article.and_then(|article| history.changed(&article.source));
        let notes = article.map(|article| notes(&draft.shelf, Path::new(&article.source), day));
        Row {
            id: named.id,
            question: named.question,
            day: changed.map(|day| day.to_string()),
            notes: notes.unwrap_or_default(),
        }
    };
    Ok(Some(Listing {
        since: old.day.clone(),
        by: "digests",
        new: found.new.into_iter().map(row).collect(),
        changed: found.changed.into_iter().map(row).collect(),
        withdrawn: found.withdrawn.into_iter().map(row).collect(),
    }))
}

fn read(file: &Path) -> Result<String> {
    let place = file.display();
    let length = match std::fs::metadata(file) {
        Ok(found) if found.is_file() => found.len(),
        _ => bail!(
            "\"{place}\" is neither a day, such as 2026-11-22, nor a file; keep a copy of feed/faq.json to compare with"
        ),
    };
    if length > LONGEST {
        bail!("{place} is larger than {} MB", LONGEST >> 20);
    }
    std::fs::read_to_string(file).with_context(|| format!("cannot read {place}"))
}

/// Says what the history does not know. Whether it knows anything.
fn warn(history: &History) -> bool {
    if let Some(reason) = history.trouble() {
        let reason = Clean::line(reason, 200);
        let what = format!(
            "no history: {}; only what editors noted has a day",
            reason.as_plain()
        );
        say("Note", &what);
    }
    if history.is_shallow() {
        say(
            "Note",
            "this copy of the repository is shallow: older changes are not known",
        );
    }
    if history.version().is_changed {
        say("Note", "changes that are not committed have no day yet");
    }
    history.trouble().is_none()
}

/// What editors noted about the page at `path`, from a day on.
fn notes(shelf: &Shelf, path: &Path, from: Option<Day>) -> Vec<Note> {
    let changes = shelf.changes.entries.iter();
    changes
        .filter(|change| from.is_none_or(|from| change.date.value >= from))
        .filter(|change| change.paths().any(|named| named == path))
        .map(|change| Note {
            day: change.date.value.to_string(),
            what: change.what.value.trim().to_owned(),
        })
        .collect()
}

fn tell(listing: &Listing, out: &mut impl Write) -> io::Result<()> {
    let clean = |text: &str| Clean::line(text, 1_000).as_plain().into_owned();
    for (title, rows) in [
        ("New", &listing.new),
        ("Changed", &listing.changed),
        ("Withdrawn", &listing.withdrawn),
    ] {
        if rows.is_empty() {
            continue;
        }
        writeln!(out, "{title}: {}", count(rows.len(), "piece"))?;
        for row in rows {
            let day = row
                .day
                .as_ref()
                .map_or(String::new(), |day| format!(" ({day})"));
            writeln!(out, "  {}{day}: {}", clean(&row.id), clean(&row.question))?;
            for note in &row.notes {
                writeln!(out, "    {}: {}", note.day, clean(&note.what))?;
            }
        }
    }
    Ok(())
}
