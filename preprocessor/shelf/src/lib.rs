//! The command and its glue to mdBook.
//!
//! Read, check, evidence, resolve, dress, announce, publish: each stage takes the value of the one before it.

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

mod announce;
mod calendar;
mod cli;
mod commands;
mod dress;
mod ending;
mod evidence_run;
mod experiments;
mod files;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
mod history;
mod lab;
mod making;
mod mdbook_log;
mod notices;
mod parallel;
mod percent;
mod preparation;
mod printing;
mod progress;
mod project;
mod publish;
mod remedy;
mod report;
mod resolve;
mod rules;
mod sbom;
mod sending;
mod serve;
mod site;
mod slides;
mod summary;

pub use cli::Cli;
pub use remedy::remedy;

use anyhow::Result;
use cli::{Build, Command};

/// Whether this program was started by itself, in a private network, to look at a scene there.
pub fn is_inside_a_cage() -> bool {
    std::env::args_os()
        .nth(1)
        .is_some_and(|first| first == evidence_run::CAGE)
}

/// How a command ended, when it could be carried out at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing to complain about: exit status 0.
    Good,
    /// Findings or failed claims: exit status 1.
    Findings,
}

/// Carries out a command line.
///
/// # Errors
///
/// Whatever keeps the command from being carried out: exit status 2.
pub fn run(cli: Cli) -> Result<Verdict> {
    let command = cli.command.unwrap_or(Command::Build(Build::default()));
    if let Command::Explain { rule } = &command {
        return commands::explain::run(rule.as_deref());
    }
    if let Command::Preprocess { question } = &command {
        return commands::preprocess::run(question);
    }
    if let Command::Probe { address, args } = &command {
        return commands::probe::run(*address, args);
    }
    if let Command::Lab(cli::Lab {
        join: Some(pid), ..
    }) = &command
    {
        return commands::lab::join(*pid);
    }
    if let Command::Kit(cli::Kit { gaps, .. }) = &command
        && !gaps.is_empty()
    {
        return commands::kit::gaps(gaps);
    }
    let project = project::Project::find(cli.book.as_deref())?;
    match command {
        Command::Build(build) => commands::build::run(&project, &build),
        Command::Serve(serve) => commands::serve::run(&project, &serve),
        Command::Kit(kit) => commands::kit::run(&project, &kit),
        Command::Feed(feed) => commands::feed::run(&project, &feed),
        Command::Check(check) => commands::check::run(&project, &check),
        Command::Samples { action } => commands::samples::run(&project, action),
        Command::Numbers { without_source } => commands::numbers::run(&project, without_source),
        Command::Sbom { output } => commands::sbom::run(&project, output.as_deref()),
        Command::New { kind, slug } => commands::new::run(&project, kind, &slug),
        Command::Lab(lab) => commands::lab::run(&project, lab),
        Command::Explain { .. } | Command::Preprocess { .. } | Command::Probe { .. } => {
            Ok(Verdict::Good)
        }
    }
}
