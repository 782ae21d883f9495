//! A student at work.

mod files;
mod tasks;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use editorial::{Shelf, nearest};
use evidence::{Cage, Scene, Step};

use super::folder::Folder;
use super::input::{self, Typed};
use super::lesson::{Lesson, Task};
use super::look::Looker;
use super::progress::Progress;
use super::standing::Standing;
use super::talk::Talk;
use super::watch::Watch;
use crate::Verdict;
use crate::ending::asked_to_end;
use crate::evidence_run::CAGE;
use crate::progress::count;
use crate::project::Project;

/// The words that the lab knows, and what each does.
const WORDS: [(&str, &str); 10] = [
    (
        "look",
        "runs the looks of this task now, and prints what they see",
    ),
    ("check", "says whether your change does what the task wants"),
    ("hint", "gives one hint, and one more each time"),
    ("solution", "shows one way to solve the task"),
    ("task", "says the task again"),
    ("tasks", "lists all tasks, and which of them are solved"),
    ("skip", "leaves this task for later"),
    ("servers", "says which servers stand, and where"),
    ("help", "lists these words"),
    ("quit", "ends the lab; your work is kept"),
];

/// How a student wants the lab.
#[derive(Debug, Default)]
pub(crate) struct Wish {
    /// Where the student works; by default `lab-ID` in the current folder.
    pub(crate) folder: Option<PathBuf>,
    /// The port of the first server.
    pub(crate) port: Option<u16>,
    /// Whether to begin anew.
    pub(crate) again: bool,
}

/// Why the lab ends.
enum End {
    /// Every task is solved or left.
    Finished,
    /// The student wants to.
    Quit,
    /// Nothing more can be typed.
    InputOver,
    /// Nobody reads us any more.
    Gone,
    /// Ctrl-C, or a request of the system.
    Asked,
}

/// Lets a student work on a lab, until the end.
///
/// # Errors
///
/// The folder or the port cannot be had, or the machine is short of something.
pub(crate) fn work(
    project: &Project,
    shelf: Shelf,
    lesson: Lesson,
    wish: &Wish,
) -> Result<Verdict> {
    let usual = PathBuf::from(format!("lab-{}", lesson.id));
    let folder = Folder::open(wish.folder.as_ref().unwrap_or(&usual), &lesson, wish.again)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime for the lab")?;
    let this = std::env::current_exe().context("cannot find this program's own file")?;
    let mut session = Session {
        shelf: Arc::new(shelf),
        lesson,
        progress: folder.progress.clone().unwrap_or_default(),
        folder,
        talk: Talk::default(),
        standing: None,
        cage: Cage::entered_by(this, vec![CAGE.into()]),
        read: None,
        trouble: None,
        laid: Vec::new(),
        sample: None,
        since: Instant::now(),
        cannot_keep: false,
    };
    // From now on the folder is known for one of this lab, whatever becomes of us.
    session.keep();
    session.lay(project)?;
    let ended = runtime.block_on(async {
        // From now on nothing ends us unawares.
        let asked = asked_to_end().context("cannot wait for Ctrl-C")?;
        tokio::pin!(asked);
        tokio::select! {
            begun = session.begin(wish.port) => begun?,
            () = &mut asked => {}
        }
        let end = tokio::select! {
            end = session.go() => end,
            () = &mut asked => End::Asked,
        };
        session.end(&end).await;
        anyhow::Ok(())
    });
    // A look that is still at work is not waited for; it ends with us.
    runtime.shutdown_background();
    ended?;
    Ok(Verdict::Good)
}

/// A student, a folder, and what stands.
struct Session {
    shelf: Arc<Shelf>,
    lesson: Lesson,
    folder: Folder,
    progress: Progress,
    talk: Talk,
    /// Nothing, in a lab without a scene.
    standing: Option<Standing>,
    cage: Cage,
    /// The text of the scene that was read last, whether or not it stands.
    read: Option<String>,
    /// Why the scene's file could not be read, if it could not; told once.
    trouble: Option<String>,
    /// What the laid files held when they were looked at last.
    laid: Vec<Option<Vec<u8>>>,
    /// What the sample of a task showed.
    sample: Option<(String, Vec<Step>)>,
    /// Since when no time was noted.
    since: Instant,
    /// Whether the student was told that progress cannot be kept.
    cannot_keep: bool,
}

impl Session {
    /// Stands up what the student's file says, greets, and says the first task.
    async fn begin(&mut self, port: Option<u16>) -> Result<()> {
        self.talk
            .say(&format!("{} ({})", self.lesson.title, self.lesson.id));
        self.talk.say(&self.lesson.says.clone());
        self.talk.say(&format!(
            "{}, about {} minutes. `help` lists the words that you can type.",
            count(self.lesson.tasks.len(), "task"),
            self.lesson.minutes
        ));
        self.talk.pause();
        self.tell_folder();
        if let Some(copied) = self.lesson.scene.clone() {
            let scene = self.first_scene(&copied.text)?;
            let (standing, notes) = Standing::up(scene, port, &self.folder.path).await?;
            self.standing = Some(standing);
            for note in notes {
                self.talk.say(&note);
            }
            self.tell_servers();
        }
        self.look_at_laid();
        if self.progress.solved.len() < self.lesson.tasks.len() && self.current().is_none() {
            self.talk.pause();
            self.talk
                .say("You left some tasks for later. Here they are again.");
            self.progress.skipped.clear();
        }
        self.keep();
        Ok(())
    }

    /// Does what is typed, and sees what is saved, until there is a reason to end.
    async fn go(&mut self) -> End {
        if self.current().is_none() {
            return End::Finished;
        }
        self.talk.pause();
        self.tell_task();
        let shown = io::stdin().is_terminal();
        let mut lines = input::lines();
        let mut watch = Watch::start(&self.folder.path);
        loop {
            if self.talk.is_gone() {
                return End::Gone;
            }
            self.talk.prompt();
            tokio::select! {
                typed = lines.recv() => {
                    let Some(typed) = typed else {
                        return End::InputOver;
                    };
                    self.talk.answered(shown);
                    if let Some(end) = self.typed(typed).await {
                        return end;
                    }
                }
                () = watch.changed() => self.files_changed().await,
            }
            if self.current().is_none() {
                return End::Finished;
            }
        }
    }

    /// Says how it went, and closes everything.
    async fn end(&mut self, end: &End) {
        self.keep();
        if let Some(standing) = &mut self.standing {
            standing.lie_down().await;
        }
        self.talk.pause();
        match end {
            End::Finished => self.tell_result(),
            End::InputOver => self
                .talk
                .say("Nothing more can be typed here, so the lab ends."),
            End::Quit | End::Gone | End::Asked => {}
        }
        if self.progress.solved.len() < self.lesson.tasks.len() {
            self.talk.say(&format!(
                "The lab has ended. Nothing is left running. Your work is kept in {}.",
                self.folder.shown
            ));
            self.talk.say("To go on, type the same command again.");
        } else {
            self.talk.say(&format!(
                "The lab has ended. Nothing is left running. Your work is in the folder {}; delete it when you no \
                 longer want it.",
                self.folder.shown
            ));
        }
    }

    /// Does what a student types. Comes with a reason to end, if that is one.
    async fn typed(&mut self, typed: Typed) -> Option<End> {
        let words = match typed {
            Typed::Words(words) => words,
            Typed::TooLong => {
                self.talk.say(
                    "That is longer than anything the lab understands. `help` lists its words.",
                );
                return None;
            }
            Typed::NoText => {
                self.talk
                    .say("The lab understands plain words. `help` lists them.");
                return None;
            }
        };
        let plain = words
            .trim_matches(['`', '"', '\'', '.', ':', '/'])
            .to_lowercase();
        match plain.as_str() {
            "" if words.is_empty() => {}
            "look" | "l" => self.look().await,
            "check" => self.check(true).await,
            "hint" | "hints" => self.hint(),
            "solution" => self.solution().await,
            "task" => self.tell_task(),
            "tasks" => self.tell_tasks(),
            "skip" => self.skip(),
            "servers" => self.tell_servers(),
            "help" | "h" | "?" => self.help(),
            "quit" | "exit" | "q" | "bye" => return Some(End::Quit),
            _ => self.answer(&words, &plain).await,
        }
        None
    }

    /// The task that the student is at: the first that is neither solved nor left.
    fn current(&self) -> Option<&Task> {
        let mut tasks = self.lesson.tasks.iter();
        tasks.find(|task| {
            !self.progress.solved.contains(&task.id) && !self.progress.skipped.contains(&task.id)
        })
    }

    /// Keeps how far the student has come. That it cannot be kept is told once.
    fn keep(&mut self) {
        let elapsed = self.since.elapsed();
        let seconds = self.progress.seconds;
        self.progress.seconds = seconds.saturating_add(elapsed.as_secs());
        // What is left of a second counts next time.
        self.since =
            Instant::now() - std::time::Duration::from_nanos(elapsed.subsec_nanos().into());
        self.progress.lab.clone_from(&self.lesson.id);
        if let Err(error) = self.progress.keep(&self.folder.path)
            && !std::mem::replace(&mut self.cannot_keep, true)
        {
            self.talk.say(&format!(
                "How far you have come cannot be kept in {}: {error}. The lab goes on without.",
                self.folder.shown
            ));
        }
    }

    fn help(&mut self) {
        for (word, does) in WORDS {
            self.talk.say_after(&format!("{word:>10}: "), does);
        }
        self.talk
            .say("Anything else is your answer to the task. Ctrl-C ends the lab too.");
    }

    /// Whether somebody meant one of our words.
    fn meant(plain: &str) -> Option<&'static str> {
        let known = WORDS.iter().map(|(word, _)| *word);
        nearest(plain, known)
    }

    fn looker(&self) -> Looker<'_> {
        Looker {
            lab: &self.lesson.id,
            standing: self.standing.as_ref(),
            folder: &self.folder.path,
            lays: &self.lesson.lays,
            cage: &self.cage,
        }
    }

    /// The scene as the student left it; as it was at the beginning, where that cannot be read.
    fn first_scene(&mut self, original: &str) -> Result<Scene> {
        let scene = |text: &str| Scene::parse(&self.lesson.id, text);
        let first = scene(original);
        let first = first.map_err(|_| anyhow::anyhow!("the scene of this lab cannot be read"))?;
        let file = self.scene_file().unwrap_or_default();
        match super::reading::text(&self.folder.path.join(&file)) {
            Ok(text) => {
                let read = scene(&text);
                self.read = Some(text.clone());
                match read {
                    Ok(scene) if !scene.needs_a_cage() => return Ok(scene),
                    Ok(_) => self
                        .talk
                        .say(&format!("{file} asks for what this lab does not have.")),
                    Err(misfits) => self.tell_slips(&file, &text, &misfits),
                }
            }
            Err(why) => {
                let why = format!("{file} cannot be used: {why}.");
                self.talk.say(&why);
                self.trouble = Some(why);
            }
        }
        self.talk
            .say("So the servers stand as they did at the beginning, until you save a good one.");
        Ok(first)
    }

    fn scene_file(&self) -> Option<String> {
        Some(self.lesson.scene.as_ref()?.file.clone())
    }
}

/// A path as somebody reads it.
fn shown(folder: &str, name: &str) -> String {
    Path::new(folder).join(name).display().to_string()
}
