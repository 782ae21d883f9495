//! Every version of every piece, so that a statement of last spring can be found again.

use std::collections::HashSet;
use std::path::Path;

use editorial::{Day, Page};
use kit::ArticleKind;

use super::escape::{html, markdown, prose};
use super::{Form, Stock};
use crate::history::{History, Kept, Past};
use crate::summary::{parts, way};

/// How many versions of a piece the page shows. The rest stands in a file, so that the page does not grow
/// with every commit.
const SHOWN: usize = 5;

/// The pieces under the headings of the summary, each with its newest versions, and those that went away.
/// `from` is the page that shows them.
pub(super) fn versions(from: &str, stock: Stock<'_>, form: Form) -> String {
    let history = stock.history;
    let mut list = format!("{}\n", introduction(history));
    if history.version().commit.is_none() {
        return list;
    }
    let up = way(Path::new(from));
    let mut add = |title: Option<&str>, of: Vec<String>| {
        if let (Some(title), false) = (title, of.is_empty()) {
            list.push_str(&format!("\n## {}\n", markdown(title)));
        }
        list.push_str(&format!("\n{}", of.concat()));
    };
    for part in parts(stock.shelf) {
        let pieces = part.pages.iter().filter_map(|page| piece(page, stock));
        let entries = pieces.map(|piece| entry(&piece, &up, form)).collect();
        add(part.title, entries);
    }
    let gone = history.withdrawn().map(|past| Piece {
        title: &past.title,
        slug: &past.slug,
        past: Some(past),
        notes: Vec::new(),
    });
    let entries = gone.map(|piece| entry(&piece, &up, form)).collect();
    add(Some("Withdrawn"), entries);
    list
}

/// Which version these pages are, and what is not known.
fn introduction(history: &History) -> String {
    if history.version().commit.is_none() {
        let reason = history.trouble().map_or(String::new(), |reason| {
            format!(" The reason: {}.", markdown(reason.trim_end_matches('.')))
        });
        return format!("Their history is not known where this website was made.{reason}");
    }
    let version = history.version().in_words();
    let mut sentences = vec![version.replacen("Version", "These pages are version", 1)];
    if history.is_shallow() {
        sentences.push(
            "Only the newest part of their history lay where this website was made: older versions are \
             missing, and the first day of each piece may be too late."
                .to_owned(),
        );
    }
    sentences.push(
        "A number that is not in sight stands in the last file under its piece, beside the text that was \
         current then."
            .to_owned(),
    );
    sentences.join(" ")
}

/// A piece with its past.
struct Piece<'a> {
    title: &'a str,
    slug: &'a str,
    /// Nothing for a piece that no commit holds yet.
    past: Option<&'a Past>,
    /// What editors noted about it, the newest first.
    notes: Vec<(Day, &'a str)>,
}

fn piece<'a>(page: &'a Page, stock: Stock<'a>) -> Option<Piece<'a>> {
    let piece = page.piece.as_ref()?;
    ArticleKind::of(piece.kind)?;
    let path = page.file.path();
    let slug = path.file_stem()?.to_str()?;
    let changes = stock.shelf.changes.entries.iter();
    let about = changes.filter(|change| change.paths().any(|named| named == path));
    Some(Piece {
        title: &piece.title.value,
        slug,
        past: stock.history.of(&path.to_string_lossy().replace('\\', "/")),
        notes: about
            .map(|change| (change.date.value, change.what.value.trim()))
            .collect(),
    })
}

/// A piece with its versions; on the website it opens when somebody asks.
fn entry(piece: &Piece<'_>, up: &str, form: Form) -> String {
    let list = match piece.past {
        Some(past) => rows(past, &piece.notes, up),
        None => "It is not in the repository yet.\n".to_owned(),
    };
    match form {
        Form::Html => format!(
            "<details id=\"{}\"><summary>{}</summary>\n\n{list}\n</details>\n\n",
            html(piece.slug),
            prose(piece.title)
        ),
        Form::Plain => format!("### {}\n\n{list}\n", markdown(piece.title)),
    }
}

fn rows(past: &Past, notes: &[(Day, &str)], up: &str) -> String {
    let mut rows = String::new();
    if let Some(day) = past.withdrawn {
        rows.push_str(&format!("Withdrawn on {}.\n\n", day.in_words()));
    }
    // A day may have many versions, and what is noted on it is said once.
    let mut told = HashSet::new();
    for kept in past.versions.iter().take(SHOWN) {
        let day = kept.version.day;
        let of_day = notes.iter().filter(|(noted, _)| Some(*noted) == day);
        let said: Vec<String> = of_day
            .filter(|note| told.insert(**note))
            .map(|(_, what)| markdown(what))
            .collect();
        rows.push_str(&row(past, kept, &said.join(" "), up));
    }
    let all = past.versions.len();
    let words = if all > SHOWN {
        format!("All {all} texts, each with its numbers")
    } else {
        "Each text with its numbers".to_owned()
    };
    rows.push_str(&format!("- [{words}](<{up}{}>)\n", past.list()));
    rows
}

fn row(past: &Past, kept: &Kept, said: &str, up: &str) -> String {
    let short = kept.version.short().unwrap_or_default();
    let said = if said.is_empty() {
        String::new()
    } else {
        format!(" Noted that day: {said}")
    };
    format!(
        "- {}: [version {short}](<{up}{}>).{said}\n",
        kept.in_words(),
        past.place(kept)
    )
}
