#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::*;
use crate::lab;
use crate::scene::{Kind, Scene};

/// It only keeps a failing test from hanging.
const WATCHDOG: Duration = Duration::from_secs(30);

fn limits() -> Limits {
    Limits {
        silence: Duration::from_millis(700),
        bytes: 64 * 1024,
        lines: 40,
        ..Limits::default()
    }
}

const SCENE: &str = "title = 'A door'
    [[server]]
    name = 'archive'
    kind = 'web'
    shown-as = '192.0.2.70:8080'
    log = 'combined'
";

/// What is made of a server that says these bytes, and then waits or hangs up.
async fn asked(bytes: Vec<u8>, hang_up: bool) -> Asked {
    let (address, listener) = Loopback::listen().await.unwrap();
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = [0; 64];
        let _ = stream.read(&mut head).await;
        let _ = stream.write_all(&bytes).await;
        if hang_up {
            let _ = stream.shutdown().await;
        }
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    });
    let scene = Scene::parse("door", SCENE).unwrap();
    let mut redactor = Redactor::default();
    redactor.hide(address, scene.servers[0].shown_as);
    let target = WebTarget {
        address,
        server: &scene.servers[0],
        log: None,
        redactor: &redactor,
    };
    let limits = limits();
    let asking = ask(&target, &Question::All, &limits);
    let asked = timeout(WATCHDOG, asking).await.unwrap().unwrap();
    for line in &asked.lines {
        let text = line.text.as_str();
        assert!(text.chars().count() <= limits.line_length, "{text}");
        assert!(!text.chars().any(char::is_control), "{text}");
        assert_eq!(redactor.betrayed(text), None);
    }
    assert!(asked.lines.len() <= limits.lines);
    asked
}

fn with_body(body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into()
}

fn words(asked: &Asked) -> String {
    let lines = asked.lines.iter().map(|line| line.text.as_str());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn answers_that_make_no_list_prove_nothing() {
    let deep = "[".repeat(30_000);
    for (bytes, status, says) in [
        (b"".to_vec(), None, "nothing that a web server says"),
        (
            b"\x02\0\0\0\0\xc0\0\x01".to_vec(),
            None,
            "nothing that a web",
        ),
        (
            b"HTTP/1.1 200 OK\r\nX: ".to_vec(),
            None,
            "nothing that a web",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[{},".to_vec(),
            Some(200),
            "breaks off",
        ),
        (
            [
                &b"HTTP/1.1 200 OK\r\n\r\n["[..],
                "{},".repeat(60_000).as_bytes(),
            ]
            .concat(),
            Some(200),
            "longer than we read",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n".to_vec(),
            Some(200),
            "in a form that is not read",
        ),
        (
            with_body("<html>Log in</html>"),
            Some(200),
            "no list of studies",
        ),
        (
            with_body("{\"00100010\": 1}"),
            Some(200),
            "no list of studies",
        ),
        (
            with_body("[{\"a\": 1}] and more"),
            Some(200),
            "no list of studies",
        ),
        (with_body(&deep), Some(200), "no list of studies"),
        (
            b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n[]".to_vec(),
            Some(401),
            "401 Unauthorized",
        ),
    ] {
        for hang_up in [true, false] {
            let asked = asked(bytes.clone(), hang_up).await;
            let words = words(&asked);
            assert_eq!(
                (asked.web.status, asked.web.matches),
                (status, None),
                "{words}"
            );
            assert!(words.contains(says), "{words}");
        }
    }
}

#[tokio::test]
async fn what_a_server_says_is_inert() {
    let name = "\u{1b}[2J<script>{{#include}}\\u0000\\u202e127.0.0.1 ".repeat(20);
    let studies = [
        "{}".to_owned(),
        "7".to_owned(),
        "{\"00100010\":{\"Value\":[{\"Alphabetic\":[]}]}}".to_owned(),
        format!(
            "{{\"00100010\":{{\"Value\":[{{\"Alphabetic\":\"{}\"}}]}}}}",
            name.replace('\u{1b}', "\\u001b").replace("127.0.0.1", "")
        ),
    ];
    let body = format!("[{}]", studies.join(","));
    let asked = asked(with_body(&body), false).await;
    assert_eq!(asked.web.matches, Some(4));
    assert!(words(&asked).contains("study     no name, no ID, no number"));
}

#[tokio::test]
async fn a_long_list_is_counted_and_cut() {
    let body = format!("[{}]", vec!["{}"; 5_000].join(","));
    let asked = asked(with_body(&body), true).await;
    assert_eq!(asked.web.matches, Some(5_000));
    assert!(words(&asked).ends_with(CUT));
}

#[tokio::test]
async fn an_empty_list_and_no_content_are_no_match() {
    let asked_empty = asked(with_body("[]"), true).await;
    assert_eq!(asked_empty.web.matches, Some(0));
    let none = asked(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(), false).await;
    assert_eq!((none.web.status, none.web.matches), (Some(204), Some(0)));
}

#[tokio::test]
async fn who_looks_by_hand_sees_the_log_as_it_is() {
    let scene = Scene::parse("door", SCENE).unwrap();
    let Kind::Web(door) = &scene.servers[0].kind else {
        panic!("{scene:?}");
    };
    let (address, listener) = Loopback::listen().await.unwrap();
    let log = Arc::new(AccessLog::new(door.log));
    let mut tasks = JoinSet::new();
    tasks.spawn(lab::serve_web(
        Arc::new(door.clone()),
        log.clone(),
        listener,
    ));
    let mut hiding = Redactor::default();
    hiding.hide(address, scene.servers[0].shown_as);
    for (redactor, begin) in [
        (&Redactor::default(), "127.0.0.1 - - ["),
        (&hiding, "192.0.2.70 - - [<time>]"),
    ] {
        let target = WebTarget {
            address,
            server: &scene.servers[0],
            log: Some(&log),
            redactor,
        };
        let asked = ask(&target, &Question::All, &limits()).await.unwrap();
        let last = asked.lines.last().unwrap().text.as_str();
        assert!(last.starts_with(begin), "{last}");
        assert_eq!(last.contains(TIME), begin.contains(TIME), "{last}");
        assert_eq!(asked.redactions.is_empty(), !begin.contains(TIME));
    }
}
