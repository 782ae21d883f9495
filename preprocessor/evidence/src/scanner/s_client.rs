//! `openssl s_client`, a TLS client to be typed at.

use std::time::Duration;

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation};
use crate::facts::{Seen, Session, Verification, Version};

/// The alert that a certificate was required (RFC 8446 §6.2).
const CERTIFICATE_REQUIRED: u8 = 116;

/// The protocols for `-starttls` that samples may name. DICOM is none of them;
/// that the client says so is worth a sample.
const STARTTLS: &[&str] = &["dicom", "ftp", "imap", "ldap", "pop3", "postgres", "smtp"];

/// `openssl s_client`, with `-brief`: what it prints without is different in
/// every run, and calls a missing certificate a verified one.
pub(super) const TOOL: Tool = Tool {
    program: "openssl",
    package: "openssl",
    version_args: &["version"],
    version,
    options: &[
        Opt::Flag("-verify_return_error"),
        Opt::Flag("-noservername"),
        Opt::Flag("-tls1"),
        Opt::Flag("-tls1_1"),
        Opt::Flag("-tls1_2"),
        Opt::Flag("-tls1_3"),
        Opt::Flag("-no_tls1_2"),
        Opt::Flag("-no_tls1_3"),
        Opt::Value("-connect", Kind::HostPort),
        Opt::Value("-CAfile", Kind::File),
        Opt::Value("-cert", Kind::File),
        Opt::Value("-key", Kind::File),
        Opt::Value("-cipher", Kind::Text),
        Opt::Value("-ciphersuites", Kind::Text),
        Opt::Value("-servername", Kind::Host),
        Opt::Value("-verify_hostname", Kind::Host),
        Opt::Value("-verify_ip", Kind::Host),
        Opt::Value("-starttls", Kind::Word(STARTTLS)),
    ],
    always: &["s_client", "-brief"],
    report: None,
    shows: Stream::Err,
    input: Input::OneSecond,
    varies: &[
        Variation {
            what: "the number of the thread",
            shown: "<thread>",
            pattern: r"\b([0-9A-F]{12,16}):error:",
        },
        Variation {
            what: "the last day of the certificate",
            shown: "<date>",
            pattern: r"notAfter=(\w{3} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT)",
        },
    ],
    patience: Duration::from_secs(10),
    read,
};

/// `OpenSSL 3.0.19 27 Jan 2026`.
pub(super) fn version(text: &str) -> Option<String> {
    let rest = text.split_once("OpenSSL ")?.1;
    rest.split_whitespace().next().map(str::to_owned)
}

/// Reads what `-brief` prints, all of it on standard error. Control characters
/// from a certificate are escaped there, so a line begins where it seems to;
/// standard output belongs to the server.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let text = output.err();
    let mut session = Session {
        version: None,
        verification: None,
        asks_for_certificate: None,
        alert: None,
    };
    let mut established = false;
    // What a later line says counts: an error found while the chain is
    // checked, then the verdict.
    for line in text.lines() {
        if line == "CONNECTION ESTABLISHED" {
            established = true;
        } else if let Some(name) = line.strip_prefix("Protocol version: ") {
            session.version = tls_version(name);
        } else if line == "Verification: OK" {
            session.verification = Some(Verification::Good);
        } else if let Some(error) = line.strip_prefix("Verification error: ") {
            session.verification = Some(verification(error));
        } else if let Some(error) = line.strip_prefix("verify error:num=") {
            let error = error.split_once(':').map_or("", |(_, words)| words);
            session.verification = Some(verification(error));
        } else if line.starts_with("Requested Signature Algorithms: ") {
            // A part of TLS 1.2 and 1.3's request for a certificate, and
            // printed of nothing else; before 1.2 there is no such line.
            session.asks_for_certificate = Some(true);
        } else if let Some(number) = alert(line) {
            session.alert = Some(number);
        }
    }
    if session.alert == Some(CERTIFICATE_REQUIRED) {
        session.asks_for_certificate = Some(true);
    }
    // That it was not asked is known only after a handshake that would have
    // shown it.
    let would_show = matches!(session.version, Some(Version::Tls12 | Version::Tls13));
    if established && would_show && session.asks_for_certificate.is_none() {
        session.asks_for_certificate = Some(false);
    }
    Seen::Session(session)
}

/// The number in `40D7…:error:0A00045C:SSL routines:…:SSL alert number 116`.
fn alert(line: &str) -> Option<u8> {
    let (thread, error) = line.split_once(":error:")?;
    if !thread.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let (_, number) = error.rsplit_once(":SSL alert number ")?;
    number.parse().ok()
}

/// A version by OpenSSL's name for it.
fn tls_version(name: &str) -> Option<Version> {
    Some(match name {
        "SSLv3" => Version::Ssl3,
        "TLSv1" => Version::Tls10,
        "TLSv1.1" => Version::Tls11,
        "TLSv1.2" => Version::Tls12,
        "TLSv1.3" => Version::Tls13,
        _ => return None,
    })
}

/// OpenSSL's words for an error of verification, in 3.0 and in 1.1.1.
pub(super) fn verification(error: &str) -> Verification {
    match error {
        "hostname mismatch" | "Hostname mismatch" | "IP address mismatch" => {
            Verification::WrongHost
        }
        "certificate has expired" => Verification::Expired,
        "self-signed certificate" | "self signed certificate" => Verification::SelfSigned,
        "unable to get issuer certificate"
        | "unable to get local issuer certificate"
        | "unable to verify the first certificate"
        | "self-signed certificate in certificate chain"
        | "self signed certificate in certificate chain" => Verification::UnknownIssuer,
        _ => Verification::Other,
    }
}

#[cfg(test)]
mod tests;
