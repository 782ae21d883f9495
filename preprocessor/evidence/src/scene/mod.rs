//! A scene: servers on loopback with stated settings.

mod fields;
mod foreign;
mod foreign_reading;
mod reading;
mod web;
mod words;

use serde::Serialize;

use std::collections::BTreeSet;
use std::net::IpAddr;

pub use foreign::{
    CertificateKind, Dcmqrscp, Destination, Firewall, Gateway, Impostor, LogFormat, Orthanc,
    Otherwise, Preamble, Profile, Protocol, SceneFile, Storescp, Unit, Versions, WebProxy,
};
pub use web::WebDoor;
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
///
/// A small DICOMweb server of our own, `kind = "web"`, is described at [`WebDoor`].
///
/// Servers of other makers (`orthanc`, `storescp`, `dcmqrscp`, `gateway`,
/// `web-proxy`, `shodan`, `impostor`), a firewall and files to look at, service
/// files among them, are written alike; each struct below says which keys it takes. A scene with any
/// of them stands in a cage, at the shown addresses themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scene {
    /// The file's name without its ending.
    pub id: String,
    /// What the scene shows, as a heading.
    pub title: String,
    /// Each with a name and a shown address of its own.
    pub servers: Vec<Server>,
    /// The rules of the machine on which the servers stand, if it has any.
    pub firewall: Option<Firewall>,
    /// Files that lie in the folder where the scanners run.
    pub files: Vec<SceneFile>,
    /// Files from which systemd would start a program; they lie there too.
    pub units: Vec<Unit>,
    /// The text it was read from, to be read again in a cage.
    #[serde(skip)]
    pub(crate) text: String,
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
    /// Whether and how its connections are protected.
    pub(crate) fn transport(&self) -> Transport {
        match &self.kind {
            Kind::Dicom(archive) => archive.transport,
            Kind::Orthanc(orthanc) => orthanc.transport,
            Kind::Storescp(storescp) => storescp.transport,
            Kind::Gateway(gateway) => gateway.transport,
            Kind::WebProxy(proxy) => proxy.transport,
            Kind::Nothing
            | Kind::Web(_)
            | Kind::Impostor(_)
            | Kind::Dcmqrscp(_)
            | Kind::Shodan { .. } => Transport::Clear,
        }
    }

    /// Whether it shows a certificate.
    pub(crate) fn speaks_tls(&self) -> bool {
        match self.transport() {
            Transport::Clear => false,
            Transport::Tls | Transport::MutualTls => true,
        }
    }

    /// The patients it holds.
    pub(crate) fn patients(&self) -> &[Patient] {
        match &self.kind {
            Kind::Dicom(archive) => &archive.patients,
            Kind::Web(door) => &door.patients,
            Kind::Orthanc(orthanc) => &orthanc.patients,
            Kind::Dcmqrscp(dcmqrscp) => &dcmqrscp.patients,
            _ => &[],
        }
    }

    /// Whether it has an RSA key: it is to have one, or its security profile has
    /// suites for no other.
    pub(crate) fn needs_rsa(&self) -> bool {
        let profile = match &self.kind {
            Kind::Storescp(storescp) => storescp.profile,
            _ => None,
        };
        self.certificate() == CertificateKind::Rsa
            || matches!(profile, Some(Profile::Aes | Profile::Null))
    }

    /// Whether it listens at every address, whatever it is told: such servers
    /// cannot share a port.
    pub(crate) fn listens_everywhere(&self) -> bool {
        matches!(
            self.kind,
            Kind::Orthanc(_) | Kind::Storescp(_) | Kind::Dcmqrscp(_)
        )
    }

    /// What kind of certificate it shows.
    pub(crate) fn certificate(&self) -> CertificateKind {
        match &self.kind {
            Kind::Orthanc(orthanc) => orthanc.certificate,
            Kind::Storescp(storescp) => storescp.certificate,
            Kind::Gateway(gateway) => gateway.certificate,
            _ => CertificateKind::Good,
        }
    }

    /// The other servers it speaks to, which have to stand before it.
    pub(crate) fn behind(&self) -> &[String] {
        match &self.kind {
            Kind::Gateway(Gateway { before, .. }) | Kind::WebProxy(WebProxy { before, .. }) => {
                std::slice::from_ref(before)
            }
            Kind::Shodan { watches } => watches,
            _ => &[],
        }
    }

    /// The program that has to be installed for it, if it is not ours, and the
    /// Debian package it comes from.
    pub(crate) fn program(&self) -> Option<(&'static str, &'static str)> {
        match &self.kind {
            Kind::Dicom(_)
            | Kind::Web(_)
            | Kind::Nothing
            | Kind::Impostor(_)
            | Kind::Shodan { .. } => None,
            Kind::Orthanc(_) => Some(("Orthanc", "orthanc")),
            Kind::Storescp(_) => Some(("storescp", "dcmtk")),
            Kind::Dcmqrscp(_) => Some(("dcmqrscp", "dcmtk")),
            Kind::Gateway(_) => Some(("stunnel", "stunnel4")),
            Kind::WebProxy(_) => Some(("nginx", "nginx-light")),
        }
    }
}

/// What stands behind a port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The embedded DICOM server.
    Dicom(Archive),
    /// The embedded DICOMweb server.
    Web(WebDoor),
    /// Nothing: the port is reserved for the run and refuses connections.
    Nothing,
    /// Something that answers with fixed bytes.
    Impostor(Impostor),
    /// Orthanc, an archive.
    Orthanc(Orthanc),
    /// DCMTK's `storescp`, which takes images and lists nothing.
    Storescp(Storescp),
    /// DCMTK's `dcmqrscp`, a small archive.
    Dcmqrscp(Dcmqrscp),
    /// stunnel, TLS in front of another server.
    Gateway(Gateway),
    /// nginx, in front of the web side of an Orthanc.
    WebProxy(WebProxy),
    /// A stand-in for the search engine Shodan. It knows what our own probe
    /// finds out about other servers of the scene.
    Shodan {
        /// The servers it knows.
        watches: Vec<String>,
    },
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

    /// Whether it needs a network of its own: programs of others bind every
    /// interface, and files and rules belong to a machine.
    pub fn needs_a_cage(&self) -> bool {
        let embedded =
            |server: &Server| matches!(server.kind, Kind::Dicom(_) | Kind::Web(_) | Kind::Nothing);
        let files = !self.files.is_empty() || !self.units.is_empty();
        !self.servers.iter().all(embedded) || self.firewall.is_some() || files
    }

    /// Every address of the scene, those included from which callers come.
    pub(crate) fn addresses(&self) -> BTreeSet<IpAddr> {
        let callers = self.servers.iter().filter_map(|server| match &server.kind {
            Kind::Orthanc(orthanc) => Some(orthanc.known_at),
            _ => None,
        });
        let allowed = self.firewall.iter().flat_map(|rules| &rules.allow).copied();
        let called = self
            .firewall
            .iter()
            .filter_map(|rules| rules.may_call.as_ref());
        let called = called.flatten().map(|destination| destination.at.ip());
        let servers = self.servers.iter().map(|server| server.shown_as.ip());
        let others = callers.chain(allowed).chain(called);
        servers.chain(others).collect()
    }

    /// The digest of everything the scene says, its title excepted: the words
    /// above a scene may change without a new run.
    pub fn digest(&self) -> Digest {
        let scene = (&self.id, &self.servers, &self.firewall, &self.files);
        // Scenes without units are older than these, and so are their recordings.
        match self.units.as_slice() {
            [] => Digest::of(&scene),
            units => Digest::of(&(scene, units)),
        }
    }
}

#[cfg(test)]
mod tests;
