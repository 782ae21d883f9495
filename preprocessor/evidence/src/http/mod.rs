//! So much of HTTP/1.1 (RFC 9112) as our own small servers and the scanner
//! `web-probe` need: one request and one answer a connection, with a limit on
//! everything.

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

mod encoding;
mod request;
mod response;

use std::net::IpAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

pub(crate) use encoding::encoded;
pub(crate) use request::{Request, read};
pub(crate) use response::{Body, Response, answer};

/// How many callers are served at the same time; beyond them they wait in the
/// system's queue.
const CALLERS: usize = 32;

/// How long one caller may take, from its first byte to its last.
const TIME: Duration = Duration::from_secs(10);

/// Lets `one` serve each caller, with its address, for as long as this is let
/// run.
pub(crate) async fn serve<F>(listener: TcpListener, one: impl Fn(TcpStream, IpAddr) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut callers = JoinSet::new();
    loop {
        while callers.len() >= CALLERS {
            callers.join_next().await;
        }
        while callers.try_join_next().is_some() {}
        let Ok((stream, from)) = listener.accept().await else {
            // The machine is short of something: give it a moment.
            sleep(Duration::from_millis(10)).await;
            continue;
        };
        let serving = timeout(TIME, one(stream, from.ip()));
        // How a caller parts changes nothing.
        callers.spawn(async move { drop(serving.await) });
    }
}
