//! Peers that lie, stall and flood. Each must be told apart, inside the
//! limits, with bounded memory.
#![allow(clippy::unwrap_used, missing_docs)]

mod certificates;
mod lists;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dicom_ul::pdu::{
    AssociationAC, PDataValue, PDataValueType, Pdu, PresentationContextResult,
    PresentationContextResultReason, UserVariableItem, write_pdu,
};
use evidence::{
    AbortSource, Association, AssociationOutcome, ClientCertificate, Count, Facts, Handshake,
    Limits, Loopback, Peer, Permanence, Port, RejectReason, RejectSource, Reply, Request, Status,
    probe,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

/// Small enough for a test, large enough for a busy machine.
fn limits() -> Limits {
    Limits {
        start: Duration::from_millis(1_000),
        silence: Duration::from_millis(700),
        total: Duration::from_millis(2_500),
        bytes: 64 * 1024,
        ..Limits::default()
    }
}

/// Far beyond the limits: it only keeps a failing test from hanging.
const WATCHDOG: Duration = Duration::from_secs(20);

fn request(line: &str) -> Request {
    let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    Request::parse(&args).unwrap()
}

/// A server that serves one caller as told.
async fn peer<F, T>(serve: F) -> Loopback
where
    F: FnOnce(TcpStream) -> T + Send + 'static,
    T: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address: SocketAddr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        serve(stream).await;
    });
    address.try_into().unwrap()
}

/// A server that waits for the first bytes, answers with `bytes` and waits.
async fn saying(bytes: impl Into<Vec<u8>>) -> Loopback {
    let bytes = bytes.into();
    peer(|mut stream| async move {
        let mut first = [0; 1];
        stream.read_exact(&mut first).await.unwrap();
        // The caller may have seen enough already.
        let _ = stream.write_all(&bytes).await;
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    })
    .await
}

async fn facts(address: Loopback, args: &str) -> Facts {
    let request = request(args);
    let limits = limits();
    let looking = probe(address, &request, None, &limits);
    timeout(WATCHDOG, looking).await.unwrap().unwrap()
}

/// What two probes, one in clear and one in TLS, make of an answer.
async fn verdicts(bytes: &[u8]) -> [Option<Peer>; 2] {
    let clear = facts(saying(bytes).await, "").await;
    assert_eq!(clear.port, Port::Open);
    assert!(matches!(
        clear.association,
        Association::Unanswered | Association::Rejected(_) | Association::Aborted(_)
    ));
    let tls = facts(saying(bytes).await, "--tls").await;
    assert_eq!(tls.association, Association::NotTried);
    assert_ne!(tls.tls.unwrap().handshake, Handshake::Completed);
    [clear.peer, tls.peer]
}

#[tokio::test]
async fn other_services_are_told_apart() {
    use Peer::{ClearDicom, CutOff, Dicom, Endless, Http, Other, Silent, Ssh, Tls};
    let two = |clear, tls| [Some(clear), Some(tls)];
    for (bytes, expected) in [
        (&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], two(Http, Http)),
        (b"SSH-2.0-OpenSSH_9.2\r\n", two(Ssh, Ssh)),
        (b"220 mail.example.test ESMTP\r\n", two(Other, Other)),
        (b"\x02garbage that is no PDU at all", two(Other, Other)),
        (b"\0\0\0\0\0\0\0\0", two(Other, Other)),
        (b"\x15\x03\x03\x00\x02\x02\x46", two(Tls, Tls)),
        (b"\x07\0\0\0\0\x04\0\0\x02\x01", two(Dicom, ClearDicom)),
        // A PDU that announces 4 GB.
        (b"\x02\0\xff\xff\xff\xff", two(Endless, ClearDicom)),
        // A PDU that stops after a few bytes.
        (b"\x02\0\0\0\0\xc0\0\x01", two(CutOff, ClearDicom)),
        // A well-formed PDU that has no place here.
        (b"\x06\0\0\0\0\x04\0\0\0\0", two(Other, ClearDicom)),
        (b"", two(Silent, Silent)),
    ] {
        let seen = verdicts(bytes).await;
        assert_eq!(seen, expected, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[tokio::test]
async fn a_closed_door_is_no_answer() {
    for args in ["", "--tls"] {
        let polite = peer(|mut stream| async move {
            let mut first = [0; 1];
            stream.read_exact(&mut first).await.unwrap();
            stream.shutdown().await.unwrap();
            let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
        });
        assert_eq!(facts(polite.await, args).await.peer, Some(Peer::HungUp));
        // Closing with unread bytes resets the connection.
        let rude = peer(|stream| async move {
            stream.readable().await.unwrap();
            drop(stream);
        });
        assert_eq!(facts(rude.await, args).await.peer, Some(Peer::HungUp));
    }
}

#[tokio::test]
async fn a_flood_ends_early() {
    for first in [&b"\x02\0\0\0\x01\0"[..], b"\x04\0\0\0\0\0", b"AAAAAA"] {
        let sent = Arc::new(AtomicUsize::new(0));
        let count = sent.clone();
        let address = peer(move |mut stream| async move {
            let _ = stream.write_all(first).await;
            let chunk = vec![0; 1 << 20];
            for _ in 0..1024 {
                match stream.write(&chunk).await {
                    Ok(written) => count.fetch_add(written, Ordering::Relaxed),
                    Err(_) => return,
                };
            }
        });
        let facts = facts(address.await, "").await;
        assert_ne!(facts.association.outcome(), AssociationOutcome::Accepted);
        // What the system's buffers take, and no more.
        assert!(sent.load(Ordering::Relaxed) < 64 << 20);
    }
}

#[tokio::test]
async fn a_drip_gains_no_time() {
    for args in ["", "--tls"] {
        let address = peer(|mut stream| async move {
            for byte in b"\x02\0\0\0\0\xc0\0\x01".iter().cycle().take(1_000) {
                if stream.write_all(&[*byte]).await.is_err() {
                    return;
                }
                sleep(Duration::from_millis(100)).await;
            }
        });
        let facts = facts(address.await, args).await;
        assert_ne!(facts.peer, Some(Peer::Dicom));
        assert_ne!(facts.association.outcome(), AssociationOutcome::Accepted);
    }
}

fn rejection(codes: [u8; 3]) -> Vec<u8> {
    let [result, source, reason] = codes;
    vec![3, 0, 0, 0, 0, 4, 0, result, source, reason]
}

/// Every code of PS3.8 table 9-21, and some beyond.
#[tokio::test]
async fn every_rejection_has_its_name() {
    use Permanence::{Permanent, Transient};
    use RejectReason::*;
    use RejectSource::{ServiceProviderAcse, ServiceProviderPresentation, ServiceUser};
    for (codes, result, source, reason) in [
        ([1, 1, 1], Permanent, ServiceUser, NoReasonGiven),
        (
            [1, 1, 2],
            Permanent,
            ServiceUser,
            ApplicationContextNameNotSupported,
        ),
        (
            [1, 1, 3],
            Permanent,
            ServiceUser,
            CallingAeTitleNotRecognized,
        ),
        ([1, 1, 5], Permanent, ServiceUser, Reserved),
        (
            [1, 1, 7],
            Permanent,
            ServiceUser,
            CalledAeTitleNotRecognized,
        ),
        (
            [2, 1, 7],
            Transient,
            ServiceUser,
            CalledAeTitleNotRecognized,
        ),
        ([1, 2, 1], Permanent, ServiceProviderAcse, NoReasonGiven),
        (
            [1, 2, 2],
            Permanent,
            ServiceProviderAcse,
            ProtocolVersionNotSupported,
        ),
        (
            [2, 3, 1],
            Transient,
            ServiceProviderPresentation,
            TemporaryCongestion,
        ),
        (
            [2, 3, 2],
            Transient,
            ServiceProviderPresentation,
            LocalLimitExceeded,
        ),
        ([2, 3, 7], Transient, ServiceProviderPresentation, Reserved),
        (
            [9, 9, 9],
            Permanence::Undefined,
            RejectSource::Undefined,
            Undefined,
        ),
    ] {
        let facts = facts(saying(rejection(codes)).await, "").await;
        let Association::Rejected(seen) = &facts.association else {
            panic!("{codes:?}: {facts:?}");
        };
        assert_eq!(
            (seen.result, seen.source, seen.reason),
            (result, source, reason)
        );
        assert_eq!(facts.peer, Some(Peer::Dicom));
    }
}

fn acceptance(contexts: &[u8], version: &str) -> Vec<u8> {
    let answer = AssociationAC {
        protocol_version: 1,
        calling_ae_title: "<script>".to_owned(),
        called_ae_title: "{{#include x}}".to_owned(),
        application_context_name: "1.2.840.10008.3.1.1.1".to_owned(),
        presentation_contexts: contexts
            .iter()
            .map(|id| PresentationContextResult {
                id: *id,
                reason: PresentationContextResultReason::Acceptance,
                transfer_syntax: "1.2.840.10008.1.2".to_owned(),
            })
            .collect(),
        user_variables: vec![UserVariableItem::ImplementationVersionName(
            version.to_owned(),
        )],
    };
    let mut bytes = Vec::new();
    write_pdu(&mut bytes, &Pdu::AssociationAC(answer)).unwrap();
    bytes
}

#[tokio::test]
async fn an_acceptance_without_services_offers_nothing() {
    let facts = facts(saying(acceptance(&[], "X")).await, "").await;
    assert_eq!(facts.association.outcome(), AssociationOutcome::Accepted);
    assert_eq!(facts.association.to_string(), "accepted with no service");
    assert_eq!(facts.echo, Reply::NotOffered);
    assert_eq!(facts.patients, Reply::NotOffered);
}

#[tokio::test]
async fn an_acceptance_is_no_echo() {
    let silent = facts(saying(acceptance(&[1, 3], "X")).await, "").await;
    assert_eq!(silent.echo, Reply::Unanswered);
    assert_eq!(silent.patients, Reply::NotTried);

    let mut abort = acceptance(&[1, 3], "X");
    abort.extend_from_slice(b"\x07\0\0\0\0\x04\0\0\0\0");
    let aborted = facts(saying(abort).await, "").await;
    assert!(matches!(aborted.echo, Reply::Aborted(_)));

    // A command that announces a value of 4 GB.
    let mut bomb = acceptance(&[1, 3], "X");
    bomb.extend_from_slice(b"\x04\0\0\0\0\x12\0\0\0\x0e\x01\x03");
    bomb.extend_from_slice(b"\0\0\x02\0\xfe\xff\xff\xff1234");
    assert_eq!(facts(saying(bomb).await, "").await.echo, Reply::Unanswered);
}

#[tokio::test]
async fn what_a_server_says_of_itself_is_inert() {
    let name = "\u{1b}[31m<script>\u{0}```{{#include ../x}}";
    let facts = facts(saying(acceptance(&[], name)).await, "").await;
    let Association::Accepted(accepted) = &facts.association else {
        panic!("{facts:?}");
    };
    let shown = accepted.implementation_version.as_ref().unwrap();
    assert!(shown.as_plain().starts_with("\\u{1b}[31m<script>\\u{0}```"));
    assert!(!shown.as_plain().contains("{{"));
    assert!(!shown.as_html().contains(['<', '`', '{', '\u{1b}']));
    let json = serde_json::to_string(&facts).unwrap();
    assert!(!json.chars().any(|c| c.is_control()));
}

/// A full queue drops the question, as a firewall would.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_dropped_question_is_no_refusal() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address: Loopback = listener.local_addr().unwrap().try_into().unwrap();
    let mut waiting = Vec::new();
    while let Ok(stream) = timeout(Duration::from_millis(200), address.connect()).await {
        waiting.push(stream.unwrap());
        assert!(waiting.len() < 16, "the queue has no end");
    }
    for args in ["", "--tls"] {
        assert_eq!(facts(address, args).await, Facts::of_port(Port::Filtered));
    }
}
