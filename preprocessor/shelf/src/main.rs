//! `cargo shelf`: parses the arguments, calls the library, prints, exits.

use std::process::ExitCode;

use clap::Parser;
use shelf::{Cli, Verdict, run};

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(Verdict::Good) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
