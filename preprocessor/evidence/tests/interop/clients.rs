//! DCMTK's clients and nmap call our lab.

use std::path::Path;
use std::process::Command;

use evidence::{Loopback, Scene, Stage};

use crate::tool::{self, Folder, Output};

/// Stands a scene of the site up for as long as `body` takes.
fn on_stage(id: &str, body: impl FnOnce(&Stage, Loopback)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/scenes");
    let text = std::fs::read_to_string(folder.join(format!("{id}.toml"))).unwrap();
    let scene = Scene::parse(id, &text).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let stage = runtime.block_on(Stage::stand(&scene)).unwrap();
    let address = stage.address("archive").unwrap();
    body(&stage, address);
}

fn call(program: &Path, args: &[&str], address: Loopback) -> Output {
    let mut command = Command::new(program);
    command
        .args(args)
        .arg(address.ip().to_string())
        .arg(address.port().to_string());
    // DCMTK delays small packets unless told not to.
    tool::run(command.env("TCP_NODELAY", "1"))
}

#[test]
fn echoscu_is_answered() {
    let Some(echoscu) = tool::find("echoscu") else {
        return;
    };
    on_stage("open-archive", |_, address| {
        let output = call(&echoscu, &["-v", "-aec", "WHOEVER"], address);
        assert_eq!(output.code, Some(0), "{}", output.text);
        assert!(output.text.contains("Received Echo Response (Success)"));
        assert!(output.text.contains("Releasing Association"));
    });
}

#[test]
fn echoscu_reads_the_reasons() {
    let Some(echoscu) = tool::find("echoscu") else {
        return;
    };
    on_stage("checked-archive", |_, address| {
        for (args, reason) in [
            (
                ["-aet", "MODALITY1", "-aec", "WRONG"],
                "Called AE Title Not Recognized",
            ),
            (
                ["-aet", "STRANGER", "-aec", "ARCHIVE"],
                "Calling AE Title Not Recognized",
            ),
        ] {
            let output = call(&echoscu, &args, address);
            assert_eq!(output.code, Some(1));
            assert!(output.text.contains(reason), "{}", output.text);
            assert!(
                output
                    .text
                    .contains("Rejected Permanent, Source: Service User")
            );
        }
        let right = ["-v", "-aet", "MODALITY1", "-aec", "ARCHIVE"];
        let output = call(&echoscu, &right, address);
        assert!(output.text.contains("Received Echo Response (Success)"));
    });
}

#[test]
fn findscu_lists_patients() {
    let Some(findscu) = tool::find("findscu") else {
        return;
    };
    let query = |name: &str, calling: &str, address| {
        let name = format!("PatientName={name}");
        let args = [
            "-v",
            "-P",
            "-aet",
            calling,
            "-k",
            "QueryRetrieveLevel=PATIENT",
            "-k",
            &name,
            "-k",
            "PatientID",
        ];
        call(&findscu, &args, address).text
    };
    on_stage("open-archive", |_, address| {
        let all = query("", "STRANGER", address);
        assert_eq!(all.matches("SYNTHETIC^").count(), 3, "{all}");
        assert!(all.contains("[SYN-0003"), "{all}");
        assert!(
            all.contains("Received Final Find Response (Success)"),
            "{all}"
        );
        let some = query("SYN*BRAVO", "STRANGER", address);
        assert_eq!(some.matches("[SYNTHETIC^BRAVO").count(), 1, "{some}");
        assert_eq!(some.matches("SYNTHETIC^ALPHA").count(), 0, "{some}");
    });
    on_stage("default-archive", |_, address| {
        let refused = query("", "STRANGER", address);
        assert_eq!(refused.matches("SYNTHETIC^").count(), 0, "{refused}");
        // DCMTK 3.6.7 has no name for this status.
        assert!(
            refused.contains("0x124") || refused.contains("Authorized"),
            "{refused}"
        );
        let known = query("", "MODALITY1", address);
        assert_eq!(known.matches("SYNTHETIC^").count(), 3, "{known}");
    });
}

/// The options for a client that shows `identity` and trusts the scene's CA.
fn tls_options(folder: &Folder, stage: &Stage, identity: Option<bool>) -> Vec<String> {
    let certificates = stage.certificates().unwrap();
    let path = |name: &str, text: &str| folder.file(name, text).display().to_string();
    let authority = path("ca.crt", certificates.authority_pem());
    let mut options = match identity {
        None => vec!["+tla".to_owned()],
        Some(trusted) => {
            let identity = if trusted {
                certificates.trusted()
            } else {
                certificates.stranger()
            };
            vec![
                "+tls".to_owned(),
                path("client.key", &identity.key_pem()),
                path("client.crt", identity.certificate_pem()),
            ]
        }
    };
    options.extend(["+cf".to_owned(), authority]);
    options
}

#[test]
fn echoscu_speaks_tls_with_us() {
    let Some(echoscu) = tool::find("echoscu") else {
        return;
    };
    let folder = Folder::new("echoscu-tls");
    for (scene, identity, answered) in [
        ("tls-archive", None, true),
        ("mutual-tls-archive", Some(true), true),
        ("mutual-tls-archive", None, false),
        ("mutual-tls-archive", Some(false), false),
        // No TLS on this one.
        ("open-archive", None, false),
    ] {
        on_stage(scene, |stage, address| {
            let mut options = vec!["-v".to_owned(), "-to".to_owned(), "5".to_owned()];
            if scene == "open-archive" {
                options.push("+tla".to_owned());
                options.push("-ic".to_owned());
            } else {
                options.extend(tls_options(&folder, stage, identity));
            }
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            let output = call(&echoscu, &options, address);
            let success = output.text.contains("Received Echo Response (Success)");
            assert_eq!(success, answered, "{scene} {identity:?}: {}", output.text);
        });
    }
}

#[test]
fn a_clear_client_gets_nowhere_with_tls() {
    let Some(echoscu) = tool::find("echoscu") else {
        return;
    };
    on_stage("tls-archive", |_, address| {
        let output = call(&echoscu, &["-v", "-to", "5", "-ta", "5"], address);
        assert_ne!(output.code, Some(0), "{}", output.text);
    });
}

#[test]
fn nmap_takes_us_for_dicom() {
    let Some(nmap) = tool::find("nmap") else {
        return;
    };
    on_stage("open-archive", |_, address| {
        let mut command = Command::new(&nmap);
        let port = address.port().to_string();
        command
            .args(["-sT", "-Pn", "-n", "--script", "+dicom-ping", "-p", &port])
            .arg(address.ip().to_string());
        let output = tool::run(&mut command);
        assert!(
            output.text.contains("Any AET is accepted"),
            "{}",
            output.text
        );
    });
}
