//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::announce::address::Address;
use crate::evidence_run::Mode;

/// Checked pages and live evidence about DICOM security, made into a website.
#[derive(Debug, Parser)]
#[command(
    name = "cargo shelf",
    bin_name = "cargo shelf",
    version,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// The book's folder; by default the nearest one above with a book.toml
    #[arg(long, global = true, value_name = "DIR")]
    pub book: Option<PathBuf>,
    /// What to do; `build` where nothing is said
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the pages, run the samples and make the website
    #[command(after_help = "Example: cargo shelf build --samples recorded")]
    Build(Build),
    /// Show the site on this machine, anew after every change, with the findings of the open page
    #[command(after_help = "Example: cargo shelf serve --samples recorded")]
    Serve(Serve),
    /// Hold the pages against the rules, without running anything
    #[command(
        after_help = "Example: cargo shelf check --format github\nExample: cargo shelf check --due 60"
    )]
    Check(Check),
    /// Make the files that somebody can send: for pieces, a topic, a reporter's question, or everything
    #[command(
        after_help = "Examples:\n  cargo shelf kit why-no-mandate\n  cargo shelf kit --for \"Is it true that anybody can see my X-ray?\""
    )]
    Kit(Kit),
    /// List what is new, changed or withdrawn since a day, or since a feed/faq.json that was kept
    #[command(
        after_help = "Examples:\n  cargo shelf feed --since 2026-11-22\n  cargo shelf feed --since kept/faq.json --format json"
    )]
    Feed(Feed),
    /// Say what a rule wants and why; without a name, list the rules
    #[command(after_help = "Example: cargo shelf explain words/length")]
    Explain {
        /// The rule's name
        rule: Option<String>,
    },
    /// List, run, record or verify the evidence
    #[command(after_help = "Example: cargo shelf samples run stranger-at-open-archive")]
    Samples {
        /// What to do; `list` where nothing is said
        #[command(subcommand)]
        action: Option<Samples>,
    },
    /// List every number a reader meets, and the source it rests on
    #[command(after_help = "Example: cargo shelf numbers --without-source")]
    Numbers {
        /// Only those whose section names no source
        #[arg(long)]
        without_source: bool,
    },
    /// List what the program and the built website are made of (CycloneDX)
    #[command(after_help = "Example: cargo shelf sbom")]
    Sbom {
        /// Where the lists go; by default sbom/ in the website
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Begin a piece from the template of its kind, and enter it in src/SUMMARY.md
    #[command(after_help = "Example: cargo shelf new answer lost-discs")]
    New {
        /// What kind of piece it is
        #[arg(value_enum)]
        kind: NewKind,
        /// Its file name without ending, which becomes its address
        slug: String,
    },
    /// Work through the lab of a lesson, or put a scene up for a class
    #[command(
        after_help = "Examples:\n  cargo shelf lab lesson-1\n  cargo shelf lab three-orthancs"
    )]
    Lab(Lab),
    /// Look at a DICOM server on this machine with our own probe
    #[command(after_help = "Example: cargo shelf probe 127.0.0.1:4242 --calling STRANGER")]
    Probe {
        /// Its address, on loopback
        address: evidence::Loopback,
        /// --calling TITLE, --called TITLE, --tls, --until associate|echo|find
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Serve as mdBook's preprocessor (called by `mdbook build`)
    #[command(hide = true)]
    Preprocess {
        /// `supports RENDERER`, as mdBook asks
        question: Vec<String>,
    },
}

/// How the website is made.
#[derive(Debug, Default, Args)]
pub struct Build {
    /// Where output comes from; by default what book.toml says, or `live`
    #[arg(long, value_name = "MODE")]
    pub samples: Option<Mode>,
    /// Where the website goes; by default what book.toml says, or `book`
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Where the website will stand; by default what book.toml says
    #[arg(long, value_name = "URL")]
    pub address: Option<Address>,
    /// Leave out the files to send, the feed and the pictures for links, which take most of the time
    #[arg(long)]
    pub no_kit: bool,
}

/// Since when, and how it is told.
#[derive(Debug, Args)]
pub struct Feed {
    /// A day, which counts too, or an older feed/faq.json
    #[arg(long, value_name = "DAY|FILE")]
    pub since: PathBuf,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
}

/// What goes into the kit, and where it goes.
#[derive(Debug, Default, Args)]
pub struct Kit {
    /// Pieces, by the file name of their page without ending
    pub slugs: Vec<String>,
    /// The pieces about a topic
    #[arg(long, value_name = "TOPIC", conflicts_with = "slugs")]
    pub topic: Vec<String>,
    /// The pieces that answer a reporter's question, the best first
    #[arg(long = "for", value_name = "QUESTION", conflicts_with_all = ["slugs", "topic"])]
    pub question: Option<String>,
    /// Only these formats; all where none is named
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Vec<KitFormat>,
    /// Only what a person has cleared for publication
    #[arg(long)]
    pub only_cleared: bool,
    /// Where the kit goes
    #[arg(short, long, value_name = "DIR", default_value = "kit")]
    pub output: PathBuf,
    /// What pieces are printed on
    #[arg(long, value_enum, default_value_t = PaperSize::A4)]
    pub paper: PaperSize,
    /// Where output comes from; recordings, unless something else is said
    #[arg(long, value_name = "MODE")]
    pub samples: Option<Mode>,
    /// Where the website stands; by default what book.toml says
    #[arg(long, value_name = "URL")]
    pub address: Option<Address>,
    /// Make nothing; say which gaps nobody has filled in these files (DOCX, TXT or HTML)
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["slugs", "topic", "question"])]
    pub gaps: Vec<PathBuf>,
}

/// What somebody wants of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KitFormat {
    /// The piece or the checklist as PDF
    Pdf,
    /// The piece or the checklist for Word
    Word,
    /// The piece as plain text
    Text,
    /// The piece for an e-mail
    Mail,
    /// The card for whoever speaks
    Card,
    /// The holding statement of an incident
    Statement,
    /// The contacts sheet of an incident
    Contacts,
    /// All of an incident, or of a lesson, in one file
    Zip,
    /// The slides of a lesson, and those with notes
    Slides,
    /// The lab guide of a lesson
    Lab,
    /// The quiz of a lesson, for learning-management systems
    Quiz,
}

/// What pieces are printed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum PaperSize {
    /// 210 by 297 mm
    #[default]
    A4,
    /// 8.5 by 11 inches
    Letter,
}

/// How the website is shown while somebody writes.
#[derive(Debug, Args)]
pub struct Serve {
    /// The port on 127.0.0.1; 0 lets the system choose
    #[arg(short, long, value_name = "PORT", default_value_t = 3000)]
    pub port: u16,
    /// Where output comes from; by default what book.toml says, or `live`. A sample is run again only
    /// when it has changed
    #[arg(long, value_name = "MODE")]
    pub samples: Option<Mode>,
}

/// Which lab or scene stands.
#[derive(Debug, Args)]
pub struct Lab {
    /// A lab or a scene: a file of content/labs or content/scenes without its ending; all are listed where
    /// none is named
    #[arg(conflicts_with = "join", value_name = "NAME")]
    pub scene: Option<String>,
    /// Where a student's files lie; by default lab-NAME in the current folder
    #[arg(long, value_name = "DIR", requires = "scene")]
    pub folder: Option<PathBuf>,
    /// The port of the lab's first server; by default the one that the pages show, if it is free
    #[arg(long, value_name = "PORT", requires = "scene", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Begin the lab anew; the folder of before is moved aside
    #[arg(long, requires = "scene")]
    pub again: bool,
    /// Start a shell in the network of a lab that stands
    #[arg(long, value_name = "PID")]
    pub join: Option<u32>,
}

/// What is told about the pages, and how.
#[derive(Debug, Args)]
pub struct Check {
    /// For people, for programs, or as annotations on a pull request
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// In place of the findings, list the pages that are overdue for review or due within so many days
    #[arg(long, value_name = "DAYS")]
    pub due: Option<u16>,
}

/// What to do with the evidence.
#[derive(Debug, Clone, Subcommand)]
pub enum Samples {
    /// List the samples, the pages they stand on, and whether their claims hold
    #[command(after_help = "Example: cargo shelf samples list --format json")]
    List {
        /// For people or for programs
        #[arg(long, value_enum, default_value_t = ListFormat::Human)]
        format: ListFormat,
        /// Run them, or judge the recordings
        #[arg(long, value_name = "MODE")]
        samples: Option<Mode>,
    },
    /// Run samples and print what they show
    #[command(after_help = "Example: cargo shelf samples run stranger-at-open-archive")]
    Run {
        /// The samples; all where none is named
        ids: Vec<String>,
    },
    /// Run samples and keep what they show in content/recordings
    #[command(after_help = "Example: cargo shelf samples record stranger-at-open-archive")]
    Record {
        /// The samples; all where none is named
        ids: Vec<String>,
    },
    /// Run all samples and compare what they find with their recordings
    #[command(after_help = "Example: cargo shelf samples verify")]
    Verify,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// In the style of rustc
    Human,
    /// One JSON array
    Json,
    /// Annotations for GitHub
    Github,
}

/// Kinds of pieces that have a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NewKind {
    /// A question answered in about 700 words
    Answer,
    /// A fact sheet of 250 to 400 words
    Incident,
    /// A paper of 1,500 to 2,500 words
    Paper,
}

/// How the samples are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table
    Human,
    /// One JSON array
    Json,
}
