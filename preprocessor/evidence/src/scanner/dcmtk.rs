//! What DCMTK's clients have in common: how they are called, and what the
//! lines mean that they write to standard error.
//!
//! Each line begins with a letter for its weight: `I: ` tells, `E: ` and `F: `
//! complain. A server's own words stand in `I: ` lines only, and a line break
//! in them begins a new line of the same weight; so no name of a patient can
//! pretend an error. Successes are told only with the option `-v`: without it
//! a client that says nothing has shown nothing.

use crate::clean::Clean;
use crate::facts::{AssociationOutcome, Connection, RejectReason, ReplyOutcome, Seen, Toolkit};

use super::tool::{Kind, Opt, Output, Variation};

/// Where the clients come from.
pub(super) const PACKAGE: &str = "dcmtk";

/// How they are asked for their version.
pub(super) const VERSION_ARGS: &[&str] = &["--version"];

/// What a client of DCMTK may be called with. One list for all three: what one
/// of them does not know, it refuses itself.
pub(super) const OPTIONS: &[Opt] = &[
    Opt::Flag("-v"),
    Opt::Value("-aet", Kind::Text),
    Opt::Value("-aec", Kind::Text),
    Opt::Value("-to", Kind::Number),
    Opt::Value("-ta", Kind::Number),
    Opt::Value("-td", Kind::Number),
    // findscu: the information model, and what to ask for.
    Opt::Flag("-P"),
    Opt::Flag("-S"),
    Opt::Flag("-W"),
    Opt::Value("-k", Kind::Text),
    // storescu: go on after an instance that was refused.
    Opt::Flag("-nh"),
    // TLS: with a certificate of one's own or without, what to trust, and
    // which profile of PS3.15 annex B.
    Opt::Value("+tls", Kind::File),
    Opt::Flag("+tla"),
    Opt::Value("+cf", Kind::File),
    Opt::Flag("-ic"),
    Opt::Flag("+py"),
    Opt::Flag("+px"),
    Opt::Flag("+pz"),
    Opt::Flag("+pa"),
    Opt::Flag("+pn"),
    Opt::Operand(Kind::Host),
    Opt::Operand(Kind::Number),
    Opt::Operand(Kind::File),
];

/// The longest name of a patient that is kept, in characters.
const LONGEST: usize = 120;

/// How many names are kept.
const MOST: usize = 64;

/// A server that misses a certificate in TLS 1.3 closes the connection while
/// the client is still writing, or a moment later; DCMTK words it so or so.
pub(super) const VARIES: &[Variation] = &[Variation {
    what: "which of two ways it says that the other side hung up",
    shown: "<Peer aborted Association, or Connection reset by peer>",
    pattern: "Association Request Failed: (0006:0317 Peer aborted Association \
              \\(or never connected\\)|0006:031d TCP I/O Error \\(Connection reset by peer\\) \
              occurred in routine: sendAssociationRQTCP)",
}];

/// The version in `$dcmtk: echoscu v3.6.7 2022-04-22 $`.
pub(super) fn version(answer: &str) -> Option<String> {
    let first = answer.lines().next()?.strip_prefix("$dcmtk: ")?;
    let number = first.split(' ').nth(1)?.strip_prefix('v')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-');
    (!number.is_empty() && number.len() <= 32 && number.chars().all(plain))
        .then(|| number.to_owned())
}

/// What a client asks for once it has an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// C-ECHO, of `echoscu`.
    Echo,
    /// C-FIND, of `findscu`.
    Find,
    /// C-STORE, of `storescu`.
    Store,
}

impl Request {
    /// Its name in the lines.
    fn word(self) -> &'static str {
        match self {
            Request::Echo => "Echo",
            Request::Find => "Find",
            Request::Store => "Store",
        }
    }
}

/// What the lines of one client mean.
pub(super) fn read(output: &Output, request: Request) -> Seen {
    let mut told = Told::new(request);
    for line in output.stderr.split(|byte| *byte == b'\n') {
        match line.split_at_checked(3) {
            Some((b"I: ", text)) => told.tells(text),
            Some((b"E: " | b"F: ", text)) => told.complains(text),
            _ => {}
        }
    }
    Seen::Toolkit(told.facts())
}

/// What was understood so far.
struct Told {
    /// What this client asks for.
    request: Request,
    /// How far the connection came; nothing, as long as nobody said.
    connection: Option<Connection>,
    /// What became of the association; nothing, as long as nobody said.
    association: Option<AssociationOutcome>,
    /// Why it was rejected.
    reason: Option<RejectReason>,
    /// Whether the reason is DCMTK's own, in place of one it does not know.
    made_up: bool,
    /// Whether a request was sent and not yet answered.
    waiting: bool,
    /// Whether a request failed and the cause has not been told yet.
    failing: bool,
    /// What became of the requests so far.
    reply: Option<ReplyOutcome>,
    /// Whether a list of patients began.
    listed: bool,
    /// Whether the lines now show what the server listed.
    listing: bool,
    /// The names on it.
    patients: Vec<Clean>,
}

impl Told {
    /// Before the first line.
    fn new(request: Request) -> Told {
        Told {
            request,
            connection: None,
            association: None,
            reason: None,
            made_up: false,
            waiting: false,
            failing: false,
            reply: None,
            listed: false,
            listing: false,
            patients: Vec::new(),
        }
    }

    /// Takes a line that tells how things go.
    fn tells(&mut self, line: &[u8]) {
        if self.listing
            && let Some(rest) = line.strip_prefix(b"(0010,0010) PN [")
        {
            self.patient(name(rest));
            return;
        }
        let text = String::from_utf8_lossy(line);
        if text.starts_with("Association Accepted (") {
            self.accept();
        } else if let Some(rest) = text.strip_prefix("Sending ") {
            if self.names_request(rest).is_some() {
                self.waiting = true;
            }
        } else if text.starts_with("Find Response: ") && self.request == Request::Find {
            self.accept();
            self.listed = true;
            self.listing = true;
        } else if let Some(rest) = text.strip_prefix("Received ") {
            let rest = rest.strip_prefix("Final ").unwrap_or(rest);
            let status = self
                .names_request(rest)
                .and_then(|rest| rest.strip_prefix(" Response ("));
            if let Some(status) = status {
                self.accept();
                self.conclude(outcome(self.request, status));
            }
        }
    }

    /// Takes a line that complains.
    fn complains(&mut self, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        if let Some(cause) = text.strip_prefix("Association Request Failed: ") {
            self.fail(cause);
        } else if text == "No Acceptable Presentation Contexts" {
            self.accept();
            self.conclude(ReplyOutcome::NotOffered);
        } else if text.starts_with("Received invalid A-ASSOCIATE-RJ reject reason") {
            self.made_up = true;
        } else if text == "Association Rejected:" {
            if self.connection.is_none() {
                self.connection = Some(Connection::Open);
                self.association = Some(AssociationOutcome::Rejected);
            }
        } else if let Some(reason) = text.strip_prefix("Reason: ") {
            if self.association == Some(AssociationOutcome::Rejected) && self.reason.is_none() {
                self.reason = Some(if self.made_up {
                    RejectReason::Undefined
                } else {
                    reject_reason(reason)
                });
            }
        } else if let Some(cause) = self
            .names_request(&text)
            .and_then(|rest| rest.strip_prefix(" Failed"))
        {
            self.accept();
            self.listing = false;
            match cause.strip_prefix(": ") {
                Some(cause) => self.conclude(failure(cause)),
                None => self.failing = true,
            }
        } else if text.starts_with("No presentation context for: ") {
            self.conclude(ReplyOutcome::NotOffered);
        } else if text.starts_with("Bad DICOM file: ") {
            // That one is not sent.
            self.conclude(ReplyOutcome::NotTried);
        } else if self.failing && code(&text).is_some() {
            self.conclude(failure(&text));
        }
    }

    /// What follows in `text` on the name of the request.
    fn names_request<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.strip_prefix(self.request.word())
    }

    /// The server accepted the association, unless something else is known.
    fn accept(&mut self) {
        if self.connection.is_none() {
            self.connection = Some(Connection::Open);
            self.association = Some(AssociationOutcome::Accepted);
        }
    }

    /// There is no association, for this cause.
    fn fail(&mut self, cause: &str) {
        if self.connection.is_some() {
            return;
        }
        let (connection, association) = match code(cause) {
            // OpenSSL's errors have a module of their own. Nothing of DICOM
            // was sent yet.
            Some(("000b", _)) => (Connection::TlsFailed, AssociationOutcome::NotTried),
            // No connection, for the cause that stands at the end.
            Some(("0006", "031c")) if cause.ends_with(": Connection refused") => {
                (Connection::Refused, AssociationOutcome::NotTried)
            }
            Some(("0006", "031c")) if is_time_out(cause) => {
                (Connection::TimedOut, AssociationOutcome::NotTried)
            }
            // Nothing came back in time.
            Some(("0006", "031a")) => (Connection::TimedOut, AssociationOutcome::Unanswered),
            // No connection for any other cause, such as no such host: nothing
            // was learned about the server.
            Some(("0006", "031c" | "0320")) => return,
            // Closed, reset, half an answer, or one that is not DICOM. DCMTK
            // says "Peer aborted Association" of a bare end of the connection
            // too; so it is not taken for A-ABORT here.
            _ => (Connection::HungUp, AssociationOutcome::Unanswered),
        };
        self.connection = Some(connection);
        self.association = Some(association);
    }

    /// A request came to an end. One that went wrong is not made good by
    /// others that went well.
    fn conclude(&mut self, outcome: ReplyOutcome) {
        self.waiting = false;
        self.failing = false;
        self.listing = false;
        if matches!(self.reply, None | Some(ReplyOutcome::Answered)) {
            self.reply = Some(outcome);
        }
    }

    /// A patient is on the list.
    fn patient(&mut self, name: Clean) {
        if self.patients.len() < MOST && !self.patients.contains(&name) {
            self.patients.push(name);
        }
    }

    /// Everything, after the last line.
    fn facts(mut self) -> Toolkit {
        if self.waiting || self.failing {
            self.conclude(ReplyOutcome::Unanswered);
        }
        let reply = match self.reply {
            _ if self.listed => Some(ReplyOutcome::Answered),
            Some(outcome) => Some(outcome),
            // Within an association it may be that the client was cut short.
            None => match self.association {
                None | Some(AssociationOutcome::Accepted) => None,
                Some(_) => Some(ReplyOutcome::NotTried),
            },
        };
        let of = |request| {
            if self.request == request {
                reply
            } else {
                Some(ReplyOutcome::NotTried)
            }
        };
        self.patients.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        Toolkit {
            connection: self.connection,
            association: self.association,
            reason: self.reason,
            echo: of(Request::Echo),
            find: of(Request::Find),
            store: of(Request::Store),
            patients: self.patients,
        }
    }
}

/// Whether there was no connection because nothing came back in time, in the
/// words of the system or of DCMTK.
fn is_time_out(cause: &str) -> bool {
    cause.ends_with(": Connection timed out") || cause.ends_with(" (Timeout)")
}

/// The name in `SYNTHETIC^ALPHA ]   #  16, 1 PatientName`. Its padding goes.
/// A name with a line break in it ends there.
fn name(rest: &[u8]) -> Clean {
    let end = rest
        .iter()
        .rposition(|byte| *byte == b'#')
        .and_then(|mark| rest.get(..mark))
        .and_then(|front| front.trim_ascii_end().strip_suffix(b"]"));
    Clean::value(end.unwrap_or(rest).trim_ascii_end(), LONGEST)
}

/// The outcome for the words of a final status.
fn outcome(request: Request, status: &str) -> ReplyOutcome {
    let taken = status.starts_with("Success)")
        // Stored, but changed: PS3.4 table B.2-1.
        || (request == Request::Store && status.starts_with("Warning: "));
    if taken {
        ReplyOutcome::Answered
    } else {
        ReplyOutcome::Refused
    }
}

/// The outcome of a request that failed for this cause.
fn failure(cause: &str) -> ReplyOutcome {
    match code(cause) {
        // Said of A-ABORT and of a connection that was just closed alike.
        Some(("0006", "0317")) => ReplyOutcome::Aborted,
        // The service was not accepted.
        Some(("0006", "0208")) => ReplyOutcome::NotOffered,
        _ => ReplyOutcome::Unanswered,
    }
}

/// The module and the number with which the words of a cause begin, such as
/// `0006:0317`.
fn code(cause: &str) -> Option<(&str, &str)> {
    let (module, rest) = cause.split_once(':')?;
    let (number, _) = rest.split_once(' ')?;
    let hex = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_hexdigit());
    (hex(module) && hex(number)).then_some((module, number))
}

/// DCMTK's words for the reasons of PS3.8 table 9-21.
fn reject_reason(words: &str) -> RejectReason {
    match words {
        "No Reason" => RejectReason::NoReasonGiven,
        "App Context Name Not Supported" => RejectReason::ApplicationContextNameNotSupported,
        "Calling AE Title Not Recognized" => RejectReason::CallingAeTitleNotRecognized,
        "Called AE Title Not Recognized" => RejectReason::CalledAeTitleNotRecognized,
        "Protocol Version Not Supported" => RejectReason::ProtocolVersionNotSupported,
        "Temporary Congestion" => RejectReason::TemporaryCongestion,
        "Local Limit Exceeded" => RejectReason::LocalLimitExceeded,
        _ => RejectReason::Undefined,
    }
}

#[cfg(test)]
mod tests;
