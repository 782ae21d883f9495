//! What all programs have in common that are not ours.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::facts::Seen;

/// A program of somebody else's, as this crate uses it: how to call it, what
/// its version is, what it means, and what varies from run to run. Each stands
/// in a file of its own.
pub(crate) struct Tool {
    /// Its file name, e.g. `nmap`.
    pub(crate) program: &'static str,
    /// Where it comes from: a Debian package, or `pypi:NAME`.
    pub(crate) package: &'static str,
    /// How it is asked for its version.
    pub(crate) version_args: &'static [&'static str],
    /// The version in the answer.
    pub(crate) version: fn(&str) -> Option<String>,
    /// What it may be called with.
    pub(crate) options: &'static [Opt],
    /// Arguments that stand before all others, such as where to write a report.
    pub(crate) always: &'static [&'static str],
    /// A file it writes that is read afterwards, such as that report.
    pub(crate) report: Option<&'static str>,
    /// Which of its streams readers are shown.
    pub(crate) shows: Stream,
    /// What is written to its standard input, e.g. nothing.
    pub(crate) input: Input,
    /// What varies from run to run, in lines that readers are shown.
    pub(crate) varies: &'static [Variation],
    /// How long it may take.
    pub(crate) patience: Duration,
    /// What its output means. It never fails: output that makes no sense is a
    /// fact that says so.
    pub(crate) read: fn(&Output, &Context<'_>) -> Seen,
}

/// An option that samples may use. All others are refused before anything
/// runs, those first with which a program could be made to do something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opt {
    /// Stands alone, e.g. `-v`.
    Flag(&'static str),
    /// Is followed by a value, e.g. `-p 104`.
    Value(&'static str, Kind),
    /// Something that is no option, e.g. the host.
    Operand(Kind),
    /// Each operand but the first, where it means something else than that.
    Later(Kind),
}

/// What a value may look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text without a slash, at most 200 characters.
    Text,
    /// What a search engine is asked: any text that cannot be taken for an
    /// option, at most 200 characters.
    Query,
    /// A whole number.
    Number,
    /// Numbers, ranges and commas.
    Ports,
    /// A host name or address.
    Host,
    /// A host and a port.
    HostPort,
    /// A web address whose host stands in the scene.
    Url,
    /// The name of a file in the folder where the program runs, no path.
    File,
    /// The name of a file that the program writes there. None may lie there
    /// yet: the scene's settings and logs are not a sample's to replace.
    NewFile,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// Which stream readers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
    /// Both, output first.
    Both,
}

/// What a program reads from its standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// Nothing: it is at its end from the beginning.
    Nothing,
    /// Nothing for a second, then the end. `openssl s_client` hangs up when
    /// its input ends, and TLS 1.3 says later whether a certificate was missed.
    OneSecond,
}

/// Something in the lines that is another in every run, and what readers are
/// shown in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variation {
    /// What it is, in words a reader understands: `the start time`.
    pub(crate) what: &'static str,
    /// What stands there in its place: `<time>`.
    pub(crate) shown: &'static str,
    /// A regular expression; its first group, or else the whole match, is
    /// replaced.
    pub(crate) pattern: &'static str,
}

/// What a program left behind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Output {
    /// Standard output, to the limit.
    pub(crate) stdout: Vec<u8>,
    /// Standard error, to the limit.
    pub(crate) stderr: Vec<u8>,
    /// The file it was to write, to the limit; empty if there is none.
    pub(crate) report: Vec<u8>,
    /// How it ended.
    pub(crate) exit: Option<Exit>,
}

impl Output {
    /// Standard output as text.
    pub(crate) fn out(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Standard error as text.
    pub(crate) fn err(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }
}

/// How a program ended. It is shown and never trusted alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exit {
    /// With this status.
    Status(i32),
    /// By this signal.
    Signal(i32),
    /// We ended it: its time was up, or its output too long.
    Stopped,
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exit::Status(status) => write!(f, "exit status {status}"),
            Exit::Signal(signal) => write!(f, "ended by signal {signal}"),
            Exit::Stopped => f.write_str("stopped: it took too long or said too much"),
        }
    }
}

/// The number behind a program's name in its answer: `1.0.6` in `nftables
/// v1.0.6 (Lester Gooch #5)`, behind `nftables v`.
pub(crate) fn version_after(name: &str, answer: &str) -> Option<String> {
    let number = answer.strip_prefix(name)?.split_whitespace().next()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    (number.len() <= 32 && number.chars().all(plain)).then(|| number.to_owned())
}

/// What the reader of an output may need to know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The names of the scene's patients.
    pub(crate) names: &'a [&'a str],
    /// The IDs of the scene's patients.
    pub(crate) ids: &'a [&'a str],
}
