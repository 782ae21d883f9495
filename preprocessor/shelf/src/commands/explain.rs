//! `cargo shelf explain`: what a rule wants and why.

use std::io::{self, Write};

use anyhow::{Result, bail};
use editorial::{RULES, did_you_mean, rule};

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
        let names = RULES.iter().map(|rule| rule.name);
        let help = did_you_mean(name, names, "`cargo shelf explain` lists them");
        bail!("there is no rule \"{name}\"; {help}");
    };
    writeln!(
        out,
        "{}\n\n{}\n\n{} {}",
        rule.name,
        rule.wants,
        rule.why,
        rule.waiver()
    )?;
    Ok(Verdict::Good)
}
