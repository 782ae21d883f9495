//! Facts in words that a reader without DICOM understands.

use super::eavesdropper::Loot;
use super::request::{Credential, Depth, Request};
use crate::clean::{CUT, Clean};
use crate::facts::{
    Acceptance, Association, Certificate, ClientCertificate, Count, Facts, Handshake, Peer, Port,
    RejectReason, Rejection, Reply, Tls,
};
use crate::limits::Limits;
use crate::redaction::Redactor;
use crate::transcript::Line;

/// The widths of the first two columns: two spaces at least after the longest word of each.
const WHAT: usize = 13;
const VERDICT: usize = 15;

/// The widest line, unless a single value is longer.
const WIDEST: usize = 74;

/// How many names are listed; the count is exact anyway.
const MOST_NAMES: usize = 8;

/// Lines in the making.
pub(super) struct Report<'a> {
    request: &'a Request,
    redactor: &'a Redactor,
    limits: &'a Limits,
    lines: Vec<Line>,
}

impl<'a> Report<'a> {
    /// An empty report.
    pub(super) fn new(request: &'a Request, redactor: &'a Redactor, limits: &'a Limits) -> Self {
        Report {
            request,
            redactor,
            limits,
            lines: Vec::new(),
        }
    }

    /// The finished lines.
    pub(super) fn into_lines(self) -> Vec<Line> {
        self.lines
    }

    /// Reports what the probe found out.
    pub(super) fn facts(&mut self, facts: &Facts) {
        self.row(
            "port",
            &facts.port.to_string(),
            match facts.port {
                Port::Open => "something answers at this address",
                Port::Closed => "nothing listens here, and the machine says so",
                Port::Filtered => "no answer at all: something drops the question",
            },
        );
        if facts.port != Port::Open {
            return;
        }
        if let Some(tls) = &facts.tls {
            self.tls(tls, facts.peer);
            if tls.handshake != Handshake::Completed {
                return;
            }
        }
        self.association(&facts.association, facts.peer);
        if self.request.until >= Depth::Echo {
            self.echo(&facts.echo);
        }
        if self.request.until >= Depth::Find {
            self.find(&facts.patients);
        }
    }

    /// Reports what an eavesdropper took home.
    pub(super) fn loot(&mut self, loot: &Loot) {
        let Some(wire) = &loot.facts.wire else {
            return;
        };
        let secured = |tls: &Tls| tls.handshake == Handshake::Completed;
        let encrypted = loot.facts.tls.as_ref().is_some_and(secured);
        let verdict = match wire.names {
            0 => "no names".to_owned(),
            1 => "1 name".to_owned(),
            names => format!("{names} names"),
        };
        let meaning = match (wire.names, encrypted) {
            (0, true) => "the bytes on the path look like this:",
            (0, false) => "no patient's name passed",
            (1, _) => "anybody on the path can read it:",
            _ => "anybody on the path can read them:",
        };
        self.row("on the wire", &verdict, meaning);
        for name in loot.names.iter().take(MOST_NAMES) {
            self.row("", "", &self.quoted(name));
        }
        if loot.names.len() > MOST_NAMES {
            self.row("", "", CUT);
        }
        if wire.names == 0 && encrypted {
            for row in loot.extract.chunks(16) {
                self.line(&hex(row), true);
            }
        }
    }

    fn tls(&mut self, tls: &Tls, peer: Option<Peer>) {
        match (tls.handshake, tls.version) {
            (Handshake::Completed, Some(version)) => {
                self.row("TLS", &version.to_string(), "the conversation is encrypted");
            }
            (handshake, _) => {
                let verdict = match handshake {
                    Handshake::Completed => "encrypted",
                    Handshake::Refused => "refused",
                    Handshake::NothingInCommon => "no agreement",
                    Handshake::Broken => "broken off",
                    Handshake::NotTls => "no TLS",
                    Handshake::HungUp => "hung up",
                    Handshake::Unanswered => "no answer",
                };
                let meaning = match handshake {
                    Handshake::Completed => "the conversation is encrypted",
                    Handshake::Refused => self.refusal(),
                    Handshake::NothingInCommon => {
                        "it speaks TLS, but no version or suite that we speak"
                    }
                    Handshake::Broken => "the handshake ended with an error",
                    Handshake::NotTls => stranger(peer, true),
                    Handshake::HungUp => "it takes the connection and hangs up",
                    Handshake::Unanswered => "it did not answer in time",
                };
                self.row("TLS", verdict, meaning);
            }
        }
        if let Some(suite) = &tls.suite {
            self.row("suite", suite.as_str(), "");
        }
        if let Some(certificate) = &tls.certificate {
            self.certificate(certificate);
        }
        if tls.handshake == Handshake::Completed {
            let client = match tls.client_certificate {
                ClientCertificate::NotRequested => "anybody may call: it asks for no certificate",
                ClientCertificate::Optional => "it asks for a certificate, goes on without",
                ClientCertificate::Accepted => "it asks for a certificate and takes ours",
                ClientCertificate::Required
                | ClientCertificate::Refused
                | ClientCertificate::Unknown => return,
            };
            self.row("caller", &tls.client_certificate.to_string(), client);
        }
    }

    /// Why a server refused us, by what we showed it.
    fn refusal(&self) -> &'static str {
        match self.request.credential {
            Credential::None => "it wants a certificate, and we showed none",
            Credential::Stranger => "it does not know who signed our certificate",
            Credential::Trusted => "it does not take our certificate",
        }
    }

    fn certificate(&mut self, certificate: &Certificate) {
        let subject = self.quoted(certificate.subject.as_str());
        self.row("certificate", &subject, "");
        if certificate.self_signed == Some(true) {
            self.row("signed by", "itself", "nobody vouches for it");
        } else {
            let issuer = self.quoted(certificate.issuer.as_str());
            self.row("signed by", &issuer, "");
        }
        let key = format!(
            "its key: {}, {} bits",
            certificate.key, certificate.key_bits
        );
        match (certificate.expired, certificate.days_left) {
            (true, _) => self.row("valid", "expired", &key),
            (false, Some(1)) => self.row("valid", "1 day", &key),
            (false, Some(days)) => self.row("valid", &format!("{days} days"), &key),
            (false, None) => self.row("valid", "", &key),
        }
    }

    fn association(&mut self, association: &Association, peer: Option<Peer>) {
        match association {
            Association::NotTried => {
                self.row("associate", "not reached", "");
            }
            Association::Unanswered => {
                self.row("associate", "no DICOM", stranger(peer, false));
            }
            Association::Accepted(acceptance) => self.accepted(acceptance),
            Association::Rejected(rejection) => {
                let why = self.rejected(rejection);
                self.row("associate", "rejected", &why);
            }
            Association::Aborted(source) => {
                let why = format!("it broke off (A-ABORT by {source})");
                self.row("associate", "aborted", &why);
            }
        }
    }

    fn accepted(&mut self, acceptance: &Acceptance) {
        if acceptance.services().next().is_none() {
            let but = "but it offers nothing we asked for";
            self.row("associate", "accepted", but);
        } else {
            let who = self.quoted(self.request.calling.as_str());
            self.row("associate", "accepted", &format!("it lets {who} in"));
        }
        if let Some(version) = &acceptance.implementation_version {
            let version = self.quoted(version.as_str());
            self.row(
                "software",
                "named",
                &format!("{version}, told to every caller"),
            );
        }
    }

    fn rejected(&self, rejection: &Rejection) -> String {
        let calling = self.quoted(self.request.calling.as_str());
        let called = self.quoted(self.request.called.as_str());
        let code = rejection.reason;
        match code {
            RejectReason::CallingAeTitleNotRecognized => {
                format!("{calling} is not on its list ({code})")
            }
            RejectReason::CalledAeTitleNotRecognized => {
                format!("it does not answer to {called} ({code})")
            }
            RejectReason::TemporaryCongestion | RejectReason::LocalLimitExceeded => {
                format!("it is busy, not closed to us ({code})")
            }
            _ => format!("it turns us away ({code})"),
        }
    }

    fn echo(&mut self, echo: &Reply<()>) {
        let (verdict, meaning) = match echo {
            Reply::Answered(()) => ("answered", "it replies: success".to_owned()),
            other => self.reply(other, "it offers no C-ECHO"),
        };
        self.row("C-ECHO", verdict, &meaning);
    }

    fn find(&mut self, patients: &Reply<Count>) {
        let who = self.quoted(self.request.calling.as_str());
        match patients {
            Reply::Answered(count) => {
                let verdict = match (count.patients, count.capped) {
                    (0, _) => "no patients".to_owned(),
                    (1, false) => "1 patient".to_owned(),
                    (1, true) => "1 patient or more".to_owned(),
                    (number, false) => format!("{number} patients"),
                    (number, true) => format!("{number} patients or more"),
                };
                let meaning = match count.patients {
                    0 => format!("it answers {who}, with an empty list"),
                    _ => format!("it lists its patients to {who}"),
                };
                self.row("C-FIND", &verdict, &meaning);
            }
            other => {
                let (verdict, meaning) = self.reply(other, "it offers no patient list");
                self.row("C-FIND", verdict, &meaning);
            }
        }
    }

    /// The words for everything but a good answer.
    fn reply<T>(&self, reply: &Reply<T>, not_offered: &str) -> (&'static str, String) {
        match reply {
            Reply::Answered(_) => ("answered", String::new()),
            Reply::NotTried => ("not reached", String::new()),
            Reply::NotOffered => ("not offered", not_offered.to_owned()),
            Reply::Refused(status) => {
                let who = self.quoted(self.request.calling.as_str());
                ("refused", format!("it tells {who}: {status}"))
            }
            Reply::Aborted(source) => ("aborted", format!("it broke off (A-ABORT by {source})")),
            Reply::Unanswered => ("no answer", "nothing that makes sense came back".to_owned()),
        }
    }

    /// A value in quotation marks, without real addresses.
    fn quoted(&self, value: &str) -> String {
        format!("\"{}\"", self.redactor.apply(value))
    }

    /// A row of three columns; the third wraps within its own.
    fn row(&mut self, what: &str, verdict: &str, meaning: &str) {
        let indent = " ".repeat(WHAT + VERDICT);
        let mut line = format!("{what:WHAT$}{verdict:VERDICT$}");
        if verdict.chars().count() >= VERDICT && !meaning.is_empty() {
            self.line(line.trim_end(), false);
            line = indent.clone();
        }
        let mut column = line.chars().count();
        for word in meaning.split(' ').filter(|word| !word.is_empty()) {
            let width = word.chars().count();
            if column > WHAT + VERDICT && column + 1 + width > WIDEST {
                self.line(line.trim_end(), false);
                line = indent.clone();
                column = line.chars().count();
            }
            if column > WHAT + VERDICT {
                line.push(' ');
                column += 1;
            }
            line.push_str(word);
            column += width;
        }
        self.line(line.trim_end(), false);
    }

    /// One line, cleaned. Where there is no room for it, the last line that had
    /// room makes way for the mark of a cut.
    fn line(&mut self, text: &str, volatile: bool) {
        let text = Clean::line(text, self.limits.line_length);
        if self.lines.len() < self.limits.lines {
            self.lines.push(Line { text, volatile });
        } else if let Some(last) = self.lines.last_mut() {
            *last = Line {
                text: Clean::line(CUT, self.limits.line_length),
                volatile: false,
            };
        }
    }
}

/// What answered in place of DICOM, or in place of TLS.
fn stranger(peer: Option<Peer>, tls: bool) -> &'static str {
    match peer {
        Some(Peer::ClearDicom) => "it speaks DICOM in clear text, no encryption",
        Some(Peer::Tls) => "it speaks TLS and refuses clear text",
        Some(Peer::Http) => "a web server answers here",
        Some(Peer::Ssh) => "a secure-shell server answers here",
        Some(Peer::Silent) => "it takes the connection and says nothing",
        Some(Peer::HungUp) => "it takes the connection and hangs up",
        Some(Peer::CutOff) => "it begins an answer and does not finish it",
        Some(Peer::Endless) => "it sends or announces far too much",
        Some(Peer::Dicom | Peer::Other) | None if tls => "what answers here is not TLS",
        Some(Peer::Dicom | Peer::Other) | None => "what answers here is not DICOM",
    }
}

/// Sixteen bytes as hexadecimal numbers and as text.
fn hex(bytes: &[u8]) -> String {
    let numbers: String = bytes.iter().map(|byte| format!("{byte:02x} ")).collect();
    let text: String = bytes
        .iter()
        .map(|byte| match byte {
            b' '..=b'~' => char::from(*byte),
            _ => '.',
        })
        .collect();
    format!("  {numbers:48} {text}")
}

#[cfg(test)]
mod tests;
