//! Whether a server can be spoken to. It is asked in its own language; a
//! connection that says nothing could hold it up for half a minute.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{sleep, timeout};

use super::address::Inside;
use super::trouble::Trouble;
use crate::certificates::Certificates;
use crate::clean::Clean;
use crate::facts::{Facts, Handshake, Peer, Port};
use crate::limits::Limits;
use crate::loopback::Loopback;
use crate::scanner::{Request, probe};
use crate::scene::{Kind, Server, Transport};
use crate::servers::ORTHANC_WEB;

/// How long a server may take to come up. Orthanc takes a tenth of a second on
/// an idle machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_millis(20);

/// Waits until a server answers.
pub(super) async fn wait(
    server: &Server,
    inside: &Inside,
    certificates: &Certificates,
    folder: &Path,
) -> Result<(), Trouble> {
    let began = Instant::now();
    let address = Loopback::inside(inside, server.shown_as.socket());
    while began.elapsed() < PATIENCE {
        let ready = match &server.kind {
            Kind::WebProxy(proxy) if proxy.transport == Transport::Clear => {
                web_in_clear(address).await
            }
            Kind::Orthanc(orthanc) if orthanc.web => {
                let at = (server.shown_as.ip(), ORTHANC_WEB).into();
                web_in_clear(Loopback::inside(inside, at)).await
                    && answers(server, address, certificates).await?
            }
            _ => answers(server, address, certificates).await?,
        };
        if ready {
            return Ok(());
        }
        sleep(PAUSE).await;
    }
    let log = fs::read_to_string(folder.join(format!("{}.log", server.name)));
    let log = log.unwrap_or_default();
    let last: Vec<&str> = log.lines().rev().take(3).collect();
    let said: Vec<&str> = last.into_iter().rev().collect();
    Err(Trouble::NotReady {
        server: server.name.clone(),
        said: Clean::line(&said.join("; "), 300).as_plain().into_owned(),
    })
}

/// Whether it speaks DICOM, or TLS where it is to speak TLS.
async fn answers(
    server: &Server,
    address: Loopback,
    certificates: &Certificates,
) -> Result<bool, Trouble> {
    let tls = server.transport() != Transport::Clear;
    let args: &[&str] = match server.transport() {
        Transport::Clear => &["--until", "associate"],
        Transport::Tls => &["--tls", "--until", "associate"],
        Transport::MutualTls => &["--tls", "--certificate", "trusted", "--until", "associate"],
    };
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    let request = Request::parse(&args).map_err(|error| Trouble::Unfit(error.into()))?;
    let identity = (server.transport() == Transport::MutualTls).then(|| certificates.trusted());
    let facts = probe(address, &request, identity, &Limits::default()).await?;
    Ok(speaks(&facts, tls))
}

fn speaks(facts: &Facts, tls: bool) -> bool {
    match &facts.tls {
        Some(seen) if tls => {
            // A server of old versions alone has nothing in common with us; it
            // speaks TLS all the same.
            matches!(
                seen.handshake,
                Handshake::Completed | Handshake::NothingInCommon
            )
        }
        _ => facts.port == Port::Open && facts.peer == Some(Peer::Dicom),
    }
}

/// Whether it speaks HTTP.
async fn web_in_clear(address: Loopback) -> bool {
    let Ok(mut stream) = address.connect().await else {
        return false;
    };
    let asked = b"GET / HTTP/1.0\r\nHost: ready.example.test\r\n\r\n";
    let answer = async {
        stream.write_all(asked).await?;
        let mut head = [0; 5];
        stream.read_exact(&mut head).await?;
        Ok::<_, std::io::Error>(&head == b"HTTP/")
    };
    matches!(timeout(Duration::from_secs(3), answer).await, Ok(Ok(true)))
}
