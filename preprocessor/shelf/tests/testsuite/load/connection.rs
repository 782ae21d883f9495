//! A reader's connection to a server on this machine, kept open from one question to the next.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
const HEAD_END: &[u8] = b"\r\n\r\n";

/// The connection; it is opened with the first question, and anew after a failure.
pub(crate) struct Connection {
    port: u16,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

impl Connection {
    /// To a port of loopback.
    pub(crate) fn new(port: u16) -> Connection {
        Connection {
            port,
            stream: None,
            buffer: Vec::new(),
        }
    }

    /// Asks for an address: the status and the content.
    pub(crate) fn get(&mut self, address: &str) -> io::Result<(u16, Vec<u8>)> {
        let answer = self.try_get(address);
        if answer.is_err() {
            self.stream = None;
        }
        answer
    }

    fn try_get(&mut self, address: &str) -> io::Result<(u16, Vec<u8>)> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => {
                self.buffer.clear();
                let stream = TcpStream::connect(("127.0.0.1", self.port))?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_nodelay(true)?;
                none.insert(stream)
            }
        };
        let question = format!("GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        stream.write_all(question.as_bytes())?;
        let mut piece = [0; 65_536];
        let mut read_more = |buffer: &mut Vec<u8>| {
            let n = stream.read(&mut piece)?;
            buffer.extend_from_slice(&piece[..n]);
            if n == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            io::Result::Ok(())
        };
        let head_end = loop {
            let found = self.buffer.windows(4).position(|four| four == HEAD_END);
            match found {
                Some(at) => break at + 4,
                None => read_more(&mut self.buffer)?,
            }
        };
        let head = String::from_utf8_lossy(&self.buffer[..head_end]).to_lowercase();
        let value = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(name));
            line.map(str::trim)
        };
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok());
        let status = number(head.split(' ').nth(1)).ok_or(io::ErrorKind::InvalidData)?;
        let length = number(value("content-length:")).ok_or(io::ErrorKind::InvalidData)?;
        while self.buffer.len() < head_end + length {
            read_more(&mut self.buffer)?;
        }
        if value("connection:") == Some("close") {
            self.stream = None;
        }
        let rest = self.buffer.split_off(head_end + length);
        let content = std::mem::replace(&mut self.buffer, rest).split_off(head_end);
        Ok((u16::try_from(status).unwrap_or_default(), content))
    }
}
