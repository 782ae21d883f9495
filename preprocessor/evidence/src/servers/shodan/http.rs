//! Reading one request of HTTP/1.1 (RFC 9112), with a limit on everything.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// How many bytes a request may have, its body included.
const LONGEST: usize = 32 * 1024;

/// How many header fields a request may have.
const MOST_HEADERS: usize = 32;

/// A request, read and decoded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET`, `POST` and so on.
    pub(super) method: String,
    /// The parts of the path.
    pub(super) path: Vec<String>,
    /// The parameters behind the question mark.
    pub(super) parameters: Vec<(String, String)>,
    /// What follows on the head.
    pub(super) body: Vec<u8>,
}

impl Request {
    /// A parameter's value; empty, where it is missing.
    pub(super) fn parameter(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Reads a request; nothing, if the bytes are none or too many.
pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Request>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(request) = parse(&bytes) {
            return Ok(request);
        }
        let room = LONGEST - bytes.len();
        if room == 0 || stream.take(room as u64).read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
}

/// What the bytes are: a request, none, or not enough yet.
fn parse(bytes: &[u8]) -> Option<Option<Request>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let begin = match head.parse(bytes) {
        Ok(httparse::Status::Complete(begin)) => begin,
        Ok(httparse::Status::Partial) => return None,
        Err(_) => return Some(None),
    };
    let length = head
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = match length.map(|header| str::from_utf8(header.value)) {
        None => Some(0),
        Some(text) => text.ok().and_then(|text| text.trim().parse().ok()),
    };
    // A body without a length, in chunks, is not understood here.
    let Some(length) = length.filter(|length| *length <= LONGEST) else {
        return Some(None);
    };
    let body = bytes.get(begin..)?.get(..length)?;
    let (Some(method), Some(target)) = (head.method, head.path) else {
        return Some(None);
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Some(Some(Request {
        method: method.to_owned(),
        path: path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| decoded(part, false))
            .collect(),
        parameters: query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (decoded(name, true), decoded(value, true)))
            .collect(),
        body: body.to_vec(),
    }))
}

/// Text without percent signs (RFC 3986 §2.1); in a query a plus is a space.
fn decoded(text: &str, query: bool) -> String {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = match (digit(after.first()), digit(after.get(1))) {
            (Some(high), Some(low)) if *first == b'%' => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        bytes.push(match (escaped, first) {
            (Some(byte), _) => byte,
            (None, b'+') if query => b' ',
            (None, other) => *other,
        });
        rest = match escaped {
            Some(_) => after.get(2..).unwrap_or_default(),
            None => after,
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    async fn request(bytes: &[u8]) -> Option<Request> {
        read(&mut &*bytes).await.unwrap()
    }

    #[tokio::test]
    async fn a_request_is_read() {
        let text = b"POST /a/b%20c?x=1%2C2+3&y=&z HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
        let request = request(text).await.unwrap();
        assert_eq!(request.method, "POST");
        assert_eq!(request.path, ["a", "b c"]);
        assert_eq!(request.parameter("x"), "1,2 3");
        assert_eq!(request.parameter("z"), "");
        assert_eq!(request.body, b"{}");
    }

    #[tokio::test]
    async fn what_is_none_ends() {
        assert_eq!(request(b"").await, None);
        assert_eq!(request(b"GET / HTTP/1.1\r\n").await, None);
        assert_eq!(request(b"\x01\0\0\0\0\xcd\0\x01").await, None);
        assert_eq!(request(&[b'a'; 2 * LONGEST]).await, None);
        let short = b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n{}";
        assert_eq!(request(short).await, None);
        let huge = b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n{}";
        assert_eq!(request(huge).await, None);
        let many = "A: b\r\n".repeat(MOST_HEADERS + 1);
        let many = format!("GET / HTTP/1.1\r\n{many}\r\n");
        assert_eq!(request(many.as_bytes()).await, None);
    }

    #[test]
    fn broken_escapes_stay() {
        assert_eq!(decoded("%", true), "%");
        assert_eq!(decoded("%4", true), "%4");
        assert_eq!(decoded("%zz%41", true), "%zzA");
        assert_eq!(decoded("a+b", false), "a+b");
        assert_eq!(decoded("%ff", true), "\u{fffd}");
    }
}
