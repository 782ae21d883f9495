//! Our own small DICOMweb door: one question, one answer, one line in the log.
//!
//! | Request | Answer |
//! |---|---|
//! | `GET /studies`, with or without what is looked for | 200 and a list, or 204 and nothing |
//! | a key, a number or an address that is not understood | 400 |
//! | a form of answer that it does not have | 406 |
//! | any other method | 405; in the Standard a `POST` here is an order to store (PS3.18 §10.5) |
//! | any other path | 404 |

mod door;
mod log;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::http;
use crate::scene::WebDoor;
use door::{Answer, answer};
pub(crate) use door::{MEDIA_TYPE, PATH};
pub(crate) use log::AccessLog;
use log::Visit;

/// How long a caller may take to send its question. It is less than a caller
/// has for everything, so that it can still be told.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long a caller may take to hang up after its answer.
const GOODBYE: Duration = Duration::from_secs(1);

/// Answers callers for as long as it is let run.
pub(crate) async fn serve(door: Arc<WebDoor>, log: Arc<AccessLog>, listener: TcpListener) {
    let one = |stream, from| {
        let (door, log) = (door.clone(), log.clone());
        // How a caller parts changes nothing.
        async move { drop(one(&door, &log, stream, from).await) }
    };
    http::serve(listener, one).await;
}

/// Answers one question and closes the connection. The line is in the log
/// before the caller has the answer.
async fn one(
    door: &WebDoor,
    log: &AccessLog,
    mut stream: TcpStream,
    from: IpAddr,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let Some(answer) = heard(door, log, &mut stream, from).await? else {
        return Ok(());
    };
    stream.write_all(&answer).await?;
    // Closing with unread bytes would reset the connection, and the reset could
    // overtake the answer.
    stream.shutdown().await?;
    let (mut rest, mut nowhere) = (stream.take(64 * 1024), tokio::io::sink());
    let parting = tokio::io::copy(&mut rest, &mut nowhere);
    // Whether the caller parts politely changes nothing.
    let _ = timeout(GOODBYE, parting).await;
    Ok(())
}

/// What the caller is told, whose question is noted; nothing, where it said nothing.
pub(crate) async fn heard(
    door: &WebDoor,
    log: &AccessLog,
    stream: &mut (impl AsyncRead + Unpin),
    from: IpAddr,
) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let request = match timeout(PATIENCE, http::read(stream, &mut bytes)).await {
        Ok(read) => read?.ok_or(400),
        Err(_) => Err(408),
    };
    // Who says nothing is not noted.
    if bytes.is_empty() {
        return Ok(None);
    }
    let answer = match &request {
        Ok(request) => answer(door, request),
        Err(status) => Answer::words(*status, "This is no request that is understood here."),
    };
    log.note(
        OffsetDateTime::now_utc(),
        Visit {
            from,
            request: request.as_ref().map_err(|_| bytes.as_slice()),
            status: answer.status,
            length: answer.body.len(),
        },
    );
    Ok(Some(answer.into_bytes()))
}

#[cfg(test)]
mod tests;
