//! DCMTK's `storescu`: C-STORE, "keep this for me" (PS3.4 annex B).

use std::time::Duration;

use crate::facts::Seen;

use super::dcmtk::{self, Request};
use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool};

/// How to use it. Success is told only with `-v`. The option `+tls` takes two
/// files, a key and its certificate: the second is an operand here.
pub(super) const TOOL: Tool = Tool {
    program: "storescu",
    package: dcmtk::PACKAGE,
    version_args: dcmtk::VERSION_ARGS,
    version: dcmtk::version,
    options: &[
        Opt::Flag("-v"),
        Opt::Value("-aet", Kind::Text),
        Opt::Value("-aec", Kind::Text),
        Opt::Value("-to", Kind::Number),
        Opt::Value("-ta", Kind::Number),
        Opt::Value("-td", Kind::Number),
        // Go on after an instance that was refused.
        Opt::Flag("-nh"),
        // TLS: with a certificate of one's own or without, what to trust, and
        // which profile of PS3.15 annex B.
        Opt::Value("+tls", Kind::File),
        Opt::Flag("+tla"),
        Opt::Value("+cf", Kind::File),
        Opt::Flag("-ic"),
        Opt::Flag("+py"),
        Opt::Flag("+px"),
        Opt::Flag("+pz"),
        Opt::Flag("+pa"),
        Opt::Flag("+pn"),
        Opt::Operand(Kind::Host),
        Opt::Operand(Kind::Number),
        Opt::Operand(Kind::File),
    ],
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
    dcmtk::read(output, Request::Store)
}
