//! Problems in a text somebody wrote.

use std::ops::Range;

/// A problem in a text, with the place it concerns and a way out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The bytes of the text it concerns.
    pub span: Range<usize>,
    /// What is wrong, in one sentence without a full stop.
    pub problem: String,
    /// What to write instead, in one sentence without a full stop.
    pub help: String,
}
