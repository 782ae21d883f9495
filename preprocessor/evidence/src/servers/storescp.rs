//! DCMTK's `storescp`: takes images from anybody, one caller at a time.

use std::net::SocketAddr;

use super::Launch;
use crate::scene::{Profile, Storescp, Transport};

/// How it is started. It has no option for an address and listens on all; what
/// it is given lies in `NAME-data`.
pub(super) fn launch(name: &str, at: SocketAddr, settings: &Storescp) -> Launch {
    let folder = format!("{name}-data");
    let mut args: Vec<String> = ["-v", "-od", &folder].map(str::to_owned).into();
    let certificates = match settings.transport {
        Transport::Clear => None,
        // Its own default is to insist on a client's certificate.
        Transport::Tls => Some("-ic"),
        Transport::MutualTls => Some("-rc"),
    };
    if let Some(certificates) = certificates {
        args.extend(["+tls".to_owned(), format!("{name}.key")]);
        args.push(format!("{name}.crt"));
        args.extend(["+cf", "ca.crt", certificates].map(str::to_owned));
        args.extend(settings.profile.map(|profile| option(profile).to_owned()));
    }
    args.push(at.port().to_string());
    Launch {
        program: "storescp",
        args,
        files: Vec::new(),
        folders: vec![folder],
    }
}

/// The option for a security profile. Those of the retired profiles AES and
/// NULL have RSA suites alone, for which the server needs an RSA key.
fn option(profile: Profile) -> &'static str {
    match profile {
        Profile::Bcp195Nd => "+py",
        Profile::Bcp195 => "+px",
        Profile::Bcp195Ex => "+pz",
        Profile::Aes => "+pa",
        Profile::Null => "+pn",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::scene::CertificateKind;

    /// The command line of a server named "modality".
    fn line(transport: Transport, profile: Option<Profile>) -> String {
        let settings = Storescp {
            transport,
            certificate: CertificateKind::Good,
            profile,
        };
        let at = "192.0.2.11:11112".parse().unwrap();
        launch("modality", at, &settings).args.join(" ")
    }

    #[test]
    fn clear_text_has_no_options_of_tls() {
        assert_eq!(line(Transport::Clear, None), "-v -od modality-data 11112");
        let profile = Some(Profile::Aes);
        assert_eq!(
            line(Transport::Clear, profile),
            line(Transport::Clear, None)
        );
    }

    #[test]
    fn a_client_shows_a_certificate_where_the_scene_says_so() {
        let tls = "-v -od modality-data +tls modality.key modality.crt +cf ca.crt";
        assert_eq!(line(Transport::Tls, None), format!("{tls} -ic 11112"));
        assert_eq!(
            line(Transport::MutualTls, Some(Profile::Bcp195)),
            format!("{tls} -rc +px 11112")
        );
    }
}
