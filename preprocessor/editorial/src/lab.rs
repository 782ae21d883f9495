//! `content/labs/ID.toml`: what students do in the lab of a lesson.
//!
//! Scanners, their arguments and the claims are kept as written; the crate `evidence` knows what they
//! mean.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;
use crate::sample::SampleStep;
use crate::source_text::SourceText;

/// A lab: what stands at the beginning, and the tasks in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonLab {
    /// What stands above it.
    pub title: Placed<String>,
    /// The page of its lesson, as `src/SUMMARY.md` names it.
    pub lesson: Placed<String>,
    /// How long a student takes, in minutes.
    pub minutes: Placed<u64>,
    /// The scene that stands at the beginning; none where nothing stands.
    pub scene: Option<Placed<String>>,
    /// How the student's copy of the scene is called.
    pub file: Option<Placed<String>>,
    /// What it is about, in a sentence or two.
    pub says: Placed<String>,
    /// Other files that lie in the student's folder.
    pub lays: Vec<Lay>,
    /// What is to be done, in order.
    pub tasks: Vec<LabTask>,
}

/// A file that lies in the student's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lay {
    /// Its name.
    pub name: Placed<String>,
    /// What it holds.
    pub holds: Laid,
}

/// What a laid file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Laid {
    /// A small DICOM file of an invented patient that begins with this preamble.
    Preamble(Placed<String>),
    /// The holding statement of this incident, as text.
    Statement(Placed<String>),
}

/// One task.
#[derive(Debug, Clone, PartialEq)]
pub struct LabTask {
    /// Keeps a student's progress, so it never changes.
    pub id: Placed<String>,
    /// The objective of the lesson that it serves.
    pub objective: Placed<String>,
    /// What is to be done.
    pub says: Placed<String>,
    /// Help, from gentle to plain.
    pub hints: Vec<Placed<String>>,
    /// What it comes to.
    pub goal: LabGoal,
    /// What a student reads who has solved it.
    pub done: Placed<String>,
    /// One way to solve it, where something has to be changed.
    pub changes: Vec<LabChange>,
}

/// How a task is solved.
#[derive(Debug, Clone, PartialEq)]
pub enum LabGoal {
    /// By telling the fact of this name, which a look observes.
    Answer {
        /// The fact, such as `patients`.
        fact: Placed<String>,
        /// Where it is seen.
        seen: LabSight,
    },
    /// By bringing about that the claims of these looks hold.
    Claims(Vec<LabLook>),
}

/// What a student looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum LabSight {
    /// These looks, in order.
    Looks(Vec<LabLook>),
    /// A sample, live or from its recording.
    Sample(Placed<String>),
}

/// A scanner looks, and what must then hold.
#[derive(Debug, Clone, PartialEq)]
pub struct LabLook {
    /// Who looks at what.
    pub step: SampleStep,
    /// What must hold, as written.
    pub claims: Vec<Placed<toml::Table>>,
}

/// A change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabChange {
    /// The file; the scene's where none is named.
    pub file: Option<Placed<String>>,
    /// What is changed in it.
    pub edit: LabEdit,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What is changed in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabEdit {
    /// Words.
    Replace {
        /// What stands exactly once in the file at this moment.
        from: Placed<String>,
        /// What stands there afterwards.
        to: Placed<String>,
    },
    /// The first 128 bytes become zeros.
    ClearPreamble,
    /// Every bit of this byte is turned round, the first byte being 0.
    FlipByte(u64),
}

/// A lab's file: its id, its text, what it says, and what is wrong in it.
#[derive(Debug, Clone)]
pub struct LabFile {
    /// The file's name without its ending.
    pub id: String,
    /// The file as it lies on the disk.
    pub file: SourceText,
    /// What it says, where it could be read.
    pub lab: Option<LessonLab>,
    /// What could not be read.
    pub misfits: Vec<Misfit>,
}

impl LabFile {
    pub(crate) fn read(id: String, file: SourceText) -> Self {
        let (lab, misfits) = read_toml(file.text(), 0, read_lab);
        LabFile {
            id,
            file,
            lab,
            misfits,
        }
    }
}

impl LessonLab {
    /// Every text that a student reads, in the order of the file.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Placed<String>> {
        let tasks = self.tasks.iter().flat_map(|task| {
            let says = std::iter::once(&task.says);
            says.chain(&task.hints).chain([&task.done])
        });
        [&self.title, &self.says].into_iter().chain(tasks)
    }
}

fn read_lab(fields: &mut Fields<'_>) -> Option<LessonLab> {
    let title = fields.required_text("title", "say what students do");
    let lesson = fields.required_text("lesson", "name its page, such as \"lessons/lesson-1.md\"");
    if !fields.has("minutes") {
        fields.missing("minutes", "say how long a student takes: minutes = 25");
    }
    let minutes = fields.whole_number("minutes");
    let scene = fields.text("scene");
    let file = fields.text("file");
    let says = fields.required_text("says", "say in a sentence or two what it is about");
    let lays = fields.tables("lay", read_lay);
    let lays: Vec<Lay> = lays.into_iter().flatten().collect();
    if !fields.has("task") {
        fields.missing("task", "write at least one [[task]]");
    }
    let tasks = fields.tables("task", read_task);
    let tasks: Vec<LabTask> = tasks.into_iter().flatten().collect();
    if let (Some(scene), None) = (&scene, &file) {
        let help = "say how the student's copy of the scene is called: file = \"archive.toml\"";
        fields.misfit(scene.span.clone(), "`file` is missing", help);
    }
    if let (None, Some(file)) = (&scene, &file) {
        let help = "name the scene that stands at the beginning, or take `file` away";
        fields.misfit(file.span.clone(), "there is no `scene` to copy", help);
    }
    check_names(fields, file.as_ref(), &lays);
    check_ids(fields, &tasks);
    for change in tasks.iter().flat_map(|task| &task.changes) {
        check_change(fields, change, file.as_ref(), &lays);
    }
    Some(LessonLab {
        title: title?,
        lesson: lesson?,
        minutes: minutes?,
        scene,
        file,
        says: says?,
        lays,
        tasks,
    })
}

/// Files lie side by side in one folder, under names that a student can type.
fn check_names(fields: &Fields<'_>, file: Option<&Placed<String>>, lays: &[Lay]) {
    let mut names = BTreeSet::new();
    for name in file.into_iter().chain(lays.iter().map(|lay| &lay.name)) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        let hidden = name.value.starts_with(['.', '-']);
        if hidden || !name.value.chars().all(plain) {
            fields.misfit(
                name.span.clone(),
                format!("\"{}\" is no name for a student's file", name.value),
                "use lower-case letters, digits, hyphens and a dot before the ending",
            );
        }
        if !names.insert(name.value.as_str()) {
            fields.misfit(
                name.span.clone(),
                format!("two files are called \"{}\"", name.value),
                "give each file a name of its own",
            );
        }
    }
}

fn check_ids(fields: &Fields<'_>, tasks: &[LabTask]) {
    let mut ids = BTreeSet::new();
    for task in tasks {
        let id = &task.id;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.value.chars().all(plain) {
            fields.misfit(
                id.span.clone(),
                format!("\"{}\" is no id", id.value),
                "use lower-case letters, digits and hyphens",
            );
        }
        if !ids.insert(id.value.as_str()) {
            fields.misfit(
                id.span.clone(),
                format!("two tasks have the id \"{}\"", id.value),
                "give each task an id of its own; progress is kept by it",
            );
        }
    }
}

fn check_change(
    fields: &Fields<'_>,
    change: &LabChange,
    file: Option<&Placed<String>>,
    lays: &[Lay],
) {
    match &change.file {
        Some(named) => {
            let mut known = file.into_iter().chain(lays.iter().map(|lay| &lay.name));
            if !known.any(|known| known.value == named.value) {
                fields.misfit(
                    named.span.clone(),
                    format!("no file \"{}\" lies in the student's folder", named.value),
                    "name the scene's `file` or one of [[lay]]",
                );
            }
        }
        None if file.is_none() => fields.misfit(
            change.span.clone(),
            "this lab has no scene whose file could be changed",
            "name the laid file: file = \"statement.txt\"",
        ),
        None => {}
    }
}

fn read_lay(fields: &mut Fields<'_>) -> Option<Lay> {
    let name = fields.required_text("name", "say how the file is called");
    let preamble = fields.text("preamble");
    let statement = fields.text("statement");
    let holds = match (preamble, statement) {
        (Some(preamble), None) => Some(Laid::Preamble(preamble)),
        (None, Some(statement)) => Some(Laid::Statement(statement)),
        _ => {
            let help = "write either `preamble` or `statement`";
            fields.misfit(fields.span(), "a laid file holds one thing", help);
            None
        }
    };
    Some(Lay {
        name: name?,
        holds: holds?,
    })
}

fn read_task(fields: &mut Fields<'_>) -> Option<LabTask> {
    let id = fields.required_text("id", "give it an id that never changes");
    let objective = fields.required_text("objective", "name an objective of the lesson");
    let says = fields.required_text("says", "say what is to be done");
    let hints = fields.required_texts("hints", "give at least one hint");
    let answer = fields.text("answer");
    let sample = fields.text("sample");
    let done = fields.required_text("done", "say what a student reads who has solved it");
    let looks = fields.tables("look", read_look);
    let looks: Vec<LabLook> = looks.into_iter().flatten().collect();
    let changes = fields.tables("change", read_change);
    let changes: Vec<LabChange> = changes.into_iter().flatten().collect();
    let claims = looks.iter().any(|look| !look.claims.is_empty());
    let slip = |problem: &str, help: &str| {
        fields.misfit(fields.span(), problem, help);
        None
    };
    let goal = match (answer, sample) {
        (Some(_), Some(_)) if !looks.is_empty() => slip(
            "a task shows a sample or looks, and this one has both",
            "take either `sample` or [[task.look]] away",
        ),
        (Some(_), _) if claims => slip(
            "a task asks for an answer or for claims that hold, and this one has both",
            "take either `answer` or [[task.look.claim]] away",
        ),
        (Some(fact), Some(sample)) => Some(LabGoal::Answer {
            fact,
            seen: LabSight::Sample(sample),
        }),
        (Some(_), None) if looks.is_empty() => slip(
            "nothing looks for the answer",
            "write a [[task.look]], or name a sample",
        ),
        (Some(fact), None) => Some(LabGoal::Answer {
            fact,
            seen: LabSight::Looks(looks),
        }),
        (None, _) if !claims => slip(
            "nothing tells when the task is solved",
            "write `answer`, or a [[task.look.claim]]",
        ),
        (None, Some(_)) => slip(
            "a sample is of another scene, so nothing that a student changes can be seen in it",
            "look at the lab itself with [[task.look]]",
        ),
        (None, None) if changes.is_empty() => slip(
            "no way to solve the task is known",
            "write a [[task.change]] after which the claims hold",
        ),
        (None, None) => Some(LabGoal::Claims(looks)),
    };
    if let (Some(LabGoal::Claims(_)), Some(done)) = (&goal, &done)
        && done.value.contains("{answer}")
    {
        let help = "say what the student has brought about";
        fields.misfit(done.span.clone(), "no answer was asked for", help);
    }
    Some(LabTask {
        id: id?,
        objective: objective?,
        says: says?,
        hints,
        goal: goal?,
        done: done?,
        changes,
    })
}

fn read_look(fields: &mut Fields<'_>) -> Option<LabLook> {
    let scanner = fields.required_text("scanner", "name the scanner, such as \"probe\"");
    let server = fields.text("server");
    let args = fields.texts("args");
    let keep = fields.texts("keep");
    let claims = fields.raw_tables("claim");
    let step = SampleStep {
        scanner: scanner?,
        server,
        args,
        keep,
    };
    Some(LabLook { step, claims })
}

fn read_change(fields: &mut Fields<'_>) -> Option<LabChange> {
    let file = fields.text("file");
    let clears = fields.truth("clear-preamble");
    let flips = fields.whole_number("flip-byte");
    let edit = match (clears, flips) {
        (Some(clears), None) if clears.value => Some(LabEdit::ClearPreamble),
        (None, Some(byte)) => Some(LabEdit::FlipByte(byte.value)),
        (None, None) => {
            let from = fields.required_text("from", "quote what stands in the file");
            let to = fields.required_text("to", "say what stands there afterwards");
            from.zip(to).map(|(from, to)| LabEdit::Replace { from, to })
        }
        _ => {
            let help = "write `from` and `to`, or clear-preamble = true, or flip-byte = 400";
            fields.misfit(fields.span(), "a change changes one thing", help);
            None
        }
    };
    Some(LabChange {
        file,
        edit: edit?,
        span: fields.span(),
    })
}
