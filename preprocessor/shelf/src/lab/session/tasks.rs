//! The tasks: said, looked at, checked, solved.

use std::sync::Arc;

use editorial::LabEdit;
use evidence::Step;

use super::Session;
use crate::evidence_run::{self, Mode, Origin};
use crate::experiments;
use crate::lab::fact::{Fact, Observed};
use crate::lab::lesson::{Goal, Look, Task};
use crate::lab::look::{Report, Sight, by_hand};
use crate::progress::count;

impl Session {
    /// Says the task, and how to look from elsewhere.
    pub(super) fn tell_task(&mut self) {
        let Some(task) = self.current().cloned() else {
            return;
        };
        let tasks = &self.lesson.tasks;
        let number = tasks.iter().position(|other| other.id == task.id);
        let number = number.map_or(0, |index| index + 1);
        let of = tasks.len();
        self.talk
            .say(&format!("Task {number} of {of}: {}", task.says));
        match &task.goal {
            Goal::Answer(fact, _) | Goal::Sample(fact, _) => {
                self.talk.say(&format!(
                    "Type `look`, then type your answer: {}.",
                    fact.asks()
                ));
            }
            Goal::Claims(_) => {
                let mut files: Vec<&str> = task
                    .changes
                    .iter()
                    .map(|change| change.file.as_str())
                    .collect();
                files.sort_unstable();
                files.dedup();
                let files = files.join(" and ");
                self.talk.say(&format!(
                    "Edit {files} in your folder and save. The lab then checks by itself."
                ));
            }
        }
        self.tell_by_hand(&task);
    }

    /// What to type in another terminal.
    fn tell_by_hand(&mut self, task: &Task) {
        let Some(standing) = &self.standing else {
            return;
        };
        let mut commands: Vec<String> = Vec::new();
        for look in looks(task) {
            if let Look::Scan { call, .. } = look
                && let Some(command) = by_hand(standing, call)
                && !commands.contains(&command)
            {
                commands.push(command);
            }
        }
        if commands.is_empty() {
            return;
        }
        self.talk.say("You can also look from another terminal:");
        for command in commands {
            self.talk.command(&command);
        }
    }

    /// Lists the tasks.
    pub(super) fn tell_tasks(&mut self) {
        let current = self.current().map(|task| task.id.clone());
        for (index, task) in self.lesson.tasks.iter().enumerate() {
            let state = if self.progress.solved.contains(&task.id) {
                "solved"
            } else if self.progress.skipped.contains(&task.id) {
                "left for later"
            } else if current.as_ref() == Some(&task.id) {
                "now"
            } else {
                "to come"
            };
            let mark = format!("{:>2}. {state}: ", index + 1);
            self.talk.say_after(&mark, &task.says);
        }
    }

    /// Runs the task's looks, and prints what they see.
    pub(super) async fn look(&mut self) {
        let Some(task) = self.current().cloned() else {
            return;
        };
        if let Goal::Sample(_, id) = &task.goal {
            self.show_sample(id).await;
            return;
        }
        for look in looks(&task) {
            let sight = self.looker().look(look).await;
            match sight {
                Sight::Seen(report) => self.tell_report(&report),
                Sight::LeftOut(why) | Sight::Failed(why) => self.talk.say(&why),
            }
        }
    }

    fn tell_report(&mut self, report: &Report) {
        self.talk.say_after("Look: ", &report.command);
        for line in &report.lines {
            self.talk.say_after("    ", line);
        }
        if report.at_a_copy {
            self.talk.say(
                "    It looked at a copy of your servers in a private network, where they have addresses \
                 from the range for documentation.",
            );
        }
    }

    /// Says whether what the task wants is the case. `asked` by the student, or by a save.
    pub(super) async fn check(&mut self, asked: bool) {
        let Some(task) = self.current().cloned() else {
            return;
        };
        let Goal::Claims(looks) = &task.goal else {
            if asked {
                self.talk.say(
                    "This task asks for an answer. Type it, and the lab says whether it is right.",
                );
            }
            return;
        };
        let (mut held, mut open) = (0_usize, 0_usize);
        for look in looks.iter().filter(|look| look.claims_anything()) {
            let sight = self.looker().look(look).await;
            match sight {
                Sight::Seen(report) => {
                    self.talk.say_after("Look: ", &report.command);
                    for line in &report.lines {
                        self.talk.say_after("    ", line);
                    }
                    for verdict in &report.verdicts {
                        match &verdict.instead {
                            None => {
                                held += 1;
                                self.talk.say_after("  Holds: ", &verdict.claim);
                            }
                            Some(instead) => {
                                open += 1;
                                let text = format!("{}; seen now: {instead}", verdict.claim);
                                self.talk.say_after("  Not yet: ", &text);
                            }
                        }
                    }
                }
                Sight::LeftOut(why) => self.talk.say(&why),
                Sight::Failed(why) => {
                    open += 1;
                    self.talk.say(&why);
                }
            }
        }
        if open == 0 && held > 0 {
            self.solved(&task, None);
        } else {
            let all = held + open;
            self.talk
                .say(&format!("{held} of {all} hold. `hint` helps."));
        }
    }

    /// Takes what was typed for the answer to the task.
    pub(super) async fn answer(&mut self, typed: &str, plain: &str) {
        let Some(task) = self.current().cloned() else {
            return;
        };
        let meant = Session::meant(plain);
        let fact = match &task.goal {
            Goal::Answer(fact, _) | Goal::Sample(fact, _) => *fact,
            Goal::Claims(_) => {
                match meant {
                    Some(word) => self.talk.say(&format!("Did you mean `{word}`?")),
                    None => self.talk.say(
                        "The lab does not know that word. This task is solved by a change of your file; \
                         `check` looks again, `help` lists the words.",
                    ),
                }
                return;
            }
        };
        match self.observe(&task, fact).await {
            Some(observed) if observed.is_said_by(typed) => {
                self.solved(&task, Some(&observed.words));
            }
            _ if meant.is_some() => {
                let word = meant.unwrap_or_default();
                self.talk.say(&format!("Did you mean `{word}`?"));
            }
            Some(_) => self.talk.say(&format!(
                "That is not what the lab sees. Asked for is {}. `look` shows it, `hint` helps.",
                fact.asks()
            )),
            None => self.talk.say(
                "The look sees nothing of the kind at the moment. Are your servers as the task wants them? \
                 `look` shows what it sees.",
            ),
        }
    }

    /// The fact as the task's own looks see it now.
    async fn observe(&mut self, task: &Task, fact: Fact) -> Option<Observed> {
        if let Goal::Sample(_, id) = &task.goal {
            let steps = self.sample_steps(id).await;
            return steps.iter().find_map(|step| fact.observed(&step.seen));
        }
        let first = looks(task).first()?;
        match self.looker().look(first).await {
            Sight::Seen(report) => fact.observed(&report.seen),
            Sight::LeftOut(_) | Sight::Failed(_) => None,
        }
    }

    /// The task is solved: says so, and what comes next.
    fn solved(&mut self, task: &Task, answer: Option<&str>) {
        self.progress.solved.insert(task.id.clone());
        self.progress.skipped.remove(&task.id);
        self.keep();
        let answer = answer.unwrap_or_default();
        let done = match task.done.strip_prefix("{answer}") {
            Some(rest) => format!("{}{rest}", capital(answer)),
            None => task.done.clone(),
        };
        let done = done.replace("{answer}", answer);
        self.talk.say(&format!("Solved. {done}"));
        self.go_on();
    }

    pub(super) fn skip(&mut self) {
        let Some(id) = self.current().map(|task| task.id.clone()) else {
            return;
        };
        self.progress.skipped.insert(id);
        self.keep();
        self.talk.say("Left for later.");
        self.go_on();
    }

    /// Says the next task. Where all that are left were skipped, the student goes back to them.
    fn go_on(&mut self) {
        if self.current().is_none() && !self.progress.skipped.is_empty() {
            self.talk.pause();
            self.talk
                .say("You left some tasks for later. Here they are again; `quit` ends the lab.");
            self.progress.skipped.clear();
            self.keep();
        }
        if self.current().is_some() {
            self.talk.pause();
            self.tell_task();
        }
    }

    pub(super) fn hint(&mut self) {
        let Some(task) = self.current().cloned() else {
            return;
        };
        let shown = self.progress.hints.entry(task.id.clone()).or_default();
        match task.hints.get(*shown) {
            Some(hint) => {
                *shown = shown.saturating_add(1);
                let mark = format!("Hint {shown} of {}: ", task.hints.len());
                self.talk.say_after(&mark, hint);
                self.keep();
            }
            None => {
                for hint in &task.hints {
                    self.talk.say_after("Hint: ", hint);
                }
                self.talk
                    .say("There are no more hints. `solution` shows one way to solve the task.");
            }
        }
    }

    pub(super) async fn solution(&mut self) {
        let Some(task) = self.current().cloned() else {
            return;
        };
        self.progress.solutions.insert(task.id.clone());
        self.keep();
        match &task.goal {
            Goal::Answer(fact, _) | Goal::Sample(fact, _) => {
                match self.observe(&task, *fact).await {
                    Some(observed) => {
                        self.talk
                            .say(&format!("What is seen now: {}. Type that.", observed.words));
                    }
                    None => self.talk.say(
                        "The look sees nothing of the kind, so your file is no longer as this task wants it. \
                         Put it back, or type `quit` and begin anew with `--again`.",
                    ),
                }
            }
            Goal::Claims(_) => {
                for change in &task.changes {
                    let file = &change.file;
                    match &change.edit {
                        LabEdit::Replace { from, to } => {
                            self.talk.say(&format!("In {file}, replace"));
                            self.talk.say_after("    ", from.value.trim());
                            self.talk.say("by");
                            self.talk.say_after("    ", to.value.trim());
                        }
                        LabEdit::ClearPreamble => self
                            .talk
                            .say(&format!("In {file}, make the first 128 bytes zeros.")),
                        LabEdit::FlipByte(byte) => self.talk.say(&format!(
                            "In {file}, change the byte number {byte}, counted from 0."
                        )),
                    }
                }
                self.talk.say("Then save the file.");
            }
        }
    }

    /// How it went.
    pub(super) fn tell_result(&mut self) {
        let solved = self.lesson.tasks.iter();
        let solved = solved.filter(|task| self.progress.solved.contains(&task.id));
        let solved = solved.count();
        // A student may have written anything into the file that keeps them.
        let hints = self.progress.hints.values();
        let hints = hints.fold(0, |all: usize, shown| all.saturating_add(*shown));
        let minutes = usize::try_from(self.progress.seconds.div_ceil(60)).unwrap_or(usize::MAX);
        self.talk.say(&format!(
            "You solved {solved} of {}, with {}, in {}.",
            count(self.lesson.tasks.len(), "task"),
            count(hints, "hint"),
            count(minutes.max(1), "minute")
        ));
        if !self.progress.solutions.is_empty() {
            let shown = count(self.progress.solutions.len(), "solution");
            self.talk.say(&format!("You looked at {shown}."));
        }
    }

    /// Shows a sample, live or from its recording.
    async fn show_sample(&mut self, id: &str) {
        for step in self.sample_steps(id).await {
            self.talk.say_after("Look: ", &evidence_run::command(&step));
            for line in &step.lines {
                self.talk.say_after("    ", &line.text.as_plain());
            }
        }
    }

    /// What a sample shows; it is run or recalled once.
    async fn sample_steps(&mut self, id: &str) -> Vec<Step> {
        if let Some((known, steps)) = &self.sample
            && known == id
        {
            return steps.clone();
        }
        self.talk.say("This look takes a moment.");
        let (shelf, name) = (Arc::clone(&self.shelf), id.to_owned());
        let shown = tokio::task::spawn_blocking(move || {
            let all = experiments::gather(&shelf).experiments;
            let one = all.into_iter().filter(|experiment| experiment.id == name);
            let evidence = evidence_run::collect(&shelf, one.collect(), Mode::Live);
            evidence.map(|evidence| evidence.shown.get(&name).cloned())
        });
        let shown = shown.await.ok().and_then(|shown| shown.ok().flatten());
        let Some(shown) = shown else {
            self.talk
                .say("The sample of this task can be neither run nor recalled here.");
            return Vec::new();
        };
        if let Origin::Recorded(when) = shown.origin {
            let day = when.date();
            self.talk.say(&format!(
                "This machine lacks a program for it, so a recording of {day} is shown."
            ));
        }
        self.sample = Some((id.to_owned(), shown.steps.clone()));
        shown.steps.clone()
    }
}

/// A word at the beginning of a sentence.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The looks of a task.
fn looks(task: &Task) -> &[Look] {
    match &task.goal {
        Goal::Answer(_, looks) | Goal::Claims(looks) => looks,
        Goal::Sample(..) => &[],
    }
}
