//! The model of the content and the editorial standard.
//!
//! [`Shelf::read`] takes a book from the disk; [`check`] holds it against the [`RULES`] and gives
//! every [`Finding`] at once. Nothing here renders, scans or knows the website.

// What somebody wrote is no reason to panic; tests may.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::panic,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable
    )
)]

pub mod anchors;
mod day;
mod directive;
mod fields;
mod figure;
mod finding;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
mod lab;
mod lesson;
mod letters;
mod nearest;
mod outline;
mod page;
mod passage;
mod phrases;
mod piece;
mod proof;
mod quiz;
mod registry;
mod rules;
mod sample;
mod shelf;
mod source_text;
mod spelling;
mod typography;
mod when;
pub mod words;

pub use day::Day;
pub use directive::{Directive, MDBOOKS, OURS};
pub use fields::Placed;
pub use figure::{
    Bar, BeforeAfter, Cells, Connection, Event, Fact, Figure, FigureFile, Machine, Network, Passes,
    Rows, Trouble, Zone,
};
pub use finding::{Finding, Misfit, Severity};
pub use lab::{
    LabChange, LabEdit, LabFile, LabGoal, LabLook, LabSight, LabTask, Laid, Lay, LessonLab,
};
pub use lesson::{Lesson, LessonPart, Objective, OutlineTopic, Slide, Way, slides};
pub use letters::Letters;
pub use nearest::{did_you_mean, nearest};
pub use outline::{Block, BlockKind, Citation, CodeBlock, Heading, Link, Outline};
pub use page::{FrontMatter, Page, front_matter};
pub use piece::{Kind, Piece, Review, Status, Waiver};
pub use proof::{
    Bound, Case, Computer, Goal, Held, Measure, MeasureFile, Series, Standing, Unit, exponent,
};
pub use quiz::{Choice, Question, Quiz, QuizFile};
pub use registry::{
    Change, Contact, Milestone, Name, NameClass, Press, Redirect, Registry, Source, Tag, Task,
    Term, Verified, Wording, Words,
};
pub use rules::{RULES, Rule, check, check_expanded, rule};
pub use sample::{Notice, Sample, SampleFile, SampleStep};
pub use shelf::{ReadError, Shelf, stem};
pub use source_text::SourceText;
pub use typography::with_quotes;
pub use when::When;
