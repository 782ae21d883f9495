//! Where a scene stands, and stands again when it has changed.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::{TcpListener, TcpSocket};

use crate::certificates::{CertificateError, Certificates};
use crate::loopback::{Loopback, NotLoopback};

/// The ports and certificates that stay the same while somebody changes a scene:
/// a caller who was let in by its certificate still is, at the same address.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    ports: BTreeMap<String, u16>,
    certificates: Option<Arc<Certificates>>,
    folder: Option<PathBuf>,
}

impl Ground {
    /// One with certificates, whether or not a server speaks TLS yet. Ports are
    /// the system's to choose, unless they are [wished for](Ground::wish).
    ///
    /// # Errors
    /// The random numbers of the system failed.
    pub fn with_certificates() -> Result<Ground, CertificateError> {
        Ok(Ground {
            certificates: Some(Arc::new(Certificates::make()?)),
            ..Ground::default()
        })
    }

    /// From now on the server with this name stands on this port of 127.0.0.1, and
    /// on no other.
    pub fn wish(&mut self, server: &str, port: u16) {
        self.ports.insert(server.to_owned(), port);
    }

    /// The port on which the server with this name stands, or is to stand.
    pub fn port(&self, server: &str) -> Option<u16> {
        self.ports.get(server).copied()
    }

    /// From now on, servers that keep a log append it to the file
    /// `NAME-access.log` in this folder.
    pub fn log_into(&mut self, folder: &Path) {
        self.folder = Some(folder.to_owned());
    }

    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The certificates, once there are any.
    pub fn certificates(&self) -> Option<&Certificates> {
        self.certificates.as_deref()
    }

    /// The certificates; made now, if there are none.
    pub(super) fn make_certificates(&mut self) -> Result<Arc<Certificates>, CertificateError> {
        if let Some(made) = &self.certificates {
            return Ok(made.clone());
        }
        let made = Arc::new(Certificates::make()?);
        self.certificates = Some(made.clone());
        Ok(made)
    }

    pub(super) fn certificates_shared(&self) -> Option<Arc<Certificates>> {
        self.certificates.clone()
    }

    /// Listens where the server stands; the first time, that is noted.
    pub(super) async fn listen(&mut self, server: &str) -> io::Result<(Loopback, TcpListener)> {
        if let Some(port) = self.port(server) {
            let address = at(port)?;
            return Ok((address, address.bind().await?));
        }
        let (address, listener) = Loopback::listen().await?;
        self.wish(server, address.port());
        Ok((address, listener))
    }

    /// Reserves the port of a server that is nothing; the first time, that is
    /// noted.
    pub(super) fn reserve(&mut self, server: &str) -> io::Result<(Loopback, TcpSocket)> {
        if let Some(port) = self.port(server) {
            let address = at(port)?;
            return Ok((address, address.hold()?));
        }
        let (address, socket) = Loopback::reserve()?;
        self.wish(server, address.port());
        Ok((address, socket))
    }
}

/// A port of 127.0.0.1.
fn at(port: u16) -> io::Result<Loopback> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    Loopback::try_from(address).map_err(|error: NotLoopback| io::Error::other(error))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::lab::Stage;
    use crate::scene::Scene;

    fn scene(text: &str) -> Scene {
        Scene::parse("lab", text).unwrap()
    }

    #[tokio::test]
    async fn a_changed_scene_stands_where_the_old_one_stood() {
        let open = include_str!("../../../../content/scenes/open-archive.toml");
        let mut ground = Ground::with_certificates().unwrap();
        let stage = Stage::stand_on(&scene(open), &mut ground).await.unwrap();
        let address = stage.address("archive").unwrap();
        let trusted = stage
            .certificates()
            .unwrap()
            .trusted()
            .certificate_pem()
            .to_owned();
        // A caller of just now is no obstacle.
        drop(address.connect().await.unwrap());
        assert!(!address.is_free().await);
        stage.end().await;
        assert!(address.is_free().await);
        let closed = open.replace("\"clear\"", "\"mutual-tls\"");
        let stage = Stage::stand_on(&scene(&closed), &mut ground).await.unwrap();
        assert_eq!(stage.address("archive"), Some(address));
        let now = stage.certificates().unwrap().trusted().certificate_pem();
        assert_eq!(now, trusted);
    }

    #[tokio::test]
    async fn the_port_of_a_server_that_is_nothing_is_held_for_it() {
        let nothing = include_str!("../../../../content/scenes/closed-port.toml");
        let mut ground = Ground::default();
        let stage = Stage::stand_on(&scene(nothing), &mut ground).await.unwrap();
        let (_, address) = stage.servers().next().unwrap();
        assert!(address.connect().await.is_err());
        assert!(address.bind().await.is_err());
        assert!(address.hold().is_err());
        stage.end().await;
        assert!(address.hold().is_ok());
    }
}
