//! `tshark`: captures the network, and shows what was captured.

use std::time::Duration;

use crate::facts::{Packets, Seen};

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation};

/// How to use it. While it captures it prints nothing that is looked at.
pub(super) const TOOL: Tool = Tool {
    program: "tshark",
    package: "tshark",
    version_args: &["--version"],
    version,
    options: &[
        Opt::Flag("-n"),
        Opt::Flag("-q"),
        Opt::Flag("-V"),
        // To capture.
        Opt::Value("-i", Kind::Word(&["lo"])),
        Opt::Value("-f", Kind::Text),
        Opt::Value("-w", Kind::NewFile),
        // To show.
        Opt::Value("-r", Kind::File),
        Opt::Value("-Y", Kind::Text),
        Opt::Value("-O", Kind::Word(&["dicom", "tls", "dicom,tls"])),
        Opt::Value("-T", Kind::Word(&["fields"])),
        Opt::Value("-e", Kind::Text),
        // The bytes of one connection, the readable ones as text.
        Opt::Value("-z", Kind::Word(&["follow,tcp,ascii,0"])),
    ],
    always: &[],
    report: None,
    shows: Stream::Out,
    input: Input::Nothing,
    varies: &[
        Variation {
            what: "the number of the packet",
            shown: "<number>",
            pattern: r"(?m)^ *([0-9]+) +[0-9]+\.[0-9]+ +\S+ → ",
        },
        Variation {
            what: "the time since the first packet",
            shown: "<time>",
            pattern: r"(?m)^ *\S+ +([0-9]+\.[0-9]+) +\S+ → ",
        },
        Variation {
            what: "the size of a packet under TLS",
            shown: "<size>",
            pattern: r"(?m) → \S+ +(?:TLS|SSL)\S* +([0-9]+) ",
        },
        Variation {
            what: "the port that the client happened to get",
            shown: "<port>",
            pattern: r"(?m)(?: → \S+ +TCP +[0-9]+ |\] )([3-6][0-9]{4}) → ",
        },
        Variation {
            what: "the port that the client happened to get",
            shown: "<port>",
            pattern: r" → ([3-6][0-9]{4}) \[",
        },
        Variation {
            what: "the port that the client happened to get",
            shown: "<port>",
            pattern: r"(?m)^Node 0: \S+:([0-9]+)$",
        },
    ],
    patience: Duration::from_secs(20),
    read,
};

/// The version in `TShark (Wireshark) 4.0.17 (Git v4.0.17 …).`.
fn version(answer: &str) -> Option<String> {
    let line = answer.lines().find(|line| line.starts_with("TShark "))?;
    let number = line
        .split(' ')
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let number = number.trim_end_matches('.');
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    (number.len() <= 32 && number.chars().all(plain)).then(|| number.to_owned())
}

/// What its output means.
fn read(output: &Output, context: &Context<'_>) -> Seen {
    let text = output.out();
    let bytes = has_bytes(&text);
    Seen::Packets(Packets {
        any: bytes || text.lines().any(is_packet),
        bytes,
        names: context
            .names
            .iter()
            .fold(0, |sum: u32, name| sum.saturating_add(count(&text, name))),
        dicom: text.lines().any(|line| shows(line, is_dicom)),
        tls: text.lines().any(|line| shows(line, is_tls)),
    })
}

/// Whether a line is about a packet. Around a stream there are others, in any
/// case.
fn is_packet(line: &str) -> bool {
    let heading = ["====", "Follow: ", "Filter: ", "Node 0: ", "Node 1: "];
    !line.trim().is_empty() && !heading.iter().any(|words| line.starts_with(words))
}

/// Whether a stream is shown with bytes in it: below the heading stands how many
/// came in one piece, behind a tab those of the server.
fn has_bytes(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| line == "Follow: tcp,ascii")
        && lines.any(|line| line.starts_with("Node 1: "))
        && lines.next().is_some_and(|line| {
            let number = line.strip_prefix('\t').unwrap_or(line);
            number.parse::<u32>().is_ok_and(|bytes| bytes > 0)
        })
}

/// How many times a name stands in a text.
fn count(text: &str, name: &str) -> u32 {
    if name.is_empty() {
        return 0;
    }
    u32::try_from(text.matches(name).count()).unwrap_or(u32::MAX)
}

/// Whether a line names a protocol where its name belongs: after the addresses
/// in a summary, at the beginning of a heading, or alone in a field.
fn shows(line: &str, protocol: fn(&str) -> bool) -> bool {
    let in_summary = line
        .split_once(" → ")
        .and_then(|(_, rest)| rest.split_whitespace().nth(1))
        .is_some_and(protocol);
    let heading = line.split(", ").next().is_some_and(protocol);
    in_summary || heading || line.split('\t').any(protocol)
}

/// The names of DICOM.
fn is_dicom(word: &str) -> bool {
    word == "DICOM"
}

/// The names of TLS: `TLSv1.3`, and its heading.
fn is_tls(word: &str) -> bool {
    let version = word
        .strip_prefix("TLSv")
        .or_else(|| word.strip_prefix("SSLv"));
    version.is_some_and(|version| {
        !version.is_empty() && version.chars().all(|c| c.is_ascii_digit() || c == '.')
    }) || word == "Transport Layer Security"
}

#[cfg(test)]
mod tests;
