//! testssl, of which samples run the part that finds protocol versions.

use std::collections::BTreeSet;
use std::time::Duration;

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation};
use crate::facts::{Offers, Seen, Version};

/// testssl. With `--warnings batch` it gives up on a server that the openssl
/// of this machine cannot connect to, such as one of TLS 1.0 only, and says
/// nothing of its versions. With `off` it goes on and finds them. A server that
/// demands a certificate is such a server in some runs and not in others.
pub(super) const TOOL: Tool = Tool {
    program: "testssl",
    package: "testssl.sh",
    version_args: &["--version"],
    version,
    options: &[
        Opt::Flag("--protocols"),
        Opt::Flag("--quiet"),
        Opt::Value("--color", Kind::Word(&["0"])),
        Opt::Value("--warnings", Kind::Word(&["off", "batch"])),
        Opt::Value("--nodns", Kind::Word(&["none"])),
        Opt::Operand(Kind::HostPort),
    ],
    always: &[],
    report: None,
    shows: Stream::Out,
    input: Input::Nothing,
    varies: &[
        Variation {
            what: "when the scan began and ended",
            shown: "<time>",
            pattern: r" (?:Start|Done) (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ",
        },
        Variation {
            what: "how long the scan took",
            shown: "<time>",
            pattern: r"\[( *\d+s)\] -->>",
        },
        // It asks twice, and not every server answers alike.
        Variation {
            what: "the service it guesses",
            shown: "<guess>",
            pattern: r"Service detected: +(\S.*)",
        },
    ],
    patience: Duration::from_secs(30),
    read,
};

/// `testssl       3.0.8 from …`.
fn version(text: &str) -> Option<String> {
    text.split_whitespace()
        .skip_while(|word| *word != "testssl")
        .nth(1)
        .map(str::to_owned)
}

/// Reads the table below the heading. Without one, or where it does not come to
/// its end, nothing was examined, whatever the reason was.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let text = output.out();
    let mut lines = text
        .lines()
        .skip_while(|line| !line.starts_with(" Testing protocols "));
    let mut versions = BTreeSet::new();
    let mut rows = 0;
    let done = lines.any(|line| {
        if let Some((verdict, version)) = row(line) {
            rows += 1;
            if verdict.starts_with("offered") {
                versions.insert(version);
            }
        }
        line.starts_with(" Done ")
    });
    Seen::Offers(Offers {
        examined: done && rows > 0,
        versions,
        ..Offers::default()
    })
}

/// The verdict and the version in a line such as ` TLS 1.2    offered (OK)`.
fn row(line: &str) -> Option<(&str, Version)> {
    let names = [
        (" SSLv2 ", Version::Ssl2),
        (" SSLv3 ", Version::Ssl3),
        (" TLS 1 ", Version::Tls10),
        (" TLS 1.1 ", Version::Tls11),
        (" TLS 1.2 ", Version::Tls12),
        (" TLS 1.3 ", Version::Tls13),
    ];
    names
        .into_iter()
        .find_map(|(name, version)| Some((line.strip_prefix(name)?.trim_start(), version)))
}

#[cfg(test)]
mod tests;
