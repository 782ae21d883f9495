//! `cargo shelf explain`: what a rule wants and why.

use std::io::{self, Write};

use anyhow::{Result, bail};
use editorial::{RULES, rule};

use crate::Verdict;

/// Explains one rule, or lists all of them.
pub(crate) fn run(name: Option<&str>) -> Result<Verdict> {
    let mut out = io::stdout().lock();
    let Some(name) = name else {
        let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in RULES {
            writeln!(out, "{:width$}  {}", rule.name, rule.wants)?;
        }
        return Ok(Verdict::Good);
    };
    let Some(rule) = rule(name) else {
        bail!("there is no rule \"{name}\"; `cargo shelf explain` lists them");
    };
    let waiver = if rule.can_be_waived {
        "A page can waive it, with a reason."
    } else {
        "It cannot be waived."
    };
    writeln!(
        out,
        "{}\n\n{}\n\n{} {waiver}",
        rule.name, rule.wants, rule.why
    )?;
    Ok(Verdict::Good)
}
