//! Standing a scene up inside a cage.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use tokio::process::Child;
use tokio::task::JoinSet;

use super::address::Inside;
use super::background::settle;
use super::host::system;
use super::process::{Setting, command};
use super::programs::find;
use super::ready;
use super::trouble::Trouble;
use crate::certificates::Certificates;
use crate::facts::{Association, Facts};
use crate::lab::{self, AccessLog};
use crate::limits::Limits;
use crate::loopback::Loopback;
use crate::scanner::{Request, probe};
use crate::scene::{Kind, Scene, Server, Transport};
use crate::servers::{Record, launch, part10, ruleset, serve_impostor, serve_shodan};
use crate::servers::{service, store};

/// A scene that stands in a cage.
pub(super) struct Standing {
    /// The certificates of the scene.
    pub(super) certificates: Certificates,
    /// Where a stand-in for Shodan is found, if there is one.
    pub(super) index: Option<String>,
    /// What servers of ours note about their callers, by their names.
    pub(super) logs: BTreeMap<String, Arc<AccessLog>>,
    /// What keeps the servers alive.
    _alive: (JoinSet<()>, Vec<Child>),
}

/// Stands every server up and waits until each can be spoken to.
pub(super) async fn stand(
    scene: &Scene,
    inside: &Inside,
    folder: &Path,
) -> Result<Standing, Trouble> {
    let certificates = Certificates::make()?;
    write_certificates(scene, &certificates, folder)?;
    write_files(scene, folder)?;
    let mut tasks = JoinSet::new();
    let mut programs = Vec::new();
    let mut logs = BTreeMap::new();
    for server in &scene.servers {
        let address = Loopback::inside(inside, server.shown_as.socket());
        match &server.kind {
            Kind::Dicom(archive) => {
                let listener = address.bind().await.map_err(Trouble::io("open a port"))?;
                let tls = lab::acceptor(&server.name, archive, &certificates)?;
                tasks.spawn(lab::serve(Arc::new(archive.clone()), tls, listener));
            }
            Kind::Web(door) => {
                let listener = address.bind().await.map_err(Trouble::io("open a port"))?;
                let path = folder.join(AccessLog::file_name(&server.name));
                let log = AccessLog::with_file(door.log, &path);
                let log = Arc::new(log.map_err(Trouble::io("open a log"))?);
                logs.insert(server.name.clone(), log.clone());
                tasks.spawn(lab::serve_web(Arc::new(door.clone()), log, listener));
            }
            Kind::Impostor(says) => {
                let listener = address.bind().await.map_err(Trouble::io("open a port"))?;
                tasks.spawn(serve_impostor(listener, *says));
            }
            Kind::Nothing | Kind::Shodan { .. } => {}
            _ => programs.push(start(server, scene, inside, folder)?),
        }
    }
    for server in scene.servers.iter().filter(|s| s.program().is_some()) {
        ready::wait(server, inside, &certificates, folder).await?;
    }
    for server in &scene.servers {
        fill(server, inside, &certificates).await?;
    }
    let mut index = None;
    for server in &scene.servers {
        if let Kind::Shodan { watches } = &server.kind {
            let records = records(scene, watches, inside).await?;
            let address = Loopback::inside(inside, server.shown_as.socket());
            let listener = address.bind().await.map_err(Trouble::io("open a port"))?;
            tasks.spawn(serve_shodan(listener, records));
            index = Some(format!("http://{}", server.shown_as));
            write_key(folder).map_err(Trouble::io("write the key of the index"))?;
        }
    }
    if let Some(rules) = &scene.firewall {
        let protected = scene.server(Some(&rules.protects));
        let protected = protected.ok_or(Trouble::Scene)?.shown_as.socket();
        let rules = ruleset(rules, protected);
        system(
            "nft",
            "set the firewall's rules",
            &["-f", "-"],
            Some(&rules),
        )?;
    }
    forget_logs(folder)
        .await
        .map_err(Trouble::io("empty the logs"))?;
    Ok(Standing {
        certificates,
        index,
        logs,
        _alive: (tasks, programs),
    })
}

/// Starts a program of its own; what it prints goes to its log.
fn start(server: &Server, scene: &Scene, inside: &Inside, folder: &Path) -> Result<Child, Trouble> {
    let behind = server.behind().first();
    let behind = behind.and_then(|name| scene.server(Some(name)));
    let behind = behind.map(|server| server.shown_as.socket());
    let launch = launch(server, behind).ok_or(Trouble::Scene)?;
    for made in &launch.folders {
        fs::create_dir_all(folder.join(made)).map_err(Trouble::io(format!("make {made}")))?;
    }
    for (name, text) in &launch.files {
        fs::write(folder.join(name), text).map_err(Trouble::io(format!("write {name}")))?;
    }
    let program = find(launch.program).ok_or(Trouble::NotInstalled(launch.program))?;
    let setting = Setting {
        inside,
        folder,
        index: None,
        bytes: 0,
    };
    let log = || {
        let path = folder.join(format!("{}.log", server.name));
        File::options().create(true).append(true).open(path)
    };
    let (out, err) = (log(), log());
    command(&program, &launch.args, &setting)
        .stdout(out.map_err(Trouble::io("open a log"))?)
        .stderr(err.map_err(Trouble::io("open a log"))?)
        .spawn()
        .map_err(Trouble::io(format!("start {}", launch.program)))
}

/// Writes the authority's certificate, those of three callers, and one for each
/// server that speaks TLS.
fn write_certificates(
    scene: &Scene,
    certificates: &Certificates,
    folder: &Path,
) -> Result<(), Trouble> {
    let write = |name: String, text: &str| {
        let written = fs::write(folder.join(&name), text);
        written.map_err(Trouble::io(format!("write {name}")))
    };
    write("ca.crt".to_owned(), certificates.authority_pem())?;
    let callers = [
        ("modality1", certificates.trusted()),
        ("printer", certificates.colleague()),
        ("stranger", certificates.stranger()),
    ];
    for (name, identity) in callers {
        write(format!("{name}.crt"), identity.certificate_pem())?;
        write(format!("{name}.key"), &identity.key_pem())?;
    }
    for server in scene.servers.iter().filter(|server| server.speaks_tls()) {
        let at = server.shown_as.ip();
        let identity = match server.needs_rsa() {
            true => {
                let key = rsa_key(folder, &server.name)?;
                certificates.server_with_key(&server.name, &key, at)?
            }
            false => certificates.server_of_kind(&server.name, server.certificate(), at)?,
        };
        write(format!("{}.crt", server.name), identity.certificate_pem())?;
        write(format!("{}.key", server.name), &identity.key_pem())?;
    }
    Ok(())
}

/// A fresh RSA key: retired profiles know nothing newer, and our own library
/// makes none.
fn rsa_key(folder: &Path, name: &str) -> Result<String, Trouble> {
    let path = folder.join(format!("{name}.key"));
    let place = path.display().to_string();
    let args = ["genrsa", "-out", place.as_str(), "2048"];
    system("openssl", "make an RSA key", &args, None)?;
    fs::read_to_string(path).map_err(Trouble::io("read the RSA key"))
}

/// Writes the files that lie ready to be looked at.
fn write_files(scene: &Scene, folder: &Path) -> Result<(), Trouble> {
    for file in &scene.files {
        let bytes = part10(file.preamble);
        let written = fs::write(folder.join(&file.name), bytes);
        written.map_err(Trouble::io(format!("write {}", file.name)))?;
    }
    for unit in &scene.units {
        let name = format!("{}.service", unit.name);
        let written = fs::write(folder.join(&name), service(unit));
        written.map_err(Trouble::io(format!("write {name}")))?;
    }
    Ok(())
}

/// Puts the patients into an archive that is a program of its own.
async fn fill(
    server: &Server,
    inside: &Inside,
    certificates: &Certificates,
) -> Result<(), Trouble> {
    let (called, calling) = match &server.kind {
        Kind::Orthanc(orthanc) => (&orthanc.ae_title, orthanc.known.first()),
        Kind::Dcmqrscp(dcmqrscp) => (&dcmqrscp.ae_title, None),
        _ => return Ok(()),
    };
    if server.patients().is_empty() {
        return Ok(());
    }
    let calling = calling.unwrap_or(called);
    let address = Loopback::inside(inside, server.shown_as.socket());
    let tls = server.transport() != Transport::Clear;
    let identity = tls.then(|| certificates.trusted());
    let stored = store(address, calling, called, identity, server.patients()).await;
    stored.map_err(|source| Trouble::Store {
        server: server.name.clone(),
        source,
    })
}

/// Writes a key for the command line of the index, which refuses to work
/// without one, and one that others can read. It opens nothing.
fn write_key(folder: &Path) -> std::io::Result<()> {
    let place = folder.join(".config/shodan");
    fs::create_dir_all(&place)?;
    let key = place.join("api_key");
    fs::write(&key, "SYNTHETIC-KEY")?;
    fs::set_permissions(key, fs::Permissions::from_mode(0o600))
}

/// What our own probe finds out about the servers that an index watches.
async fn records(
    scene: &Scene,
    watches: &[String],
    inside: &Inside,
) -> Result<Vec<Record>, Trouble> {
    let mut records = Vec::new();
    let servers = watches.iter().filter_map(|name| scene.server(Some(name)));
    for server in servers {
        let address = Loopback::inside(inside, server.shown_as.socket());
        let tls = server.transport() != Transport::Clear;
        let mut args = vec!["--until", "associate"];
        args.extend(tls.then_some("--tls"));
        let args: Vec<String> = args.into_iter().map(str::to_owned).collect();
        let request = Request::parse(&args).map_err(|error| Trouble::Unfit(error.into()))?;
        // Whoever calls on the whole internet has no certificate to show.
        let facts = probe(address, &request, None, &Limits::default()).await?;
        records.push(record(server, &facts));
    }
    Ok(records)
}

fn record(server: &Server, facts: &Facts) -> Record {
    let accepted = match &facts.association {
        Association::Accepted(acceptance) => Some(acceptance),
        _ => None,
    };
    let text = |clean: &crate::clean::Clean| clean.as_plain().into_owned();
    Record {
        at: server.shown_as.socket(),
        implementation: accepted.and_then(|a| a.implementation.as_ref()).map(text),
        version: accepted
            .and_then(|a| a.implementation_version.as_ref())
            .map(text),
        accepted: accepted.is_some(),
        tls: facts.tls.is_some(),
    }
}

/// Empties every log: what is in it so far came from us. First it waits until
/// nobody writes any more, so that our own visit is not taken for a caller's.
async fn forget_logs(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "log") {
            settle(&path, false).await;
            File::options().write(true).truncate(true).open(path)?;
        }
    }
    Ok(())
}
