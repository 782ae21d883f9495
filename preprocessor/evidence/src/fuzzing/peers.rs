//! Peers: whatever comes over the line, to our servers and to our scanners.

use std::sync::OnceLock;
use std::time::Duration;

use dicom_dictionary_std::tags;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;

use crate::dicom::elements::Elements;
use crate::dicom::stream::PduStream;
use crate::lab::AccessLog;
use crate::scanner::{Request, inquire};
use crate::scene::{Archive, Kind, LogFormat, Scene, WebDoor};
use crate::{http as web, lab};

/// More than any input, and than any answer to it.
const ROOM: usize = 4 << 20;

/// It only keeps a fuzzer from waiting: a peer that has hung up is waited for by nobody.
const PATIENCE: Duration = Duration::from_secs(5);

/// The only servers of two scenes of the book.
fn servers() -> &'static (Archive, WebDoor) {
    static SERVERS: OnceLock<(Archive, WebDoor)> = OnceLock::new();
    SERVERS.get_or_init(|| {
        let archive = include_str!("../../../../content/scenes/open-archive.toml");
        let door = include_str!("../../../../content/scenes/web-door.toml");
        let only = |text: &str| Scene::parse("fuzz", text).unwrap().servers.remove(0).kind;
        match (only(archive), only(door)) {
            (Kind::Dicom(archive), Kind::Web(door)) => (archive, door),
            _ => panic!("the scenes have other servers"),
        }
    })
}

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Builder::new_current_thread().enable_time().build().unwrap())
}

/// A peer that says these bytes and hangs up; what it is told can be read.
async fn peer(bytes: &[u8]) -> (DuplexStream, DuplexStream) {
    let (ours, mut theirs) = duplex(ROOM);
    theirs.write_all(bytes).await.unwrap();
    theirs.shutdown().await.unwrap();
    (ours, theirs)
}

/// Reads bytes as those of a DICOM peer: a caller of our server, a server that our
/// probe asks, or a data set alone. The first byte says which.
pub fn dicom(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    if bytes.len() > ROOM {
        return;
    }
    match first % 3 {
        0 => runtime().block_on(async {
            let (ours, mut theirs) = peer(bytes).await;
            lab::serve_association(&servers().0, ours, first & 0x80 != 0).await;
            let mut answer = Vec::new();
            theirs.read_to_end(&mut answer).await.unwrap();
            // It begins as a PDU, whatever it was asked.
            assert!(answer.first().is_none_or(|kind| (1..=7).contains(kind)));
        }),
        1 => runtime().block_on(async {
            let (ours, _theirs) = peer(bytes).await;
            let stream = PduStream::new(ours, 1 << 20, Instant::now() + PATIENCE);
            let request = Request::parse(&[]).unwrap();
            let _ = inquire(stream, &request, tags::PATIENT_NAME, PATIENCE).await;
        }),
        _ => {
            if let Ok(elements) = Elements::read(bytes) {
                let written = elements.write().unwrap();
                let again = Elements::read(&written).unwrap();
                assert!(again.tags().eq(elements.tags()));
                assert!(written.len() <= bytes.len());
            }
        }
    }
}

/// Reads bytes as those of a web peer: a caller of our DICOMweb door, or a server
/// that our scanner asks. The first byte says which.
pub fn http(bytes: &[u8]) {
    let Some((first, mut bytes)) = bytes.split_first() else {
        return;
    };
    runtime().block_on(async {
        if first % 2 == 1 {
            let _ = web::answer(&mut bytes, 1 << 20, Instant::now() + PATIENCE).await;
            return;
        }
        let log = AccessLog::new(LogFormat::Combined);
        let from = std::net::Ipv4Addr::LOCALHOST.into();
        let answer = lab::heard(&servers().1, &log, &mut bytes, from).await;
        let Some(answer) = answer.unwrap() else {
            return;
        };
        // Nothing that a caller says begins a header, or a line in the log.
        assert!(answer.starts_with(b"HTTP/1.1 "));
        let head = String::from_utf8_lossy(&answer);
        let (head, _) = head.split_once("\r\n\r\n").unwrap();
        assert!(head.lines().count() <= 7, "{head}");
        for entry in log.since(0) {
            let line = entry.line(entry.from, &entry.time);
            assert!(!line.contains(char::is_control), "{line:?}");
        }
    });
}
