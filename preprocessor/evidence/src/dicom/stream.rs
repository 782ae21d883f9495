//! PDUs on a byte stream, with a limit on everything.

use std::io;
use std::time::Duration;

use dicom_ul::pdu::{Pdu, ReadError, read_pdu, write_pdu};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout_at};

use super::MAX_PDU_READ;

/// How many of the first bytes are kept to say what they are.
const HEAD: usize = 16;

/// A byte stream that carries PDUs (PS3.8 §9.3).
pub(crate) struct PduStream<S> {
    stream: S,
    /// What was read and not yet decoded.
    buffer: Vec<u8>,
    /// What was read at the very beginning.
    head: Vec<u8>,
    /// How many bytes may still be read.
    allowance: usize,
    /// The end of the whole conversation.
    deadline: Instant,
}

/// Why no further PDU came.
#[derive(Debug)]
pub(crate) enum Ending {
    /// Nothing more in time.
    Silence,
    /// The peer closed or reset the connection.
    Closed {
        /// Whether part of a PDU had come.
        begun: bool,
        /// The error, unless the end was orderly.
        error: Option<io::Error>,
    },
    /// More bytes were sent or announced than anybody should have to read.
    TooMuch,
    /// An A-ASSOCIATE-RJ with codes the standard does not define.
    UndefinedRejection,
    /// An A-ABORT with codes the standard does not define.
    UndefinedAbort,
    /// The bytes are no PDU.
    Malformed,
}

impl<S: AsyncRead + AsyncWrite + Unpin> PduStream<S> {
    /// Takes a stream, the most bytes to read from it, and the moment when
    /// everything has to be over.
    pub(crate) fn new(stream: S, allowance: usize, deadline: Instant) -> PduStream<S> {
        PduStream {
            stream,
            buffer: Vec::new(),
            head: Vec::new(),
            allowance,
            deadline,
        }
    }

    /// The first bytes that were read, at most 16.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Reads one PDU. `silence` is the time for the whole PDU, so that a peer
    /// that drips single bytes gains nothing.
    pub(crate) async fn read(&mut self, silence: Duration) -> Result<Pdu, Ending> {
        let until = self.deadline.min(Instant::now() + silence);
        loop {
            match read_pdu(self.buffer.as_slice(), MAX_PDU_READ, true) {
                // dicom-ul hands over what it does not know; nobody who speaks
                // DICOM sends it (PS3.8 §9.3.1 has seven types).
                Ok(Some(Pdu::Unknown { .. })) => return Err(Ending::Malformed),
                Ok(Some(pdu)) => {
                    let whole = 6 + self.announced();
                    self.buffer.drain(..whole.min(self.buffer.len()));
                    return Ok(pdu);
                }
                Ok(None) => {}
                Err(ReadError::PduTooLarge { .. }) => return Err(Ending::TooMuch),
                Err(ReadError::InvalidRejectSourceOrReason { .. }) => {
                    return Err(Ending::UndefinedRejection);
                }
                Err(ReadError::InvalidAbortSourceOrReason { .. }) => {
                    return Err(Ending::UndefinedAbort);
                }
                Err(_) => return Err(Ending::Malformed),
            }
            self.fill(until).await?;
        }
    }

    /// Reads some more bytes.
    async fn fill(&mut self, until: Instant) -> Result<(), Ending> {
        if self.allowance == 0 {
            return Err(Ending::TooMuch);
        }
        let begun = !self.buffer.is_empty();
        let mut chunk = [0; 4096];
        let room = chunk.len().min(self.allowance);
        let room = chunk.get_mut(..room).unwrap_or_default();
        let read = timeout_at(until, self.stream.read(room)).await;
        match read {
            Err(_) => Err(Ending::Silence),
            Ok(Err(error)) => Err(Ending::Closed {
                begun,
                error: Some(error),
            }),
            Ok(Ok(0)) => Err(Ending::Closed { begun, error: None }),
            Ok(Ok(count)) => {
                self.allowance -= count;
                let missing = HEAD.saturating_sub(self.head.len());
                let fresh = chunk.get(..count).unwrap_or_default();
                self.head.extend(fresh.iter().take(missing));
                self.buffer.extend_from_slice(fresh);
                // An unknown first byte will never become a PDU: say so now
                // and do not wait for as many bytes as the next four announce.
                match self.head.first() {
                    Some(1..=7) => Ok(()),
                    _ => Err(Ending::Malformed),
                }
            }
        }
    }

    /// The length the buffered PDU announces (PS3.8 §9.3.1).
    fn announced(&self) -> usize {
        match self.buffer.get(2..6).map(<[u8; 4]>::try_from) {
            Some(Ok(length)) => u32::from_be_bytes(length) as usize,
            _ => 0,
        }
    }

    /// Sends one PDU.
    pub(crate) async fn write(&mut self, pdu: &Pdu) -> io::Result<()> {
        let mut bytes = Vec::new();
        write_pdu(&mut bytes, pdu).map_err(io::Error::other)?;
        let sending = async {
            self.stream.write_all(&bytes).await?;
            self.stream.flush().await
        };
        timeout_at(self.deadline, sending)
            .await
            .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    /// Says goodbye and waits for the peer to do the same, for a moment and a
    /// few bytes only. Closing with unread bytes would reset the connection,
    /// and a reset can overtake the last PDU.
    pub(crate) async fn close(mut self) {
        let until = self.deadline.min(Instant::now() + Duration::from_secs(1));
        let parting = async {
            self.stream.shutdown().await?;
            let mut rest = (&mut self.stream).take(MAX_PDU_READ.into());
            tokio::io::copy(&mut rest, &mut tokio::io::sink()).await
        };
        // Whether the peer parts politely changes nothing.
        let _ = timeout_at(until, parting).await;
    }
}

#[cfg(test)]
mod tests;
