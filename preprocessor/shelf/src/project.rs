//! The book: where it lies, and what its book.toml asks of us.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use editorial::Day;
use mdbook_driver::config::Config;
use serde::Deserialize;
use serde::de::IgnoredAny;
use time::OffsetDateTime;

use crate::announce::address::Address;
use crate::announce::security_txt::{Contact, Expiry};
use crate::evidence_run::Mode;

/// The name of our table in book.toml, and of the preprocessor.
pub(crate) const PREPROCESSOR: &str = "shelf";
/// Tells the day in place of the clock, for tests and for building an old commit again.
const TODAY: &str = "SHELF_TODAY";

/// A book and its settings.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// The folder of book.toml.
    pub(crate) root: PathBuf,
    /// mdBook's configuration.
    pub(crate) config: Config,
    /// Our own.
    pub(crate) settings: Settings,
    /// The day that expiry is judged by.
    pub(crate) today: Day,
}

/// The table `[preprocessor.shelf]` of book.toml. Every default stands here.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Settings {
    /// Where output comes from: `live`, `recorded` or `require-live`.
    pub(crate) samples: Mode,
    /// Where the website stands; a name that belongs to nobody where nothing is said.
    pub(crate) address: Address,
    /// To whom to tell a hole in the website (RFC 9116).
    pub(crate) security_contact: Option<Contact>,
    /// The day from which nobody may rely on that.
    pub(crate) security_expires: Option<Expiry>,
    // The keys below mean something to mdBook alone. They are named here so that a misspelt key of
    // either kind is an error.
    #[serde(rename = "command")]
    _command: IgnoredAny,
    #[serde(rename = "after")]
    _after: IgnoredAny,
    #[serde(rename = "before")]
    _before: IgnoredAny,
    #[serde(rename = "renderers")]
    _renderers: IgnoredAny,
    #[serde(rename = "optional")]
    _optional: IgnoredAny,
}

impl Project {
    /// Finds the book: `given`, or the nearest folder above the current one with a book.toml.
    pub(crate) fn find(given: Option<&Path>) -> Result<Project> {
        let start = match given {
            Some(given) => given.to_owned(),
            None => std::env::current_dir().context("cannot tell the current folder")?,
        };
        let root = match given {
            Some(_) => Some(start.as_path()).filter(|folder| folder.join("book.toml").is_file()),
            None => start
                .ancestors()
                .find(|folder| folder.join("book.toml").is_file()),
        };
        let Some(root) = root else {
            bail!(
                "there is no book.toml in {} {}; go into the book's folder, or name it with --book",
                start.display(),
                if given.is_some() {
                    "itself"
                } else {
                    "or above it"
                }
            );
        };
        let mut config = Config::from_disk(root.join("book.toml"))
            .with_context(|| format!("cannot read {}", root.join("book.toml").display()))?;
        config
            .update_from_env()
            .context("cannot apply the variables MDBOOK_…")?;
        Project::with_config(root.to_owned(), config)
    }

    /// The book at `root` with a configuration that is already read.
    pub(crate) fn with_config(root: PathBuf, config: Config) -> Result<Project> {
        let settings = config
            .get(&format!("preprocessor.{PREPROCESSOR}"))
            .with_context(|| {
                format!("cannot read the table [preprocessor.{PREPROCESSOR}] of book.toml")
            })?
            .unwrap_or_default();
        if config.book.src != Path::new("src") {
            bail!(
                "book.toml moves the pages to {}; they stay in src/",
                config.book.src.display()
            );
        }
        Ok(Project {
            root,
            config,
            settings,
            today: today()?,
        })
    }
}

/// The years in which a clock is believed. Before the first, nobody had written this program; a clock that
/// stands behind the last would call every page expired.
const YEARS: std::ops::RangeInclusive<u64> = 2026..=2075;

/// The seconds of an average year of the Gregorian calendar.
const YEAR: u64 = 31_556_952;

fn today() -> Result<Day> {
    // Certificates are made by the clock, whatever the day is said to be.
    if SystemTime::now() < UNIX_EPOCH {
        refuse_wrong_clock()?;
    }
    if let Ok(text) = std::env::var(TODAY) {
        return Day::parse(&text)
            .with_context(|| format!("{TODAY} is \"{text}\", not a day such as 2026-11-22"));
    }
    refuse_wrong_clock()?;
    let now = OffsetDateTime::now_utc();
    let year = u16::try_from(now.year()).context("the clock is wrong")?;
    Ok(Day::new(year, now.month().into(), now.day()))
}

fn refuse_wrong_clock() -> Result<()> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let year = since.map_or(0, |since| 1970 + since.as_secs() / YEAR);
    if !YEARS.contains(&year) {
        let when = match year {
            0 => "before the year 1970".to_owned(),
            year => format!("about the year {year}"),
        };
        bail!(
            "this machine's clock stands {when}, so that no date can be judged; set the clock, or give the \
             day: {TODAY}=2026-11-22"
        );
    }
    Ok(())
}
