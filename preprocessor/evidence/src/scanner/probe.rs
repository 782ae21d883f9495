//! Asking a server what it lets a caller do.

use std::io::{self, ErrorKind};

use dicom_core::Tag;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::ScanError;
use super::handshake::{self, Outcome};
use super::inquiry::{self, Findings};
use super::request::Request;
use crate::certificates::Identity;
use crate::dicom::stream::PduStream;
use crate::facts::{Association, Facts, Handshake, Peer, Port};
use crate::limits::Limits;
use crate::loopback::Loopback;

/// Looks at the server at `address`, showing `identity` if it asks for a
/// certificate, and asking for the attribute `key` if it goes that far.
///
/// # Errors
/// The machine is short of something, or our own key cannot be used. What the
/// server does is never an error.
pub(super) async fn look(
    address: Loopback,
    request: &Request,
    identity: Option<&Identity>,
    key: Tag,
    limits: &Limits,
) -> Result<Facts, ScanError> {
    let deadline = Instant::now() + limits.total;
    let stream = match reach(address, limits).await? {
        Ok(stream) => stream,
        Err(port) => return Ok(Facts::of_port(port)),
    };
    let mut facts = Facts::of_port(Port::Open);
    if !request.tls {
        let stream = PduStream::new(stream, limits.bytes, deadline);
        let findings = inquiry::inquire(stream, request, key, limits.silence).await;
        enter(&mut facts, findings);
        return Ok(facts);
    }
    let silence = limits.silence.min(deadline - Instant::now());
    match handshake::shake(address, stream, identity, silence).await? {
        Outcome::Failed(tls, peer) => {
            facts.tls = Some(tls);
            facts.peer = Some(peer);
        }
        Outcome::Secured(mut stream, witness) => {
            let inside = PduStream::new(&mut stream, limits.bytes, deadline);
            let mut findings = inquiry::inquire(inside, request, key, limits.silence).await;
            let (_, connection) = stream.get_ref();
            let tls = witness.success(connection, findings.ending.as_ref());
            if tls.handshake == Handshake::Refused {
                findings.peer = Peer::Tls;
                findings.association = Association::NotTried;
            }
            facts.tls = Some(tls);
            enter(&mut facts, findings);
        }
    }
    Ok(facts)
}

/// Enters what was learnt in DICOM.
fn enter(facts: &mut Facts, findings: Findings) {
    facts.peer = Some(findings.peer);
    facts.association = findings.association;
    facts.echo = findings.echo;
    facts.patients = findings.patients;
}

/// Opens a connection; otherwise says what became of it.
///
/// # Errors
/// The machine is short of something. That says nothing about the server.
pub(super) async fn reach(
    address: Loopback,
    limits: &Limits,
) -> Result<Result<TcpStream, Port>, ScanError> {
    match timeout(limits.start.min(limits.total), address.connect()).await {
        Ok(Ok(stream)) => Ok(Ok(stream)),
        Ok(Err(error)) => refused(error).map(Err),
        Err(_) => Ok(Err(Port::Filtered)),
    }
}

/// What an error says about a port on loopback. That there is no way to it is
/// not for the server to bring about: then loopback itself is down.
fn refused(error: io::Error) -> Result<Port, ScanError> {
    match error.kind() {
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset => Ok(Port::Closed),
        ErrorKind::TimedOut => Ok(Port::Filtered),
        _ => Err(ScanError::Connection(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_server_can_do_is_a_finding() {
        for (kind, port) in [
            (ErrorKind::ConnectionRefused, Some(Port::Closed)),
            (ErrorKind::ConnectionReset, Some(Port::Closed)),
            (ErrorKind::TimedOut, Some(Port::Filtered)),
            (ErrorKind::NetworkUnreachable, None),
            (ErrorKind::HostUnreachable, None),
            (ErrorKind::AddrNotAvailable, None),
            (ErrorKind::PermissionDenied, None),
        ] {
            assert_eq!(refused(kind.into()).ok(), port, "{kind}");
        }
    }
}
