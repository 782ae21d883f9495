#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use super::*;
use crate::loopback::Loopback;

/// What an index of two ports answers to requests, one after the other.
async fn asked(requests: &[&str]) -> Vec<(String, Value)> {
    let record = |at: &str, accepted: bool| Record {
        at: at.parse().unwrap(),
        implementation: None,
        version: accepted.then(|| "OFFIS_DCMTK_367".to_owned()),
        accepted,
        tls: !accepted,
    };
    let records = vec![
        record("192.0.2.10:11112", true),
        record("192.0.2.10:2762", false),
    ];
    let (address, listener) = Loopback::listen().await.unwrap();
    let server = tokio::spawn(serve(listener, records));
    let mut answers = Vec::new();
    for request in requests {
        let mut stream = address.connect().await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().to_owned();
        answers.push((status, serde_json::from_str(body).unwrap()));
    }
    server.abort();
    answers
}

async fn get(path: &str) -> (String, Value) {
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    asked(&[&request]).await.remove(0)
}

#[tokio::test]
async fn a_host_has_ports() {
    let (status, host) = get("/shodan/host/192.0.2.10?key=k").await;
    assert_eq!(status, "200");
    assert_eq!(host["ports"], json!([2762, 11112]));
    assert_eq!(host["data"].as_array().unwrap().len(), 2);
    assert_eq!(host["data"][0]["version"], "OFFIS_DCMTK_367");
    assert_eq!(host["data"][1].get("product"), None);
    let (_, host) = get("/shodan/host/192.0.2.10?key=k&minify=True").await;
    assert_eq!(host.get("data"), None);
}

#[tokio::test]
async fn what_cannot_be_answered_is_an_error() {
    for (path, expected) in [
        ("/shodan/host/192.0.2.99?key=k", "404"),
        ("/shodan/host/nobody?key=k", "400"),
        ("/shodan/host/count?query=x%3Ay&key=k", "400"),
        ("/shodan/host/192.0.2.10?key=", "401"),
        ("/", "401"),
        ("/shodan/scan?key=k", "404"),
    ] {
        let (status, body) = get(path).await;
        assert_eq!(status, expected, "{path}");
        assert!(body["error"].is_string(), "{path}");
    }
    let (status, _) = asked(&["\x16\x03\x01\r\n\r\n"]).await.remove(0);
    assert_eq!(status, "400");
}

#[tokio::test]
async fn searches_are_counted_and_listed() {
    let (_, found) = get("/shodan/host/count?query=port%3A11112+dicom&key=k").await;
    assert_eq!(found, json!({"matches": [], "total": 1}));
    let (_, found) = get("/shodan/host/search?query=net%3A192.0.2.0/24&key=k").await;
    assert_eq!(found["total"], 2);
    assert_eq!(found["matches"][1]["port"], 2762);
}

#[tokio::test]
async fn an_alert_is_made_listed_and_removed() {
    let body = r#"{"name": "Hospital", "filters": {"ip": ["192.0.2.0/24"]}, "expires": 0}"#;
    let length = body.len();
    let post = |path, body| {
        format!("POST {path}?key=k HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{body}")
    };
    let list = "GET /shodan/alert/info?key=k HTTP/1.1\r\n\r\n";
    let answers = asked(&[
        &post("/shodan/alert", body),
        list,
        "DELETE /shodan/alert/SYNTHETIC0000001?key=k HTTP/1.1\r\n\r\n",
        list,
        &post(
            "/shodan/alert",
            &body.replace("192.0.2.0/24", "anywhere!!!!"),
        ),
    ])
    .await;
    let [
        (_, made),
        (_, listed),
        (removed, _),
        (_, none),
        (refused, _),
    ] = answers.as_slice()
    else {
        panic!("{answers:?}");
    };
    assert_eq!(made["id"], "SYNTHETIC0000001");
    assert_eq!(made["size"], 256);
    assert_eq!(listed, &json!([made]));
    assert_eq!((removed.as_str(), none), ("200", &json!([])));
    assert_eq!(refused, "400");
}
