//! `openssl verify`, which checks a certificate against that of an authority.

use std::time::Duration;

use super::s_client;
use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool};
use crate::facts::{Seen, Session, Verification};

/// `openssl verify`. The system's own authorities are left out: what a machine
/// trusts otherwise is nothing that a sample should depend on.
pub(super) const TOOL: Tool = Tool {
    program: "openssl",
    package: "openssl",
    version_args: &["version"],
    version: s_client::version,
    options: &[
        Opt::Value("-CAfile", Kind::File),
        Opt::Value("-verify_hostname", Kind::Word(HOSTS)),
        Opt::Operand(Kind::File),
    ],
    always: &["verify", "-no-CAfile", "-no-CApath", "-no-CAstore"],
    report: None,
    shows: Stream::Both,
    input: Input::Nothing,
    varies: &[],
    patience: Duration::from_secs(5),
    read,
};

/// The names that a certificate may be compared with: of no machine that is
/// called.
const HOSTS: &[&str] = &["modality1.example.test", "modality2.example.test"];

/// What its output means: that all is well is said on standard output, in the
/// last line; what is wrong, on standard error. The subject of a certificate is
/// printed there too, and escaped, so that it cannot forge a line.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let (said, complained) = (output.out(), output.err());
    let error = complained.lines().find_map(error);
    let good = said.lines().next_back().is_some_and(|line| {
        let name = line.strip_suffix(": OK");
        name.is_some_and(|name| !name.is_empty() && !name.contains(char::is_whitespace))
    });
    let verification = match error {
        Some(error) => Some(s_client::verification(error)),
        None => good.then_some(Verification::Good),
    };
    Seen::Session(Session {
        version: None,
        verification,
        asks_for_certificate: None,
        alert: None,
    })
}

/// The words in `error 62 at 0 depth lookup: hostname mismatch`.
fn error(line: &str) -> Option<&str> {
    let (place, words) = line.strip_prefix("error ")?.split_once(" depth lookup: ")?;
    let (number, depth) = place.split_once(" at ")?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(number) && digits(depth)).then_some(words)
}

#[cfg(test)]
mod tests;
