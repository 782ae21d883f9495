#![allow(clippy::unwrap_used)]

use tokio::time::Instant;

use super::door::tests::three_patients;
use super::*;
use crate::loopback::Loopback;
use crate::scene::LogFormat;

/// It only keeps a failing test from hanging.
const WATCHDOG: Duration = Duration::from_secs(30);

/// A door, its log, and what keeps it standing.
async fn standing(format: LogFormat) -> (Loopback, Arc<AccessLog>, tokio::task::JoinSet<()>) {
    let (address, listener) = Loopback::listen().await.unwrap();
    let log = Arc::new(AccessLog::new(format));
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(serve(
        Arc::new(three_patients(format)),
        log.clone(),
        listener,
    ));
    (address, log, tasks)
}

/// What comes back for these bytes. The caller does not hang up before.
async fn said(address: Loopback, bytes: &[u8]) -> String {
    let mut stream = address.connect().await.unwrap();
    let mut answer = Vec::new();
    let talking = async {
        // The door may have heard enough already.
        let _ = stream.write_all(bytes).await;
        let _ = stream.read_to_end(&mut answer).await;
    };
    timeout(WATCHDOG, talking).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn lines(log: &AccessLog) -> Vec<String> {
    let line = |entry: &log::Entry| entry.line(entry.from, "time");
    log.since(0).iter().map(line).collect()
}

#[tokio::test]
async fn a_question_is_answered_and_noted() {
    for (format, line) in [
        (
            LogFormat::Combined,
            "127.0.0.1 - - [time] \"GET /studies?PatientName=SYNTHETIC^ALPHA HTTP/1.1\" 200 LENGTH \"-\" \"-\"",
        ),
        (LogFormat::PathOnly, "127.0.0.1 [time] \"GET /studies\" 200"),
    ] {
        let (address, log, _tasks) = standing(format).await;
        let asked = b"GET /studies?PatientName=SYNTHETIC^ALPHA HTTP/1.1\r\n\r\n";
        let answer = said(address, asked).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(head.contains("Cache-Control: no-store"), "{head}");
        assert!(body.contains("SYNTHETIC^ALPHA"), "{body}");
        let line = line.replace("LENGTH", &body.len().to_string());
        assert_eq!(lines(&log), [line]);
    }
}

#[tokio::test]
async fn an_order_to_store_is_refused_whatever_its_size() {
    let (address, log, _tasks) = standing(LogFormat::Combined).await;
    let form = "PatientName=SYNTHETIC^ALPHA";
    for (body, length) in [(form.to_owned(), 27), ("x".repeat(30_000), 60_000)] {
        let asked = format!("POST /studies HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{body}");
        let answer = said(address, asked.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
        assert!(!answer.contains("SYNTHETIC"), "{answer}");
    }
    let lines = lines(&log);
    assert!(
        lines[0].contains("\"POST /studies HTTP/1.1\" 405 "),
        "{lines:?}"
    );
    assert!(!lines.concat().contains("SYNTHETIC"), "{lines:?}");
}

#[tokio::test]
async fn nonsense_is_refused_and_noted_in_one_line() {
    let (address, log, _tasks) = standing(LogFormat::Combined).await;
    let endless = format!("GET /studies HTTP/1.1\r\nA: {}", "b".repeat(100_000));
    let many = format!("GET /studies HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(100));
    let long = format!(
        "GET /studies?PatientName={} HTTP/1.1\r\n\r\n",
        "A".repeat(30_000)
    );
    let hostile = [
        (&b"\x16\x03\x01\0\xff\xfe\"\r\nforged"[..], 400),
        (b"\x01\0\0\0\0\xcd\0\x01\r\n", 400),
        (b"\r\n\r\nGET\r\n\r\n", 400),
        (endless.as_bytes(), 400),
        (many.as_bytes(), 400),
        (long.as_bytes(), 204),
    ];
    for (bytes, status) in hostile {
        let answer = said(address, bytes).await;
        // What is sent after the door has hung up may take the answer with it.
        let expected = format!("HTTP/1.1 {status} ");
        assert!(
            answer.is_empty() || answer.starts_with(&expected),
            "{answer}"
        );
    }
    let lines = lines(&log);
    assert_eq!(lines.len(), hostile.len(), "{lines:?}");
    for line in lines {
        assert!(
            line.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
            "{line}"
        );
        assert!(line.len() < 20_000);
    }
}

#[tokio::test]
async fn silent_callers_are_not_noted_and_do_not_stay() {
    let (address, log, _tasks) = standing(LogFormat::Combined).await;
    drop(address.connect().await.unwrap());
    let mut stream = address.connect().await.unwrap();
    stream.shutdown().await.unwrap();
    let mut rest = Vec::new();
    timeout(WATCHDOG, stream.read_to_end(&mut rest))
        .await
        .unwrap()
        .unwrap();
    assert!(rest.is_empty());
    assert_eq!(lines(&log).len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_slow_caller_is_told_that_its_time_is_over() {
    let (address, log, _tasks) = standing(LogFormat::Combined).await;
    let began = Instant::now();
    let mut stream = address.connect().await.unwrap();
    let (mut read, mut write) = stream.split();
    let dripping = async {
        for byte in b"GET /studies HTTP/1.1\r\nX: "
            .iter()
            .chain([b'y'].iter().cycle())
        {
            if write.write_all(&[*byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let mut answer = Vec::new();
    tokio::select! {
        () = dripping => {}
        end = read.read_to_end(&mut answer) => drop(end),
    }
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(began.elapsed() >= PATIENCE && began.elapsed() < 2 * PATIENCE);
    assert!(lines(&log)[0].contains("\"GET /studies HTTP/1.1\" 408 "));
}

#[tokio::test]
async fn a_crowd_of_idle_callers_leaves_room_in_the_end() {
    let (address, _log, _tasks) = standing(LogFormat::Combined).await;
    let mut idle = Vec::new();
    for _ in 0..40 {
        idle.push(address.connect().await.unwrap());
    }
    drop(idle);
    let answer = said(address, b"GET /studies HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test]
async fn a_file_is_written_line_by_line_after_what_stood_there() {
    let folder = std::env::temp_dir().join(format!("evidence-log-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(AccessLog::file_name("archive"));
    std::fs::write(&path, "before\n").unwrap();
    for number in 1..=2 {
        let log = AccessLog::with_file(LogFormat::PathOnly, &path).unwrap();
        let (address, listener) = Loopback::listen().await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(serve(
            Arc::new(three_patients(LogFormat::PathOnly)),
            Arc::new(log),
            listener,
        ));
        said(address, b"GET /studies?PatientID=SYN-0001 HTTP/1.1\r\n\r\n").await;
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 1 + number, "{text}");
        assert!(text.ends_with("\"GET /studies\" 200\n"), "{text}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
