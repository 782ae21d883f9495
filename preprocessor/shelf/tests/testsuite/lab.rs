//! `cargo shelf lab` and `cargo shelf probe`: a scene for a class.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::book::Book;
use crate::real::{book_with, can_use};

/// A lab that stands.
struct Standing {
    child: Child,
    out: BufReader<ChildStdout>,
    said: String,
}

impl Standing {
    /// Starts a lab and waits until it says how it is ended.
    fn start(book: &Book, scene: &str) -> Standing {
        let mut child = book
            .command(&["lab", scene])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lab = Standing {
            out: BufReader::new(child.stdout.take().unwrap()),
            child,
            said: String::new(),
        };
        while !lab.said.contains("Ctrl-C ends the lab.") {
            let read = lab.out.read_line(&mut lab.said).unwrap();
            assert!(read > 0, "the lab ended: {}", lab.said);
        }
        lab
    }

    /// The word that follows some others.
    fn word_after(&self, words: &str) -> &str {
        let (_, rest) = self.said.split_once(words).unwrap();
        rest.split_whitespace().next().unwrap()
    }

    /// Presses Ctrl-C, and returns the exit status.
    fn interrupt(self) -> Option<i32> {
        self.end_with("-INT")
    }

    /// Sends a signal, and returns the exit status.
    fn end_with(mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(sent.success());
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(began.elapsed() < Duration::from_secs(10), "it goes on");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_class_looks_at_a_scene_with_our_own_probe() {
    let book = Book::new();
    let lab = Standing::start(&book, "open-archive");
    let address = lab.word_after("archive: ").to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let told = format!("cargo shelf probe {address} --calling STRANGER");
    assert!(lab.said.contains(&told), "{}", lab.said);
    assert!(lab.said.contains("You should see: "), "{}", lab.said);
    assert!(lab.said.contains("3 patients listed"), "{}", lab.said);

    let ran = book.run(&["probe", &address, "--calling", "STRANGER"]);
    ran.assert_exit(0);
    assert!(ran.stdout().contains("3 patients"), "{}", ran.stdout());
    assert_eq!(lab.interrupt(), Some(0));
    let ran = book.run(&["probe", &address]);
    ran.assert_exit(0);
    assert!(ran.stdout().contains("closed"), "{}", ran.stdout());
}

#[test]
fn a_lab_ends_cleanly_however_it_is_asked_to() {
    let book = Book::new();
    for signal in ["-INT", "-TERM", "-HUP"] {
        let lab = Standing::start(&book, "open-archive");
        assert_eq!(lab.end_with(signal), Some(0), "{signal}");
    }
}

#[test]
fn a_probe_by_hand_stays_on_this_machine() {
    let book = Book::new();
    for address in ["192.0.2.1:104", "8.8.8.8:104", "localhost:104"] {
        let ran = book.run(&["probe", address]);
        ran.assert_exit(2);
        assert!(
            ran.stderr().contains("is not a loopback address"),
            "{}",
            ran.stderr()
        );
    }
}

#[test]
fn a_scene_that_is_not_there_is_a_usage_error() {
    let ran = Book::new().run(&["lab", "open-archiv"]);
    ran.assert_exit(2);
    assert!(ran.stderr().contains("open-archive"), "{}", ran.stderr());
}

/// From inside a lab's network there is no way to anywhere, whatever is tried.
#[test]
fn a_class_joins_a_network_that_leads_nowhere() {
    if !can_use(&[
        "unshare", "nsenter", "ip", "mount", "storescp", "curl", "echoscu", "python3",
    ]) {
        return;
    }
    let book = book_with(&["firewall-before"]);
    let lab = Standing::start(&book, "no-firewall");
    assert!(
        lab.said.contains("device: 192.0.2.65:11112"),
        "{}",
        lab.said
    );
    assert!(lab.said.contains("nmap -oX scan.xml"), "{}", lab.said);
    let pid = lab.word_after("--join ").to_owned();
    let mut shell = book
        .command(&["lab", "--join", &pid])
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // An address for documentation, one of a public resolver and one of a private network, by TCP;
    // then a datagram, which needs no answer to be sent, and so would be sent if there were a way.
    // That the device gets one shows that the test can tell.
    let script = "
        for host in 198.51.100.7 9.9.9.9 10.0.0.1; do
          curl --silent --max-time 5 http://$host/; echo \"$host: $?\"
        done
        python3 -c '
import socket
def say(what, act):
    try: act(); print(what, 0)
    except OSError as error: print(what, error.errno)
datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
stream = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
stream.settimeout(5)
say(\"datagram to the device:\", lambda: datagram.sendto(b\"x\", (\"192.0.2.65\", 53)))
datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
say(\"datagram to a resolver:\", lambda: datagram.sendto(b\"x\", (\"9.9.9.9\", 53)))
say(\"connection to a resolver:\", lambda: stream.connect((\"9.9.9.9\", 53)))
        '
        echo \"routes: $(ip route show table main | wc -l)\"
        echo \"interfaces: $(ip -oneline link show up | wc -l)\"
        echoscu -v -aec ARCHIVE 192.0.2.65 11112 2>&1
    ";
    shell
        .stdin
        .take()
        .unwrap()
        .write_all(script.as_bytes())
        .unwrap();
    let said = shell.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    // 7: the connection failed; nothing was waited for.
    for host in ["198.51.100.7", "9.9.9.9", "10.0.0.1"] {
        assert!(said.contains(&format!("{host}: 7")), "{said}");
    }
    // 101: the network is unreachable (errno(3), ENETUNREACH).
    assert!(said.contains("datagram to the device: 0\n"), "{said}");
    for way in ["datagram", "connection"] {
        let unreachable = format!("{way} to a resolver: 101\n");
        assert!(said.contains(&unreachable), "{said}");
    }
    assert!(said.contains("routes: 0"), "{said}");
    assert!(said.contains("interfaces: 1"), "{said}");
    assert!(said.contains("Received Echo Response (Success)"), "{said}");
    assert_eq!(lab.interrupt(), Some(0));
}
