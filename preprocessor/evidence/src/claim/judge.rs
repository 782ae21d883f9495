//! Whether a claim holds in what was seen.
//!
//! What a scanner did not find out is nothing there, and nothing is never good
//! enough: a claim that something is absent holds only where it was looked for.

use std::collections::BTreeSet;
use std::fmt;

use super::Claim;
use super::words::{
    alert_made, asks_for_certificate, drop_or_not, ends_soon, matches, names, names_in_log,
    open_ports, patients, self_signed, strangers, suites_listed, took, versions, visits,
};
use crate::facts::{
    Association, Facts, Index, Log, Offers, Ping, Port, Reply, ReplyOutcome, Scan, ScannedPort,
    Seen, Session, Toolkit, Version,
};
use crate::scanner::Exit;
use crate::scene::ShownAs;
use crate::transcript::Step;

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

    /// Whether the claim holds, and what is the case.
    fn compare(&self, step: &Step, at: Option<ShownAs>) -> (bool, String) {
        match self {
            Claim::ExitStatus(status) => (
                step.exit == Some(Exit::Status(*status)),
                observed(step.exit),
            ),
            Claim::SecondsAtLeast(seconds) => {
                (step.tenths >= seconds.saturating_mul(10), took(step))
            }
            Claim::SecondsAtMost(seconds) => {
                (step.tenths <= seconds.saturating_mul(10), took(step))
            }
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
                Claim::NamesOnTheWire(_) if !packets.any => {
                    (false, "nothing was captured".to_owned())
                }
                // A name that was read proves itself; that there is none does not.
                Claim::NamesOnTheWire(_) if !packets.bytes && packets.names == 0 => (
                    false,
                    "not every byte was shown, so a name may stand there".to_owned(),
                ),
                Claim::NamesOnTheWire(number) => (packets.names == *number, names(packets.names)),
                _ => nothing(),
            },
            Seen::Web(web) => match self {
                Claim::Status(status) => same(status, &web.status, |code| format!("status {code}")),
                Claim::Matches(number) => same(number, &web.matches, |n| matches(*n)),
                Claim::NamesInLog(_) => match &web.log {
                    Some(log) => self.compare_log(log),
                    None => nothing(),
                },
                _ => nothing(),
            },
            Seen::Index(index) => self.compare_index(index),
            Seen::Log(log) => self.compare_log(log),
            Seen::File(file) => match self {
                Claim::FileType(claimed) => same(claimed, file, ToString::to_string),
                _ => nothing(),
            },
            Seen::Rules(rules) => match self {
                Claim::Drops(drops) => {
                    same(drops, &rules.drops, |drops| drop_or_not(*drops).into())
                }
                _ => nothing(),
            },
            Seen::Exposure(exposure) => match self {
                Claim::Exposure(claimed) => same(claimed, exposure, ToString::to_string),
                _ => nothing(),
            },
            Seen::Nothing => nothing(),
        }
    }

    fn compare_log(&self, log: &Log) -> (bool, String) {
        if !log.any {
            return (false, "an empty log".to_owned());
        }
        match self {
            Claim::NamesInLog(number) => (log.names == *number, names_in_log(log.names)),
            Claim::VisitsInLog(number) => (log.visits == *number, visits(log.visits)),
            Claim::StrangersInLog(number) => (log.strangers == *number, strangers(log.strangers)),
            Claim::CallerInLog(title) => (
                log.callers.iter().any(|caller| caller.as_str() == title),
                format!("{} other callers", log.callers.len()),
            ),
            _ => nothing(),
        }
    }

    fn compare_toolkit(&self, seen: &Toolkit) -> (bool, String) {
        match self {
            Claim::Connection(claimed) => same(claimed, &seen.connection, ToString::to_string),
            Claim::Association(claimed) => same(claimed, &seen.association, ToString::to_string),
            Claim::RejectReason(claimed) => same(claimed, &seen.reason, ToString::to_string),
            Claim::Echo(claimed) => same(claimed, &seen.echo, ToString::to_string),
            Claim::Find(claimed) => same(claimed, &seen.find, ToString::to_string),
            Claim::Store(claimed) => same(claimed, &seen.store, ToString::to_string),
            Claim::Patients(number) => match seen.find {
                Some(ReplyOutcome::Answered) => {
                    let count = u32::try_from(seen.patients.len()).unwrap_or(u32::MAX);
                    (count == *number, patients(count))
                }
                other => (false, format!("C-FIND {}", observed(other))),
            },
            _ => nothing(),
        }
    }

    fn compare_scan(&self, scan: &Scan, at: Option<ShownAs>) -> (bool, String) {
        if !scan.finished || scan.hosts.is_empty() {
            return (false, "a scan that did not come to its end".to_owned());
        }
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
        if !offers.examined {
            return (false, "a port that could not be examined".to_owned());
        }
        match self {
            Claim::Offers(claimed) => (offers.versions == *claimed, versions(&offers.versions)),
            Claim::SuitesListed(claimed) => same(claimed, &offers.lists_suites, |listed| {
                suites_listed(*listed).to_owned()
            }),
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
            Claim::Verification(claimed) => {
                same(claimed, &session.verification, ToString::to_string)
            }
            Claim::AsksForCertificate(asks) => same(asks, &session.asks_for_certificate, |asks| {
                asks_for_certificate(*asks).to_owned()
            }),
            Claim::Alert(alert) => same(alert, &session.alert, |alert| format!("alert {alert}")),
            _ => nothing(),
        }
    }

    fn compare_index(&self, index: &Index) -> (bool, String) {
        match self {
            Claim::OpenPorts(claimed) => {
                let listed = index.ports.as_ref();
                let listed: Option<BTreeSet<u16>> =
                    listed.map(|ports| ports.iter().copied().collect());
                same(claimed, &listed, open_ports)
            }
            Claim::Matches(number) => same(number, &index.total, |n| matches(*n)),
            Claim::AlertMade(made) => same(made, &index.alert, |made| alert_made(*made).into()),
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
            Claim::Echo(outcome) => (
                facts.echo.outcome() == *outcome,
                after(&facts.association, facts.echo.to_string()),
            ),
            Claim::Find(outcome) => (
                facts.patients.outcome() == *outcome,
                after(&facts.association, facts.patients.to_string()),
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
                other => (false, after(&facts.association, other.to_string())),
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

/// What became of a request. Nothing is asked of who turned us away, so that is the reason.
fn after(association: &Association, became: String) -> String {
    match association {
        Association::Rejected(_) | Association::Aborted(_) => {
            format!("{became}, for the association was {association}")
        }
        _ => became,
    }
}
