//! Standing a scene up and tearing it down.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::association;
use super::ground::Ground;
use super::web::{self, AccessLog};
use crate::certificates::{CertificateError, Certificates};
use crate::loopback::Loopback;
use crate::scene::{Archive, Kind, Scene, Server, Transport, WebDoor};

/// How many associations a server takes at the same time; beyond them it
/// answers "local limit exceeded".
const ASSOCIATIONS: usize = 16;

/// How many connections a server holds at the same time, those included that
/// are being turned away; beyond them callers wait in the system's queue.
const CONNECTIONS: usize = 64;

/// A scene that stands. Dropping it closes every port and connection.
#[derive(Debug)]
pub struct Stage {
    standing: Vec<Standing>,
    certificates: Option<Arc<Certificates>>,
    /// The servers; dropping the set ends them.
    tasks: JoinSet<()>,
}

/// A server that stands.
#[derive(Debug)]
struct Standing {
    server: Server,
    address: Loopback,
    /// What it notes about its callers, if it does.
    log: Option<Arc<AccessLog>>,
    /// Keeps the port of a server that is nothing.
    _reserved: Option<TcpSocket>,
}

/// A scene that could not be stood up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StageError {
    /// No port could be had.
    #[error("no port on loopback could be had")]
    Port(#[from] io::Error),
    /// It is a program of its own, which needs a network of its own.
    #[error("the server `{0}` stands only in a cage")]
    OnlyInACage(String),
    /// A log cannot be written.
    #[error("the log {} cannot be written", .path.display())]
    Log {
        /// Where it would be.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// No certificates could be made.
    #[error(transparent)]
    Certificates(#[from] CertificateError),
}

impl Stage {
    /// Stands the scene up: every server on a port of its own that the
    /// operating system chooses. They accept callers when this returns.
    ///
    /// # Errors
    /// No port could be had, or no certificate made; or the scene has servers
    /// that stand only in a cage.
    pub async fn stand(scene: &Scene) -> Result<Stage, StageError> {
        Stage::stand_on(scene, &mut Ground::default()).await
    }

    /// Stands the scene up as [`Stage::stand`] does. Each server that keeps a log
    /// of its callers also appends it, line by line, to the file
    /// `NAME-access.log` in this folder, to be watched.
    ///
    /// # Errors
    /// Those of [`Stage::stand`], and a log that cannot be opened.
    pub async fn stand_logging(scene: &Scene, folder: Option<&Path>) -> Result<Stage, StageError> {
        let mut ground = Ground::default();
        if let Some(folder) = folder {
            ground.log_into(folder);
        }
        Stage::stand_on(scene, &mut ground).await
    }

    /// Stands the scene up on this ground: each server on its port there, and
    /// with the certificates there. What the ground lacks is noted in it, so that
    /// a changed scene stands in the same place. One that stands there already
    /// has to [end](Stage::end) first.
    ///
    /// # Errors
    /// Those of [`Stage::stand`]; a port of the ground may be in use.
    pub async fn stand_on(scene: &Scene, ground: &mut Ground) -> Result<Stage, StageError> {
        let mut standing = Vec::new();
        let mut tasks = JoinSet::new();
        for server in &scene.servers {
            let mut log = None;
            let (address, reserved) = match &server.kind {
                Kind::Nothing => {
                    let (address, socket) = ground.reserve(&server.name)?;
                    (address, Some(socket))
                }
                Kind::Dicom(archive) => {
                    let (address, listener) = ground.listen(&server.name).await?;
                    let tls = if server.speaks_tls() {
                        let made = ground.make_certificates()?;
                        acceptor(&server.name, archive, &made)?
                    } else {
                        None
                    };
                    tasks.spawn(serve(Arc::new(archive.clone()), tls, listener));
                    (address, None)
                }
                Kind::Web(door) => {
                    let (address, listener) = ground.listen(&server.name).await?;
                    let kept = Arc::new(access_log(&server.name, door, ground.folder())?);
                    log = Some(kept.clone());
                    tasks.spawn(web::serve(Arc::new(door.clone()), kept, listener));
                    (address, None)
                }
                _ => return Err(StageError::OnlyInACage(server.name.clone())),
            };
            standing.push(Standing {
                server: server.clone(),
                address,
                log,
                _reserved: reserved,
            });
        }
        Ok(Stage {
            standing,
            certificates: ground.certificates_shared(),
            tasks,
        })
    }

    /// Closes every port and connection, and waits until that is done.
    pub async fn end(mut self) {
        self.tasks.shutdown().await;
    }

    /// Where the server with this name stands.
    pub fn address(&self, name: &str) -> Option<Loopback> {
        self.server(Some(name)).map(|(_, address)| address)
    }

    /// The server with this name, and where it stands; without a name, the
    /// scene's only server.
    pub(crate) fn server(&self, name: Option<&str>) -> Option<(&Server, Loopback)> {
        let mut fitting = self
            .servers()
            .filter(|(server, _)| name.is_none_or(|name| server.name == name));
        let first = fitting.next();
        first.filter(|_| fitting.next().is_none())
    }

    /// What the server with this name notes about its callers, if it does.
    pub(crate) fn access_log(&self, name: &str) -> Option<&AccessLog> {
        let mut all = self.standing.iter();
        let standing = all.find(|standing| standing.server.name == name)?;
        standing.log.as_deref()
    }

    /// All servers, and where they stand.
    pub fn servers(&self) -> impl Iterator<Item = (&Server, Loopback)> {
        self.standing
            .iter()
            .map(|standing| (&standing.server, standing.address))
    }

    /// The certificates of the scene; nothing, when no server speaks TLS.
    pub fn certificates(&self) -> Option<&Certificates> {
        self.certificates.as_deref()
    }
}

/// The log of a DICOMweb server, in a file of this folder too, if there is one.
fn access_log(name: &str, door: &WebDoor, folder: Option<&Path>) -> Result<AccessLog, StageError> {
    let Some(folder) = folder else {
        return Ok(AccessLog::new(door.log));
    };
    let path = folder.join(AccessLog::file_name(name));
    AccessLog::with_file(door.log, &path).map_err(|source| StageError::Log { path, source })
}

/// The TLS side of a server, if it has one.
///
/// # Errors
/// Its certificate could not be made.
pub(crate) fn acceptor(
    name: &str,
    archive: &Archive,
    certificates: &Certificates,
) -> Result<Option<TlsAcceptor>, CertificateError> {
    let ask_client = match archive.transport {
        Transport::Clear => return Ok(None),
        Transport::Tls => false,
        Transport::MutualTls => true,
    };
    let identity = certificates.server(name)?;
    let config = certificates.server_config(&identity, ask_client)?;
    Ok(Some(config.into()))
}

/// Takes callers for as long as it is not dropped.
pub(crate) async fn serve(archive: Arc<Archive>, tls: Option<TlsAcceptor>, listener: TcpListener) {
    let associations = Arc::new(Semaphore::new(ASSOCIATIONS));
    let mut callers = JoinSet::new();
    loop {
        while callers.len() >= CONNECTIONS {
            callers.join_next().await;
        }
        while callers.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            // The caller hung up in the queue, or the machine is short of
            // something: give it a moment.
            sleep(Duration::from_millis(10)).await;
            continue;
        };
        let (archive, tls) = (archive.clone(), tls.clone());
        let permit = associations.clone().try_acquire_owned().ok();
        callers.spawn(async move {
            receive(&archive, tls, stream, permit.is_none()).await;
            drop(permit);
        });
    }
}

/// Serves one caller, by TLS or in clear.
async fn receive(archive: &Archive, tls: Option<TlsAcceptor>, stream: TcpStream, busy: bool) {
    // Without it small answers wait for the caller's acknowledgement.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let Some(tls) = tls else {
        return association::serve(archive, stream, busy).await;
    };
    match timeout(association::TIME, tls.accept(stream).into_fallible()).await {
        Err(_) => {}
        Ok(Ok(stream)) => association::serve(archive, stream, busy).await,
        Ok(Err((_, stream))) => part(stream).await,
    }
}

/// Closes a connection whose handshake failed, after the alert. Closing with
/// unread bytes would reset it, and the reset could overtake the alert.
async fn part(mut stream: TcpStream) {
    let parting = async {
        stream.shutdown().await?;
        tokio::io::copy(&mut stream.take(64 * 1024), &mut tokio::io::sink()).await
    };
    // Whether the caller parts politely changes nothing.
    let _ = timeout(Duration::from_secs(1), parting).await;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A server of TLS never stands in clear text, whatever was made before.
    #[test]
    fn a_server_of_tls_has_certificates() {
        let certificates = Certificates::make().unwrap();
        for (file, tls) in [
            (
                include_str!("../../../../content/scenes/open-archive.toml"),
                false,
            ),
            (
                include_str!("../../../../content/scenes/tls-archive.toml"),
                true,
            ),
            (
                include_str!("../../../../content/scenes/mutual-tls-archive.toml"),
                true,
            ),
        ] {
            let scene = Scene::parse("x", file).unwrap();
            let server = &scene.servers[0];
            let Kind::Dicom(archive) = &server.kind else {
                panic!("{}", scene.title);
            };
            let made = acceptor(&server.name, archive, &certificates).unwrap();
            assert_eq!(made.is_some(), tls);
            assert_eq!(server.speaks_tls(), tls);
        }
    }
}
