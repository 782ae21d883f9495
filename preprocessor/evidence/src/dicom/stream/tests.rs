#![allow(clippy::unwrap_used)]

use tokio::io::{DuplexStream, duplex};
use tokio::time::sleep;

use super::*;

const RELEASE: [u8; 10] = [5, 0, 0, 0, 0, 4, 0, 0, 0, 0];
const SILENCE: Duration = Duration::from_millis(300);

/// A stream that reads at most `allowance` bytes within ten seconds, and the
/// peer's end of it.
fn stream(allowance: usize) -> (PduStream<DuplexStream>, DuplexStream) {
    let (ours, theirs) = duplex(1 << 16);
    let deadline = Instant::now() + Duration::from_secs(10);
    (PduStream::new(ours, allowance, deadline), theirs)
}

#[tokio::test]
async fn pdus_are_read_one_by_one() {
    let (mut stream, mut peer) = stream(1_000);
    peer.write_all(&RELEASE.repeat(2)).await.unwrap();
    peer.shutdown().await.unwrap();
    for _ in 0..2 {
        assert_eq!(stream.read(SILENCE).await.unwrap(), Pdu::ReleaseRQ);
    }
    let end = stream.read(SILENCE).await;
    assert!(matches!(
        end,
        Err(Ending::Closed {
            begun: false,
            error: None
        })
    ));
    assert_eq!(stream.head(), &[&RELEASE[..], &RELEASE[..6]].concat());
}

#[tokio::test]
async fn the_allowance_is_for_all_pdus_together() {
    let (mut stream, mut peer) = stream(35);
    peer.write_all(&RELEASE.repeat(100)).await.unwrap();
    for _ in 0..3 {
        stream.read(SILENCE).await.unwrap();
    }
    assert!(matches!(stream.read(SILENCE).await, Err(Ending::TooMuch)));
}

#[tokio::test(start_paused = true)]
async fn a_drip_does_not_extend_the_silence() {
    let (mut stream, mut peer) = stream(1_000);
    tokio::spawn(async move {
        for byte in RELEASE {
            peer.write_all(&[byte]).await.unwrap();
            sleep(SILENCE / 3).await;
        }
    });
    let began = Instant::now();
    assert!(matches!(stream.read(SILENCE).await, Err(Ending::Silence)));
    assert_eq!(began.elapsed(), SILENCE);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_a_busy_conversation() {
    let (mut stream, mut peer) = stream(1_000_000);
    tokio::spawn(async move {
        while peer.write_all(&RELEASE).await.is_ok() {
            sleep(SILENCE / 3).await;
        }
    });
    let began = Instant::now();
    let end = loop {
        if let Err(end) = stream.read(SILENCE).await {
            break end;
        }
    };
    assert!(matches!(end, Ending::Silence));
    assert_eq!(began.elapsed(), Duration::from_secs(10));
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_reads_nothing_does_not_hold_us() {
    let (mut stream, _peer) = stream(1_000);
    let pdu = Pdu::Unknown {
        pdu_type: 4,
        data: vec![0; 1 << 17],
    };
    let error = stream.write(&pdu).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
}
