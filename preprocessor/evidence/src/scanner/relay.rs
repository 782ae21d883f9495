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
            tokio::try_join!(
                pass(from_client, to_server, &notes[0], most),
                pass(from_server, to_client, &notes[1], most),
            )?;
            Ok(())
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
    pub(super) async fn end(mut self) -> Heard {
        self.tasks.shutdown().await;
        let take = |direction: &Mutex<Vec<u8>>| {
            std::mem::take(&mut *direction.lock().unwrap_or_else(PoisonError::into_inner))
        };
        Heard {
            asked: take(&self.heard[0]),
            answered: take(&self.heard[1]),
        }
    }
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
        notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(&chunk[..count]);
        to.write_all(&chunk[..count]).await?;
    }
}
