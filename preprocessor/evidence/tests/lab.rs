//! The lab itself: its bounds, and what is left of it afterwards.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::time::{Duration, Instant};

use evidence::{
    Association, Limits, Loopback, Permanence, Port, RejectReason, Reply, Request, Scene, Stage,
    probe,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::timeout;

/// It only keeps a failing test from hanging.
const WATCHDOG: Duration = Duration::from_secs(30);

async fn stage(id: &str) -> (Stage, Loopback) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/scenes");
    let text = std::fs::read_to_string(folder.join(format!("{id}.toml"))).unwrap();
    let scene = Scene::parse(id, &text).unwrap();
    let stage = Stage::stand(&scene).await.unwrap();
    let address = stage.address("archive").unwrap();
    (stage, address)
}

async fn look(address: Loopback) -> evidence::Facts {
    let request = Request::parse(&[]).unwrap();
    let limits = Limits::default();
    let looking = probe(address, &request, None, &limits);
    timeout(WATCHDOG, looking).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_full_archive_says_that_it_is_full() {
    let (_stage, address) = stage("open-archive").await;
    let mut idle = Vec::new();
    for _ in 0..16 {
        idle.push(address.connect().await.unwrap());
    }
    let began = Instant::now();
    let full = look(address).await;
    let Association::Rejected(rejection) = full.association else {
        panic!("{full:?}");
    };
    assert_eq!(rejection.result, Permanence::Transient);
    assert_eq!(rejection.reason, RejectReason::LocalLimitExceeded);
    drop(idle);
    // Places come free without anybody having to wait for a time-out.
    while look(address).await.echo != Reply::Answered(()) {
        assert!(began.elapsed() < WATCHDOG);
    }
}

#[tokio::test]
async fn nothing_is_left_of_a_dropped_stage() {
    let (stage, address) = stage("open-archive").await;
    let mut connection = address.connect().await.unwrap();
    assert_eq!(look(address).await.port, Port::Open);
    drop(stage);
    let end = timeout(WATCHDOG, connection.read(&mut [0; 8]))
        .await
        .unwrap();
    assert!(matches!(end, Ok(0) | Err(_)), "{end:?}");
    while look(address).await.port == Port::Open {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_closed_port_stays_reserved() {
    let (_stage, address) = stage("closed-port").await;
    assert_eq!(look(address).await.port, Port::Closed);
    let taken = TcpListener::bind((address.ip(), address.port())).await;
    assert!(taken.is_err());
}

/// What a server of DICOM in clear text says to other protocols: A-ABORT by
/// the service provider, unrecognized PDU (PS3.8 §9.3.8).
#[tokio::test]
async fn other_protocols_are_aborted() {
    let (_stage, address) = stage("open-archive").await;
    let hello = b"\x16\x03\x01\x00\x05hello";
    let web = b"GET / HTTP/1.1\r\n\r\n";
    let giant = b"\x01\0\xff\xff\xff\xff";
    for bytes in [&hello[..], web, giant] {
        let mut connection = address.connect().await.unwrap();
        connection.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        let reading = connection.read_to_end(&mut answer);
        timeout(WATCHDOG, reading).await.unwrap().unwrap();
        assert_eq!(answer, b"\x07\0\0\0\0\x04\0\0\x02\x01");
    }
}
