//! Servers of other makers, and stand-ins of our own, that stand only in a cage.
//!
//! Each file says how one is started or what it answers; the cage starts it.

mod dcmqrscp;
mod file;
mod firewall;
mod gateway;
mod impostor;
mod launch;
mod orthanc;
mod shodan;
mod store;
mod storescp;
mod unit;
mod web_proxy;

use std::net::SocketAddr;

use crate::scene::{Kind, Server};

pub use file::small_file;
pub(crate) use file::{PATIENT as FILE_PATIENT, part10};
pub(crate) use firewall::ruleset;
pub(crate) use launch::Launch;
pub(crate) use store::instance::{DAY as STUDY_DAY, TIME as STUDY_TIME, uid as study_uid};
pub(crate) use store::{StoreError, store};
pub(crate) use unit::service;
pub(crate) use {impostor::serve as serve_impostor, shodan::Record, shodan::serve as serve_shodan};

/// The port of Orthanc's web side.
pub(crate) const ORTHANC_WEB: u16 = 8042;

/// How a server is started, if it is a program of its own. `behind` is where the
/// server before which it stands is.
pub(crate) fn launch(server: &Server, behind: Option<SocketAddr>) -> Option<Launch> {
    let (name, at) = (server.name.as_str(), server.shown_as.socket());
    match (&server.kind, behind) {
        (Kind::Orthanc(orthanc), _) => Some(orthanc::launch(name, at, orthanc)),
        (Kind::Storescp(storescp), _) => Some(storescp::launch(name, at, storescp)),
        (Kind::Dcmqrscp(dcmqrscp), _) => Some(dcmqrscp::launch(name, at, dcmqrscp)),
        (Kind::Gateway(gateway), Some(behind)) => Some(gateway::launch(name, at, behind, gateway)),
        (Kind::WebProxy(proxy), Some(behind)) => Some(web_proxy::launch(name, at, behind, proxy)),
        _ => None,
    }
}
