//! Servers of other makers, and what else a machine has: rules and files.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::str::FromStr;

use serde::Serialize;

use super::{AeTitle, Patient, ShownAs, Transport};

/// `kind = "impostor"`: takes a connection and answers with fixed bytes.
///
/// `says = "busy" | "no-service" | "garbage" | "endless" | "cut-off" | "silence"`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Impostor {
    /// A-ASSOCIATE-RJ, transient: local limit exceeded (PS3.8 §9.3.4).
    Busy,
    /// A-ASSOCIATE-AC in which every presentation context is refused.
    NoService,
    /// A byte that could begin an A-ASSOCIATE-AC, and then nonsense.
    Garbage,
    /// The same, without an end.
    Endless,
    /// The first half of an A-ASSOCIATE-AC.
    CutOff,
    /// Nothing.
    Silence,
}

/// `kind = "orthanc"`: Orthanc with the settings it ships with, but for those
/// that are named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Orthanc {
    /// `transport`: whether and how DICOM is protected.
    pub transport: Transport,
    /// `certificate`, where it speaks TLS.
    pub certificate: CertificateKind,
    /// `ae-title`
    pub ae_title: AeTitle,
    /// `known = ["WORKSTATION1"]`: the devices it lists; may be left out.
    pub known: Vec<AeTitle>,
    /// `known-at`: the address it has for them; 192.0.2.21 where left out.
    pub known_at: IpAddr,
    /// `settings`: Orthanc's own names, e.g. `DicomCheckCalledAet = true`. Only
    /// those of [`Orthanc::SETTINGS`] can be named.
    pub settings: BTreeMap<String, bool>,
    /// `web = true`: whether its web side is on, with DICOMweb, at port 8042 of
    /// the same address. Off where left out.
    pub web: bool,
    /// `[[server.patient]]`
    pub patients: Vec<Patient>,
}

impl Orthanc {
    /// The settings that a scene may name: who may do what.
    pub const SETTINGS: [&str; 7] = [
        "DicomAlwaysAllowEcho",
        "DicomAlwaysAllowFind",
        "DicomAlwaysAllowGet",
        "DicomAlwaysAllowMove",
        "DicomAlwaysAllowStore",
        "DicomCheckCalledAet",
        "DicomCheckModalityHost",
    ];
}

/// `kind = "storescp"`: DCMTK's `storescp`. It answers C-ECHO, takes images from
/// anybody, and serves one caller at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Storescp {
    /// `transport`
    pub transport: Transport,
    /// `certificate`, where it speaks TLS.
    pub certificate: CertificateKind,
    /// `profile`: the security profile, where it speaks TLS; its own default
    /// where left out.
    pub profile: Option<Profile>,
}

/// The security profiles of PS3.15 by the names of DCMTK's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// `"bcp195-nd"`, option `+py`: non-downgrading BCP 195 (PS3.15 B.10).
    Bcp195Nd,
    /// `"bcp195"`, option `+px`: BCP 195 (PS3.15 B.9), retired.
    Bcp195,
    /// `"bcp195-ex"`, option `+pz`: extended BCP 195 (PS3.15 B.11).
    Bcp195Ex,
    /// `"aes"`, option `+pa`: AES (PS3.15 B.3), retired.
    Aes,
    /// `"null"`, option `+pn`: authenticated and not encrypted. It is IHE's
    /// (ATNA) and retired, and never was one of DICOM's.
    Null,
}

/// `kind = "dcmqrscp"`: DCMTK's `dcmqrscp`, a small archive that checks by which
/// title it is called. It does not speak TLS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Dcmqrscp {
    /// `ae-title`
    pub ae_title: AeTitle,
    /// `[[server.patient]]`
    pub patients: Vec<Patient>,
}

/// `kind = "gateway"`: stunnel, which speaks TLS to callers and clear text to
/// the server behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Gateway {
    /// `before`: the name of the server behind it.
    pub before: String,
    /// `transport`: `"tls"` or `"mutual-tls"`.
    pub transport: Transport,
    /// `certificate`
    pub certificate: CertificateKind,
    /// `versions = "modern" | "1.0"`; modern where left out.
    pub versions: Versions,
    /// `admits = "modality1.example.test"`: the only name that a caller's
    /// certificate may have, where callers show one; any, where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admits: Option<String>,
}

/// Which versions of TLS a gateway speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Versions {
    /// 1.2 and 1.3.
    Modern,
    /// 1.0 alone, with whatever suites the library still has.
    Tls10,
}

/// What kind of certificate a server shows. All but the last are signed by the
/// scene's own authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateKind {
    /// `"good"`: for its own name, for 397 days.
    Good,
    /// `"ending-soon"`: 12 days are left.
    EndingSoon,
    /// `"ended"`: it ended yesterday.
    Ended,
    /// `"other-host"`: for other.example.test.
    OtherHost,
    /// `"rsa"`: a good one with an RSA key, as older devices have it. Old
    /// versions of TLS are spoken with such a key alone.
    Rsa,
    /// `"self-signed"`: by its own key.
    SelfSigned,
}

/// `kind = "web-proxy"`: nginx before the web side of an Orthanc.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct WebProxy {
    /// `before`: the name of the Orthanc behind it.
    pub before: String,
    /// `transport`: `"clear"` or `"tls"`.
    pub transport: Transport,
    /// `log = "combined" | "path-only"`
    pub log: LogFormat,
    /// `upstream = "up" | "down"`: whether what stands behind it answers; up
    /// where left out.
    pub upstream_is_down: bool,
}

/// What a web server writes into its access log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// nginx's own format, in which the address is whole.
    Combined,
    /// The address without its query.
    PathOnly,
}

/// `[firewall]`: rules of the machine on which a server stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Firewall {
    /// `protects`: the name of the server whose port is closed to strangers.
    pub protects: String,
    /// `allow = ["192.0.2.21"]`: who may still reach it.
    pub allow: Vec<IpAddr>,
    /// `otherwise = "drop" | "reject"`
    pub otherwise: Otherwise,
    /// `may-call = ["tcp 192.0.2.21:104"]`: the only ones that the machine may
    /// call by itself; may be left out, and then it may call anybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may_call: Option<Vec<Destination>>,
}

/// Somebody whom a machine may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Destination {
    /// How.
    pub protocol: Protocol,
    /// Where.
    pub at: ShownAs,
}

/// A protocol with ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// For DICOM, the web and logs.
    Tcp,
    /// For names and time.
    Udp,
}

/// What becomes of a stranger's packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Otherwise {
    /// It vanishes.
    Drop,
    /// It is answered with a reset.
    Reject,
}

/// `[[file]]`: a DICOM file of an invented patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SceneFile {
    /// `name = "image.dcm"`
    pub name: String,
    /// `preamble`: what its first 128 bytes hold (PS3.10 §7.1).
    pub preamble: Preamble,
}

/// The first 128 bytes of a DICOM file, for which the standard has no rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preamble {
    /// `"empty"`: zeros.
    Empty,
    /// `"windows-program"`: the header of a program that does nothing.
    WindowsProgram,
    /// `"linux-program"`: the same for Linux.
    LinuxProgram,
}

impl Preamble {
    /// Every kind, with the word for it in a scene.
    pub const ALL: [(&str, Preamble); 3] = [
        ("empty", Preamble::Empty),
        ("windows-program", Preamble::WindowsProgram),
        ("linux-program", Preamble::LinuxProgram),
    ];
}

impl FromStr for Preamble {
    type Err = ();

    fn from_str(word: &str) -> Result<Preamble, ()> {
        let mut all = Preamble::ALL.into_iter();
        all.find(|(known, _)| *known == word)
            .map(|(_, kind)| kind)
            .ok_or(())
    }
}

/// `[[unit]]`: a file from which systemd would start a gateway. Nothing in a cage
/// is started by it; it lies there to be looked at, as `NAME.service`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Unit {
    /// `name = "gateway"`
    pub name: String,
    /// `confined = true`: whether the file takes from the gateway what it does
    /// not need. Off where left out.
    pub confined: bool,
}
