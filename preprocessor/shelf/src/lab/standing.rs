//! The student's servers.

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use evidence::{Ground, Loopback, Scene, Server, Stage, StageError};

/// The servers that stand, and the scene they stand for.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) scene: Arc<Scene>,
    /// Nothing, where they could not be stood up again.
    pub(super) stage: Option<Stage>,
    ground: Ground,
}

impl Standing {
    /// Stands a scene up for the first time. Each server gets the port that the pages show, if it is
    /// free; the first gets `port`, if one is asked for. Comes with words about ports that differ.
    ///
    /// # Errors
    ///
    /// The port that is asked for is in use, or the machine is short of something.
    pub(super) async fn up(
        scene: Scene,
        port: Option<u16>,
        folder: &Path,
    ) -> Result<(Standing, Vec<String>)> {
        let mut ground = Ground::with_certificates()?;
        ground.log_into(folder);
        let mut notes = Vec::new();
        let mut taken = BTreeSet::new();
        for (index, server) in scene.servers.iter().enumerate() {
            if let (0, Some(port)) = (index, port) {
                if !is_free(port).await {
                    bail!(
                        "the port {port} is in use or not ours to take; name another with --port, or leave \
                         --port out and the lab finds one"
                    );
                }
                ground.wish(&server.name, port);
                taken.insert(port);
                continue;
            }
            let usual = server.shown_as.port();
            if taken.contains(&usual) {
                // On the pages each has an address of its own; here they share one.
                notes.push(format!(
                    "Several servers have the port {usual} on the pages; here \"{}\" stands on another.",
                    server.name
                ));
            } else if is_free(usual).await {
                ground.wish(&server.name, usual);
                taken.insert(usual);
            } else {
                notes.push(format!(
                    "The port {usual} is not free here, so \"{}\" stands on another.",
                    server.name
                ));
            }
        }
        let mut standing = Standing {
            scene: Arc::new(scene),
            stage: None,
            ground,
        };
        let stood = standing.stand().await;
        stood.context("the servers of the lab cannot stand")?;
        Ok((standing, notes))
    }

    /// Stands a changed scene up in the place of the old one. Where that fails, the old one stands
    /// again, if it can.
    ///
    /// # Errors
    ///
    /// Why the changed scene does not stand, in words.
    pub(super) async fn change_to(&mut self, scene: Scene) -> Result<(), String> {
        if scene.needs_a_cage() {
            return Err(
                "it asks for servers, files or rules that this lab does not have; it has the kinds \
                 \"dicom\", \"web\" and \"nothing\""
                    .to_owned(),
            );
        }
        self.lie_down().await;
        let old = std::mem::replace(&mut self.scene, Arc::new(scene));
        match self.stand().await {
            Ok(()) => Ok(()),
            Err(error) => {
                self.scene = old;
                // If the old one cannot stand either, the next save tries again.
                let _ = self.stand().await;
                Err(in_words(&error))
            }
        }
    }

    /// Closes every port.
    pub(super) async fn lie_down(&mut self) {
        if let Some(stage) = self.stage.take() {
            stage.end().await;
        }
    }

    /// The servers, and where they stand.
    pub(super) fn servers(&self) -> Vec<(Server, Loopback)> {
        let servers = self.stage.iter().flat_map(Stage::servers);
        servers
            .map(|(server, address)| (server.clone(), address))
            .collect()
    }

    async fn stand(&mut self) -> Result<(), StageError> {
        self.stage = Some(Stage::stand_on(&self.scene, &mut self.ground).await?);
        Ok(())
    }
}

/// Whether a port of this machine is free.
async fn is_free(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    match Loopback::try_from(address) {
        Ok(address) => port != 0 && address.is_free().await,
        Err(_) => false,
    }
}

fn in_words(error: &StageError) -> String {
    match error {
        StageError::Port(source) if source.kind() == io::ErrorKind::AddrInUse => {
            "somebody else has taken its port".to_owned()
        }
        _ => error.to_string(),
    }
}
