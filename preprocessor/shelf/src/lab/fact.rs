//! What students are asked for: facts that a look observes.

use std::collections::BTreeSet;
use std::fmt::Display;

use evidence::{Association, Facts, FileType, Reply, Scanner, Seen};
use serde::Serialize;

/// A fact that a student can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    /// How many patients are listed.
    Patients,
    /// What became of the association.
    Association,
    /// Why it was rejected.
    RejectReason,
    /// What became of C-ECHO.
    Echo,
    /// What became of C-FIND.
    Find,
    /// The state of the port.
    Port,
    /// What answers there.
    Peer,
    /// How the TLS handshake ended.
    Handshake,
    /// The version of TLS.
    Tls,
    /// What the server wants of a caller's certificate.
    ClientCertificate,
    /// How many names somebody who listens can read.
    NamesOnTheWire,
    /// The status of an answer of a web server.
    Status,
    /// How many things an answer lists.
    Matches,
    /// How many names stand in a log.
    NamesInLog,
    /// What a file is.
    FileType,
}

/// A fact as a look observed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Observed {
    /// In words that stand in a sentence.
    pub(crate) words: String,
    /// What a student may type, in the form of [`plain`].
    accepted: BTreeSet<String>,
}

impl Fact {
    /// Every fact, by the name that editors write.
    pub(crate) const ALL: [(&'static str, Fact); 15] = [
        ("patients", Fact::Patients),
        ("association", Fact::Association),
        ("reject-reason", Fact::RejectReason),
        ("echo", Fact::Echo),
        ("find", Fact::Find),
        ("port", Fact::Port),
        ("peer", Fact::Peer),
        ("handshake", Fact::Handshake),
        ("tls", Fact::Tls),
        ("client-certificate", Fact::ClientCertificate),
        ("names-on-the-wire", Fact::NamesOnTheWire),
        ("status", Fact::Status),
        ("matches", Fact::Matches),
        ("names-in-log", Fact::NamesInLog),
        ("file-type", Fact::FileType),
    ];

    /// The fact with a name.
    pub(crate) fn named(name: &str) -> Option<Fact> {
        let mut all = Fact::ALL.iter();
        all.find(|(known, _)| *known == name).map(|(_, fact)| *fact)
    }

    /// What kind of thing is asked for, for somebody who answered something else.
    pub(crate) fn asks(self) -> &'static str {
        match self {
            Fact::Patients => "a number: how many patients were listed",
            Fact::Association => "one word: what became of the request for an association",
            Fact::RejectReason => {
                "the reason why the association was rejected, as the reply says it"
            }
            Fact::Echo => "a word or two: what became of C-ECHO",
            Fact::Find => "a word or two: what became of C-FIND",
            Fact::Port => "one word: the state of the port",
            Fact::Peer => "a word or two: what answered at the port",
            Fact::Handshake => "a word or two: how the TLS handshake ended",
            Fact::Tls => "a version number of TLS",
            Fact::ClientCertificate => "a word or two: what became of the caller's certificate",
            Fact::NamesOnTheWire => "a number: how many patient names could be read on the wire",
            Fact::Status => "a number of three digits: the status of the answer",
            Fact::Matches => "a number: how many matches were listed",
            Fact::NamesInLog => "a number: how many patient names this left in the log",
            Fact::FileType => "one word: what kind of file it is",
        }
    }

    /// Whether a scanner of ours ever tells it.
    pub(crate) fn is_told_by(self, scanner: Scanner) -> bool {
        match self {
            Fact::NamesOnTheWire => scanner == Scanner::Eavesdropper,
            Fact::Status | Fact::Matches | Fact::NamesInLog => scanner == Scanner::WebProbe,
            Fact::FileType => false,
            _ => matches!(scanner, Scanner::Probe | Scanner::Eavesdropper),
        }
    }

    /// The fact in what was seen; nothing, where the look did not come so far.
    pub(crate) fn observed(self, seen: &Seen) -> Option<Observed> {
        match seen {
            Seen::Dicom(facts) => self.in_dicom(facts),
            Seen::Toolkit(seen) => match self {
                Fact::Association => seen.association.as_ref().map(word),
                Fact::RejectReason => seen.reason.as_ref().map(word),
                Fact::Echo => seen.echo.as_ref().map(word),
                Fact::Find => seen.find.as_ref().map(word),
                Fact::Patients => Some(number(seen.patients.len())),
                _ => None,
            },
            Seen::Session(session) => match self {
                Fact::Tls => session.version.as_ref().map(word),
                _ => None,
            },
            Seen::Packets(packets) => match self {
                Fact::NamesOnTheWire if packets.any => Some(number(packets.names)),
                _ => None,
            },
            Seen::Web(web) => match self {
                Fact::Status => web.status.map(number),
                Fact::Matches => web.matches.map(number),
                Fact::NamesInLog => web.log.as_ref().map(|log| number(log.names)),
                _ => None,
            },
            Seen::Index(index) => match self {
                Fact::Matches => index.total.map(number),
                _ => None,
            },
            Seen::Log(log) => match self {
                Fact::NamesInLog if log.any => Some(number(log.names)),
                _ => None,
            },
            Seen::File(file) => match self {
                Fact::FileType => file.as_ref().map(|file| {
                    let words = match file {
                        FileType::Dicom => "DICOM",
                        FileType::Program => "program",
                        FileType::Other => "something else",
                    };
                    Observed {
                        words: words.to_owned(),
                        ..word(file)
                    }
                }),
                _ => None,
            },
            _ => None,
        }
    }

    fn in_dicom(self, facts: &Facts) -> Option<Observed> {
        let tls = facts.tls.as_ref();
        match self {
            Fact::Patients => match &facts.patients {
                Reply::Answered(count) => Some(number(count.patients)),
                _ => None,
            },
            Fact::Association => Some(word(&facts.association.outcome())),
            Fact::RejectReason => match &facts.association {
                Association::Rejected(rejection) => Some(word(&rejection.reason)),
                _ => None,
            },
            Fact::Echo => Some(word(&facts.echo.outcome())),
            Fact::Find => Some(word(&facts.patients.outcome())),
            Fact::Port => Some(word(&facts.port)),
            Fact::Peer => facts.peer.as_ref().map(word),
            Fact::Handshake => tls.map(|tls| word(&tls.handshake)),
            Fact::Tls => tls.and_then(|tls| tls.version.as_ref()).map(word),
            Fact::ClientCertificate => tls.map(|tls| word(&tls.client_certificate)),
            Fact::NamesOnTheWire => facts.wire.as_ref().map(|wire| number(wire.names)),
            Fact::Status | Fact::Matches | Fact::NamesInLog | Fact::FileType => None,
        }
    }
}

impl Observed {
    /// Whether a student's words say the same.
    pub(crate) fn is_said_by(&self, typed: &str) -> bool {
        let typed = plain(typed);
        if self.accepted.contains(&typed) {
            return true;
        }
        // "3 patients" and "TLS 1.3" hold the number that was asked for.
        let mut numbers = typed.split('-').filter(|word| {
            let digits = word.chars().all(|c| c.is_ascii_digit() || c == '.');
            (digits && word.chars().any(|c| c.is_ascii_digit())) || NUMBERS.contains(word)
        });
        match (numbers.next(), numbers.next()) {
            (Some(only), None) => self.accepted.contains(only),
            _ => false,
        }
    }
}

/// A fact that is one of several words: it may be typed as it is printed, or as editors write it.
fn word<T: Display + Serialize>(value: &T) -> Observed {
    let words = value.to_string();
    let mut accepted = BTreeSet::from([plain(&words)]);
    if let Ok(serde_json::Value::String(written)) = serde_json::to_value(value) {
        accepted.insert(plain(&written));
    }
    Observed { words, accepted }
}

/// The numbers that people write in letters.
const NUMBERS: [&str; 11] = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// A fact that is a number.
fn number(value: impl TryInto<u64>) -> Observed {
    let value = value.try_into().unwrap_or(u64::MAX);
    let mut accepted = BTreeSet::from([value.to_string()]);
    let index = usize::try_from(value).unwrap_or(usize::MAX);
    accepted.extend(NUMBERS.get(index).map(|word| (*word).to_owned()));
    if value == 0 {
        accepted.extend(["zero", "no", "nobody", "nothing"].map(str::to_owned));
    }
    Observed {
        words: value.to_string(),
        accepted,
    }
}

/// Words without what people write in different ways: case, spaces, quotation marks, articles, and the
/// two spellings of "recognise".
fn plain(words: &str) -> String {
    let words = words.to_lowercase().replace("recognised", "recognized");
    let words = words.split(|c: char| !c.is_alphanumeric() && c != '.');
    let words = words.map(|word| word.trim_end_matches('.'));
    let articles = ["", "a", "an", "the", "it", "is", "was"];
    let words: Vec<&str> = words.filter(|word| !articles.contains(word)).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use evidence::{AssociationOutcome, RejectReason, TlsVersion};

    use super::*;

    #[test]
    fn a_student_may_type_what_is_printed_or_what_editors_write() {
        let reason = word(&RejectReason::CallingAeTitleNotRecognized);
        for typed in [
            "calling AE title not recognized",
            "calling-ae-title-not-recognized",
            " \"Calling AE title not recognised.\" ",
        ] {
            assert!(reason.is_said_by(typed), "{typed}");
        }
        assert!(!reason.is_said_by("called AE title not recognized"));
        assert!(word(&AssociationOutcome::Rejected).is_said_by("REJECTED"));
        assert!(word(&AssociationOutcome::Rejected).is_said_by("It was rejected."));
        assert!(word(&AssociationOutcome::Unanswered).is_said_by("not answered"));
        assert!(!word(&AssociationOutcome::Accepted).is_said_by(""));
        assert!(word(&FileType::Dicom).is_said_by("a DICOM file"));
        assert!(word(&FileType::Dicom).is_said_by("dicom"));
    }

    #[test]
    fn a_number_is_understood_with_its_noun_and_no_other() {
        let three = number(3_u32);
        for typed in ["3", "three", " 3 patients", "Three patients.", "It is 3."] {
            assert!(three.is_said_by(typed), "{typed}");
        }
        for typed in [
            "4",
            "3 or 4",
            "three or four",
            "one of three",
            "30",
            "3.0.1",
            "all",
            "",
        ] {
            assert!(!three.is_said_by(typed), "{typed}");
        }
        assert!(number(0_u32).is_said_by("none"));
        for typed in ["1.3", "TLS 1.3", "tls1.3"] {
            let wanted = typed != "tls1.3";
            assert_eq!(
                word(&TlsVersion::Tls13).is_said_by(typed),
                wanted,
                "{typed}"
            );
        }
    }

    #[test]
    fn every_fact_says_what_is_asked() {
        for (name, fact) in Fact::ALL {
            assert_eq!(Fact::named(name), Some(fact));
            assert!(!fact.asks().is_empty());
        }
    }
}
