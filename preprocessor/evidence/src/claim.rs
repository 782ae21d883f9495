//! What a sample says must hold.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::facts::{
    Association, AssociationOutcome, ClientCertificate, Connection, Facts, FileType, Handshake,
    Index, Offers, Peer, Ping, Port, RejectReason, Reply, ReplyOutcome, Scan, ScannedPort, Seen,
    Session, Toolkit, Verification, Version,
};
use crate::scanner::{Depth, Exit, Scanner};
use crate::scene::ShownAs;
use crate::transcript::Step;

/// One machine-checked statement about what a scanner found.
///
/// In TOML each stands in a table of its own with one key:
///
/// ```toml
/// [[claim]]
/// association = "rejected"
/// [[claim]]
/// reject-reason = "called-ae-title-not-recognized"
/// [[claim]]
/// patients = 3
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// `port = "open" | "closed" | "filtered"`
    Port(Port),
    /// `peer = "dicom" | "tls" | "clear-dicom" | "http" | …`
    Peer(Peer),
    /// `connection = "open" | "refused" | "tls-failed" | "hung-up"`: how far a
    /// client came.
    Connection(Connection),
    /// `handshake = "completed" | "refused" | "nothing-in-common" | …`
    Handshake(Handshake),
    /// `tls = "1.0" | "1.2" | "1.3" | …`
    Tls(Version),
    /// `client-certificate = "not-requested" | "optional" | "required" | …`
    ClientCertificate(ClientCertificate),
    /// `self-signed = true | false`
    SelfSigned(bool),
    /// `association = "accepted" | "rejected" | "aborted" | …`
    Association(AssociationOutcome),
    /// `reject-reason = "calling-ae-title-not-recognized" | …`
    RejectReason(RejectReason),
    /// `echo = "answered" | "refused" | "not-offered" | …`
    Echo(ReplyOutcome),
    /// `find = "answered" | "refused" | "not-offered" | …`
    Find(ReplyOutcome),
    /// `store = "answered" | "refused" | …`
    Store(ReplyOutcome),
    /// `patients = 3`: so many are listed, counted to the end.
    Patients(u32),
    /// `names-on-the-wire = 0`: so many names an eavesdropper reads. It holds
    /// only if something passed in which a name could have stood.
    NamesOnTheWire(u32),
    /// `ports-tried = 1000`: so many ports of each host a port scanner tried.
    PortsTried(u32),
    /// `open-ports = [104, 11112]`: these it found open, and no others.
    OpenPorts(BTreeSet<u16>),
    /// `dicom-ping = "any-title" | "title-check" | "discovered" | "failed" |
    /// "silent"`
    DicomPing(Ping),
    /// `offers = ["1.2", "1.3"]`: these versions a scanner of TLS lists, and no
    /// others.
    Offers(BTreeSet<Version>),
    /// `suites-listed = true`: whether it lists any cipher suite.
    SuitesListed(bool),
    /// `grade = "A"`: the scanner's own grade.
    Grade(String),
    /// `verification = "good" | "wrong-host" | "expired" | …`
    Verification(Verification),
    /// `asks-for-certificate = true | false`
    AsksForCertificate(bool),
    /// `alert = 116`: the alert with which a server ended a connection.
    Alert(u8),
    /// `ends-soon = true`: whether a certificate ends in the time asked about.
    EndsSoon(bool),
    /// `status = 200`: the status of a web server's answer.
    Status(u16),
    /// `matches = 1`: so many things an answer lists or counts.
    Matches(u32),
    /// `alert-made = true`: whether a search engine says that it will warn.
    AlertMade(bool),
    /// `names-in-log = 1`: so many names stand in a log. It holds only if the
    /// log holds anything.
    NamesInLog(u32),
    /// `visits-in-log = 1`: so many callers a DICOM server let in.
    VisitsInLog(u32),
    /// `strangers-in-log = 1`: so many spoke to it in something else.
    StrangersInLog(u32),
    /// `caller-in-log = "STRANGER"`: this calling title stands in it.
    CallerInLog(String),
    /// `file-type = "dicom" | "program" | "other"`
    FileType(FileType),
    /// `drops = true`: whether a firewall's rules drop or reject anything.
    Drops(bool),
    /// `exit-status = 0`: for showing that it lies; never the only claim.
    ExitStatus(i32),
    /// `seconds-at-least = 25`
    SecondsAtLeast(u32),
    /// `seconds-at-most = 5`
    SecondsAtMost(u32),
}

/// A claim, and what of a transcript it is about.
///
/// ```toml
/// [[claim]]
/// step = 2              # which call, counted from 1; may be left out if there is one
/// at   = "archive"      # which server, where one call looks at several
/// port = "open"
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Which call, counted from 1.
    pub step: Option<usize>,
    /// The name of the server.
    pub at: Option<String>,
    /// What must hold.
    pub claim: Claim,
}

impl From<Claim> for Claimed {
    fn from(claim: Claim) -> Claimed {
        Claimed {
            step: None,
            at: None,
            claim,
        }
    }
}

impl fmt::Display for Claimed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(step) = self.step {
            write!(f, "step {step}: ")?;
        }
        if let Some(at) = &self.at {
            write!(f, "{at}: ")?;
        }
        self.claim.fmt(f)
    }
}

/// A claim that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("claimed: {claim}; observed: {observed}")]
pub struct Refuted {
    /// What was claimed.
    pub claim: Claimed,
    /// What was seen in its place, in words.
    pub observed: String,
}

impl Claim {
    /// Whether the claim holds in a step; where the step looked at several
    /// servers, for the one at this address.
    ///
    /// # Errors
    /// What was observed in its place, in words.
    pub fn judge(&self, step: &Step, at: Option<ShownAs>) -> Result<(), String> {
        let (holds, observed) = self.compare(step, at);
        if holds { Ok(()) } else { Err(observed) }
    }

    /// How far our own scanners have to go to find out.
    pub(crate) fn depth(&self) -> Depth {
        match self {
            Claim::Echo(_) => Depth::Echo,
            Claim::Find(_) | Claim::Patients(_) | Claim::NamesOnTheWire(_) => Depth::Find,
            _ => Depth::Associate,
        }
    }

    /// Whether this scanner ever says anything about it. A claim about what is
    /// never said could not hold.
    pub(crate) fn concerns(&self, scanner: Scanner) -> bool {
        use Scanner::{
            Curl, Eavesdropper, Echoscu, File, Findscu, Log, Nft, Nmap, Probe, SClient, Shodan,
            Sslscan, Storescu, Testssl, Tshark, X509,
        };
        let who: &[Scanner] = match self {
            Claim::Port(_) => &[Probe, Eavesdropper, Nmap],
            Claim::Peer(_)
            | Claim::Handshake(_)
            | Claim::ClientCertificate(_)
            | Claim::SelfSigned(_) => &[Probe, Eavesdropper],
            Claim::Connection(_) => &[Echoscu, Findscu, Storescu],
            Claim::Tls(_) => &[Probe, Eavesdropper, SClient],
            Claim::Association(_) | Claim::RejectReason(_) => {
                &[Probe, Eavesdropper, Echoscu, Findscu, Storescu]
            }
            Claim::Echo(_) => &[Probe, Eavesdropper, Echoscu],
            Claim::Find(_) | Claim::Patients(_) => &[Probe, Eavesdropper, Findscu],
            Claim::Store(_) => &[Storescu],
            Claim::NamesOnTheWire(_) => &[Eavesdropper, Tshark],
            Claim::PortsTried(_) | Claim::DicomPing(_) => &[Nmap],
            Claim::OpenPorts(_) => &[Nmap, Shodan],
            Claim::Offers(_) | Claim::SuitesListed(_) | Claim::Grade(_) => {
                &[Nmap, Sslscan, Testssl]
            }
            Claim::Verification(_) | Claim::AsksForCertificate(_) | Claim::Alert(_) => &[SClient],
            Claim::EndsSoon(_) => &[X509],
            Claim::Status(_) => &[Curl],
            Claim::Matches(_) => &[Curl, Shodan],
            Claim::AlertMade(_) => &[Shodan],
            Claim::NamesInLog(_)
            | Claim::VisitsInLog(_)
            | Claim::StrangersInLog(_)
            | Claim::CallerInLog(_) => &[Log],
            Claim::FileType(_) => &[File],
            Claim::Drops(_) => &[Nft],
            Claim::ExitStatus(_) => return scanner.tool().is_some(),
            Claim::SecondsAtLeast(_) | Claim::SecondsAtMost(_) => return true,
        };
        who.contains(&scanner)
    }

    /// Whether the claim alone would say too little.
    pub(crate) fn needs_company(&self) -> bool {
        matches!(self, Claim::ExitStatus(_))
    }

    /// Whether the claim holds, and what is the case.
    fn compare(&self, step: &Step, at: Option<ShownAs>) -> (bool, String) {
        match self {
            Claim::ExitStatus(status) => (
                step.exit == Some(Exit::Status(*status)),
                observed(step.exit),
            ),
            Claim::SecondsAtLeast(seconds) => (step.tenths >= seconds * 10, took(step)),
            Claim::SecondsAtMost(seconds) => (step.tenths <= seconds * 10, took(step)),
            _ => self.compare_seen(&step.seen, at),
        }
    }

    fn compare_seen(&self, seen: &Seen, at: Option<ShownAs>) -> (bool, String) {
        match seen {
            Seen::Dicom(facts) => self.compare_dicom(facts),
            Seen::Toolkit(toolkit) => self.compare_toolkit(toolkit),
            Seen::Ports(scan) => self.compare_scan(scan, at),
            Seen::Offers(offers) => self.compare_offers(offers),
            Seen::Session(session) => self.compare_session(session),
            Seen::Card(card) => match self {
                Claim::EndsSoon(soon) => {
                    same(soon, &card.ends_soon, |soon| ends_soon(*soon).into())
                }
                _ => nothing(),
            },
            Seen::Packets(packets) => match self {
                Claim::NamesOnTheWire(number) if packets.any => {
                    (packets.names == *number, names(packets.names))
                }
                _ => (false, "nothing was captured".to_owned()),
            },
            Seen::Web(web) => match self {
                Claim::Status(status) => same(status, &web.status, |code| format!("status {code}")),
                Claim::Matches(number) => same(number, &web.matches, |n| matches(*n)),
                _ => nothing(),
            },
            Seen::Index(index) => self.compare_index(index),
            Seen::Log(log) => match self {
                _ if !log.any => (false, "an empty log".to_owned()),
                Claim::NamesInLog(number) => (log.names == *number, names_in_log(log.names)),
                Claim::VisitsInLog(number) => (log.visits == *number, visits(log.visits)),
                Claim::StrangersInLog(number) => {
                    (log.strangers == *number, strangers(log.strangers))
                }
                Claim::CallerInLog(title) => (
                    log.callers.iter().any(|caller| caller.as_str() == title),
                    format!("{} other callers", log.callers.len()),
                ),
                _ => nothing(),
            },
            Seen::File(file) => match self {
                Claim::FileType(claimed) => (file == claimed, file.to_string()),
                _ => nothing(),
            },
            Seen::Rules(rules) => match self {
                Claim::Drops(drops) => (rules.drops == *drops, drop_or_not(rules.drops).to_owned()),
                _ => nothing(),
            },
            Seen::Nothing => nothing(),
        }
    }

    fn compare_toolkit(&self, seen: &Toolkit) -> (bool, String) {
        match self {
            Claim::Connection(claimed) => {
                (seen.connection == *claimed, seen.connection.to_string())
            }
            Claim::Association(claimed) => {
                (seen.association == *claimed, seen.association.to_string())
            }
            Claim::RejectReason(claimed) => same(claimed, &seen.reason, ToString::to_string),
            Claim::Echo(claimed) => (seen.echo == *claimed, seen.echo.to_string()),
            Claim::Find(claimed) => (seen.find == *claimed, seen.find.to_string()),
            Claim::Store(claimed) => (seen.store == *claimed, seen.store.to_string()),
            Claim::Patients(number) => match seen.find {
                ReplyOutcome::Answered => {
                    let count = u32::try_from(seen.patients.len()).unwrap_or(u32::MAX);
                    (count == *number, patients(count))
                }
                other => (false, format!("C-FIND {other}")),
            },
            _ => nothing(),
        }
    }

    fn compare_scan(&self, scan: &Scan, at: Option<ShownAs>) -> (bool, String) {
        let port = at.and_then(|at| port_of(scan, at));
        match self {
            Claim::PortsTried(number) => {
                (scan.tried == *number, format!("{} ports tried", scan.tried))
            }
            Claim::OpenPorts(claimed) => {
                let ports = scan.hosts.iter().flat_map(|host| &host.ports);
                let open = ports.filter(|port| port.state == Port::Open);
                let open: BTreeSet<u16> = open.map(|port| port.number).collect();
                (open == *claimed, open_ports(&open))
            }
            Claim::Port(claimed) => same(claimed, &port.map(|p| p.state), ToString::to_string),
            Claim::DicomPing(claimed) => {
                let said = |port: &ScannedPort| match (port.ping, port.state) {
                    (None, Port::Open) => Some(Ping::Silent),
                    (ping, _) => ping,
                };
                let ping = port.and_then(said);
                same(claimed, &ping, ToString::to_string)
            }
            Claim::Offers(_) | Claim::Grade(_) | Claim::SuitesListed(_) => {
                match port.and_then(|port| port.offers.as_ref()) {
                    Some(offers) => self.compare_offers(offers),
                    None => nothing(),
                }
            }
            _ => nothing(),
        }
    }

    fn compare_offers(&self, offers: &Offers) -> (bool, String) {
        match self {
            Claim::Offers(claimed) => (offers.versions == *claimed, versions(&offers.versions)),
            Claim::SuitesListed(claimed) => {
                let listed = !offers.suites.is_empty();
                (listed == *claimed, suites_listed(listed).to_owned())
            }
            Claim::Grade(claimed) => {
                let grade = offers.grade.as_ref().map(|grade| grade.as_str().to_owned());
                same(claimed, &grade, |grade| format!("grade {grade}"))
            }
            _ => nothing(),
        }
    }

    fn compare_session(&self, session: &Session) -> (bool, String) {
        match self {
            Claim::Tls(version) => same(version, &session.version, ToString::to_string),
            Claim::Verification(claimed) => (
                session.verification == *claimed,
                session.verification.to_string(),
            ),
            Claim::AsksForCertificate(asks) => (
                session.asks_for_certificate == *asks,
                asks_for_certificate(session.asks_for_certificate).to_owned(),
            ),
            Claim::Alert(alert) => same(alert, &session.alert, |alert| format!("alert {alert}")),
            _ => nothing(),
        }
    }

    fn compare_index(&self, index: &Index) -> (bool, String) {
        match self {
            Claim::OpenPorts(claimed) => {
                let listed: BTreeSet<u16> = index.ports.iter().copied().collect();
                (listed == *claimed, open_ports(&listed))
            }
            Claim::Matches(number) => same(number, &index.total, |n| matches(*n)),
            Claim::AlertMade(made) => (index.alert == *made, alert_made(index.alert).to_owned()),
            _ => nothing(),
        }
    }

    fn compare_dicom(&self, facts: &Facts) -> (bool, String) {
        let tls = facts.tls.as_ref();
        match self {
            Claim::Port(port) => (facts.port == *port, facts.port.to_string()),
            Claim::Peer(peer) => (facts.peer == Some(*peer), observed(facts.peer)),
            Claim::Handshake(handshake) => {
                let seen = tls.map(|tls| tls.handshake);
                (seen == Some(*handshake), observed(seen))
            }
            Claim::Tls(version) => {
                let seen = tls.and_then(|tls| tls.version).map(Version::from);
                (seen == Some(*version), observed(seen))
            }
            Claim::ClientCertificate(wish) => {
                let seen = tls.map(|tls| tls.client_certificate);
                (seen == Some(*wish), observed(seen))
            }
            Claim::SelfSigned(own) => {
                let seen = tls.and_then(|tls| tls.certificate.as_ref());
                let seen = seen.and_then(|certificate| certificate.self_signed);
                (seen == Some(*own), observed(seen.map(self_signed)))
            }
            Claim::Association(outcome) => (
                facts.association.outcome() == *outcome,
                facts.association.to_string(),
            ),
            Claim::RejectReason(reason) => (
                matches!(&facts.association, Association::Rejected(seen) if seen.reason == *reason),
                facts.association.to_string(),
            ),
            Claim::Echo(outcome) => (facts.echo.outcome() == *outcome, facts.echo.to_string()),
            Claim::Find(outcome) => (
                facts.patients.outcome() == *outcome,
                facts.patients.to_string(),
            ),
            Claim::Patients(number) => match &facts.patients {
                Reply::Answered(count) => (
                    count.patients == *number && !count.capped,
                    if count.capped {
                        format!("{} or more", patients(count.patients))
                    } else {
                        patients(count.patients)
                    },
                ),
                other => (false, other.to_string()),
            },
            Claim::NamesOnTheWire(number) => {
                let seen = facts.wire.as_ref().map(|wire| wire.names);
                let none = || "no list of patients passed, so no name could be read".to_owned();
                (seen == Some(*number), seen.map_or_else(none, names))
            }
            _ => nothing(),
        }
    }
}

/// Something seen, or the admission that it was not.
fn observed(seen: Option<impl fmt::Display>) -> String {
    seen.map_or_else(|| "nothing of the kind".to_owned(), |seen| seen.to_string())
}

/// What is observed where nothing of the kind was said.
fn nothing() -> (bool, String) {
    (false, observed(None::<Port>))
}

/// Compares with what was seen, if it was seen.
fn same<T: PartialEq>(
    claimed: &T,
    seen: &Option<T>,
    words: impl FnOnce(&T) -> String,
) -> (bool, String) {
    let observed = seen.as_ref().map_or_else(|| observed(None::<Port>), words);
    (seen.as_ref() == Some(claimed), observed)
}

/// The port of a scan at an address.
fn port_of(scan: &Scan, at: ShownAs) -> Option<&ScannedPort> {
    let address = at.ip().to_string();
    let host = scan
        .hosts
        .iter()
        .find(|host| host.address.as_str() == address)?;
    host.ports.iter().find(|port| port.number == at.port())
}

fn took(step: &Step) -> String {
    format!("{}.{} s", step.tenths / 10, step.tenths % 10)
}

fn open_ports(ports: &BTreeSet<u16>) -> String {
    match ports.len() {
        0 => "no open port".to_owned(),
        1 => format!("open port {}", list(ports)),
        _ => format!("open ports {}", list(ports)),
    }
}

fn versions(versions: &BTreeSet<Version>) -> String {
    match versions.len() {
        0 => "no version of TLS".to_owned(),
        _ => format!("{} offered", list(versions)),
    }
}

fn list<T: fmt::Display>(things: &BTreeSet<T>) -> String {
    let words: Vec<String> = things.iter().map(ToString::to_string).collect();
    words.join(", ")
}

fn suites_listed(listed: bool) -> &'static str {
    if listed {
        "cipher suites listed"
    } else {
        "no cipher suite listed"
    }
}

fn asks_for_certificate(asks: bool) -> &'static str {
    if asks {
        "the server asks for a certificate"
    } else {
        "the server asks for no certificate"
    }
}

fn ends_soon(soon: bool) -> &'static str {
    if soon {
        "the certificate ends soon"
    } else {
        "the certificate does not end soon"
    }
}

fn drop_or_not(drops: bool) -> &'static str {
    if drops {
        "the rules keep callers out"
    } else {
        "the rules keep nobody out"
    }
}

fn alert_made(made: bool) -> &'static str {
    if made {
        "an alert was made"
    } else {
        "no alert was made"
    }
}

fn matches(number: u32) -> String {
    match number {
        1 => "1 match".to_owned(),
        _ => format!("{number} matches"),
    }
}

fn visits(number: u32) -> String {
    format!("{number} let in, by the log")
}

fn strangers(number: u32) -> String {
    format!("{number} not speaking DICOM, by the log")
}

fn names_in_log(number: u32) -> String {
    match number {
        0 => "no patient name in the log".to_owned(),
        1 => "1 patient name in the log".to_owned(),
        _ => format!("{number} patient names in the log"),
    }
}

fn self_signed(own: bool) -> &'static str {
    if own {
        "a self-signed certificate"
    } else {
        "a certificate signed by another key"
    }
}

fn patients(number: u32) -> String {
    match number {
        1 => "1 patient".to_owned(),
        _ => format!("{number} patients"),
    }
}

fn names(number: u32) -> String {
    match number {
        0 => "no patient name readable on the wire".to_owned(),
        1 => "1 patient name readable on the wire".to_owned(),
        _ => format!("{number} patient names readable on the wire"),
    }
}

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
            Claim::Drops(drops) => f.write_str(drop_or_not(*drops)),
            Claim::ExitStatus(status) => write!(f, "exit status {status}"),
            Claim::SecondsAtLeast(seconds) => write!(f, "at least {seconds} s"),
            Claim::SecondsAtMost(seconds) => write!(f, "at most {seconds} s"),
        }
    }
}

#[cfg(test)]
mod tests;
