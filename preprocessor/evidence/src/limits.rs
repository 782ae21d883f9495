//! How long and how much a run may take.

use std::time::Duration;

/// The bounds of one run. A run that meets one ends with what it knows.
///
/// The default is right for loopback, where an honest server answers within
/// milliseconds; a test of a silent peer wants smaller ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the scene stands, and until a connection is open. Default 5 s.
    pub start: Duration,
    /// How long a peer may take for one answer, however slowly it drips.
    /// Default 3 s.
    pub silence: Duration,
    /// The whole scan, whatever happens; the scene stands before it begins.
    /// Default 10 s.
    pub total: Duration,
    /// How many bytes are read from a peer. Default 1 MiB: a list is counted
    /// to the thousandth patient if each takes up to 1,000 bytes; ordinary
    /// answers to a query for one attribute have 100 to 400.
    pub bytes: usize,
    /// How many lines a transcript may have, the mark of a cut among them.
    /// Default 200.
    pub lines: usize,
    /// How many characters a line may have. Default 160.
    pub line_length: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            start: Duration::from_secs(5),
            silence: Duration::from_secs(3),
            total: Duration::from_secs(10),
            bytes: 1024 * 1024,
            lines: 200,
            line_length: 160,
        }
    }
}
