//! Measures every number that we want to reach (`content/proof.toml`), side by side with what others use, and
//! writes what it saw to `content/proof/`. It judges nothing and never fails on a missed goal; the page "What we
//! measured" does the judging.
//!
//! `cargo bench -p shelf --bench proof -- [MEASURE…] [--runs N] [--quick] [--output DIR]`; `ci/bench` installs the
//! peers first. A peer that is missing is skipped, loudly, and never counts as a result.

mod arguments;
mod book;
mod build;
mod check;
mod cold;
mod computer;
mod growth;
mod kit;
mod network;
mod pages;
mod probe;
mod program;
mod record;
mod same;
mod samples;
mod serve;
mod sides;

use std::process::ExitCode;

use anyhow::Result;

use arguments::Plan;

/// Measures, and writes what it saw.
type Measure = fn(&Plan) -> Result<()>;

/// What can be measured, by name, in the order in which it is done: the longest last.
const MEASURES: [(&str, Measure); 10] = [
    ("probe", probe::measure),
    ("serve", serve::measure),
    ("kit", kit::measure),
    ("check", check::measure),
    ("pages", pages::measure),
    ("same", same::measure),
    ("samples", samples::measure),
    ("build", build::measure),
    ("growth", growth::measure),
    ("cold", cold::measure),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some(part) = words
        .first()
        .and_then(|word| word.strip_prefix(network::INSIDE))
    {
        return ended(network::inside(part, &words[1..]));
    }
    match Plan::read(&words, &MEASURES.map(|(name, _)| name)) {
        Ok(plan) => ended(measure(&plan)),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

fn measure(plan: &Plan) -> Result<()> {
    for (name, measure) in MEASURES {
        if plan.wants(name) {
            eprintln!("\n=== {name}");
            // One that cannot be carried out is told and leaves the others alone.
            if let Err(error) = measure(plan) {
                eprintln!("SKIPPED {name}: {error:#}");
            }
        }
    }
    Ok(())
}

fn ended(result: Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
