//! `openssl x509`, which prints certificates.

use std::time::Duration;

use super::s_client;
use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation};
use crate::clean::Clean;
use crate::facts::{Card, Seen};

/// The most names that are kept.
const MOST: usize = 64;

/// The longest text that is kept, in characters.
const LONGEST: usize = 120;

/// What can be asked about beside the names.
const EXTENSIONS: &[&str] = &["subjectAltName", "subjectAltName,basicConstraints"];

/// `openssl x509`.
pub(super) const TOOL: Tool = Tool {
    program: "openssl",
    package: "openssl",
    version_args: &["version"],
    version: s_client::version,
    options: &[
        Opt::Flag("-subject"),
        Opt::Flag("-issuer"),
        Opt::Flag("-dates"),
        Opt::Flag("-startdate"),
        Opt::Flag("-enddate"),
        Opt::Flag("-serial"),
        Opt::Flag("-fingerprint"),
        Opt::Flag("-sha256"),
        Opt::Value("-in", Kind::File),
        Opt::Value("-ext", Kind::Word(EXTENSIONS)),
        Opt::Value("-checkend", Kind::Number),
    ],
    always: &["x509", "-noout"],
    report: None,
    shows: Stream::Both,
    input: Input::Nothing,
    varies: &[
        Variation {
            what: "the dates of the certificate",
            shown: "<date>",
            pattern: r"not(?:Before|After)=(\w{3} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT)",
        },
        Variation {
            what: "the serial number",
            shown: "<made for this run>",
            pattern: r"serial=([0-9A-F]+)",
        },
        Variation {
            what: "the fingerprint",
            shown: "<made for this run>",
            pattern: r"Fingerprint=([0-9A-F:]+)",
        },
        Variation {
            what: "the number of the thread",
            shown: "<thread>",
            pattern: r"\b([0-9A-F]{12,16}):error:",
        },
    ],
    patience: Duration::from_secs(5),
    read,
};

/// Reads the lines that were asked for. Alternative names are printed as they
/// are, line breaks included, so a certificate can forge any line. Where one
/// stands there twice, neither is believed.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let text = output.out();
    let heading = "X509v3 Subject Alternative Name:";
    let names = only(&text, |line| line.starts_with(heading))
        .and_then(|(at, _)| text.lines().nth(at + 1))
        .map(names);
    let end = only(&text, |line| {
        matches!(line, WILL_EXPIRE | "Certificate will not expire")
    });
    Seen::Card(Card {
        subject: name(&text, "subject="),
        issuer: name(&text, "issuer="),
        names: names.unwrap_or_default(),
        ends_soon: end.map(|(_, line)| line == WILL_EXPIRE),
    })
}

/// What `-checkend` says of a certificate that ends within that time, or has
/// ended.
const WILL_EXPIRE: &str = "Certificate will expire";

/// The only line of that kind, and its number.
fn only(text: &str, kind: impl Fn(&str) -> bool) -> Option<(usize, &str)> {
    let mut found = text.lines().enumerate().filter(|(_, line)| kind(line));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The name after a label, e.g. `subject=`.
fn name(text: &str, label: &str) -> Option<Clean> {
    let (_, line) = only(text, |line| line.starts_with(label))?;
    Some(Clean::line(line.strip_prefix(label)?, LONGEST))
}

/// The host names and addresses in `DNS:archive.example.test, IP Address:192.0.2.10`.
fn names(line: &str) -> Vec<Clean> {
    line.trim_start()
        .split(", ")
        .filter_map(|name| {
            name.strip_prefix("DNS:")
                .or_else(|| name.strip_prefix("IP Address:"))
        })
        .take(MOST)
        .map(|name| Clean::line(name, LONGEST))
        .collect()
}

#[cfg(test)]
mod tests;
