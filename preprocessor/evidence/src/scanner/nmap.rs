//! Nmap, the port scanner, as package `nmap` has it.
//!
//! It is read from its XML report. The text for people has the same words, but
//! mixes the scanner's with the server's.

use std::net::IpAddr;
use std::time::Duration;

use roxmltree::{Document, Node};

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation};
use crate::clean::Clean;
use crate::facts::{Offers, Ping, Port, Scan, ScannedHost, ScannedPort, Seen, Version};

/// The most hosts, and ports of a host, that are kept.
const MOST: usize = 64;

/// The most suites of a port that are kept. OpenSSL 3 alone has some 60.
const MOST_SUITES: usize = 256;

/// The most attributes in a report, by their equals signs. The parser compares
/// each with all others of its element; a whole report of 1 MiB in one would
/// take it minutes.
const MOST_ATTRIBUTES: usize = 20_000;

/// The longest text that is kept, in characters.
const LONGEST: usize = 120;

/// The scripts that samples may run. Nothing is guessed with them, and none
/// asks for a list that other machines could be reached from.
const SCRIPTS: &[&str] = &[
    "dicom-ping",
    "+dicom-ping",
    "ssl-enum-ciphers",
    "+ssl-enum-ciphers",
    "dicom-ping,ssl-enum-ciphers",
    "+dicom-ping,+ssl-enum-ciphers",
];

/// Nmap. Samples cannot ask it to probe services (`-sV`): that takes half a
/// minute, does not recognize DICOM, and may stop a device.
pub(super) const TOOL: Tool = Tool {
    program: "nmap",
    package: "nmap",
    version_args: &["--version"],
    version,
    options: &[
        Opt::Flag("-sT"),
        Opt::Flag("-Pn"),
        Opt::Flag("-n"),
        Opt::Flag("-F"),
        Opt::Flag("--open"),
        Opt::Flag("--reason"),
        Opt::Value("-p", Kind::Ports),
        Opt::Value("--top-ports", Kind::Number),
        Opt::Value("--script", Kind::Word(SCRIPTS)),
        Opt::Value("--script-args", Kind::Text),
        Opt::Value("--script-timeout", Kind::Text),
        Opt::Value("--host-timeout", Kind::Text),
        Opt::Value("--max-rtt-timeout", Kind::Text),
        Opt::Value("--max-retries", Kind::Number),
        Opt::Value("-S", Kind::Host),
        Opt::Value("-e", Kind::Word(&["lo"])),
        Opt::Operand(Kind::Host),
    ],
    always: &["-oX", "scan.xml"],
    report: Some("scan.xml"),
    shows: Stream::Out,
    input: Input::Nothing,
    varies: &[
        Variation {
            what: "the start time",
            shown: "<time>",
            pattern: r"Starting Nmap \S+ \( \S+ \) at (\d{4}-\d\d-\d\d \d\d:\d\d \S+)",
        },
        Variation {
            what: "how fast the host answered",
            shown: "<time>",
            pattern: r"Host is up.* \((-?[0-9.]+s) latency\)",
        },
        Variation {
            what: "how long the scan took",
            shown: "<time>",
            pattern: r"Nmap done: .* scanned in ([0-9.]+ seconds)",
        },
    ],
    // Its script `dicom-ping` waits 30 s for a port that says nothing.
    patience: Duration::from_secs(40),
    read,
};

/// `Nmap version 7.93 ( https://nmap.org )`.
fn version(text: &str) -> Option<String> {
    let rest = text.split_once("Nmap version ")?.1;
    rest.split_whitespace().next().map(str::to_owned)
}

/// Reads the report. One that is broken off has no facts: Nmap writes the
/// hosts last.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let text = String::from_utf8_lossy(&output.report);
    Seen::Ports(scan(&text).unwrap_or(Scan {
        tried: 0,
        finished: false,
        hosts: Vec::new(),
    }))
}

/// The facts of a whole report.
fn scan(text: &str) -> Option<Scan> {
    // Nmap uses no namespaces; the parser's lists of them can grow very long.
    if text.matches('=').count() > MOST_ATTRIBUTES || text.contains("xmlns") {
        return None;
    }
    // Nmap declares a document type and defines nothing in it. Without it the
    // parser refuses all others, and with them what entities could do.
    let text = text.replacen("<!DOCTYPE nmaprun>", "", 1);
    let document = Document::parse(&text).ok()?;
    let run = document.root_element();
    if !run.has_tag_name("nmaprun") {
        return None;
    }
    let tried = children(run, "scaninfo")
        .filter(|info| info.attribute("protocol") == Some("tcp"))
        .filter_map(|info| info.attribute("numservices")?.parse::<u32>().ok())
        .fold(0, u32::saturating_add);
    let finished = children(run, "runstats")
        .flat_map(|stats| children(stats, "finished"))
        .any(|finished| finished.attribute("exit") == Some("success"));
    let gave_up = children(run, "host").any(|host| host.attribute("timedout") == Some("true"));
    let mut hosts: Vec<ScannedHost> = children(run, "host").filter_map(host).collect();
    hosts.sort_by_cached_key(|host| {
        let address = host.address.as_str();
        (address.parse::<IpAddr>().ok(), address.to_owned())
    });
    hosts.truncate(MOST);
    Some(Scan {
        tried,
        finished: finished && !gave_up,
        hosts,
    })
}

/// One host, if it has an address.
fn host(node: Node<'_, '_>) -> Option<ScannedHost> {
    let address = children(node, "address")
        .find(|address| matches!(address.attribute("addrtype"), Some("ipv4" | "ipv6")))?
        .attribute("addr")?;
    let mut ports: Vec<ScannedPort> = children(node, "ports")
        .flat_map(|ports| children(ports, "port"))
        .filter_map(port)
        .collect();
    ports.sort_by_key(|port| port.number);
    ports.truncate(MOST);
    Some(ScannedHost {
        address: Clean::line(address, LONGEST),
        ports,
    })
}

/// One TCP port, if its state is one of those that scans with `-sT` find.
fn port(node: Node<'_, '_>) -> Option<ScannedPort> {
    if node.attribute("protocol") != Some("tcp") {
        return None;
    }
    let state = match children(node, "state").next()?.attribute("state")? {
        "open" => Port::Open,
        "closed" => Port::Closed,
        "filtered" => Port::Filtered,
        _ => return None,
    };
    let script = |id| children(node, "script").find(|script| script.attribute("id") == Some(id));
    Some(ScannedPort {
        number: node.attribute("portid")?.parse().ok()?,
        state,
        service: children(node, "service")
            .find_map(|service| service.attribute("name"))
            .map(|name| Clean::line(name, LONGEST)),
        ping: script("dicom-ping").and_then(ping),
        offers: script("ssl-enum-ciphers").and_then(offers),
    })
}

/// What `dicom-ping` says. After an answer that is no DICOM it leaves an empty
/// result behind, which is nothing.
fn ping(script: Node<'_, '_>) -> Option<Ping> {
    if script.attribute("output")?.starts_with("ERROR:") {
        return Some(Ping::Failed);
    }
    let found = element(script, "dicom")?;
    if found != "DICOM Service Provider discovered!" {
        return None;
    }
    Some(match element(script, "config") {
        Some("Any AET is accepted (Insecure)") => Ping::AnyTitle,
        Some("Called AET check enabled") => Ping::TitleCheck,
        _ => Ping::Discovered,
    })
}

/// What `ssl-enum-ciphers` says; nothing, if it ended with an error.
fn offers(script: Node<'_, '_>) -> Option<Offers> {
    let mut offers = Offers::default();
    for table in children(script, "table") {
        let Some(version) = table.attribute("key").and_then(tls_version) else {
            continue;
        };
        offers.versions.insert(version);
        let suites = children(table, "table")
            .filter(|list| list.attribute("key") == Some("ciphers"))
            .flat_map(|list| children(list, "table"))
            .filter_map(|suite| element(suite, "name"))
            .filter(|name| is_suite(name));
        offers.suites.extend(suites.map(str::to_owned));
    }
    while offers.suites.len() > MOST_SUITES {
        offers.suites.pop_last();
    }
    if offers.versions.is_empty() {
        return None;
    }
    offers.examined = true;
    offers.lists_suites = Some(!offers.suites.is_empty());
    offers.grade = element(script, "least strength").map(|grade| Clean::line(grade, LONGEST));
    Some(offers)
}

/// A version by the script's name for it.
fn tls_version(name: &str) -> Option<Version> {
    Some(match name {
        "SSLv3" => Version::Ssl3,
        "TLSv1.0" => Version::Tls10,
        "TLSv1.1" => Version::Tls11,
        "TLSv1.2" => Version::Tls12,
        "TLSv1.3" => Version::Tls13,
        _ => return None,
    })
}

/// Whether a word may be the name of a suite, e.g. `TLS_AKE_WITH_AES_128_GCM_SHA256`.
fn is_suite(word: &str) -> bool {
    (1..=LONGEST).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// The children of that name.
fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children()
        .filter(move |child| child.has_tag_name(name))
}

/// The text of the `elem` of that key.
fn element<'a>(node: Node<'a, '_>, key: &'static str) -> Option<&'a str> {
    children(node, "elem")
        .find(|element| element.attribute("key") == Some(key))?
        .text()
}

#[cfg(test)]
mod tests;
