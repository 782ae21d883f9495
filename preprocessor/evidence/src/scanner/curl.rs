//! `curl`: a web client.
//!
//! With `-i`, or `-D -` where the answer goes to a file, the status and the
//! headers stand before the answer. Without them the status is not known.

use std::time::Duration;

use serde::de::IgnoredAny;

use crate::facts::{Seen, Web};

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation, version_after};

/// How to use it.
pub(super) const TOOL: Tool = Tool {
    program: "curl",
    package: "curl",
    version_args: &["--version"],
    version,
    options: &[
        Opt::Flag("-s"),
        Opt::Flag("-S"),
        Opt::Flag("-i"),
        Opt::Flag("-g"),
        Opt::Flag("-k"),
        Opt::Value("-m", Kind::Number),
        Opt::Value(
            "-X",
            Kind::Word(&["GET", "POST", "PUT", "DELETE", "OPTIONS"]),
        ),
        Opt::Value(
            "-H",
            Kind::Word(&[
                "Accept: application/dicom+json",
                "Accept: application/json",
                "Accept: application/dicom",
                "Content-Type: application/json",
                "Content-Type: application/dicom+json",
                "Content-Type: application/x-www-form-urlencoded",
            ]),
        ),
        Opt::Value("-d", Kind::Text),
        Opt::Value("-o", Kind::NewFile),
        Opt::Value("-D", Kind::Word(&["-"])),
        Opt::Value("--cacert", Kind::File),
        Opt::Operand(Kind::Url),
    ],
    always: &[],
    report: None,
    shows: Stream::Both,
    input: Input::Nothing,
    varies: &[
        Variation {
            what: "the time of the answer",
            shown: "<time>",
            pattern: r"(?m)^(?:[Dd]ate|[Ll]ast-[Mm]odified): ([^\r\n]*[^\s])",
        },
        Variation {
            what: "when the archive last changed something",
            shown: "<time>",
            pattern: r#""LastUpdate"\s*:\s*"([0-9T]+)""#,
        },
        Variation {
            what: "a name that the archive makes up for each file",
            shown: "<made for this answer>",
            pattern: r#"filename="([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.dcm""#,
        },
        Variation {
            what: "how long it waited",
            shown: "<some>",
            pattern: r"(?m)^curl: \([0-9]+\) .* after ([0-9]+) (?:ms|milliseconds)\b",
        },
    ],
    patience: Duration::from_secs(15),
    read,
};

/// The version in `curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 …`.
fn version(answer: &str) -> Option<String> {
    version_after("curl ", answer)
}

/// What its output means.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let (status, body) = split(&output.stdout);
    Seen::Web(Web {
        status,
        matches: listed(body),
        log: None,
    })
}

/// The status of the last answer, and what follows on its headers. Answers of
/// the kind "go on" (1xx) come first and are passed over.
fn split(mut text: &[u8]) -> (Option<u16>, &[u8]) {
    while let Some(status) = status_line(text) {
        let Some(body) = after_headers(text) else {
            return (Some(status), &[]);
        };
        if !(100..200).contains(&status) {
            return (Some(status), body);
        }
        text = body;
    }
    (None, text)
}

/// The status in `HTTP/1.1 200 OK`.
fn status_line(text: &[u8]) -> Option<u16> {
    let rest = text.strip_prefix(b"HTTP/")?;
    let space = rest.iter().take(4).position(|byte| *byte == b' ')?;
    let digits = rest.get(space + 1..space + 4)?;
    match rest.get(space + 4) {
        None | Some(b' ' | b'\r' | b'\n') => {}
        Some(_) => return None,
    }
    let status = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (100..1000).contains(&status).then_some(status)
}

/// What follows on the first empty line.
fn after_headers(text: &[u8]) -> Option<&[u8]> {
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let end = from + rest.iter().position(|byte| *byte == b'\n')? + 1;
        if matches!(text.get(from..end), Some(b"\r\n" | b"\n")) {
            return text.get(end..);
        }
        from = end;
    }
    None
}

/// How many things a JSON list holds. What they are is not looked at.
fn listed(body: &[u8]) -> Option<u32> {
    let list: Vec<IgnoredAny> = serde_json::from_slice(body).ok()?;
    u32::try_from(list.len()).ok()
}

#[cfg(test)]
mod tests;
