//! A small HTTP server for one reader on this machine.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use super::address::{Found, locate};
use super::edition::{Edition, Site};
use super::headers::{OWN, content_type};
use super::reload::WaitingRoom;
use crate::announce::policy;
use crate::percent;

/// How many connections stand at once.
const CONNECTIONS: usize = 64;
/// How long a reader may take to say what it wants, and how much it may say.
const PATIENCE: Duration = Duration::from_secs(10);
const LONGEST: usize = 16 * 1024;

/// What is added to every page: how it learns of the next edition, and how it shows what was found.
const SCRIPT: &str = include_str!("../../../../theme/serve/live.js");
const STYLE: &str = include_str!("../../../../theme/serve/live.css");
/// Shown for as long as there is no website.
const NO_SITE: &str = include_str!("../../../../theme/serve/no-site.html");

/// Answers whoever connects, for as long as it is waited for.
pub(crate) async fn serve(listener: TcpListener, editions: watch::Receiver<Arc<Edition>>) {
    let room = Arc::new(WaitingRoom::new(editions));
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        // The semaphore is never closed.
        let place = Arc::clone(&places).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            // Out of files, most likely: some will be closed in a moment.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        // That it could not be set only makes an answer later.
        let _ = stream.set_nodelay(true);
        let room = Arc::clone(&room);
        tokio::spawn(async move {
            let _place = place;
            let answer = service_fn(|request| {
                let room = Arc::clone(&room);
                async move { Ok::<_, Infallible>(answer(&request, &room).await) }
            });
            // A reader that breaks off is no concern of the others.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .max_buf_size(LONGEST)
                .serve_connection(TokioIo::new(stream), answer)
                .await;
        });
    }
}

async fn answer<B>(request: &Request<B>, room: &WaitingRoom) -> Response<Full<Bytes>> {
    // Another name leads here when somebody's page has let it point to this machine (DNS rebinding).
    if !is_this_machine(request) {
        let text = "This server answers to 127.0.0.1 and localhost alone.\n";
        return plain(StatusCode::MISDIRECTED_REQUEST, text);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
        refusal
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refusal;
    }
    match request.uri().path() {
        "/-/live.js" => whole(StatusCode::OK, "live.js", SCRIPT),
        "/-/live.css" => whole(StatusCode::OK, "live.css", STYLE),
        "/-/wait" => {
            let query = request.uri().query().unwrap_or_default();
            whole(StatusCode::OK, "wait.js", room.wait(query).await)
        }
        path => {
            // A file that is made now takes its time, in which others are answered.
            let (path, edition) = (path.to_owned(), room.edition());
            let made = tokio::task::spawn_blocking(move || page(&path, &edition)).await;
            made.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "It broke.\n"))
        }
    }
}

/// A file of the website in sight.
fn page(path: &str, edition: &Edition) -> Response<Full<Bytes>> {
    let Some(site) = &edition.site else {
        return html(StatusCode::SERVICE_UNAVAILABLE, NO_SITE.as_bytes(), 0);
    };
    let (status, file) = match locate(site.folder(), path) {
        Found::File(file) => (StatusCode::OK, file),
        Found::Nothing => {
            if let Some(file) = made_now(site, path, edition.in_sight()) {
                return file;
            }
            (StatusCode::NOT_FOUND, site.folder().join("404.html"))
        }
        Found::Folder => {
            let mut moved = plain(StatusCode::PERMANENT_REDIRECT, "It is a folder.\n");
            if let Ok(place) = HeaderValue::from_str(&format!("{path}/")) {
                moved.headers_mut().insert(LOCATION, place);
            }
            return moved;
        }
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match std::fs::read(&file) {
        Ok(bytes) if name.ends_with(".html") => html(status, &bytes, edition.in_sight()),
        Ok(bytes) => whole(status, &name, bytes),
        Err(_) => plain(StatusCode::NOT_FOUND, "There is nothing here.\n"),
    }
}

/// A file that is made now; nothing where the address is that of no such file.
fn made_now(site: &Site, path: &str, in_sight: u64) -> Option<Response<Full<Bytes>>> {
    let address = percent::decoded(path.strip_prefix('/')?)?;
    Some(match site.beside(&address)? {
        Ok(bytes) if address.ends_with(".html") => html(StatusCode::OK, &bytes, in_sight),
        Ok(bytes) => whole(StatusCode::OK, &address, bytes.to_vec()),
        Err(error) => {
            let text = format!("This file cannot be made: {error:#}\n");
            whole(StatusCode::INTERNAL_SERVER_ERROR, "plain.txt", text)
        }
    })
}

/// A page, with what it needs to learn of the next edition. The file stays as it is.
fn html(status: StatusCode, page: &[u8], site: u64) -> Response<Full<Bytes>> {
    whole(status, "page.html", with_ours(page, site))
}

/// A page with a way to the website in sight, `site`, at the end of its head.
fn with_ours(page: &[u8], site: u64) -> Vec<u8> {
    let ours = format!(
        "<link rel=\"stylesheet\" href=\"/-/live.css\">\
         <script defer src=\"/-/live.js\" data-site=\"{site}\"></script>"
    );
    let end = b"</head>";
    let place = page.windows(end.len()).position(|part| part == end);
    let (before, after) = page.split_at(place.unwrap_or(page.len()));
    [before, ours.as_bytes(), after].concat()
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    whole(status, "plain.txt", text)
}

/// An answer with the type that `name` has, and every header.
fn whole(status: StatusCode, name: &str, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    for (name, value) in policy::headers() {
        add(headers, name, &value);
    }
    for (name, value) in OWN {
        add(headers, name, value);
    }
    response
}

/// What the policy and this server say is made of letters that a header may hold; the tests see them arrive.
fn add(headers: &mut HeaderMap, name: &'static str, value: &str) {
    let name = HeaderName::from_bytes(name.as_bytes());
    if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}

/// Whether the reader asked for this machine by one of its own names.
fn is_this_machine<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let absolute = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    host.to_str().is_ok_and(is_loopback_name) && absolute.is_none_or(is_loopback_name)
}

/// `localhost`, `127.0.0.1` or `[::1]`, with any port: a tunnel may bring its own.
fn is_loopback_name(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].into_iter().any(|name| {
        let Some((start, rest)) = host.split_at_checked(name.len()) else {
            return false;
        };
        let is_port =
            |port: &str| !port.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit());
        start.eq_ignore_ascii_case(name)
            && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_its_own() {
        for good in [
            "localhost",
            "LocalHost:3000",
            "127.0.0.1:1",
            "127.0.0.1",
            "[::1]:3000",
        ] {
            assert!(is_loopback_name(good), "{good}");
        }
        for bad in [
            "",
            "evil.example",
            "localhost.evil.example",
            "localhost:",
            "localhost:80@evil.example",
            "user@localhost",
            "127.0.0.1.evil.example:3000",
            "127.0.0.10",
            "0.0.0.0:3000",
            "[::]",
        ] {
            assert!(!is_loopback_name(bad), "{bad}");
        }
    }

    #[test]
    fn a_page_gets_its_script_once_at_the_end_of_its_head() {
        let page = page_with("<head><title>&lt;/head></title></head><body></head></body>");
        assert_eq!(page.matches("/-/live.js").count(), 1);
        assert!(
            page.contains("data-site=\"7\"></script></head><body></head>"),
            "{page}"
        );
        assert!(page_with("no head").starts_with("no head<link"));
    }

    fn page_with(text: &str) -> String {
        String::from_utf8_lossy(&with_ours(text.as_bytes(), 7)).into_owned()
    }
}
