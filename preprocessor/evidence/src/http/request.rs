//! Reading one request of HTTP/1.1 (RFC 9112), with a limit on everything.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

use super::encoding::{decoded, decoded_bytes};

/// How many bytes a request may have, its body included.
const LONGEST: usize = 32 * 1024;

/// How many header fields a request may have.
const MOST_HEADERS: usize = 32;

/// A request, read and decoded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    /// `GET`, `POST` and so on.
    pub(crate) method: String,
    /// The first line as it was sent, without its end.
    pub(crate) line: String,
    /// The path, decoded; it need not be UTF-8.
    pub(crate) whole_path: Vec<u8>,
    /// The parts of the path.
    pub(crate) path: Vec<String>,
    /// The parameters behind the question mark; one without a value has an
    /// empty one.
    pub(crate) parameters: Vec<(String, String)>,
    /// The header fields, by name in small letters.
    headers: Vec<(String, Vec<u8>)>,
    /// What follows on the head.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A parameter's value; empty, where it is missing.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// A header field's value, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_slice())
    }
}

/// Reads a request into `bytes`, where what came can be looked at whatever
/// became of it; nothing, if the bytes are none or too many.
pub(crate) async fn read(
    stream: &mut (impl AsyncRead + Unpin),
    bytes: &mut Vec<u8>,
) -> io::Result<Option<Request>> {
    loop {
        if let Some(request) = parse(bytes) {
            return Ok(request);
        }
        let room = LONGEST.saturating_sub(bytes.len());
        if room == 0 || stream.take(room as u64).read_buf(bytes).await? == 0 {
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
    let headers = head.headers.iter();
    Some(Some(Request {
        method: method.to_owned(),
        line: format!("{method} {target} HTTP/1.{}", head.version.unwrap_or(1)),
        whole_path: decoded_bytes(path, false),
        headers: headers
            .map(|header| (header.name.to_ascii_lowercase(), header.value.to_vec()))
            .collect(),
        path: path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| decoded(part, false))
            .collect(),
        parameters: query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (decoded(name, true), decoded(value, true)))
            .collect(),
        body: body.to_vec(),
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    async fn request(bytes: &[u8]) -> Option<Request> {
        read(&mut &*bytes, &mut Vec::new()).await.unwrap()
    }

    #[tokio::test]
    async fn a_request_is_read() {
        let text = b"POST /a/b%20c?x=1%2C2+3&y=&z HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
        let request = request(text).await.unwrap();
        assert_eq!(request.method, "POST");
        assert_eq!(request.path, ["a", "b c"]);
        assert_eq!(request.parameter("x"), "1,2 3");
        assert_eq!(request.parameter("z"), "");
        assert_eq!(request.parameters.len(), 3);
        assert_eq!(request.line, "POST /a/b%20c?x=1%2C2+3&y=&z HTTP/1.1");
        assert_eq!(request.whole_path, b"/a/b c");
        assert_eq!(request.header("content-length"), Some(&b"2"[..]));
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

    #[tokio::test]
    async fn a_caret_may_stand_in_an_address_as_it_is() {
        for sent in ["SYNTHETIC^ALPHA", "SYNTHETIC%5EALPHA", "SYNTHETIC%5eALPHA"] {
            let text = format!("GET /studies?PatientName={sent} HTTP/1.1\r\n\r\n");
            let request = request(text.as_bytes()).await.unwrap();
            assert_eq!(request.parameter("PatientName"), "SYNTHETIC^ALPHA");
            assert!(request.line.contains(sent));
        }
    }

    #[tokio::test]
    async fn what_came_is_kept_whatever_it_was() {
        let mut bytes = Vec::new();
        let none = read(&mut &b"\x16\x03\x01"[..], &mut bytes).await.unwrap();
        assert_eq!((none, bytes.as_slice()), (None, &b"\x16\x03\x01"[..]));
    }
}
