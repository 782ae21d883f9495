//! What this program does when it is started again inside a cage.

use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use time::OffsetDateTime;

use super::address::Inside;
use super::background::Background;
use super::call::{Scenery, make};
use super::host::{FOLDER, settle};
use super::order::{Order, Outcome, Sight};
use super::process::Setting;
use super::programs::packages;
use super::stage::stand;
use super::trouble::Trouble;

/// Reads an order from standard input, carries it out, and writes the outcome
/// to standard output. When standard input ends, whoever gave the order is
/// gone, and so is this process at once, with everything it started.
pub fn enter() -> ExitCode {
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line).is_err() {
        return ExitCode::FAILURE;
    }
    leave_with_standard_input();
    if say(&Outcome::Inside).is_err() {
        return ExitCode::FAILURE;
    }
    let outcome = attend(&line).unwrap_or_else(Trouble::into_outcome);
    match say(&outcome) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Says one line to whoever gave the order.
fn say(outcome: &Outcome) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, outcome)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Ends this process when standard input ends. It is the first of its process
/// namespace, so that the system ends all others with it (pid_namespaces(7)).
fn leave_with_standard_input() {
    std::thread::spawn(|| {
        // Nothing more is expected; whatever comes, only the end counts.
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        std::process::exit(1);
    });
}

fn attend(line: &str) -> Result<Outcome, Trouble> {
    let order: Order = serde_json::from_str(line).map_err(Trouble::Order)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Trouble::io("start the runtime"))?;
    runtime.block_on(carry_out(&order))
}

async fn carry_out(order: &Order) -> Result<Outcome, Trouble> {
    let experiment = order.experiment()?;
    let limits = order.limits();
    let inside = Inside::prove(&order.outside)?;
    let settled = settle(&experiment.scene, &inside);
    let folder = settled.map_err(|trouble| Trouble::Settling(Box::new(trouble)))?;
    // Once more, now that there are addresses.
    let inside = Inside::prove(&order.outside)?;
    let standing = stand(&experiment.scene, &inside, &folder).await?;
    if order.stay {
        let environment = environment(standing.index.as_deref());
        let written = std::fs::write(folder.join("environment"), environment);
        written.map_err(Trouble::io("write the environment of a class"))?;
        say(&Outcome::Stands).map_err(Trouble::io("say that the scene stands"))?;
        // Until standard input ends, and this process with it.
        std::future::pending::<()>().await;
    }
    let scenery = Scenery {
        experiment: &experiment,
        standing: &standing,
        setting: Setting {
            inside: &inside,
            folder: &folder,
            index: standing.index.as_deref(),
            bytes: limits.bytes,
        },
        limits: &limits,
    };
    let mut background = Background::default();
    let started = OffsetDateTime::now_utc();
    let began = Instant::now();
    let mut sight = Sight {
        started,
        milliseconds: 0,
        steps: Vec::new(),
        redactions: Vec::new(),
        servers: packages(&experiment, &scenery.setting).await,
        raw: Vec::new(),
    };
    for (index, call) in experiment.calls.iter().enumerate() {
        let given = make(index + 1, call, &scenery, &mut background).await?;
        sight.steps.push(given.step);
        sight.raw.extend(given.raw);
        for redaction in given.redactions {
            if !sight.redactions.contains(&redaction) {
                sight.redactions.push(redaction);
            }
        }
    }
    sight.milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(Outcome::Seen(Box::new(sight)))
}

/// What a shell in a cage needs to know: where files of one's own would be, and
/// where the index is, so that no key of one's own is touched.
fn environment(index: Option<&str>) -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    let path = path.replace('\'', r"'\''");
    let index = index.map(|index| format!("export SHODAN_API_URL={index}\n"));
    format!(
        "export HOME={FOLDER} PATH='{path}'\n\
         unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY\n{}",
        index.unwrap_or_default()
    )
}
