//! `cargo shelf lab`: the lab of a lesson, or a scene in the foreground, for a class.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use editorial::{Shelf, did_you_mean, stem};
use evidence::{Cage, Experiment, Loopback, Scanner, Scene, Stage};

use crate::Verdict;
use crate::cli;
use crate::ending::asked_to_end;
use crate::evidence_run::{CAGE, quoted};
use crate::experiments;
use crate::lab;
use crate::progress::say;
use crate::project::Project;

/// Lets a student work on a lab; or puts a scene up, says what to try, and waits for Ctrl-C.
pub(crate) fn run(project: &Project, wish: cli::Lab) -> Result<Verdict> {
    let shelf = Shelf::read(&project.root, project.today)?;
    let Some(id) = wish.scene.as_deref() else {
        return list(&shelf);
    };
    if let Some(file) = shelf.labs.iter().find(|file| file.id == id) {
        let (lessons, _) = lab::gather(&shelf);
        let Some(lesson) = lessons.into_iter().find(|lesson| lesson.id == file.id) else {
            bail!("the lab \"{id}\" cannot be carried out; `cargo shelf check` says why");
        };
        let wish = lab::Wish {
            folder: wish.folder,
            port: wish.port,
            again: wish.again,
        };
        return lab::work(project, shelf, lesson, &wish);
    }
    let scene = scene(&shelf, id)?;
    if wish.folder.is_some() || wish.port.is_some() || wish.again {
        bail!("\"{id}\" is a scene; --folder, --port and --again belong to the labs of lessons");
    }
    let tasks: Vec<Experiment> = experiments::gather(&shelf)
        .experiments
        .into_iter()
        .filter(|experiment| experiment.scene.id == id)
        .collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime for the lab")?;
    runtime.block_on(async {
        let in_a_cage = tasks.iter().any(Experiment::needs_a_cage) || scene.needs_a_cage();
        if in_a_cage {
            in_cage(&shelf, &scene, &tasks).await
        } else {
            here(&shelf, &scene, &tasks).await
        }
    })?;
    say("Ended", "nothing is left running");
    Ok(Verdict::Good)
}

/// Becomes a shell in the network of a lab that stands.
pub(crate) fn join(pid: u32) -> Result<Verdict> {
    let shell = std::env::var_os("SHELL").map_or_else(|| PathBuf::from("/bin/sh"), PathBuf::from);
    let (program, args) = evidence::shell_inside(pid, &shell)?;
    let mut command = std::process::Command::new(&program);
    become_it(command.args(args)).with_context(|| format!("cannot start {}", program.display()))
}

/// Goes on as another program.
#[cfg(unix)]
fn become_it(command: &mut std::process::Command) -> io::Result<Verdict> {
    Err(std::os::unix::process::CommandExt::exec(command))
}

/// Lets another program go on in our place.
#[cfg(not(unix))]
fn become_it(command: &mut std::process::Command) -> io::Result<Verdict> {
    command.status().map(|_| Verdict::Good)
}

fn list(shelf: &Shelf) -> Result<Verdict> {
    let mut out = io::stdout().lock();
    for lesson in lab::gather(shelf).0 {
        writeln!(out, "{}: {}", lesson.id, lesson.title)?;
    }
    for file in &shelf.scenes {
        let id = stem(file.path());
        if let Ok(scene) = Scene::parse(&id, file.text()) {
            writeln!(out, "{id}: {}", scene.title)?;
        }
    }
    Ok(Verdict::Good)
}

fn scene(shelf: &Shelf, id: &str) -> Result<Scene> {
    let file = shelf.scenes.iter().find(|file| stem(file.path()) == id);
    let Some(file) = file else {
        let labs = shelf.labs.iter().map(|file| file.id.clone());
        let scenes = shelf.scenes.iter().map(|file| stem(file.path()));
        let known: Vec<String> = labs.chain(scenes).collect();
        let others = format!("there are: {}", known.join(", "));
        let known = known.iter().map(String::as_str);
        bail!(
            "there is no lab or scene \"{id}\"; {}",
            did_you_mean(id, known, &others)
        );
    };
    Scene::parse(id, file.text()).map_err(|misfits| {
        let problems = misfits.iter().map(|misfit| misfit.problem.as_str());
        let problems: Vec<&str> = problems.collect();
        anyhow::anyhow!("the scene \"{id}\" cannot be read: {}", problems.join("; "))
    })
}

/// Servers of our own, on ports of this machine.
async fn here(shelf: &Shelf, scene: &Scene, tasks: &[Experiment]) -> Result<()> {
    let stage = Stage::stand(scene).await?;
    say("Standing", &format!("{} ({})", scene.title, scene.id));
    let mut out = io::stdout().lock();
    for (server, address) in stage.servers() {
        let shown = server.shown_as;
        writeln!(out, "{}: {address} (on the pages: {shown})", server.name)?;
    }
    for task in tasks {
        let commands = task.calls.iter().map(|call| {
            let at = stage.address(task.server(call).map_or("", |server| server.name.as_str()));
            own_command(task, &call.args, call.scanner, at)
        });
        tell(&mut out, shelf, task, commands)?;
    }
    drop(out);
    until_ended(std::future::pending()).await
}

/// Servers of other makers, in a private network that a shell can join.
async fn in_cage(shelf: &Shelf, scene: &Scene, tasks: &[Experiment]) -> Result<()> {
    let this = std::env::current_exe().context("cannot find this program's own file")?;
    let cage = Cage::entered_by(this, vec![CAGE.into()]);
    let mut lab = cage.keep(scene).await?;
    say("Standing", &format!("{} ({})", scene.title, scene.id));
    let mut out = io::stdout().lock();
    for server in &scene.servers {
        writeln!(out, "{}: {}", server.name, server.shown_as)?;
    }
    let pid = lab.pid().context("the lab ended at once")?;
    writeln!(
        out,
        "\nThese addresses exist in a private network. In another terminal, go there:\n\n    \
         cargo shelf lab --join {pid}\n"
    )?;
    for task in tasks {
        let foreign = task.calls.iter().all(|call| !call.scanner.is_ours());
        let commands = task.calls.iter().map(|call| {
            let argv = task.argv(call).unwrap_or_default();
            let words: Vec<String> = argv.iter().map(|word| quoted(&word.as_plain())).collect();
            words.join(" ")
        });
        if foreign {
            tell(&mut out, shelf, task, commands)?;
        } else {
            tell(&mut out, shelf, task, std::iter::once(repeat(task)))?;
        }
    }
    drop(out);
    until_ended(lab.ended()).await?;
    lab.end().await;
    Ok(())
}

/// How a student does with our own probe what a sample does.
fn own_command(
    task: &Experiment,
    args: &[String],
    scanner: Scanner,
    address: Option<Loopback>,
) -> String {
    // The listener needs the scene's patients, and a certificate its keys.
    let alone = scanner == Scanner::Probe && !args.iter().any(|arg| arg == "--certificate");
    match address.filter(|_| alone) {
        Some(address) => format!("cargo shelf probe {address} {}", args.join(" ")),
        None => repeat(task),
    }
}

fn repeat(task: &Experiment) -> String {
    format!("cargo shelf samples run {}", task.id)
}

/// One thing to try: what it is, the commands, and what they should show.
fn tell(
    out: &mut impl Write,
    shelf: &Shelf,
    task: &Experiment,
    commands: impl Iterator<Item = String>,
) -> Result<()> {
    let sample = shelf.sample(&task.id).and_then(|file| file.sample.as_ref());
    let title = sample.map_or("", |sample| sample.title.value.as_str());
    writeln!(out, "\n{title}")?;
    for command in commands {
        writeln!(out, "    {command}")?;
    }
    let claims: Vec<String> = task.claims.iter().map(ToString::to_string).collect();
    writeln!(out, "  You should see: {}", claims.join("; "))?;
    if let Some(sample) = sample {
        writeln!(out, "  {}", sample.plain.value)?;
    }
    Ok(())
}

/// Waits for Ctrl-C, for a request to end, or for the lab itself.
async fn until_ended(lab: impl Future<Output = ()>) -> Result<()> {
    let asked = asked_to_end().context("cannot wait for Ctrl-C")?;
    // A terminal that is gone is no reason to stop.
    let _ = writeln!(io::stdout(), "\nCtrl-C ends the lab.");
    tokio::select! {
        () = asked => {}
        () = lab => {}
    }
    Ok(())
}
