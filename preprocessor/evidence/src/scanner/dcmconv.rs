//! DCMTK's `dcmconv`, which writes a DICOM file anew.
//!
//! It keeps the preamble, unless the data set is written alone (`-F`) and read
//! again without what stood before it (`-f`).

use std::time::Duration;

use super::{Context, Input, Kind, Opt, Output, Stream, Tool, dcmtk};
use crate::facts::Seen;

pub(super) const TOOL: Tool = Tool {
    program: "dcmconv",
    package: "dcmtk",
    version_args: &["--version"],
    version: dcmtk::version,
    options: &[
        Opt::Flag("-v"),
        Opt::Flag("-F"),
        Opt::Flag("-f"),
        Opt::Operand(Kind::File),
        Opt::Later(Kind::NewFile),
    ],
    always: &[],
    report: None,
    shows: Stream::Both,
    input: Input::Nothing,
    varies: &[],
    patience: Duration::from_secs(10),
    read,
};

/// It finds out nothing; what it wrote is for others to look at.
fn read(_: &Output, _: &Context<'_>) -> Seen {
    Seen::Nothing
}
