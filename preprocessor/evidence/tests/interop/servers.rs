//! Our probe calls DCMTK's servers and Orthanc.

use std::path::Path;
use std::process::Command;

use evidence::{
    Association, AssociationOutcome, Certificates, ClientCertificate, Facts, Handshake, Identity,
    Limits, Loopback, Peer, RejectReason, Reply, ReplyOutcome, Request, probe,
};

use crate::cage;
use crate::tool::{self, Folder, Server};

fn look(address: Loopback, args: &str, identity: Option<&Identity>) -> Facts {
    let args: Vec<String> = args.split_whitespace().map(str::to_owned).collect();
    let request = Request::parse(&args).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let limits = Limits::default();
    runtime
        .block_on(probe(address, &request, identity, &limits))
        .unwrap()
}

fn reject_reason(facts: &Facts) -> Option<RejectReason> {
    match &facts.association {
        Association::Rejected(rejection) => Some(rejection.reason),
        _ => None,
    }
}

/// Files of an authority and a server certificate, in `folder`.
struct Keys {
    certificates: Certificates,
    authority: String,
    key: String,
    certificate: String,
}

fn keys(folder: &Folder) -> Keys {
    let certificates = Certificates::make().unwrap();
    let server = certificates.server("archive").unwrap();
    let file = |name: &str, text: &str| folder.file(name, text).display().to_string();
    Keys {
        authority: file("ca.crt", certificates.authority_pem()),
        key: file("server.key", &server.key_pem()),
        certificate: file("server.crt", server.certificate_pem()),
        certificates,
    }
}

#[test]
fn storescp_in_clear() {
    let Some(storescp) = tool::find("storescp") else {
        return;
    };
    cage::inside("servers::storescp_in_clear", || {
        let folder = Folder::new("storescp-clear");
        let mut command = Command::new(&storescp);
        command.arg("11112").current_dir(folder.path());
        let (_server, address) = Server::start(&mut command, &folder.path().join("log"), 11112);
        let facts = look(address, "", None);
        assert_eq!(facts.peer, Some(Peer::Dicom));
        assert_eq!(facts.association.outcome(), AssociationOutcome::Accepted);
        assert_eq!(facts.echo, Reply::Answered(()));
        assert_eq!(facts.patients, Reply::NotOffered);

        let tls = look(address, "--tls", None);
        let handshake = tls.tls.unwrap().handshake;
        assert!(
            matches!(handshake, Handshake::NotTls | Handshake::HungUp),
            "{handshake:?}"
        );
    });
}

#[test]
fn storescp_with_tls() {
    let Some(storescp) = tool::find("storescp") else {
        return;
    };
    cage::inside("servers::storescp_with_tls", || {
        let folder = Folder::new("storescp-tls");
        let keys = keys(&folder);
        let serve = |option: &str, port: u16| {
            let mut command = Command::new(&storescp);
            command
                .args(["+tls", &keys.key, &keys.certificate, "+cf", &keys.authority])
                .args([option, &port.to_string()])
                .current_dir(folder.path());
            Server::start(&mut command, &folder.path().join("log"), port)
        };
        let (_strict, strict) = serve("-rc", 2762);
        for (identity, wish) in [
            (None, ClientCertificate::Required),
            (
                Some(keys.certificates.stranger()),
                ClientCertificate::Refused,
            ),
            (
                Some(keys.certificates.trusted()),
                ClientCertificate::Accepted,
            ),
        ] {
            let facts = look(strict, "--tls", identity);
            let tls = facts.tls.as_ref().unwrap();
            assert_eq!(tls.client_certificate, wish, "{facts:#?}");
            let answered = wish == ClientCertificate::Accepted;
            assert_eq!(facts.echo.outcome() == ReplyOutcome::Answered, answered);
            assert_eq!(tls.certificate.as_ref().unwrap().self_signed, Some(false));
        }
        let (_lax, lax) = serve("-ic", 2763);
        let facts = look(lax, "--tls", None);
        let tls = facts.tls.as_ref().unwrap();
        assert_eq!(tls.handshake, Handshake::Completed);
        assert_eq!(tls.client_certificate, ClientCertificate::NotRequested);
        assert_eq!(facts.echo, Reply::Answered(()));
        let clear = look(lax, "", None);
        assert!(
            matches!(clear.peer, Some(Peer::Tls | Peer::HungUp)),
            "{clear:?}"
        );
    });
}

/// Makes instances of invented patients; none, if a tool is missing.
fn instances(folder: &Folder) -> Option<Vec<String>> {
    let dump2dcm = tool::find("dump2dcm")?;
    let mut files = Vec::new();
    for (number, name) in ["ALPHA", "BRAVO", "CHARLIE"].iter().enumerate() {
        let dump = format!(
            "(0008,0016) UI =SecondaryCaptureImageStorage\n\
             (0008,0018) UI [1.2.826.0.1.3680043.10.543.{number}.3]\n\
             (0008,0060) CS [OT]\n\
             (0010,0010) PN [SYNTHETIC^{name}]\n\
             (0010,0020) LO [SYN-000{number}]\n\
             (0020,000d) UI [1.2.826.0.1.3680043.10.543.{number}.1]\n\
             (0020,000e) UI [1.2.826.0.1.3680043.10.543.{number}.2]\n"
        );
        let dump = folder.file(&format!("{name}.dump"), &dump);
        let file = dump.with_extension("dcm").display().to_string();
        let mut command = Command::new(&dump2dcm);
        let output = tool::run(command.args(["+te", &dump.display().to_string(), &file]));
        assert_eq!(output.code, Some(0), "{}", output.text);
        files.push(file);
    }
    Some(files)
}

/// Sends instances to a server.
fn store(files: &[String], called: &str, address: Loopback) -> bool {
    let Some(storescu) = tool::find("storescu") else {
        return false;
    };
    let mut command = Command::new(storescu);
    command
        .args(["-aec", called, &address.ip().to_string()])
        .arg(address.port().to_string())
        .args(files);
    let output = tool::run(&mut command);
    assert_eq!(output.code, Some(0), "{}", output.text);
    true
}

#[test]
fn dcmqrscp_checks_whom_we_call() {
    let Some(dcmqrscp) = tool::find("dcmqrscp") else {
        return;
    };
    cage::inside("servers::dcmqrscp_checks_whom_we_call", || {
        let folder = Folder::new("dcmqrscp");
        let store_at = folder.path().join("store");
        std::fs::create_dir(&store_at).unwrap();
        let configuration = format!(
            "NetworkTCPPort = 11113\nMaxPDUSize = 16384\nMaxAssociations = 16\n\
             HostTable BEGIN\nHostTable END\nVendorTable BEGIN\nVendorTable END\n\
             AETable BEGIN\nARCHIVE {} RW (10, 100mb) ANY\nAETable END\n",
            store_at.display()
        );
        let configuration = folder.file("dcmqrscp.cfg", &configuration);
        let mut command = Command::new(&dcmqrscp);
        command.arg("-c").arg(configuration).arg("11113");
        let (_server, address) = Server::start(&mut command, &folder.path().join("log"), 11113);

        let wrong = look(address, "--called WRONG", None);
        assert_eq!(
            reject_reason(&wrong),
            Some(RejectReason::CalledAeTitleNotRecognized)
        );
        let Some(files) = instances(&folder) else {
            return;
        };
        if !store(&files, "ARCHIVE", address) {
            return;
        }
        let facts = look(address, "--called ARCHIVE", None);
        assert_eq!(facts.echo, Reply::Answered(()));
        let Reply::Answered(count) = facts.patients else {
            panic!("{facts:#?}");
        };
        assert_eq!((count.patients, count.capped), (3, false));
    });
}

/// Starts Orthanc with settings of a test.
fn orthanc(program: &Path, folder: &Folder, port: u16, settings: &str) -> (Server, Loopback) {
    let storage = folder.path().join(format!("orthanc-{port}"));
    std::fs::create_dir(&storage).unwrap();
    let configuration = format!(
        r#"{{ "StorageDirectory": {storage:?}, "IndexDirectory": {storage:?},
             "HttpServerEnabled": false, "DicomAet": "ARCHIVE", "DicomPort": {port},
             "DicomModalities": {{ "known": ["MODALITY1", "127.0.0.1", 104] }},
             "Plugins": [], {settings} }}"#
    );
    let configuration = folder.file(&format!("orthanc-{port}.json"), &configuration);
    let mut command = Command::new(program);
    command.arg(configuration);
    Server::start(
        &mut command,
        &folder.path().join(format!("log-{port}")),
        port,
    )
}

#[test]
fn orthanc_open_default_and_strict() {
    let Some(program) = tool::find("Orthanc") else {
        return;
    };
    cage::inside("servers::orthanc_open_default_and_strict", || {
        let folder = Folder::new("orthanc");
        let open = r#""DicomAlwaysAllowFind": true"#;
        let (_open, open) = orthanc(&program, &folder, 4242, open);
        let Some(files) = instances(&folder) else {
            return;
        };
        if store(&files, "ARCHIVE", open) {
            let facts = look(open, "", None);
            let Reply::Answered(count) = facts.patients else {
                panic!("{facts:#?}");
            };
            assert_eq!(count.patients, 3);
        }

        let default = r#""DicomAlwaysAllowFind": false"#;
        let (_default, default) = orthanc(&program, &folder, 4243, default);
        let stranger = look(default, "", None);
        assert_eq!(stranger.echo, Reply::Answered(()));
        assert!(
            matches!(
                stranger.patients,
                Reply::Aborted(_) | Reply::NotOffered | Reply::Refused(_)
            ),
            "{stranger:#?}"
        );
        let known = look(default, "--calling MODALITY1", None);
        assert_eq!(
            known.patients.outcome(),
            ReplyOutcome::Answered,
            "{known:#?}"
        );

        let strict = r#""DicomCheckCalledAet": true, "DicomAlwaysAllowEcho": false,
                        "DicomAlwaysAllowStore": false, "DicomCheckModalityHost": true"#;
        let (_strict, strict) = orthanc(&program, &folder, 4244, strict);
        let wrong = look(strict, "--called WRONG", None);
        assert_eq!(
            reject_reason(&wrong),
            Some(RejectReason::CalledAeTitleNotRecognized)
        );
        let stranger = look(strict, "--called ARCHIVE", None);
        assert_ne!(stranger.echo, Reply::Answered(()));
    });
}

#[test]
fn orthanc_with_tls() {
    let Some(program) = tool::find("Orthanc") else {
        return;
    };
    cage::inside("servers::orthanc_with_tls", || {
        let folder = Folder::new("orthanc-tls");
        let keys = keys(&folder);
        let tls = |required: bool| {
            format!(
                r#""DicomTlsEnabled": true, "DicomTlsCertificate": {:?},
                   "DicomTlsPrivateKey": {:?}, "DicomTlsTrustedCertificates": {:?},
                   "DicomTlsRemoteCertificateRequired": {required}"#,
                keys.certificate, keys.key, keys.authority
            )
        };
        let (_strict, strict) = orthanc(&program, &folder, 4245, &tls(true));
        let without = look(strict, "--tls", None).tls.unwrap();
        assert_eq!(without.client_certificate, ClientCertificate::Required);
        let with = look(strict, "--tls", Some(keys.certificates.trusted()));
        assert_eq!(with.echo, Reply::Answered(()), "{with:#?}");
        let (_lax, lax) = orthanc(&program, &folder, 4246, &tls(false));
        let facts = look(lax, "--tls", None);
        assert_eq!(facts.echo, Reply::Answered(()), "{facts:#?}");
        assert_eq!(facts.tls.unwrap().handshake, Handshake::Completed);
    });
}
