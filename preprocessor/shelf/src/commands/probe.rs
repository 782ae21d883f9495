//! `cargo shelf probe`: our own probe at a server on this machine.

use std::io::{self, Write};

use anyhow::{Context, Result};
use evidence::{Limits, Loopback, Request};

use crate::Verdict;

/// Looks, and prints what it saw. The type of the address can hold nothing but loopback.
pub(crate) fn run(address: Loopback, args: &[String]) -> Result<Verdict> {
    let request = Request::parse(args)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime for the probe")?;
    let limits = Limits::default();
    let lines = runtime.block_on(evidence::describe(address, &request, &limits))?;
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{}", line.text.as_plain())?;
    }
    Ok(Verdict::Good)
}
