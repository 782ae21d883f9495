//! A server that stands, and a client that says what it likes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::book::Book;

/// Longer than any answer on a slow machine; the server itself waits at most 25 seconds.
const LONGEST: Duration = Duration::from_secs(60);

/// `cargo shelf serve`, at work.
pub(crate) struct Served {
    pub(crate) port: u16,
    child: Child,
    said: Arc<Mutex<String>>,
    temporary: TempDir,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, wanted: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut values = lines.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        values.next().map(|(_, value)| value)
    }
}

impl Served {
    /// Serves a book that has recordings.
    pub(crate) fn start(book: &Book) -> Served {
        Served::start_with(book, &["--samples", "recorded"])
    }

    /// Starts the server, and waits until it has made its first attempt.
    pub(crate) fn start_with(book: &Book, args: &[&str]) -> Served {
        let temporary = tempfile::tempdir().unwrap();
        let mut child = book
            .command(&["serve", "--port", "0"])
            .args(args)
            .env("TMPDIR", temporary.path())
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = String::new();
        let port = loop {
            let line = lines
                .next()
                .unwrap_or_else(|| panic!("it ended: {said}"))
                .unwrap();
            said = said + &line + "\n";
            if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
                break rest.split_once('/').unwrap().0.parse().unwrap();
            }
        };
        let said = Arc::new(Mutex::new(said));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                *heard.lock().unwrap() += &format!("{}\n", line.trim_start());
            }
        });
        let served = Served {
            port,
            child,
            said,
            temporary,
        };
        let began = Instant::now();
        while served.news("/", 0)["edition"] == 0 {
            assert!(began.elapsed() < LONGEST, "{}", served.said.lock().unwrap());
            std::thread::sleep(Duration::from_millis(20));
        }
        served
    }

    /// Sends a request as it is, and reads the answer to its end.
    pub(crate) fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        let port = self.port;
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        ))
    }

    /// What a page is told that has seen an edition.
    pub(crate) fn news(&self, page: &str, seen: u64) -> Value {
        let page = page.replace('/', "%2F");
        let answer = self.get(&format!("/-/wait?page={page}&seen={seen}"));
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
        let start = answer.body.find("detail: ").unwrap() + "detail: ".len();
        let end = answer.body.rfind(" }));").unwrap();
        serde_json::from_str(&answer.body[start..end]).unwrap()
    }

    /// Waits for news of a kind; those after `seen` count.
    pub(crate) fn until(&self, page: &str, seen: &Value, is_it: impl Fn(&Value) -> bool) {
        let began = Instant::now();
        let mut seen = seen["edition"].as_u64().unwrap();
        loop {
            let told = self.news(page, seen);
            if is_it(&told) {
                return;
            }
            assert!(began.elapsed() < LONGEST, "{told}");
            seen = told["edition"].as_u64().unwrap();
        }
    }

    /// The folder for its temporary files.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.temporary.path().to_owned()
    }

    /// Presses Ctrl-C, and returns the exit status.
    pub(crate) fn interrupt(&mut self, patience: Duration) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &pid])
                .status()
                .unwrap()
                .success()
        );
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(began.elapsed() < patience, "it goes on");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it, and returns what it said in the terminal.
    pub(crate) fn end(mut self) -> String {
        assert_eq!(self.interrupt(LONGEST), Some(0));
        // What it wrote last is read a moment later.
        std::thread::sleep(Duration::from_millis(100));
        self.said.lock().unwrap().clone()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
