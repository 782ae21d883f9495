//! What the terminal shows while the command works, in cargo's manner: a verb, then what it is about.

use std::io::{IsTerminal, Write};
use std::time::Duration;

/// Writes a line of progress to standard error.
pub(crate) fn say(verb: &str, what: &str) {
    let mut out = std::io::stderr().lock();
    let line = if is_styled(&std::io::stderr()) {
        format!("\x1b[1;32m{verb:>12}\x1b[0m {what}")
    } else {
        format!("{verb:>12} {what}")
    };
    // A terminal that is gone is no reason to stop.
    let _ = writeln!(out, "{line}");
}

/// How much of the way is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Each stage, as it ends.
    EveryStage,
    /// Only what took a program to find out: the caller tells the result.
    Quiet,
}

impl Voice {
    /// Writes a line about a stage, where every stage is told.
    pub(crate) fn say(self, verb: &str, what: &str) {
        if self == Voice::EveryStage {
            say(verb, what);
        }
    }
}

/// Whether colours are welcome: on a terminal, unless NO_COLOR is set (no-color.org).
pub(crate) fn is_styled(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A duration as people say it: `340 ms` or `2.4 s`.
pub(crate) fn in_words(duration: Duration) -> String {
    if duration < Duration::from_secs(1) {
        format!("{} ms", duration.as_millis())
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

/// `1 page`, `2 pages`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}
