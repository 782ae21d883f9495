//! A private network with loopback and nothing else, for scanners of other makers: Linux namespaces, made
//! without root. This program starts itself again in there.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use evidence::{Scene, Stage};

use crate::probe;
use crate::program::{find, printed};

/// How this program is told that it is inside.
pub(crate) const INSIDE: &str = "--inside=";

/// Where a server answers, whatever the address behind 127.
pub(crate) const ANSWERS: u16 = 11_112;
/// Where every call is dropped.
pub(crate) const DROPS: u16 = 104;

/// Lab servers behind the port: each takes sixteen associations at once, and together they take all callers.
const SERVERS: usize = 64;

/// What `part` of this program prints in a network of its own.
pub(crate) fn ask(part: &str, words: &[String]) -> Result<String> {
    let unshare = find("unshare")?;
    let mut command = Command::new(unshare);
    command
        .args([
            "--user",
            "--map-root-user",
            "--net",
            "--pid",
            "--mount-proc",
            "--fork",
        ])
        .args(["--kill-child", "--"])
        .arg(std::env::current_exe()?)
        .arg(format!("{INSIDE}{part}"))
        .args(words)
        .stderr(Stdio::inherit());
    printed(&mut command)
}

/// One part of this program, inside.
pub(crate) fn inside(part: &str, words: &[String]) -> Result<()> {
    match part {
        "probe" => probe::inside(words),
        "server" => serve(),
        other => bail!("there is no part {other}"),
    }
}

/// The network of this process, with loopback up, one port dropped and one answered by a process of its own.
pub(crate) fn furnish() -> Result<Server> {
    let up = Command::new(find("ip")?)
        .args(["link", "set", "lo", "up"])
        .status()?;
    ensure!(up.success(), "loopback cannot be set up");
    let mut nft = Command::new(find("nft")?)
        .args(["-f", "-"])
        .stdin(Stdio::piped())
        .spawn()?;
    let rules = format!(
        "table ip proof {{\n chain input {{\n type filter hook input priority filter; policy accept;\n \
         tcp dport {DROPS} drop\n }}\n}}\n"
    );
    let mut stdin = nft.stdin.take().context("nft takes no rules")?;
    stdin.write_all(rules.as_bytes())?;
    drop(stdin);
    ensure!(nft.wait()?.success(), "nft refused the rule");
    let server = Command::new(std::env::current_exe()?)
        .arg(format!("{INSIDE}server"))
        .spawn()?;
    let server = Server(server);
    for _ in 0..200 {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, ANSWERS)).is_ok() {
            return Ok(server);
        }
        thread::sleep(std::time::Duration::from_millis(25));
    }
    bail!("the lab server does not stand")
}

/// The process with the lab servers; it ends with this value.
#[derive(Debug)]
pub(crate) struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // What has ended already is no trouble.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Our lab server on every address of loopback: several of it, behind one port.
fn serve() -> Result<()> {
    const SCENE: &str = "title = \"An archive that answers anyone\"\n[[server]]\nname = \"archive\"\n\
        kind = \"dicom\"\nshown-as = \"192.0.2.10:11112\"\ntransport = \"clear\"\nae-title = \"ARCHIVE\"\n\
        called = \"any\"\ncalling = \"any\"\nqueries = \"any\"\n";
    let scene = Scene::parse("open", SCENE).map_err(|misfits| anyhow::anyhow!("{misfits:?}"))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut stages = Vec::new();
        for _ in 0..SERVERS {
            stages.push(Stage::stand(&scene).await?);
        }
        let addresses = stages.iter().filter_map(|stage| stage.address("archive"));
        let addresses: Vec<_> = addresses.collect();
        let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, ANSWERS))?;
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let mut turn = addresses.iter().cycle();
        loop {
            let (mut caller, _) = listener.accept().await?;
            let Some(&address) = turn.next() else {
                bail!("no server stands");
            };
            tokio::spawn(async move {
                if let Ok(mut server) = address.connect().await {
                    // A caller that hangs up ends the conversation.
                    let _ = tokio::io::copy_bidirectional(&mut caller, &mut server).await;
                }
            });
        }
    })
}
