//! What claims, and what is observed in their place, are called in words.

use std::collections::BTreeSet;
use std::fmt;

use super::Claim;
use crate::facts::Version;
use crate::transcript::Step;

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Claim::Port(port) => write!(f, "port {port}"),
            Claim::Peer(peer) => write!(f, "answered by {peer}"),
            Claim::Handshake(handshake) => write!(f, "TLS handshake {handshake}"),
            Claim::Connection(connection) => write!(f, "connection {connection}"),
            Claim::Tls(version) => write!(f, "{version}"),
            Claim::ClientCertificate(wish) => write!(f, "client certificate {wish}"),
            Claim::SelfSigned(own) => f.write_str(self_signed(*own)),
            Claim::Association(outcome) => write!(f, "association {outcome}"),
            Claim::RejectReason(reason) => write!(f, "association rejected: {reason}"),
            Claim::Echo(outcome) => write!(f, "C-ECHO {outcome}"),
            Claim::Find(outcome) => write!(f, "C-FIND {outcome}"),
            Claim::Patients(number) => write!(f, "{} listed", patients(*number)),
            Claim::Store(outcome) => write!(f, "C-STORE {outcome}"),
            Claim::NamesOnTheWire(number) => f.write_str(&names(*number)),
            Claim::PortsTried(number) => write!(f, "{number} ports tried"),
            Claim::OpenPorts(ports) => f.write_str(&open_ports(ports)),
            Claim::DicomPing(ping) => write!(f, "dicom-ping says {ping}"),
            Claim::Offers(claimed) => f.write_str(&versions(claimed)),
            Claim::SuitesListed(listed) => f.write_str(suites_listed(*listed)),
            Claim::Grade(grade) => write!(f, "grade {grade}"),
            Claim::Verification(verification) => write!(f, "{verification}"),
            Claim::AsksForCertificate(asks) => f.write_str(asks_for_certificate(*asks)),
            Claim::Alert(alert) => write!(f, "alert {alert}"),
            Claim::EndsSoon(soon) => f.write_str(ends_soon(*soon)),
            Claim::Status(status) => write!(f, "status {status}"),
            Claim::Matches(number) => f.write_str(&matches(*number)),
            Claim::AlertMade(made) => f.write_str(alert_made(*made)),
            Claim::NamesInLog(number) => f.write_str(&names_in_log(*number)),
            Claim::VisitsInLog(number) => f.write_str(&visits(*number)),
            Claim::StrangersInLog(number) => f.write_str(&strangers(*number)),
            Claim::CallerInLog(title) => write!(f, "{title:?} in the log"),
            Claim::FileType(file) => write!(f, "{file}"),
            Claim::Exposure(exposure) => write!(f, "{exposure}"),
            Claim::Drops(drops) => f.write_str(drop_or_not(*drops)),
            Claim::ExitStatus(status) => write!(f, "exit status {status}"),
            Claim::SecondsAtLeast(seconds) => write!(f, "at least {seconds} s"),
            Claim::SecondsAtMost(seconds) => write!(f, "at most {seconds} s"),
        }
    }
}

pub(super) fn took(step: &Step) -> String {
    format!("{}.{} s", step.tenths / 10, step.tenths % 10)
}

pub(super) fn open_ports(ports: &BTreeSet<u16>) -> String {
    match ports.len() {
        0 => "no open port".to_owned(),
        1 => format!("open port {}", list(ports)),
        _ => format!("open ports {}", list(ports)),
    }
}

pub(super) fn versions(versions: &BTreeSet<Version>) -> String {
    match versions.len() {
        0 => "no version of TLS".to_owned(),
        _ => format!("{} offered", list(versions)),
    }
}

pub(super) fn list<T: fmt::Display>(things: &BTreeSet<T>) -> String {
    let words: Vec<String> = things.iter().map(ToString::to_string).collect();
    words.join(", ")
}

pub(super) fn suites_listed(listed: bool) -> &'static str {
    if listed {
        "cipher suites listed"
    } else {
        "no cipher suite listed"
    }
}

pub(super) fn asks_for_certificate(asks: bool) -> &'static str {
    if asks {
        "the server asks for a certificate"
    } else {
        "the server asks for no certificate"
    }
}

pub(super) fn ends_soon(soon: bool) -> &'static str {
    if soon {
        "the certificate ends soon"
    } else {
        "the certificate does not end soon"
    }
}

pub(super) fn drop_or_not(drops: bool) -> &'static str {
    if drops {
        "the rules keep callers out"
    } else {
        "the rules keep nobody out"
    }
}

pub(super) fn alert_made(made: bool) -> &'static str {
    if made {
        "an alert was made"
    } else {
        "no alert was made"
    }
}

pub(super) fn matches(number: u32) -> String {
    match number {
        1 => "1 match".to_owned(),
        _ => format!("{number} matches"),
    }
}

pub(super) fn visits(number: u32) -> String {
    format!("{number} let in, by the log")
}

pub(super) fn strangers(number: u32) -> String {
    format!("{number} not speaking DICOM, by the log")
}

pub(super) fn names_in_log(number: u32) -> String {
    match number {
        0 => "no patient name in the log".to_owned(),
        1 => "1 patient name in the log".to_owned(),
        _ => format!("{number} patient names in the log"),
    }
}

pub(super) fn self_signed(own: bool) -> &'static str {
    if own {
        "a self-signed certificate"
    } else {
        "a certificate signed by another key"
    }
}

pub(super) fn patients(number: u32) -> String {
    match number {
        1 => "1 patient".to_owned(),
        _ => format!("{number} patients"),
    }
}

pub(super) fn names(number: u32) -> String {
    match number {
        0 => "no patient name readable on the wire".to_owned(),
        1 => "1 patient name readable on the wire".to_owned(),
        _ => format!("{number} patient names readable on the wire"),
    }
}
