//! What a scanner found out, as values a program can judge.

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

mod association;
mod exposure;
mod log;
mod offers;
mod packets;
mod peer;
mod reply;
mod scan;
mod seen;
mod session;
mod tls;
mod toolkit;
mod web;
mod wire;

use serde::{Deserialize, Serialize};

pub use association::{
    AbortSource, Acceptance, Association, AssociationOutcome, Context, ContextResult, Permanence,
    RejectReason, RejectSource, Rejection, Service,
};
pub use exposure::Exposure;
pub use log::{FileType, Log, Rules};
pub use offers::{Offers, Version};
pub use packets::Packets;
pub use peer::{Peer, Port};
pub use reply::{Count, Reply, ReplyOutcome, Status};
pub use scan::{Ping, Scan, ScannedHost, ScannedPort};
pub use seen::Seen;
pub use session::{Card, Session, Verification};
pub use tls::{Certificate, ClientCertificate, Handshake, KeyKind, Tls, TlsVersion};
pub use toolkit::{Connection, Toolkit};
pub use web::{Index, Web};
pub use wire::Wire;

/// Everything one run found out.
///
/// What was not reached says so (`not-tried`) instead of being left out, so
/// that silence is never read as good news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Facts {
    /// Whether the port took a connection.
    pub port: Port,
    /// What answered there; nothing, unless the port is open.
    pub peer: Option<Peer>,
    /// The TLS handshake; nothing, when clear text was spoken.
    pub tls: Option<Tls>,
    /// What became of the request for an association.
    pub association: Association,
    /// What became of C-ECHO, "are you there?".
    pub echo: Reply<()>,
    /// What became of C-FIND, "which patients do you have?".
    pub patients: Reply<Count>,
    /// What an eavesdropper read; nothing, when nobody listened, or when no
    /// patient was listed and so no name passed.
    pub wire: Option<Wire>,
}

impl Facts {
    /// The facts before anything was tried.
    pub fn of_port(port: Port) -> Facts {
        Facts {
            port,
            peer: None,
            tls: None,
            association: Association::NotTried,
            echo: Reply::NotTried,
            patients: Reply::NotTried,
            wire: None,
        }
    }

    /// The facts that must be the same in every run: without days left on a
    /// certificate that is made anew each time, and without byte counts.
    pub fn findings(&self) -> Facts {
        let mut findings = self.clone();
        if let Some(certificate) = findings.tls.as_mut().and_then(|t| t.certificate.as_mut()) {
            certificate.days_left = None;
        }
        if let Some(wire) = findings.wire.as_mut() {
            wire.bytes = None;
        }
        findings
    }
}
