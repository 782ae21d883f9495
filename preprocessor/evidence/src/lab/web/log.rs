//! The access log of a web server, in the words of nginx.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use time::OffsetDateTime;

use crate::http::Request;
use crate::scene::LogFormat;

/// How many lines are kept in memory; the oldest go first.
const MOST_LINES: usize = 1_000;

/// How long one part of a line may be, in bytes; what is longer ends in [`CUT`].
const LONGEST_PART: usize = 4_000;

/// What stands where a part was cut.
const CUT: &str = "[cut]";

/// How many bytes are written into a file; then there is no more in it.
const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// What a server notes about its callers: in memory, and line by line in a file,
/// if it was given one.
#[derive(Debug)]
pub(crate) struct AccessLog {
    format: LogFormat,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    lines: VecDeque<Entry>,
    /// How many lines there ever were.
    ever: u64,
    file: Option<File>,
    /// How many bytes were written into it.
    written: usize,
}

/// One visit, as it is known when the answer is.
#[derive(Debug)]
pub(super) struct Visit<'a> {
    /// From where.
    pub(super) from: IpAddr,
    /// What was asked; the bytes themselves, if they were no request.
    pub(super) request: Result<&'a Request, &'a [u8]>,
    /// The status of the answer.
    pub(super) status: u16,
    /// How many bytes its body has.
    pub(super) length: usize,
}

/// One line, in the parts that a reader may be shown otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The address of the caller.
    pub(crate) from: IpAddr,
    /// What stands between that and the time.
    between: &'static str,
    /// When it was.
    pub(crate) time: String,
    /// What follows.
    rest: String,
}

impl Entry {
    /// The line with this address and this time in it.
    pub(crate) fn line(&self, from: IpAddr, time: &str) -> String {
        format!("{from} {}[{time}] {}", self.between, self.rest)
    }
}

impl AccessLog {
    /// An empty log in this form.
    pub(crate) fn new(format: LogFormat) -> AccessLog {
        AccessLog {
            format,
            kept: Mutex::default(),
        }
    }

    /// An empty log that is written into a file too, after what stands there.
    ///
    /// # Errors
    /// The file cannot be opened, or is no plain file: what a link leads to is not
    /// ours to write, and a pipe without a reader would hold us for ever.
    pub(crate) fn with_file(format: LogFormat, path: &Path) -> io::Result<AccessLog> {
        let mut options = File::options();
        options.append(true);
        match path.symlink_metadata() {
            Ok(there) if there.is_file() => {}
            Ok(_) => {
                let why = "something other than a plain file has its name";
                return Err(io::Error::other(why));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                options.create_new(true);
            }
            Err(error) => return Err(error),
        }
        let file = options.open(path)?;
        let before = file.metadata()?.len();
        let log = AccessLog::new(format);
        let mut kept = log.kept();
        kept.written = usize::try_from(before).unwrap_or(usize::MAX);
        kept.file = Some(file);
        drop(kept);
        Ok(log)
    }

    /// The name of the file that belongs to a server, as with nginx in a cage.
    pub(crate) fn file_name(server: &str) -> String {
        format!("{server}-access.log")
    }

    /// How many lines there were so far.
    pub(crate) fn mark(&self) -> u64 {
        self.kept().ever
    }

    /// The lines since a mark, as far as they are still kept.
    pub(crate) fn since(&self, mark: u64) -> Vec<Entry> {
        let kept = self.kept();
        let new = usize::try_from(kept.ever.saturating_sub(mark)).unwrap_or(usize::MAX);
        let old = kept.lines.len().saturating_sub(new);
        kept.lines.iter().skip(old).cloned().collect()
    }

    /// Notes one visit.
    pub(super) fn note(&self, at: OffsetDateTime, visit: Visit<'_>) {
        let entry = self.entry(at, &visit);
        let line = entry.line(entry.from, &entry.time) + "\n";
        let mut kept = self.kept();
        kept.ever += 1;
        kept.lines.push_back(entry);
        while kept.lines.len() > MOST_LINES {
            kept.lines.pop_front();
        }
        kept.written = kept.written.saturating_add(line.len());
        if kept.written <= LARGEST_FILE
            && let Some(file) = &mut kept.file
        {
            // A full disk is no reason to answer nobody; memory has the line.
            let _ = file.write_all(line.as_bytes());
        }
    }

    fn entry(&self, at: OffsetDateTime, visit: &Visit<'_>) -> Entry {
        let Visit { status, length, .. } = visit;
        let (between, rest) = match self.format {
            LogFormat::Combined => {
                let (line, referrer, agent) = match visit.request {
                    Ok(request) => (
                        escaped(request.line.as_bytes()),
                        field(request.header("referer")),
                        field(request.header("user-agent")),
                    ),
                    Err(bytes) => (escaped(first_line(bytes)), field(None), field(None)),
                };
                let rest = format!("\"{line}\" {status} {length} \"{referrer}\" \"{agent}\"");
                ("- - ", rest)
            }
            LogFormat::PathOnly => {
                let (method, path) = match visit.request {
                    Ok(request) => (
                        escaped(request.method.as_bytes()),
                        escaped(&request.whole_path),
                    ),
                    // Of what is no request, no part is a path.
                    Err(_) => (field(None), field(None)),
                };
                ("", format!("\"{method} {path}\" {status}"))
            }
        };
        Entry {
            from: visit.from,
            between,
            time: time(at),
            rest,
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // A line is in it or not, whoever panicked.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A time as nginx writes it, always that of UTC.
fn time(at: OffsetDateTime) -> String {
    let month: String = at.month().to_string().chars().take(3).collect();
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    let (day, year) = (at.day(), at.year());
    format!("{day:02}/{month}/{year}:{hour:02}:{minute:02}:{second:02} +0000")
}

/// A header field; a hyphen, where it is missing.
fn field(value: Option<&[u8]>) -> String {
    value.map_or_else(|| "-".to_owned(), escaped)
}

/// The first line of what somebody sent.
fn first_line(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    &bytes[..end.unwrap_or(bytes.len())]
}

/// Bytes as nginx writes them: quotes, backslashes and whatever is not visible
/// ASCII by their numbers, so that nobody ends a line or a field but the log.
fn escaped(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        if text.len() >= LONGEST_PART {
            text.push_str(CUT);
            break;
        }
        match byte {
            b'"' | b'\\' => text.push_str(&format!("\\x{byte:02X}")),
            b' '..=b'~' => text.push(char::from(*byte)),
            _ => text.push_str(&format!("\\x{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::http;

    const FROM: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 10));

    fn parsed(bytes: &[u8]) -> Option<Request> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let mut kept = Vec::new();
        runtime
            .block_on(http::read(&mut &*bytes, &mut kept))
            .unwrap()
    }

    /// The line for these bytes.
    fn noted(format: LogFormat, bytes: &[u8]) -> String {
        let log = AccessLog::new(format);
        let request = parsed(bytes);
        log.note(
            OffsetDateTime::from_unix_timestamp(1_795_347_004).unwrap(),
            Visit {
                from: FROM,
                request: request.as_ref().ok_or(bytes),
                status: if request.is_some() { 200 } else { 400 },
                length: 611,
            },
        );
        let entry = log.since(0).remove(0);
        entry.line(entry.from, &entry.time)
    }

    const ASKED: &[u8] = b"GET /studies?PatientName=SYNTHETIC^ALPHA HTTP/1.1\r\n\
        User-Agent: curl/7.88.1\r\nReferer: http://192.0.2.9/?q=SYNTHETIC^BRAVO\r\n\r\n";

    #[test]
    fn a_line_is_that_of_nginx() {
        assert_eq!(
            noted(LogFormat::Combined, ASKED),
            "192.0.2.10 - - [22/Nov/2026:11:30:04 +0000] \
             \"GET /studies?PatientName=SYNTHETIC^ALPHA HTTP/1.1\" 200 611 \
             \"http://192.0.2.9/?q=SYNTHETIC^BRAVO\" \"curl/7.88.1\""
        );
        assert_eq!(
            noted(LogFormat::PathOnly, ASKED),
            "192.0.2.10 [22/Nov/2026:11:30:04 +0000] \"GET /studies\" 200"
        );
    }

    #[test]
    fn what_is_no_request_is_noted_as_it_came() {
        let hello = b"\x16\x03\x01\xff\xfe\"\nmore";
        assert_eq!(
            noted(LogFormat::Combined, hello),
            "192.0.2.10 - - [22/Nov/2026:11:30:04 +0000] \
             \"\\x16\\x03\\x01\\xFF\\xFE\\x22\" 400 611 \"-\" \"-\""
        );
        let broken = b"GET /studies?PatientName=SYNTHETIC^ALPHA NONSENSE\r\n\r\n";
        assert!(noted(LogFormat::Combined, broken).contains("SYNTHETIC^ALPHA"));
        assert!(noted(LogFormat::PathOnly, broken).ends_with("\"- -\" 400"));
    }

    #[test]
    fn no_name_forges_a_line() {
        let forged = "GET /studies%0D%0A192.0.2.66%20-%20x%22?PatientName=A%0D%0AB%22 HTTP/1.1\r\n\
            User-Agent: a\" \té\\\r\n\r\n";
        let combined = noted(LogFormat::Combined, forged.as_bytes());
        assert!(
            combined.contains("PatientName=A%0D%0AB%22 HTTP/1.1\" 200"),
            "{combined}"
        );
        assert_eq!(combined.matches('"').count(), 6, "{combined}");
        let path = noted(LogFormat::PathOnly, forged.as_bytes());
        assert!(
            path.contains("/studies\\x0D\\x0A192.0.2.66 - x\\x22\" 200"),
            "{path}"
        );
        assert_eq!(path.matches('"').count(), 2, "{path}");
    }

    /// A folder that goes with the test.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let id = std::process::id();
            let folder = std::env::temp_dir().join(format!("evidence-log-{name}-{id}"));
            std::fs::create_dir_all(&folder).unwrap();
            Folder(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_log_is_written_into_plain_files_alone() {
        let folder = Folder::new("plain");
        let path = |name: &str| folder.0.join(name);
        let open = |name: &str| AccessLog::with_file(LogFormat::Combined, &path(name));
        assert!(open("new").is_ok() && open("new").is_ok());
        std::fs::write(path("other"), "").unwrap();
        std::os::unix::fs::symlink(path("other"), path("link")).unwrap();
        std::os::unix::fs::symlink(path("nowhere"), path("dangling")).unwrap();
        let mut mkfifo = std::process::Command::new("mkfifo");
        assert!(mkfifo.arg(path("pipe")).status().unwrap().success());
        for name in ["link", "dangling", "pipe", "."] {
            let why = open(name).unwrap_err().to_string();
            assert!(why.contains("plain file"), "{name}: {why}");
        }
        assert!(!path("nowhere").exists());
    }

    #[test]
    fn a_file_that_is_full_stays_as_it_is_when_the_server_stands_again() {
        let folder = Folder::new("full");
        let path = folder.0.join("log");
        let full = File::create(&path).unwrap();
        full.set_len(LARGEST_FILE as u64).unwrap();
        let log = AccessLog::with_file(LogFormat::Combined, &path).unwrap();
        let visit = Visit {
            from: FROM,
            request: Err(b"x"),
            status: 400,
            length: 0,
        };
        log.note(OffsetDateTime::UNIX_EPOCH, visit);
        assert_eq!(full.metadata().unwrap().len(), LARGEST_FILE as u64);
        assert_eq!(log.since(0).len(), 1);
    }

    #[test]
    fn old_lines_go_and_marks_stay_true() {
        let log = AccessLog::new(LogFormat::PathOnly);
        let visit = |status| Visit {
            from: FROM,
            request: Err(b"x"),
            status,
            length: 0,
        };
        for _ in 0..MOST_LINES {
            log.note(OffsetDateTime::UNIX_EPOCH, visit(400));
        }
        let mark = log.mark();
        assert!(log.since(mark).is_empty());
        log.note(OffsetDateTime::UNIX_EPOCH, visit(401));
        log.note(OffsetDateTime::UNIX_EPOCH, visit(402));
        let new = log.since(mark);
        assert_eq!(new.len(), 2);
        assert!(new[0].rest.ends_with("401") && new[1].rest.ends_with("402"));
        assert_eq!(log.since(0).len(), MOST_LINES);
    }

    proptest! {
        #[test]
        fn whatever_comes_is_one_line_of_visible_characters(
            bytes in prop::collection::vec(any::<u8>(), 0..300),
            target in "[!-~\u{80}-\u{2ff}]{0,60}",
            agent in prop::collection::vec(1u8.., 0..60),
        ) {
            let mut asked = format!("GET /{target} HTTP/1.1\r\nUser-Agent: ").into_bytes();
            asked.extend(agent);
            asked.extend(b"\r\n\r\n");
            for bytes in [&bytes, &asked] {
                for format in [LogFormat::Combined, LogFormat::PathOnly] {
                    let line = noted(format, bytes);
                    prop_assert!(line.bytes().all(|b| (b' '..=b'~').contains(&b)), "{line}");
                    let quotes = if format == LogFormat::Combined { 6 } else { 2 };
                    prop_assert_eq!(line.matches('"').count(), quotes);
                    prop_assert!(line.len() < 4 * LONGEST_PART);
                }
            }
        }
    }
}
