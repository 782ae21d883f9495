//! `web-probe`: asks a server of DICOMweb for studies, and reads what that server
//! noted about it.

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::time::{Instant, timeout_at};

use super::probe::reach;
use super::question::Question;
use super::tool::Context;
use super::{ScanError, log};
use crate::clean::{CUT, Clean};
use crate::facts::{Log, Port, Web};
use crate::http::{self, Body, Response};
use crate::lab::{AccessLog, MEDIA_TYPE};
use crate::limits::Limits;
use crate::loopback::Loopback;
use crate::redaction::{Redaction, Redactor};
use crate::scene::Server;
use crate::transcript::Line;

/// How it calls itself in the log.
const AGENT: &str = "web-probe";

/// The width of the first column.
const WHAT: usize = 10;

/// What stands in the place of a time.
const TIME: &str = "<time>";

/// How many lines of the log are shown. A question leaves one; others may ask at
/// the same time.
const MOST_NOTED: usize = 8;

/// How long a value of the peer may be, in characters.
const LONGEST_VALUE: usize = 64;

/// What is asked, and where.
pub(crate) struct WebTarget<'a> {
    /// Where the server stands.
    pub(crate) address: Loopback,
    /// The server, as far as the scene knows it.
    pub(crate) server: &'a Server,
    /// Its log, if it is ours and keeps one.
    pub(crate) log: Option<&'a AccessLog>,
    /// What may not be printed.
    pub(crate) redactor: &'a Redactor,
}

impl WebTarget<'_> {
    /// Whether what is printed is for readers of a page. Who looks at a server of
    /// this machine by hand sees the log as it is.
    fn is_for_readers(&self) -> bool {
        self.redactor.hides(self.address) || !self.address.ip().is_loopback()
    }
}

/// What came of it.
pub(crate) struct Asked {
    pub(crate) web: Web,
    pub(crate) lines: Vec<Line>,
    /// What was replaced in the lines, the server's address excepted.
    pub(crate) redactions: Vec<Redaction>,
}

/// Asks one question.
///
/// # Errors
/// The machine is short of something. What the server does is never an error.
pub(crate) async fn ask(
    target: &WebTarget<'_>,
    question: &Question,
    limits: &Limits,
) -> Result<Asked, ScanError> {
    let deadline = Instant::now() + limits.total;
    let mark = target.log.map_or(0, AccessLog::mark);
    let mut rows = Rows {
        redactor: target.redactor,
        limits,
        lines: Vec::new(),
    };
    let line = format!("GET {} HTTP/1.1", question.target());
    rows.row("asked", &line);
    let mut web = Web::default();
    let mut stream = match reach(target.address, limits).await? {
        Ok(stream) => stream,
        Err(port) => {
            rows.row("answered", silent(port));
            return Ok(rows.asked(web, Vec::new()));
        }
    };
    let deadline = deadline.min(Instant::now() + limits.silence);
    let head = format!(
        "{line}\r\nHost: {}\r\nUser-Agent: {AGENT}\r\nAccept: {MEDIA_TYPE}\r\n\
         Connection: close\r\n\r\n",
        target.address
    );
    // A peer that has closed already may still have said why: read on.
    let _ = timeout_at(deadline, stream.write_all(head.as_bytes())).await;
    let response = http::answer(&mut stream, limits.bytes, deadline).await;
    web.status = response.status;
    web.matches = rows.response(&response);
    let mut redactions = Vec::new();
    if let Some(log) = target.log {
        let patients = || target.server.patients().iter();
        let names: Vec<&str> = patients().map(|patient| patient.name.as_str()).collect();
        let ids: Vec<&str> = patients().map(|patient| patient.id.as_str()).collect();
        let context = Context {
            names: &names,
            ids: &ids,
        };
        web.log = Some(rows.noted(target, log, mark, &context));
        redactions.extend(target.is_for_readers().then(|| Redaction {
            what: "the time".to_owned(),
            shown: TIME.to_owned(),
        }));
    }
    Ok(rows.asked(web, redactions))
}

/// What is said of a port behind which nobody answers.
fn silent(port: Port) -> &'static str {
    match port {
        Port::Filtered => "nothing: something drops the question",
        Port::Closed | Port::Open => "nothing: nobody listens there",
    }
}

/// Lines in the making.
struct Rows<'a> {
    redactor: &'a Redactor,
    limits: &'a Limits,
    lines: Vec<Line>,
}

impl Rows<'_> {
    fn asked(self, web: Web, redactions: Vec<Redaction>) -> Asked {
        Asked {
            web,
            lines: self.lines,
            redactions,
        }
    }

    fn row(&mut self, what: &str, words: &str) {
        self.line(&format!("{what:WHAT$}{words}"));
    }

    fn line(&mut self, text: &str) {
        let most = self.limits.lines;
        // The last line that there is room for says that there is no more.
        let text = match self.lines.len() + 1 {
            number if number < most => self.redactor.apply(text),
            number if number == most => CUT.to_owned(),
            _ => return,
        };
        self.lines.push(Line {
            text: Clean::line(text.trim_end(), self.limits.line_length),
            volatile: false,
        });
    }

    /// Says what was answered, and gives how many studies that is, as far as it
    /// can be known.
    fn response(&mut self, response: &Response) -> Option<u32> {
        let Some(status) = response.status else {
            self.row("answered", "nothing that a web server says");
            return None;
        };
        let reason = Clean::line(&response.reason, LONGEST_VALUE);
        self.row("answered", &format!("{status} {}", reason.as_str()));
        let body = match &response.body {
            _ if status == 204 => {
                self.row("", "nothing was found");
                return Some(0);
            }
            Body::Whole(body) => body,
            Body::CutOff => {
                self.row("", "the answer breaks off");
                return None;
            }
            Body::TooLong => {
                self.row("", "the answer is longer than we read");
                return None;
            }
            Body::Unreadable => {
                self.row("", "the answer comes in a form that is not read here");
                return None;
            }
        };
        if status != 200 {
            return None;
        }
        let Ok(studies) = serde_json::from_slice::<Vec<Value>>(body) else {
            self.row("", "the answer is no list of studies");
            return None;
        };
        // Room is left for what the log says.
        let most = self.limits.lines.saturating_sub(MOST_NOTED + 5);
        for study in studies.iter().take(most) {
            let values = [
                ("00100010", "name"),
                ("00100020", "ID"),
                ("00080050", "number"),
            ];
            let values = values.map(|(tag, what)| {
                value(study, tag).map_or_else(|| format!("no {what}"), |v| v.as_str().to_owned())
            });
            self.row("study", &values.join(", "));
        }
        if studies.len() > most {
            self.row("", CUT);
        }
        u32::try_from(studies.len()).ok()
    }

    /// Says what the server noted since the mark.
    fn noted(
        &mut self,
        target: &WebTarget<'_>,
        log: &AccessLog,
        mark: u64,
        context: &Context<'_>,
    ) -> Log {
        let mut text = String::new();
        let file = AccessLog::file_name(&target.server.name);
        self.row("noted", &format!("in {file}:"));
        for (number, entry) in log.since(mark).iter().enumerate() {
            // On loopback the caller has the server's address, as in a cage.
            let from = match entry.from.is_loopback() && target.is_for_readers() {
                true => target.server.shown_as.ip(),
                false => entry.from,
            };
            let time = match target.is_for_readers() {
                true => TIME,
                false => &entry.time,
            };
            let line = entry.line(from, time);
            match number {
                0..MOST_NOTED => self.line(&line),
                MOST_NOTED => self.line(CUT),
                _ => {}
            }
            text.push_str(&line);
            text.push('\n');
        }
        log::read(text.as_bytes(), context)
    }
}

/// A value of an attribute in the DICOM JSON model (PS3.18 §F.2): of names, the
/// letters of the alphabet.
fn value(study: &Value, tag: &str) -> Option<Clean> {
    let first = study.get(tag)?.get("Value")?.get(0)?;
    let text = first
        .as_str()
        .or_else(|| first.get("Alphabetic")?.as_str())?;
    Some(Clean::line(text, LONGEST_VALUE))
}

#[cfg(test)]
mod tests;
