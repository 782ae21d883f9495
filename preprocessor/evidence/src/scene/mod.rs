//! A scene: servers on loopback with stated settings.

mod fields;
mod reading;
mod words;

use serde::Serialize;

pub use words::{AeTitle, NotATitle, PatientName, ShownAs};

use crate::digest::Digest;
use crate::misfit::Misfit;

/// A set of servers that stand on loopback for one experiment.
///
/// Written as `content/scenes/ID.toml`:
///
/// ```toml
/// title = "An archive that answers anyone"
///
/// [[server]]
/// name      = "archive"
/// kind      = "dicom"               # dicom | nothing (a closed port)
/// shown-as  = "192.0.2.10:11112"    # what readers see; a documentation address
/// transport = "clear"               # clear | tls | mutual-tls
/// ae-title  = "ARCHIVE"
/// called    = "any"                 # any | checked: does it insist on its own title?
/// calling   = "any"                 # any | ["MODALITY1"]: who gets an association?
/// queries   = "any"                 # any | off | ["MODALITY1"]: who may list patients?
///
/// [[server.patient]]
/// name = "SYNTHETIC^ALPHA"
/// id   = "SYN-0001"
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scene {
    /// The file's name without its ending.
    pub id: String,
    /// What the scene shows, as a heading.
    pub title: String,
    /// At least one, each with a name and a shown address of its own.
    pub servers: Vec<Server>,
}

/// One server of a scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Server {
    /// Its name inside the scene.
    pub name: String,
    /// The address a reader sees in place of the real one.
    pub shown_as: ShownAs,
    /// What stands there.
    pub kind: Kind,
}

impl Server {
    /// Whether it shows a certificate.
    pub(crate) fn speaks_tls(&self) -> bool {
        match &self.kind {
            Kind::Dicom(archive) => match archive.transport {
                Transport::Clear => false,
                Transport::Tls | Transport::MutualTls => true,
            },
            Kind::Nothing => false,
        }
    }
}

/// What stands behind a port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The embedded DICOM server.
    Dicom(Archive),
    /// Nothing: the port is reserved for the run and refuses connections.
    Nothing,
}

/// The settings of an embedded DICOM server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Archive {
    /// Whether and how the connection is protected.
    pub transport: Transport,
    /// Its own application entity title.
    pub ae_title: AeTitle,
    /// Whether a caller has to know that title.
    pub called: Called,
    /// Who gets an association.
    pub calling: Callers,
    /// Who may list patients.
    pub queries: Callers,
    /// The patients it holds, all invented.
    pub patients: Vec<Patient>,
}

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// Not at all.
    Clear,
    /// TLS 1.2 or 1.3; the server shows a certificate.
    Tls,
    /// TLS in which both sides show a certificate.
    MutualTls,
}

/// Whether a server compares the called title with its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Called {
    /// It answers to any title.
    Any,
    /// It answers to its own title alone.
    Checked,
}

/// A rule about calling titles. A title is what the caller says about itself;
/// it proves nothing (PS3.8 §7.1.1.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Callers {
    /// Everybody.
    Any,
    /// These titles alone; nobody, when there is none.
    Only(Vec<AeTitle>),
}

impl Callers {
    /// Whether a caller with this title is let through.
    pub fn admit(&self, title: &str) -> bool {
        match self {
            Callers::Any => true,
            Callers::Only(titles) => titles.iter().any(|known| known.as_str() == title),
        }
    }
}

/// An invented patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Patient {
    /// Patient's Name (0010,0010); starts with `SYNTHETIC^`.
    pub name: PatientName,
    /// Patient ID (0010,0020); starts with `SYN-`.
    pub id: String,
}

impl Scene {
    /// Reads a scene. `id` is the file's name without its ending.
    ///
    /// # Errors
    /// Every problem found, each with its place in `text`.
    pub fn parse(id: &str, text: &str) -> Result<Scene, Vec<Misfit>> {
        reading::scene(id, text)
    }

    /// The server with this name; without a name, the scene's only server.
    pub fn server(&self, name: Option<&str>) -> Option<&Server> {
        match (name, self.servers.as_slice()) {
            (Some(name), servers) => servers.iter().find(|server| server.name == name),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }

    /// The digest of everything the scene says, its title excepted: the words
    /// above a scene may change without a new run.
    pub fn digest(&self) -> Digest {
        Digest::of(&(&self.id, &self.servers))
    }
}

#[cfg(test)]
mod tests;
