//! DCMTK's `echoscu`: C-ECHO, "are you there?" (PS3.4 annex A).

use std::time::Duration;

use crate::facts::Seen;

use super::dcmtk::{self, Request};
use super::tool::{Context, Input, Output, Stream, Tool};

/// How to use it. Success is told only with `-v`. The option `+tls` takes two
/// files, a key and its certificate: the second is an operand here.
pub(super) const TOOL: Tool = Tool {
    program: "echoscu",
    package: dcmtk::PACKAGE,
    version_args: dcmtk::VERSION_ARGS,
    version: dcmtk::version,
    options: dcmtk::OPTIONS,
    always: &[],
    report: None,
    shows: Stream::Err,
    input: Input::Nothing,
    varies: dcmtk::VARIES,
    // DCMTK waits 30 s for an answer to its greeting.
    patience: Duration::from_secs(40),
    read,
};

/// What its output means.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    dcmtk::read(output, Request::Echo)
}
