//! Reading one answer of HTTP/1.1, from a server that may send anything.

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::{Instant, timeout_at};

/// How many header fields an answer may have.
const MOST_HEADERS: usize = 64;

/// How many bytes the headers may have, those of answers of the kind "go on"
/// included.
const LONGEST_HEAD: usize = 32 * 1024;

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Response {
    /// Its status; nothing, if what came is no answer of HTTP.
    pub(crate) status: Option<u16>,
    /// The words behind the status, as the server chose them.
    pub(crate) reason: String,
    /// What follows on the headers.
    pub(crate) body: Body,
}

/// What follows on the headers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// All of it.
    Whole(Vec<u8>),
    /// It broke off, or was not there in time.
    CutOff,
    /// There is more than we read.
    TooLong,
    /// It comes in chunks, or with a length that is none.
    Unreadable,
}

/// What the headers say.
struct Head {
    status: u16,
    reason: String,
    /// Where the body begins.
    begin: usize,
    /// How long the body is; nothing, where the server closes to end it.
    length: Option<usize>,
    /// Whether the length makes sense, and the body is one piece.
    plain: bool,
}

/// Reads an answer of at most `most` bytes until the deadline, however slowly
/// it drips.
pub(crate) async fn answer(
    stream: &mut (impl AsyncRead + Unpin),
    most: usize,
    deadline: Instant,
) -> Response {
    let mut bytes = Vec::new();
    loop {
        let head = match head(&bytes) {
            Parsed::Head(head) => Some(head),
            Parsed::Partial if bytes.len() < LONGEST_HEAD => None,
            Parsed::Partial | Parsed::None => return no_answer(),
        };
        if let Some(response) = head.as_ref().and_then(|head| whole(head, &bytes, most)) {
            return response;
        }
        let room = most.saturating_sub(bytes.len());
        let ended = |ending| match head {
            Some(head) => ended(head, &bytes, ending),
            None => no_answer(),
        };
        if room == 0 {
            return ended(Ending::Limit);
        }
        let mut limited = (&mut *stream).take(room as u64);
        let mut piece = Vec::with_capacity(16 * 1024);
        match timeout_at(deadline, limited.read_buf(&mut piece)).await {
            Ok(Ok(0)) => return ended(Ending::Closed),
            Ok(Ok(_)) => bytes.append(&mut piece),
            Ok(Err(_)) | Err(_) => return ended(Ending::Broken),
        }
    }
}

/// How reading came to its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Closed,
    Broken,
    Limit,
}

fn no_answer() -> Response {
    Response {
        status: None,
        reason: String::new(),
        body: Body::CutOff,
    }
}

/// The answer, if all of it is there, or it is known that it never will be.
fn whole(head: &Head, bytes: &[u8], most: usize) -> Option<Response> {
    let body = bytes.get(head.begin..).unwrap_or_default();
    let body = if head.status == 204 || head.status == 304 {
        // These have none (RFC 9110 §15.3.5, §15.4.5).
        Body::Whole(Vec::new())
    } else if !head.plain {
        Body::Unreadable
    } else {
        match head.length? {
            length if length > most.saturating_sub(head.begin) => Body::TooLong,
            length => Body::Whole(body.get(..length)?.to_vec()),
        }
    };
    Some(Response {
        status: Some(head.status),
        reason: head.reason.clone(),
        body,
    })
}

/// The answer, where nothing more is read.
fn ended(head: Head, bytes: &[u8], ending: Ending) -> Response {
    let body = match (ending, head.length) {
        (Ending::Limit, _) => Body::TooLong,
        (Ending::Closed, None) => Body::Whole(bytes.get(head.begin..).unwrap_or_default().to_vec()),
        (Ending::Closed | Ending::Broken, _) => Body::CutOff,
    };
    Response {
        status: Some(head.status),
        reason: head.reason,
        body,
    }
}

/// What bytes are.
enum Parsed {
    Head(Head),
    /// Not enough yet.
    Partial,
    /// No answer of HTTP.
    None,
}

/// The headers of the last answer in `bytes`; those of the kind "go on" (1xx)
/// come first and are passed over.
fn head(bytes: &[u8]) -> Parsed {
    let mut begin = 0;
    loop {
        let rest = bytes.get(begin..).unwrap_or_default();
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut head = httparse::Response::new(&mut headers);
        begin += match head.parse(rest) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Parsed::Partial,
            Err(_) => return Parsed::None,
        };
        let status = head.code.unwrap_or_default();
        if !(100..1000).contains(&status) || begin > LONGEST_HEAD {
            return Parsed::None;
        }
        if status < 200 {
            continue;
        }
        let find = |name: &str| {
            let mut all = head.headers.iter();
            all.find(|header| header.name.eq_ignore_ascii_case(name))
        };
        let digits = |value: &[u8]| {
            let text = str::from_utf8(value).ok()?.trim();
            let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            // A number too large for us is longer than anything we read.
            plain.then(|| text.parse().unwrap_or(usize::MAX))
        };
        let said = find("content-length").map(|header| digits(header.value));
        return Parsed::Head(Head {
            status,
            reason: head.reason.unwrap_or_default().to_owned(),
            begin,
            length: said.flatten(),
            plain: said != Some(None) && find("transfer-encoding").is_none(),
        });
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    async fn response(bytes: &[u8], most: usize) -> Response {
        let deadline = Instant::now() + Duration::from_secs(5);
        answer(&mut &*bytes, most, deadline).await
    }

    #[tokio::test]
    async fn an_answer_is_read() {
        let whole = |text: &str| Body::Whole(text.as_bytes().to_vec());
        for (bytes, status, body) in [
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]more",
                200,
                whole("[]"),
            ),
            ("HTTP/1.0 200 OK\r\n\r\n[1]", 200, whole("[1]")),
            ("HTTP/1.1 204 No Content\r\n\r\n", 204, whole("")),
            ("HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", 404, whole("")),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:1\r\n\r\nx",
                200,
                whole("x"),
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n[]",
                200,
                Body::CutOff,
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n[]",
                200,
                Body::TooLong,
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[]",
                200,
                Body::Unreadable,
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n",
                200,
                Body::Unreadable,
            ),
        ] {
            let response = response(bytes.as_bytes(), 1_000).await;
            assert_eq!(
                (response.status, response.body),
                (Some(status), body),
                "{bytes}"
            );
        }
    }

    #[tokio::test]
    async fn what_is_none_is_no_answer() {
        let endless = "HTTP/1.1 100 Continue\r\n\r\n".repeat(10_000);
        let header = format!("HTTP/1.1 200 OK\r\nA: {}", "b".repeat(100_000));
        for bytes in [
            &b""[..],
            b"SSH-2.0-OpenSSH_9.2\r\n",
            b"\x02\0\0\0\0\xc0\0\x01",
            b"HTTP/1.1 20",
            b"HTTP/1.1 000 OK\r\n\r\n",
            endless.as_bytes(),
            header.as_bytes(),
        ] {
            assert_eq!(response(bytes, 200_000).await.status, None);
        }
    }

    #[tokio::test]
    async fn a_flood_ends_at_the_limit() {
        let flood = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(100_000));
        let response = response(flood.as_bytes(), 1_000).await;
        assert_eq!((response.status, response.body), (Some(200), Body::TooLong));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
            let full = [b"HTTP/1.1 200 OK\r\n", bytes.as_slice()].concat();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
            if let Ok(runtime) = runtime {
                for bytes in [bytes.as_slice(), &full] {
                    runtime.block_on(response(bytes, 400));
                }
            }
        }
    }
}
