//! DCMTK's `dcmqrscp`: a small archive that checks by which title it is called.

use std::net::SocketAddr;

use super::Launch;
use crate::scene::Dcmqrscp;

/// How it is started. It has no option for an address and listens on all; its
/// images and their index lie in `NAME-data`.
pub(super) fn launch(name: &str, at: SocketAddr, settings: &Dcmqrscp) -> Launch {
    let folder = format!("{name}-data");
    let file = format!("{name}.cfg");
    let (port, title) = (at.port(), &settings.ae_title);
    // The tables of devices stay empty: whoever calls the archive by its title
    // may read and write (`RW`, `ANY`). The numbers are those of DCMTK's own
    // example: up to 200 studies of 1,024 MB.
    let text = format!(
        "NetworkTCPPort = {port}\n\
         MaxPDUSize = 16384\n\
         MaxAssociations = 16\n\
         \n\
         HostTable BEGIN\n\
         HostTable END\n\
         \n\
         VendorTable BEGIN\n\
         VendorTable END\n\
         \n\
         AETable BEGIN\n\
         {title} {folder} RW (200, 1024mb) ANY\n\
         AETable END\n"
    );
    Launch {
        program: "dcmqrscp",
        args: ["-v", "-c", &file].map(str::to_owned).into(),
        files: vec![(file, text)],
        folders: vec![folder],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_title_the_port_and_the_folder_are_told() {
        let settings = Dcmqrscp {
            ae_title: "ARCHIVE".parse().unwrap(),
            patients: Vec::new(),
        };
        let launch = launch("qr", "192.0.2.12:104".parse().unwrap(), &settings);
        assert_eq!(launch.args, ["-v", "-c", "qr.cfg"]);
        assert_eq!(launch.folders, ["qr-data"]);
        let (name, text) = &launch.files[0];
        assert_eq!(name, "qr.cfg");
        assert!(text.starts_with("NetworkTCPPort = 104\n"), "{text}");
        let line = "\nARCHIVE qr-data RW (200, 1024mb) ANY\n";
        assert!(text.contains(line), "{text}");
    }
}
