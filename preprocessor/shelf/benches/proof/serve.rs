//! How long one changed page takes under `cargo shelf serve`, from saving it to having it again.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::arguments::Plan;
use crate::computer;
use crate::program::{as_cargo_runs_it, clone, shelf};
use crate::record::{Case, Record};
use crate::sides::alone;

/// What is added to the page, and taken away again.
const ADDED: &str = " Look at it again.";

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let book = folder.path().join("book");
    clone(&plan.root, &book)?;
    let load = computer::load();
    let developing = as_cargo_runs_it(&plan.root, &book)?;
    let cases = vec![
        change("one answer changed", plan.runs, &book, developing)?,
        change(
            "the same, compiled with --release",
            plan.runs,
            &book,
            shelf(&book),
        )?,
    ];
    Record {
        id: "serve",
        title: "From saving a page to seeing it",
        plain: "One answer of this book is saved under cargo shelf serve, and asked for as soon as the server says \
                that there is a new edition.",
        unit: "seconds",
        ours: "cargo shelf serve --samples recorded",
        peer: None,
        conditions: vec![
            "The clock runs from writing the file until the new page has come over the connection. What a browser \
             needs to show it comes on top."
                .to_owned(),
            load,
        ],
        cases,
    }
    .write(plan)
}

/// Changes a page again and again under one server.
fn change(name: &str, runs: usize, book: &Path, serve: Command) -> Result<Case> {
    let page = shortest(&book.join("src/answers"))?;
    let text = fs::read_to_string(&page)?;
    let changed = format!("{}{ADDED}\n", text.trim_end());
    let slug = editorial::stem(&page);
    let address = format!("/answers/{slug}.html");
    let mut served = Served::start(serve)?;
    let mut edition = served.next(0)?;
    let mut is_changed = false;
    let mut change = || -> Result<f64> {
        std::thread::sleep(Duration::from_millis(300));
        is_changed = !is_changed;
        let start = Instant::now();
        fs::write(&page, if is_changed { &changed } else { &text })?;
        edition = served.next(edition)?;
        let shown = get(served.port, &address)?;
        let seconds = start.elapsed().as_secs_f64();
        let has_it = shown.contains(ADDED.trim());
        ensure!(
            has_it == is_changed,
            "the served page is not the one that was saved"
        );
        Ok(seconds)
    };
    // One change before those that count.
    change()?;
    let case = alone(name, runs, change)?;
    fs::write(&page, &text)?;
    Ok(Case {
        our_memory: held(served.child.id()),
        ..case
    })
}

/// The most memory that a process held, in MB.
fn held(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some((kilobytes * 1_024).div_ceil(1_000_000))
}

/// The shortest page, which has room for a sentence more.
fn shortest(folder: &Path) -> Result<PathBuf> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        pages.push((fs::metadata(&path)?.len(), path));
    }
    let (_, path) = pages.into_iter().min().context("there is no answer")?;
    Ok(path)
}

/// A book that is served; it ends with this value.
struct Served {
    child: Child,
    port: u16,
}

impl Served {
    fn start(mut serve: Command) -> Result<Served> {
        serve.args(["serve", "--port", "0", "--samples", "recorded"]);
        let mut child = serve.stderr(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        let stderr = child.stderr.take().context("serve says nothing")?;
        let mut served = Served { child, port: 0 };
        let mut lines = BufReader::new(stderr).lines();
        let mut said = String::new();
        for line in &mut lines {
            let line = line?;
            if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                served.port = digits.parse()?;
                // Somebody has to read what it goes on to say.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(served);
            }
            said.push_str(&line);
        }
        anyhow::bail!("cargo shelf serve ended: {said}")
    }

    /// Waits for an edition other than the one that was seen; it must hold the page as it was saved.
    fn next(&mut self, seen: u64) -> Result<u64> {
        let said = get(self.port, &format!("/-/wait?page=%2F&seen={seen}"))?;
        let detail = said
            .split_once("detail: ")
            .context("no word of an edition")?
            .1;
        let mut values = serde_json::Deserializer::from_str(detail).into_iter::<Value>();
        let detail = values.next().context("no word of an edition")??;
        ensure!(
            detail["current"] == true,
            "the book could not be built: {detail}"
        );
        detail["edition"]
            .as_u64()
            .context("the edition has no number")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // What has ended already is no trouble.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the server gives for an address.
fn get(port: u16, address: &str) -> Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(
        stream,
        "GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    ensure!(
        answer.starts_with("HTTP/1.1 200"),
        "{address}: {}",
        answer.lines().next().unwrap_or_default()
    );
    Ok(answer)
}
