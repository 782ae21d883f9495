//! A stand-in for Shodan, the search engine for machines. It speaks so much of
//! the public REST interface (developer.shodan.io/api) as the command line
//! `shodan` asks for, and knows nothing but what our own probe found in the scene.
//!
//! | Request | Command |
//! |---|---|
//! | `GET /shodan/host/IP` | `shodan host IP` |
//! | `GET /shodan/host/count?query=…` | `shodan count …` |
//! | `GET /shodan/host/search?query=…` | `shodan search …` |
//! | `POST /shodan/alert`, `GET /shodan/alert/info`, `DELETE /shodan/alert/ID` | `shodan alert create`, `list`, `clear` |
//! | `GET /api-info` | `shodan info`, `shodan init` |
//!
//! Every key but an empty one is valid. What can be searched for stands in
//! [`query`].

mod answer;
mod query;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use time::OffsetDateTime;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::http;
use answer::{Alert, answer};

/// What is known about one port.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The address and the port.
    pub(crate) at: SocketAddr,
    /// The implementation class UID it named (PS3.7 §D.3.3.2).
    pub(crate) implementation: Option<String>,
    /// The implementation version name it named.
    pub(crate) version: Option<String>,
    /// Whether it accepted an association.
    pub(crate) accepted: bool,
    /// Whether it speaks TLS.
    pub(crate) tls: bool,
}

/// What the index knows, and what its users left in it.
#[derive(Debug)]
struct Index {
    records: Vec<Record>,
    /// When everything was looked at.
    seen: OffsetDateTime,
    alerts: Mutex<Vec<Alert>>,
}

/// Answers requests for as long as it is let run.
pub(crate) async fn serve(listener: TcpListener, records: Vec<Record>) {
    let index = Arc::new(Index {
        records,
        seen: OffsetDateTime::now_utc(),
        alerts: Mutex::default(),
    });
    let one = |stream, _| {
        let index = index.clone();
        // How a caller parts changes nothing.
        async move { drop(one(&index, stream).await) }
    };
    http::serve(listener, one).await;
}

/// Answers one request and closes the connection.
async fn one(index: &Index, mut stream: TcpStream) -> std::io::Result<()> {
    let (status, body) = match http::read(&mut stream, &mut Vec::new()).await? {
        Some(request) => answer(index, &request),
        None => answer::error(400, "this is no request that is understood here"),
    };
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        if status == 200 { "OK" } else { "Error" },
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    stream.shutdown().await
}

#[cfg(test)]
mod tests;
