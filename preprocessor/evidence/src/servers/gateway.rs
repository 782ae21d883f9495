//! stunnel: TLS to callers, clear text to the server behind it.

use std::net::SocketAddr;

use super::Launch;
use crate::scene::{Gateway, Transport, Versions};

/// How it is started: in the foreground, without a file for its process number.
/// Its log goes to the standard error.
pub(super) fn launch(name: &str, at: SocketAddr, behind: SocketAddr, settings: &Gateway) -> Launch {
    let file = format!("{name}.conf");
    let client = match (settings.transport, &settings.admits) {
        (Transport::Clear | Transport::Tls, _) => String::new(),
        // A client has to show a certificate that our authority has signed,
        (Transport::MutualTls, None) => "verifyChain = yes\n".to_owned(),
        // and that has this name.
        (Transport::MutualTls, Some(name)) => {
            format!("verifyChain = yes\ncheckHost = {name}\n")
        }
    };
    let versions = match settings.versions {
        Versions::Modern => "sslVersionMin = TLSv1.2\n",
        // OpenSSL 3 refuses TLS 1.0 above security level 0.
        Versions::Tls10 => "sslVersion = TLSv1\nciphers = ALL:@SECLEVEL=0\n",
    };
    let text = format!(
        "foreground = yes\n\
         pid =\n\
         syslog = no\n\
         debug = notice\n\
         \n\
         [dicom]\n\
         accept = {at}\n\
         connect = {behind}\n\
         cert = {name}.crt\n\
         key = {name}.key\n\
         CAfile = ca.crt\n\
         {client}{versions}"
    );
    Launch {
        program: "stunnel",
        args: vec![file.clone()],
        files: vec![(file, text)],
        folders: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::scene::CertificateKind;

    fn text(transport: Transport, versions: Versions) -> String {
        text_for(transport, versions, None)
    }

    fn text_for(transport: Transport, versions: Versions, admits: Option<&str>) -> String {
        let settings = Gateway {
            before: "modality".to_owned(),
            transport,
            certificate: CertificateKind::Good,
            versions,
            admits: admits.map(str::to_owned),
        };
        let at = "192.0.2.12:2762".parse().unwrap();
        let behind = "192.0.2.11:11112".parse().unwrap();
        let launch = launch("gateway", at, behind, &settings);
        assert_eq!(launch.args, ["gateway.conf"]);
        launch.files[0].1.clone()
    }

    #[test]
    fn it_stands_between_two_addresses() {
        let text = text(Transport::Tls, Versions::Modern);
        assert!(text.contains("\naccept = 192.0.2.12:2762\n"), "{text}");
        assert!(text.contains("\nconnect = 192.0.2.11:11112\n"), "{text}");
        assert!(text.contains("\nsslVersionMin = TLSv1.2\n"), "{text}");
        assert!(!text.contains("verify"), "{text}");
    }

    #[test]
    fn a_client_shows_a_certificate_where_the_scene_says_so() {
        let text = text(Transport::MutualTls, Versions::Modern);
        assert!(text.contains("\nverifyChain = yes\n"), "{text}");
        assert!(!text.contains("checkHost"), "{text}");
    }

    #[test]
    fn a_certificate_has_the_name_that_the_scene_says() {
        let name = "modality1.example.test";
        let text = text_for(Transport::MutualTls, Versions::Modern, Some(name));
        // Without the first line, stunnel does not start on the second.
        let both = format!("\nverifyChain = yes\ncheckHost = {name}\n");
        assert!(text.contains(&both), "{text}");
    }

    #[test]
    fn old_versions_need_an_old_level_of_security() {
        let text = text(Transport::Tls, Versions::Tls10);
        assert!(text.contains("\nsslVersion = TLSv1\n"), "{text}");
        assert!(text.contains("@SECLEVEL=0\n"), "{text}");
        assert!(!text.contains("TLSv1.2"), "{text}");
    }
}
