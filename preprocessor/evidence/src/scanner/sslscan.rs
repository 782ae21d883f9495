//! sslscan, as Debian's package of that name has it.

use std::time::Duration;

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation};
use crate::facts::{Offers, Seen, Version};

/// The most suites that are kept. OpenSSL 3 alone has some 60.
const MOST: usize = 256;

/// The longest name of a suite that is kept, in bytes.
const LONGEST: usize = 120;

/// sslscan. Against a port that does not speak TLS it says that each version
/// is disabled, and ends as if all were well.
pub(super) const TOOL: Tool = Tool {
    program: "sslscan",
    package: "sslscan",
    version_args: &["--no-colour", "--version"],
    version,
    options: &[
        Opt::Flag("--no-colour"),
        Opt::Flag("--ssl2"),
        Opt::Flag("--ssl3"),
        Opt::Flag("--tls10"),
        Opt::Flag("--tls11"),
        Opt::Flag("--tls12"),
        Opt::Flag("--tls13"),
        Opt::Flag("--tlsall"),
        Opt::Flag("--no-check-certificate"),
        Opt::Flag("--no-cipher-details"),
        Opt::Flag("--no-ciphersuites"),
        Opt::Flag("--no-compression"),
        Opt::Flag("--no-fallback"),
        Opt::Flag("--no-groups"),
        Opt::Flag("--no-heartbleed"),
        Opt::Flag("--no-renegotiation"),
        Opt::Operand(Kind::HostPort),
    ],
    always: &[],
    report: None,
    shows: Stream::Out,
    input: Input::Nothing,
    varies: &[Variation {
        what: "the dates of the certificate",
        shown: "<date>",
        pattern: r"Not valid (?:before|after): +(\w{3} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT)",
    }],
    // Before silence it waits 3 s ten times; a good scan takes less than one.
    patience: Duration::from_secs(40),
    read,
};

/// `2.0.7`, on a line of its own.
fn version(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

/// Reads two sections, each where it stands first: names in the certificate
/// are printed as they are, line breaks included, and come last. To a port that
/// is closed there are none.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let text = output.out();
    let mut offers = Offers::default();
    let protocols = section(&text, "  SSL/TLS Protocols:");
    let mut verdicts = 0;
    for line in protocols.iter().flatten() {
        if let [name, verdict @ ("enabled" | "disabled")] = words(line).as_slice()
            && let Some(version) = tls_version(name)
        {
            verdicts += 1;
            if *verdict == "enabled" {
                offers.versions.insert(version);
            }
        }
    }
    offers.examined = verdicts > 0;
    let ciphers = section(&text, "  Supported Server Cipher(s):");
    for line in ciphers.iter().flatten() {
        if let ["Accepted" | "Preferred", _, _, "bits", suite, ..] = words(line).as_slice()
            && is_suite(suite)
            && offers.suites.len() < MOST
        {
            offers.suites.insert((*suite).to_owned());
        }
    }
    offers.lists_suites = ciphers.map(|_| !offers.suites.is_empty());
    Seen::Offers(offers)
}

/// The lines below a heading, to the next empty one; nothing, if there is no
/// such heading, or the output was cut off before that line.
fn section<'a>(text: &'a str, heading: &str) -> Option<Vec<&'a str>> {
    let mut lines = text.lines().skip_while(|line| *line != heading);
    lines.next()?;
    let mut section = Vec::new();
    loop {
        match lines.next()? {
            "" => return Some(section),
            line => section.push(line),
        }
    }
}

/// The first words of a line.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().take(6).collect()
}

/// A version by the scanner's name for it.
fn tls_version(name: &str) -> Option<Version> {
    Some(match name {
        "SSLv2" => Version::Ssl2,
        "SSLv3" => Version::Ssl3,
        "TLSv1.0" => Version::Tls10,
        "TLSv1.1" => Version::Tls11,
        "TLSv1.2" => Version::Tls12,
        "TLSv1.3" => Version::Tls13,
        _ => return None,
    })
}

/// Whether a word may be the name of a suite, e.g. `ECDHE-ECDSA-AES128-SHA`.
fn is_suite(word: &str) -> bool {
    word.len() <= LONGEST
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

#[cfg(test)]
mod tests;
