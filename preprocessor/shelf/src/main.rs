//! `cargo shelf`: parses the arguments, calls the library, prints, exits.

use std::io::{self, Write};
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
            say(&format!("error: {error:#}"));
            if let Some(help) = shelf::remedy(&error) {
                say(&format!("help: {help}"));
            }
            ExitCode::from(2)
        }
    }
}

/// Writes a line to standard error. That nobody listens there changes nothing.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    })
}
