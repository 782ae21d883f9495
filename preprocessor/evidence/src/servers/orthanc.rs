//! Orthanc, with the settings it ships with.

use std::net::SocketAddr;

use serde_json::{Map, Value, json};

use super::{Launch, ORTHANC_WEB};
use crate::scene::{Orthanc, Transport};

/// Orthanc's plugin for DICOMweb, where Debian's package has it.
const DICOMWEB: &str = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";

/// The port that is written down for the devices it lists. Nothing calls them.
const PORT_OF_KNOWN: u16 = 104;

/// How it is started. It has no option for an address and listens on all; its
/// images and their index lie in `NAME-data`.
pub(super) fn launch(name: &str, at: SocketAddr, settings: &Orthanc) -> Launch {
    let folder = format!("{name}-data");
    let file = format!("{name}.json");
    let known: Map<String, Value> = settings
        .known
        .iter()
        .map(|title| {
            let device = json!([title, settings.known_at, PORT_OF_KNOWN]);
            (title.to_string(), device)
        })
        .collect();
    let mut text = json!({
        "Name": name,
        "StorageDirectory": folder,
        "IndexDirectory": folder,
        "DicomAet": settings.ae_title,
        "DicomPort": at.port(),
        "DicomModalities": known,
        "HttpServerEnabled": settings.web,
    });
    let mut set = |name: &str, value: Value| text[name] = value;
    if settings.web {
        set("HttpPort", json!(ORTHANC_WEB));
        set("Plugins", json!([DICOMWEB]));
        // As shipped, the web side answers its own machine alone. Here the
        // whole network is one machine, and what is shown is what stands in
        // logs and not who logs in. Not for use outside a lab.
        set("RemoteAccessAllowed", json!(true));
        set("AuthenticationEnabled", json!(false));
    }
    let required = match settings.transport {
        Transport::Clear => None,
        Transport::Tls => Some(false),
        Transport::MutualTls => Some(true),
    };
    if let Some(required) = required {
        set("DicomTlsEnabled", json!(true));
        set("DicomTlsCertificate", json!(format!("{name}.crt")));
        set("DicomTlsPrivateKey", json!(format!("{name}.key")));
        set("DicomTlsTrustedCertificates", json!("ca.crt"));
        set("DicomTlsRemoteCertificateRequired", json!(required));
    }
    for (name, value) in &settings.settings {
        set(name, json!(value));
    }
    Launch {
        program: "Orthanc",
        args: vec![file.clone()],
        files: vec![(file, format!("{text:#}\n"))],
        folders: vec![folder],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;

    use super::*;
    use crate::scene::CertificateKind;

    fn settings() -> Orthanc {
        Orthanc {
            transport: Transport::Clear,
            certificate: CertificateKind::Good,
            ae_title: "ARCHIVE".parse().unwrap(),
            known: vec!["WORKSTATION1".parse().unwrap()],
            known_at: "192.0.2.21".parse().unwrap(),
            settings: BTreeMap::new(),
            web: false,
            patients: Vec::new(),
        }
    }

    fn config(settings: &Orthanc) -> Value {
        let launch = launch("archive", "192.0.2.10:4242".parse().unwrap(), settings);
        assert_eq!(launch.args, ["archive.json"]);
        serde_json::from_str(&launch.files[0].1).unwrap()
    }

    #[test]
    fn what_is_not_named_stays_as_shipped() {
        let config = config(&settings());
        assert_eq!(
            config,
            json!({
                "Name": "archive",
                "StorageDirectory": "archive-data",
                "IndexDirectory": "archive-data",
                "DicomAet": "ARCHIVE",
                "DicomPort": 4242,
                "DicomModalities": {"WORKSTATION1": ["WORKSTATION1", "192.0.2.21", 104]},
                "HttpServerEnabled": false,
            })
        );
    }

    #[test]
    fn what_is_named_is_set() {
        let mut settings = settings();
        let name = "DicomCheckCalledAet";
        settings.settings.insert(name.to_owned(), true);
        assert_eq!(config(&settings)[name], true);
    }

    #[test]
    fn a_client_shows_a_certificate_where_the_scene_says_so() {
        let mut settings = settings();
        for (transport, required) in [(Transport::Tls, false), (Transport::MutualTls, true)] {
            settings.transport = transport;
            let config = config(&settings);
            assert_eq!(config["DicomTlsEnabled"], true);
            assert_eq!(config["DicomTlsCertificate"], "archive.crt");
            assert_eq!(config["DicomTlsRemoteCertificateRequired"], required);
        }
    }

    #[test]
    fn the_web_side_has_dicomweb_and_no_other_plugin() {
        let mut settings = settings();
        settings.web = true;
        let config = config(&settings);
        assert_eq!(config["Plugins"], json!([DICOMWEB]));
        assert_eq!(config["HttpPort"], 8042);
    }
}
