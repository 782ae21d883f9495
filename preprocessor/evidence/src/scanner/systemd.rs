//! `systemd-analyze security`, which says how much a service could do if it were
//! taken over. It reads the file from which the service would start; systemd
//! itself need not run.

use std::time::Duration;

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, version_after};
use crate::facts::{Exposure, Seen};

/// How to use it: only on files that lie in the scene's folder, and without asking
/// a systemd that may run on this machine.
pub(super) const TOOL: Tool = Tool {
    program: "systemd-analyze",
    package: "systemd",
    version_args: &["--version"],
    version,
    options: &[
        // A name without a folder would be looked for among the system's own.
        Opt::Operand(Kind::Word(&["./gateway.service"])),
    ],
    always: &["--no-pager", "security", "--offline=yes"],
    report: None,
    shows: Stream::Both,
    input: Input::Nothing,
    varies: &[],
    patience: Duration::from_secs(10),
    read,
};

/// The version in `systemd 252 (252.38-1~deb12u1)`.
fn version(answer: &str) -> Option<String> {
    version_after("systemd ", answer)
}

/// What its output means: the word with which the last line ends. The number
/// before it is another in other releases, which ask about more or fewer things.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let text = output.out();
    let last = text.lines().rfind(|line| !line.trim().is_empty());
    Seen::Exposure(last.and_then(verdict))
}

/// The verdict in `→ Overall exposure level for gateway.service: 9.6 UNSAFE :-{`.
fn verdict(line: &str) -> Option<Exposure> {
    let (_, level) = line.split_once("Overall exposure level for ")?;
    let (_, level) = level.rsplit_once(": ")?;
    let mut words = level.split_whitespace();
    let number: f32 = words.next()?.parse().ok()?;
    if !(0.0..=10.0).contains(&number) {
        return None;
    }
    Some(match words.next()? {
        "PERFECT" => Exposure::Perfect,
        "SAFE" => Exposure::Safe,
        "OK" => Exposure::Ok,
        "MEDIUM" => Exposure::Medium,
        "EXPOSED" => Exposure::Exposed,
        "UNSAFE" => Exposure::Unsafe,
        "DANGEROUS" => Exposure::Dangerous,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
