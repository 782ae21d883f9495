//! `cargo shelf`: parses the arguments, calls the library, prints, exits.

use std::io;
use std::process::ExitCode;

use clap::Parser;
use shelf::{Cli, Verdict, run};

fn main() -> ExitCode {
    if shelf::is_inside_a_cage() {
        return evidence::enter();
    }
    match run(Cli::parse()) {
        Ok(Verdict::Good) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        // Whoever reads us, such as `head`, has seen enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    })
}
