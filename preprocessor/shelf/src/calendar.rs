//! Which pages somebody has to compare with their sources again, and until when.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use editorial::{Day, Finding, Review, Shelf};
use evidence::Clean;
use serde::Serialize;
use time::{Date, Duration, Month};

use crate::Verdict;
use crate::cli::Format;
use crate::progress::count;
use crate::report::github;

/// The rule that finds what is past its day.
const EXPIRED: &str = "review/expired";

/// The pages that are due, the earliest first.
#[derive(Debug)]
pub(crate) struct Calendar {
    rows: Vec<Row>,
    /// The last day that was asked about.
    until: Day,
    /// Pages whose review could not be read, so that nobody knows when they are due.
    unread: usize,
    /// Whether a page is past its day that is not excused from that rule.
    expired: bool,
}

/// A page. The names are a promise: do not change them.
#[derive(Debug, Clone, Serialize)]
struct Row {
    /// The day by which it is to be compared with its sources, `2027-05-22`.
    due: String,
    /// How many days that is from today; below zero, it is overdue.
    days: i64,
    path: PathBuf,
    line: usize,
    column: usize,
    /// `draft`, `reviewed` or `cleared`.
    status: &'static str,
    /// Who reviewed or cleared it.
    by: Option<String>,
    /// The day on which somebody last did compare it.
    checked: String,
    title: String,
    #[serde(skip)]
    day: Day,
}

impl Calendar {
    /// The pages of the shelf that are overdue, or due within so many days. `findings` are those of the rules.
    pub(crate) fn of(shelf: &Shelf, findings: &[Finding], days: u16) -> Result<Calendar> {
        let today = date(shelf.today)?;
        let until = today
            .checked_add(Duration::days(days.into()))
            .context("the calendar ends before that day")?;
        let mut rows = Vec::new();
        let mut unread = 0;
        for page in &shelf.pages {
            let Some(piece) = &page.piece else { continue };
            let Some(review) = &piece.review else {
                unread += 1;
                continue;
            };
            let due = date(review.due.value)?;
            if due <= until {
                let (line, column) = page.file.line_and_column(review.due.span.start);
                let place = (page.file.path(), line, column);
                rows.push(Row::of(place, &piece.title.value, review, due - today));
            }
        }
        rows.sort_by(|a, b| (a.day, &a.path).cmp(&(b.day, &b.path)));
        Ok(Calendar {
            rows,
            until: day(until)?,
            unread,
            expired: findings.iter().any(|found| found.rule == EXPIRED),
        })
    }

    /// Prints it in a format.
    pub(crate) fn print(&self, out: &mut dyn Write, format: Format) -> io::Result<()> {
        match format {
            Format::Human => self.for_people(out),
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &self.rows)?;
                writeln!(out)
            }
            Format::Github => self.for_github(out),
        }
    }

    /// Good, unless a page is past its day: then a build stops, too.
    pub(crate) fn verdict(&self) -> Verdict {
        if self.expired {
            Verdict::Findings
        } else {
            Verdict::Good
        }
    }

    /// `2 pages due by 21 January 2027, 1 of them overdue`.
    pub(crate) fn tally(&self) -> String {
        let overdue = self.rows.iter().filter(|row| row.is_overdue()).count();
        let mut text = format!(
            "{} due by {}",
            count(self.rows.len(), "page"),
            self.until.in_words()
        );
        if overdue > 0 {
            text.push_str(&format!(", {overdue} of them overdue"));
        }
        if self.unread > 0 {
            let pages = count(self.unread, "page");
            text.push_str(&format!(
                "; the review of {pages} cannot be read, and `cargo shelf check` says why"
            ));
        }
        text
    }

    /// A heading for what is overdue and for each month, and a line for each page.
    fn for_people(&self, out: &mut dyn Write) -> io::Result<()> {
        let longest = |text: fn(&Row) -> String| {
            let lengths = self.rows.iter().map(|row| text(row).chars().count());
            lengths.max().unwrap_or(0)
        };
        let path_width = longest(|row| row.path.display().to_string());
        let who_width = longest(Row::who);
        let mut heading = String::new();
        for row in &self.rows {
            let next = row.heading();
            if next != heading {
                writeln!(out, "{next}")?;
                heading = next;
            }
            let title = Clean::line(&row.title, 200);
            let who = Clean::line(&row.who(), 200);
            writeln!(
                out,
                "  {}  {:path_width$}  {:who_width$}  {}",
                row.due,
                row.path.display(),
                who.as_plain(),
                title.as_plain(),
            )?;
        }
        Ok(())
    }

    /// Notices on a pull request; what is overdue is an error there, as with the rule.
    fn for_github(&self, out: &mut dyn Write) -> io::Result<()> {
        for row in &self.rows {
            let (level, rule, said) = if row.is_overdue() {
                ("error", EXPIRED, "was due")
            } else {
                ("notice", "review/due", "is due")
            };
            writeln!(
                out,
                "::{level} file={},line={},col={},title={rule}::{}",
                github::property(&row.path.to_string_lossy()),
                row.line,
                row.column,
                github::message(&format!(
                    "this page ({}) {said} on {}: compare it with its sources, then set `checked` and `due`",
                    row.who(),
                    row.day.in_words()
                )),
            )?;
        }
        Ok(())
    }
}

impl Row {
    fn of(place: (&Path, usize, usize), title: &str, review: &Review, left: Duration) -> Row {
        let (path, line, column) = place;
        Row {
            due: review.due.value.to_string(),
            days: left.whole_days(),
            path: path.to_owned(),
            line,
            column,
            status: review.status.word(),
            by: review.by.clone(),
            checked: review.checked.value.to_string(),
            title: title.to_owned(),
            day: review.due.value,
        }
    }

    fn is_overdue(&self) -> bool {
        self.days < 0
    }

    /// `draft`, or `reviewed by` a name.
    fn who(&self) -> String {
        match &self.by {
            Some(by) => format!("{} by {by}", self.status),
            None => self.status.to_owned(),
        }
    }

    /// `Overdue`, or the month: `May 2027`.
    fn heading(&self) -> String {
        if self.is_overdue() {
            return "Overdue".to_owned();
        }
        let words = self.day.in_words();
        let month = words.split_once(' ').map_or("", |(_, month)| month);
        month.to_owned()
    }
}

/// A day as one that can be counted with.
fn date(day: Day) -> Result<Date> {
    let (year, month, of_month) = day.year_month_day();
    let month = Month::try_from(month);
    let date = month.map(|month| Date::from_calendar_date(year.into(), month, of_month));
    date.ok()
        .and_then(|date| date.ok())
        .with_context(|| format!("there is no day {day}"))
}

fn day(date: Date) -> Result<Day> {
    let year = u16::try_from(date.year()).context("the calendar ends before that day")?;
    Ok(Day::new(year, date.month().into(), date.day()))
}
