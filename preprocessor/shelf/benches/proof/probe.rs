//! Our probe in this process, against Nmap and echoscu, at many loopback addresses.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use evidence::{Limits, Loopback, Request};
use serde_json::{Value, json};

use crate::arguments::Plan;
use crate::build::grouped;
use crate::computer;
use crate::network::{self, ANSWERS, DROPS};
use crate::program::{find, number, printed, version};
use crate::record::{Case, Record};
use crate::sides::alternate;

/// How many are called at once, by us and by copies of echoscu; Nmap chooses for itself.
const AT_ONCE: usize = 250;
/// How long a call may take to get through, in seconds: our default, and told to echoscu.
const PATIENCE: &str = "5";
const SIZES: [usize; 3] = [1, 100, 1_000];
/// Waiting for a thousand silent addresses takes Nmap minutes, and varies little.
const RUNS_OF_THE_LONGEST: usize = 3;

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    for (peer, title, plain) in [
        (
            "nmap",
            "Looking at DICOM servers, beside Nmap",
            "Each asks for an association at every address: our probe in one process, Nmap with its script \
             dicom-ping in one call for all addresses.",
        ),
        (
            "echoscu",
            "Looking at DICOM servers, beside echoscu",
            "Each asks for an association and sends one C-ECHO at every address: our probe in one process, echoscu \
             with a process for each.",
        ),
    ] {
        if let Err(error) = against(peer, title, plain, plan) {
            eprintln!("SKIPPED probe-{peer}: {error:#}");
        }
    }
    Ok(())
}

fn against(peer: &str, title: &str, plain: &str, plan: &Plan) -> Result<()> {
    let said = version(&find(peer)?, &["--version"])?;
    let load = computer::load();
    let mut cases = Vec::new();
    for (answer, port) in [("that answer", ANSWERS), ("that drop every call", DROPS)] {
        for &size in plan.sizes(&SIZES, &[1, 100]) {
            let addresses = if size == 1 { "address" } else { "addresses" };
            let answer = if size == 1 {
                answer
                    .replace("answer", "answers")
                    .replace("drop ", "drops ")
            } else {
                answer.to_owned()
            };
            let name = format!("{} {addresses} {answer}", grouped(size));
            let is_long = port == DROPS && size == SIZES[2];
            let runs = if is_long {
                plan.runs.min(RUNS_OF_THE_LONGEST)
            } else {
                plan.runs
            };
            let words = [
                peer,
                &port.to_string(),
                &size.to_string(),
                &runs.to_string(),
                &name,
            ];
            let said = network::ask("probe", &words.map(str::to_owned))?;
            let found: Value = serde_json::from_str(&said)?;
            let figures = |key: &str| -> Vec<f64> {
                let list = found[key].as_array().into_iter().flatten();
                list.filter_map(Value::as_f64).collect()
            };
            let mut case = Case::new(&name);
            (case.ours, case.peer) = (figures("ours"), figures("peer"));
            case.our_memory = found["our-memory"].as_u64();
            case.peer_memory = found["peer-memory"].as_u64();
            cases.push(case);
        }
    }
    let id = format!("probe-{peer}");
    let name = match peer {
        "nmap" => format!("Nmap {} with dicom-ping", number(&said)),
        _ => format!(
            "echoscu of DCMTK {}",
            number(said.trim_start_matches("$dcmtk: echoscu "))
        ),
    };
    Record {
        id: &id,
        title,
        plain,
        unit: "seconds",
        ours: "our probe, called in one process",
        peer: Some(&name),
        conditions: vec![
            "Servers and scanners stand in a private network that has loopback and nothing else.".to_owned(),
            format!("Where calls are dropped, ours and echoscu wait {PATIENCE} seconds; Nmap decides for itself."),
            format!("Ours calls up to {AT_ONCE} addresses at once, and as many copies of echoscu run."),
            format!("The case of {} silent addresses has {RUNS_OF_THE_LONGEST} runs at most.", grouped(SIZES[2])),
            "Ours runs inside the bench and starts no process. A peer's time includes its start.".to_owned(),
            load,
        ],
        cases,
    }
    .write(plan)
}

/// One case, in the private network; the figures go to standard output as JSON.
pub(crate) fn inside(words: &[String]) -> Result<()> {
    let [peer, port, size, runs, name] = words else {
        anyhow::bail!("a case has five words");
    };
    let (port, size, runs): (u16, u32, usize) = (port.parse()?, size.parse()?, runs.parse()?);
    let _server = network::furnish()?;
    let addresses: Vec<Ipv4Addr> = (0..size)
        .map(|index| Ipv4Addr::from_bits(0x7f01_0001 + index))
        .collect();
    let until = if peer == "nmap" { "associate" } else { "echo" };
    let request = Request::parse(&["--until".to_owned(), until.to_owned()])?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let ours = || -> Result<f64> {
        let start = Instant::now();
        let found = runtime.block_on(look(&addresses, port, &request))?;
        let seconds = start.elapsed().as_secs_f64();
        expect(found, port, addresses.len(), "ours")?;
        Ok(seconds)
    };
    // The first call on each side is not counted.
    ours()?;
    let list = tempfile::NamedTempFile::new()?;
    for address in &addresses {
        writeln!(list.as_file(), "{address}")?;
    }
    let scanner = find(peer)?;
    let peer_memory = match peer.as_str() {
        "nmap" => crate::program::memory(&nmap(&scanner, list.path(), port), &[0])?,
        _ => crate::program::memory(&echoscu(&scanner, addresses[0], port), &[0, 1])?,
    };
    let theirs = || -> Result<f64> {
        let start = Instant::now();
        let found = match peer.as_str() {
            "nmap" => printed(&mut nmap(&scanner, list.path(), port))?
                .matches("DICOM Service Provider discovered")
                .count(),
            _ => call_each(&scanner, &addresses, port)?,
        };
        let seconds = start.elapsed().as_secs_f64();
        expect(found, port, addresses.len(), peer)?;
        Ok(seconds)
    };
    let case = alternate(name, runs, ours, theirs)?;
    println!(
        "{}",
        json!({ "ours": case.ours, "peer": case.peer, "our-memory": held(), "peer-memory": peer_memory })
    );
    Ok(())
}

/// The most memory that this process held, in MB.
fn held() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some((kilobytes * 1_024).div_ceil(1_000_000))
}

/// A scanner that saw other servers than there are has not done the work.
fn expect(found: usize, port: u16, addresses: usize, who: &str) -> Result<()> {
    let wanted = if port == ANSWERS { addresses } else { 0 };
    ensure!(
        found == wanted,
        "{who} saw {found} servers, and there are {wanted}"
    );
    Ok(())
}

/// How many let us in.
async fn look(addresses: &[Ipv4Addr], port: u16, request: &Request) -> Result<usize> {
    let mut found = 0;
    let mut calls = tokio::task::JoinSet::new();
    for &address in addresses {
        while calls.len() >= AT_ONCE {
            found += accepted(calls.join_next().await)?;
        }
        let address: Loopback = SocketAddr::from((address, port)).to_string().parse()?;
        let request = request.clone();
        calls.spawn(async move { evidence::describe(address, &request, &Limits::default()).await });
    }
    while !calls.is_empty() {
        found += accepted(calls.join_next().await)?;
    }
    Ok(found)
}

type Call = Result<Result<Vec<evidence::Line>, evidence::ScanError>, tokio::task::JoinError>;

fn accepted(call: Option<Call>) -> Result<usize> {
    let lines = call.context("no call was under way")???;
    let is_accepted = |line: &evidence::Line| {
        let text = line.text.as_plain();
        text.starts_with("associate") && text.contains("accepted")
    };
    Ok(usize::from(lines.iter().any(is_accepted)))
}

fn nmap(program: &Path, list: &Path, port: u16) -> Command {
    let mut nmap = Command::new(program);
    nmap.args(["-n", "-Pn", "-sT", "--script", "dicom-ping", "-p"]);
    nmap.arg(port.to_string()).arg("-iL").arg(list);
    nmap
}

fn echoscu(program: &Path, address: Ipv4Addr, port: u16) -> Command {
    let mut echoscu = Command::new(program);
    echoscu.args(["-to", PATIENCE, "-aet", "STRANGER", "-aec", "ANY-SCP"]);
    echoscu.arg(address.to_string()).arg(port.to_string());
    echoscu
}

/// A process for each address, so many at once; how many were answered.
fn call_each(program: &Path, addresses: &[Ipv4Addr], port: u16) -> Result<usize> {
    let next = Mutex::new(addresses.iter());
    let work = || -> Result<usize> {
        let mut answered = 0;
        loop {
            let Some(address) = next.lock().ok().and_then(|mut next| next.next().copied()) else {
                return Ok(answered);
            };
            let mut call = echoscu(program, address, port);
            let status = call.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
            answered += usize::from(status.success());
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE.min(addresses.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut answered = 0;
        for worker in workers {
            answered += worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        }
        Ok(answered)
    })
}
