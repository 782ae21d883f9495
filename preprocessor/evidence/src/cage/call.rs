//! One call of one scanner inside a cage.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::background::{Background, settle};
use super::order::Raw;
use super::process::{Setting, run};
use super::programs::{find, version};
use super::stage::Standing;
use super::trouble::Trouble;
use crate::clean::Clean;
use crate::digest::Digest;
use crate::experiment::{Call, Experiment, Unfit};
use crate::facts::Seen;
use crate::limits::Limits;
use crate::lines::{Shaper, kept};
use crate::loopback::Loopback;
use crate::redaction::{Redaction, Redactor};
use crate::scanner::{
    Arguments, Context, Credential, Idle, Output, Scanner, Target, Tool, WebTarget, ask, look,
};
use crate::scene::Server;
use crate::servers::FILE_PATIENT;
use crate::transcript::Step;

/// What all calls of an experiment have in common.
pub(super) struct Scenery<'a> {
    pub(super) experiment: &'a Experiment,
    pub(super) standing: &'a Standing,
    pub(super) setting: Setting<'a>,
    pub(super) limits: &'a Limits,
}

/// What one call gave.
pub(super) struct Given {
    pub(super) step: Step,
    pub(super) raw: Option<Raw>,
    pub(super) redactions: Vec<Redaction>,
}

/// Makes a call.
pub(super) async fn make(
    number: usize,
    call: &Call,
    scenery: &Scenery<'_>,
    background: &mut Background,
) -> Result<Given, Trouble> {
    match call.scanner.tool() {
        None => own(call, scenery, background).await,
        Some(tool) => foreign(number, call, tool, scenery, background).await,
    }
}

/// A call of a scanner of ours.
async fn own(
    call: &Call,
    scenery: &Scenery<'_>,
    background: &mut Background,
) -> Result<Given, Trouble> {
    let Scenery {
        experiment,
        standing,
        setting,
        limits,
    } = scenery;
    let began = Instant::now();
    let server = experiment.server(call)?;
    let address = Loopback::inside(setting.inside, server.shown_as.socket());
    let mut redactions = Vec::new();
    let (seen, lines) = match Experiment::request(call)? {
        None if call.scanner == Scanner::WebProbe => {
            let question = Experiment::question(call)?;
            let question = question.ok_or(Unfit::NoCage(call.scanner))?;
            let target = WebTarget {
                address,
                server,
                log: standing.logs.get(&server.name).map(AsRef::as_ref),
                redactor: &Redactor::default(),
            };
            let asked = ask(&target, &question, limits).await?;
            redactions = asked.redactions;
            (Seen::Web(asked.web), kept(asked.lines, &call.keep))
        }
        None => {
            let idle = Idle::open(address, server.shown_as).await;
            let line = idle.line.clone();
            background.keep(idle);
            (Seen::Nothing, vec![line])
        }
        Some(request) => {
            let target = Target {
                address,
                server,
                identity: match request.credential {
                    Credential::None => None,
                    Credential::Trusted => Some(standing.certificates.trusted()),
                    Credential::Stranger => Some(standing.certificates.stranger()),
                },
                redactor: &Redactor::default(),
            };
            let listening = call.scanner == Scanner::Eavesdropper;
            let (facts, lines) = look(listening, &target, &request, limits).await?;
            (Seen::Dicom(Box::new(facts)), kept(lines, &call.keep))
        }
    };
    Ok(Given {
        step: Step {
            scanner: call.scanner,
            version: Clean::line(env!("CARGO_PKG_VERSION"), 60),
            package: None,
            argv: experiment.argv(call)?,
            exit: None,
            tenths: tenths(began.elapsed()),
            lines,
            seen,
            raw: None,
        },
        raw: None,
        redactions,
    })
}

/// A call of a program that is not ours.
async fn foreign(
    number: usize,
    call: &Call,
    tool: &'static Tool,
    scenery: &Scenery<'_>,
    background: &mut Background,
) -> Result<Given, Trouble> {
    let Scenery {
        experiment,
        setting,
        limits,
        ..
    } = scenery;
    let program = find(tool.program).ok_or(Trouble::NotInstalled(tool.program))?;
    let Arguments { all: args, written } = experiment.arguments(call)?;
    if let Some(file) = taken(setting.folder, written) {
        let program = tool.program;
        return Err(Trouble::Overwrites { program, file });
    }
    let captures = call.scanner == Scanner::Tshark && args.iter().any(|arg| arg == "-w");
    let began = Instant::now();
    let (output, took) = if captures {
        let said = background.capture(&program, &args, setting).await?;
        let output = Output {
            stdout: said.into_bytes(),
            ..Output::default()
        };
        (output, began.elapsed())
    } else {
        if call.scanner == Scanner::Tshark {
            background.end_captures().await;
        }
        if call.scanner == Scanner::Log {
            for name in &args {
                settle(&setting.folder.join(name), true).await;
            }
        }
        if let Some(report) = tool.report {
            // None of an earlier step may be taken for this one's.
            let _ = fs::remove_file(setting.folder.join(report));
        }
        let running = run(&program, &args, setting, tool.input, tool.patience);
        let (mut output, took) = running
            .await
            .map_err(Trouble::io(format!("start {}", tool.program)))?;
        if let Some(report) = tool.report {
            // None was written where the program ended with an error.
            let report = fs::read(setting.folder.join(report)).unwrap_or_default();
            output.report = report.into_iter().take(limits.bytes).collect();
        }
        (output, took)
    };
    let seen = if captures {
        Seen::Nothing
    } else {
        let patients = || experiment.scene.servers.iter().flat_map(Server::patients);
        let mut names: Vec<&str> = patients().map(|patient| patient.name.as_str()).collect();
        let mut ids: Vec<&str> = patients().map(|patient| patient.id.as_str()).collect();
        if !experiment.scene.files.is_empty() {
            names.push(FILE_PATIENT.0);
            ids.push(FILE_PATIENT.1);
        }
        names.sort_unstable();
        names.dedup();
        ids.sort_unstable();
        ids.dedup();
        let context = Context {
            names: &names,
            ids: &ids,
        };
        (tool.read)(&output, &context)
    };
    let (lines, redactions) = Shaper::of(tool).lines(&output, &call.keep, limits);
    let raw = [&output.stdout[..], &output.stderr[..], &output.report[..]].concat();
    let (version, package) = version(tool, setting).await;
    Ok(Given {
        step: Step {
            scanner: call.scanner,
            version,
            package,
            argv: experiment.argv(call)?,
            exit: output.exit,
            tenths: tenths(took),
            lines,
            seen,
            raw: Some(Digest::of_bytes(&raw)),
        },
        raw: Some(Raw::new(number, call.scanner, &raw)),
        redactions,
    })
}

/// The first of these names that something in the folder has: a file of the
/// scene, or one that an earlier step made.
fn taken(folder: &Path, names: Vec<String>) -> Option<String> {
    let mut names = names.into_iter();
    names.find(|name| folder.join(name).symlink_metadata().is_ok())
}

fn tenths(took: Duration) -> u32 {
    u32::try_from(took.as_millis() / 100).unwrap_or(u32::MAX)
}
