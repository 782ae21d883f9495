//! Somebody on the path between a client and a server, who reads along.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::task::JoinSet;

use crate::loopback::Loopback;

/// A relay for one connection. Dropping it cuts the connection.
pub(super) struct Relay {
    address: Loopback,
    heard: Arc<[Mutex<Vec<u8>>; 2]>,
    /// One task; its error is the machine's, never about who is relayed.
    tasks: JoinSet<io::Result<()>>,
}

/// Everything that passed, by direction.
pub(super) struct Heard {
    /// From the client to the server.
    pub(super) asked: Vec<u8>,
    /// From the server to the client.
    pub(super) answered: Vec<u8>,
}

impl Relay {
    /// Waits for one client before a server that is reached already. At most
    /// `most` bytes pass in each direction.
    ///
    /// # Errors
    /// No port can be had.
    pub(super) async fn before(server: TcpStream, most: usize) -> io::Result<Relay> {
        let (address, listener) = Loopback::listen().await?;
        let heard = Arc::new([Mutex::default(), Mutex::default()]);
        let notes = heard.clone();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let (client, _) = listener.accept().await?;
            client.set_nodelay(true)?;
            let (from_client, to_client) = client.into_split();
            let (from_server, to_server) = server.into_split();
            let [asked, answered] = notes.as_ref();
            let passed = tokio::try_join!(
                pass(from_client, to_server, asked, most),
                pass(from_server, to_client, answered, most),
            );
            match passed {
                Err(error) if !is_a_peers_doing(error.kind()) => Err(error),
                _ => Ok(()),
            }
        });
        Ok(Relay {
            address,
            heard,
            tasks,
        })
    }

    /// Where a client finds the relay.
    pub(super) fn address(&self) -> Loopback {
        self.address
    }

    /// Ends the relay and tells what it heard.
    ///
    /// # Errors
    /// The machine was short of something, so that what was heard, and what
    /// the client saw, says nothing about the server.
    pub(super) async fn end(mut self) -> io::Result<Heard> {
        self.tasks.abort_all();
        while let Some(ended) = self.tasks.join_next().await {
            match ended {
                Ok(result) => result?,
                // The usual end: the server may keep its side open.
                Err(aborted) if aborted.is_cancelled() => {}
                Err(panicked) => return Err(panicked.into()),
            }
        }
        let take = |direction: &Mutex<Vec<u8>>| {
            std::mem::take(&mut *direction.lock().unwrap_or_else(PoisonError::into_inner))
        };
        let [asked, answered] = self.heard.as_ref();
        Ok(Heard {
            asked: take(asked),
            answered: take(answered),
        })
    }
}

/// Whether a connection failed for what one of its ends did; otherwise this
/// machine is short of something.
fn is_a_peers_doing(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::NotConnected
            | io::ErrorKind::TimedOut
            // Our own limit.
            | io::ErrorKind::FileTooLarge
    )
}

/// Passes bytes on and notes them, until one side ends or too much has passed.
async fn pass(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    notes: &Mutex<Vec<u8>>,
    most: usize,
) -> io::Result<()> {
    let mut chunk = [0; 4096];
    let mut passed = 0;
    loop {
        let count = from.read(&mut chunk).await?;
        if count == 0 {
            return to.shutdown().await;
        }
        passed += count;
        if passed > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let fresh = chunk.get(..count).unwrap_or_default();
        notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(fresh);
        to.write_all(fresh).await?;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A relay whose task ends like this.
    async fn ending(result: io::Result<()>) -> io::Result<Heard> {
        let mut tasks = JoinSet::new();
        tasks.spawn(async { result });
        // Let it end by itself.
        tokio::task::yield_now().await;
        let relay = Relay {
            address: "127.0.0.1:1".parse().unwrap(),
            heard: Arc::new([Mutex::new(b"asked".to_vec()), Mutex::default()]),
            tasks,
        };
        relay.end().await
    }

    #[tokio::test]
    async fn what_the_machine_lacks_is_told() {
        assert_eq!(ending(Ok(())).await.unwrap().asked, b"asked");
        // EMFILE of Linux: too many open files.
        let short = ending(Err(io::Error::from_raw_os_error(24))).await;
        assert_eq!(short.err().unwrap().raw_os_error(), Some(24));
    }

    #[test]
    fn only_an_end_is_a_peers_doing() {
        use io::ErrorKind;
        for kind in [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe] {
            assert!(is_a_peers_doing(kind), "{kind}");
        }
        let too_many_files = io::Error::from_raw_os_error(24).kind();
        for kind in [
            ErrorKind::OutOfMemory,
            ErrorKind::NetworkDown,
            too_many_files,
        ] {
            assert!(!is_a_peers_doing(kind), "{kind}");
        }
    }

    #[tokio::test]
    async fn a_server_that_resets_is_no_fault_of_the_machine() {
        let (address, listener) = Loopback::listen().await.unwrap();
        let server = address.connect().await.unwrap();
        let (rude, _) = listener.accept().await.unwrap();
        let relay = Relay::before(server, 1_000).await.unwrap();
        let mut client = relay.address().connect().await.unwrap();
        client.write_all(b"hello").await.unwrap();
        rude.readable().await.unwrap();
        rude.set_zero_linger().unwrap();
        drop(rude);
        let _ = client.read(&mut [0; 1]).await;
        assert_eq!(relay.end().await.unwrap().asked, b"hello");
    }
}
