//! The student's files: laid, watched, read again.

use anyhow::{Context, Result};
use editorial::{Severity, SourceText};
use evidence::{Misfit, Scene, Stage, small_file};

use super::{Session, shown};
use crate::announce::Imprint;
use crate::evidence_run::Mode;
use crate::lab::lesson::{Goal, Holds};
use crate::lab::reading;
use crate::making::Maker;
use crate::progress::Voice;
use crate::project::Project;
use crate::rules::SAMPLE_INVALID;
use crate::sending::Form;

impl Session {
    /// Lays the files that are not there yet.
    pub(super) fn lay(&mut self, project: &Project) -> Result<()> {
        let first = self.folder.progress.is_none();
        let mut anew = Vec::new();
        if let Some(copied) = &self.lesson.scene
            && self.folder.lay(&copied.file, copied.text.as_bytes())?
        {
            anew.push(copied.file.clone());
        }
        for lay in &self.lesson.lays {
            if self.folder.holds(&lay.name) {
                continue;
            }
            let bytes = match &lay.holds {
                Holds::Dicom(preamble) => small_file(*preamble),
                Holds::Statement(slug) => statement(project, slug)?,
            };
            if self.folder.lay(&lay.name, &bytes)? {
                anew.push(lay.name.clone());
            }
        }
        if !first && !anew.is_empty() {
            self.talk.say(&format!(
                "Missing in your folder, and laid there anew: {}.",
                anew.join(", ")
            ));
        }
        Ok(())
    }

    /// Says where the student works.
    pub(super) fn tell_folder(&mut self) {
        let folder = self.folder.shown.clone();
        if let Some(aside) = self.folder.aside.take() {
            self.talk
                .say(&format!("Your work of before is kept in {aside}."));
        }
        if let Some(why) = self.folder.misread.take() {
            self.talk.say(&format!(
                "How far you had come cannot be read ({why}), so the tasks begin anew. Your files stay."
            ));
        } else if self.folder.progress.is_some() {
            self.talk.say(&format!(
                "You have worked in {folder} before. The lab goes on there, with your files as you left \
                 them. `--again` would begin anew."
            ));
        }
        let scene = self.scene_file().into_iter();
        let lays = self.lesson.lays.iter().map(|lay| lay.name.clone());
        for file in scene.chain(lays).collect::<Vec<_>>() {
            self.talk
                .say(&format!("Your file: {}", shown(&folder, &file)));
        }
    }

    /// Says which servers stand, and where.
    pub(in crate::lab) fn tell_servers(&mut self) {
        let Some(standing) = &self.standing else {
            self.talk.say("No server stands in this lab.");
            return;
        };
        let servers = standing.servers();
        if servers.is_empty() {
            self.talk
                .say("No server stands at the moment. Save your file to stand them up again.");
        }
        for (server, address) in servers {
            // What a port gives away is for students to find out.
            self.talk
                .say(&format!("Standing: {} at {address}", server.name));
        }
    }

    /// Notes what the laid files hold now; says whether that is something new.
    pub(super) fn look_at_laid(&mut self) -> bool {
        let lays = self.lesson.lays.iter();
        let now: Vec<_> = lays
            .map(|lay| reading::bytes(&self.folder.path.join(&lay.name)).ok())
            .collect();
        let changed = now != self.laid;
        self.laid = now;
        changed
    }

    /// Reads the student's files again, and stands up what they say.
    pub(super) async fn files_changed(&mut self) {
        let mut changed = self.look_at_laid();
        changed |= self.scene_changed().await;
        let claims = self
            .current()
            .map(|task| matches!(task.goal, Goal::Claims(_)));
        if changed && claims == Some(true) {
            self.check(false).await;
        }
    }

    /// Reads the scene's file again; says whether other servers stand than before.
    async fn scene_changed(&mut self) -> bool {
        let Some(file) = self.scene_file() else {
            return false;
        };
        let text = match reading::text(&self.folder.path.join(&file)) {
            Ok(text) => text,
            Err(why) => {
                let gone = !self.folder.path.is_dir();
                let why = if gone {
                    format!(
                        "The folder {} is gone. Put it back, or quit and begin again.",
                        self.folder.shown
                    )
                } else {
                    format!("{file} cannot be used: {why}.")
                };
                if self.trouble.as_ref() != Some(&why) {
                    self.talk.say(&why);
                    self.talk.say("The servers stand as before.");
                    self.trouble = Some(why);
                }
                return false;
            }
        };
        let mended = self.trouble.take().is_some();
        if self.read.as_ref() == Some(&text) {
            if mended {
                self.talk
                    .say(&format!("{file} can be used again, and is as before."));
            }
            return false;
        }
        self.read = Some(text.clone());
        let scene = match Scene::parse(&self.lesson.id, &text) {
            Ok(scene) => scene,
            Err(misfits) => {
                self.tell_slips(&file, &text, &misfits);
                self.talk.say("The servers stand as before.");
                return false;
            }
        };
        let Some(standing) = &mut self.standing else {
            return false;
        };
        if let Err(why) = standing.change_to(scene).await {
            self.talk.say(&format!("{file} was saved, but {why}."));
            let stands = standing.stage.as_ref().map(Stage::servers).is_some();
            let then = if stands {
                "The servers stand as before."
            } else {
                "No server stands at the moment. Save the file again to try once more."
            };
            self.talk.say(then);
            return false;
        }
        self.talk.say(&format!("{file} was saved and read."));
        self.tell_servers();
        true
    }

    /// Tells slips in a student's file, each with its place and a way out of it.
    pub(super) fn tell_slips(&mut self, file: &str, text: &str, misfits: &[Misfit]) {
        let source = SourceText::new(file, text);
        for misfit in misfits.iter().take(3) {
            let finding = source.finding(
                SAMPLE_INVALID,
                Severity::Error,
                misfit.span.clone(),
                misfit.problem.as_str(),
                misfit.help.as_str(),
            );
            let clean = |text: &str| evidence::Clean::line(text, 300).as_plain().into_owned();
            self.talk.say(&format!(
                "{file}, line {}, column {}: {}.",
                finding.line,
                finding.column,
                clean(&misfit.problem)
            ));
            let line = text.lines().nth(finding.line.saturating_sub(1));
            if let Some(line) = line.filter(|line| !line.trim().is_empty()) {
                let line = evidence::Clean::line(line, 90);
                self.talk.say_after("    ", &line.as_plain());
            }
            self.talk
                .say(&format!("What to do: {}.", clean(&misfit.help)));
        }
        if let Some(more) = misfits.len().checked_sub(3).filter(|more| *more > 0) {
            self.talk.say(&format!("And {more} more."));
        }
    }
}

/// The text of the holding statement of an incident, as the kit makes it.
fn statement(project: &Project, slug: &str) -> Result<Vec<u8>> {
    let imprint = Imprint::of(project, None)?;
    let mut maker = Maker::new(Mode::Recorded, Voice::Quiet);
    let kit = maker.kit(project, &imprint)?;
    let items = kit.items();
    let is_it =
        |item: &&crate::sending::Item| item.slug == slug && item.form == Form::StatementText;
    let item = items.iter().find(is_it);
    let item = item.with_context(|| format!("the incident {slug} has no holding statement"))?;
    Ok(kit.make(item)?.to_vec())
}
