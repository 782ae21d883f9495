//! Labs as they can be carried out, and what keeps one from it.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use editorial::{
    Finding, LabChange, LabEdit, LabFile, LabGoal, LabLook, LabSight, LabTask, Laid, Misfit,
    Placed, Shelf,
};
use editorial::{did_you_mean, stem};
use evidence::{Call, Claimed, Experiment, FileType, Preamble, Scanner, Scene, Unfit};
use serde::Deserialize;

use super::fact::Fact;
use crate::experiments::{at, call, claimed};
use crate::rules::SAMPLE_INVALID;

/// Our own look at the beginning of a laid file.
const FILE_START: &str = "file-start";
/// Our own look for gaps that nobody has filled.
const GAPS: &str = "gaps";

/// A lab that can be carried out.
#[derive(Debug, Clone)]
pub(crate) struct Lesson {
    /// Its name, such as `lesson-1`.
    pub(crate) id: String,
    /// What students do.
    pub(crate) title: String,
    /// What it is about.
    pub(super) says: String,
    /// How long it takes, in minutes.
    pub(super) minutes: u64,
    /// What stands at the beginning, and the name of the student's copy.
    pub(super) scene: Option<Copied>,
    /// The other files.
    pub(super) lays: Vec<Lying>,
    /// What is to be done.
    pub(super) tasks: Vec<Task>,
}

/// A scene that is copied into the student's folder.
#[derive(Debug, Clone)]
pub(super) struct Copied {
    /// The name of the copy.
    pub(super) file: String,
    /// What it says at first.
    pub(super) text: String,
}

/// A file that is laid into the student's folder.
#[derive(Debug, Clone)]
pub(super) struct Lying {
    /// Its name.
    pub(super) name: String,
    /// What it holds.
    pub(super) holds: Holds,
}

/// What a laid file holds.
#[derive(Debug, Clone)]
pub(super) enum Holds {
    /// A small DICOM file with this preamble.
    Dicom(Preamble),
    /// The holding statement of an incident.
    Statement(String),
}

/// One task.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub(super) id: String,
    pub(super) says: String,
    pub(super) hints: Vec<String>,
    pub(super) done: String,
    pub(super) goal: Goal,
    pub(super) changes: Vec<Change>,
}

/// How a task is solved.
#[derive(Debug, Clone)]
pub(super) enum Goal {
    /// By telling a fact that these looks observe.
    Answer(Fact, Vec<Look>),
    /// By telling a fact of a sample.
    Sample(Fact, String),
    /// By bringing about what these looks claim.
    Claims(Vec<Look>),
}

/// One look.
#[derive(Debug, Clone)]
pub(super) enum Look {
    /// A scanner looks at what stands.
    Scan { call: Call, claims: Vec<Claimed> },
    /// We look at the beginning of a file.
    Start { file: String, claims: Vec<OfFile> },
    /// We look for gaps in a text; so many may be left.
    Gaps { file: String, most: Option<usize> },
}

/// What must hold of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum OfFile {
    /// What kind of file it is.
    FileType(FileType),
    /// Whether what follows the preamble is as it was laid.
    DataUnchanged(bool),
}

/// A change that solves a task, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) file: String,
    pub(super) edit: LabEdit,
}

impl Look {
    /// Whether nothing has to be installed for it.
    pub(super) fn is_ours(&self) -> bool {
        match self {
            Look::Scan { call, .. } => call.scanner.is_ours(),
            Look::Start { .. } | Look::Gaps { .. } => true,
        }
    }

    /// Whether it claims anything.
    pub(super) fn claims_anything(&self) -> bool {
        match self {
            Look::Scan { claims, .. } => !claims.is_empty(),
            Look::Start { claims, .. } => !claims.is_empty(),
            Look::Gaps { most, .. } => most.is_some(),
        }
    }

    fn tells(&self, fact: Fact) -> bool {
        match self {
            Look::Scan { call, .. } => fact.is_told_by(call.scanner),
            Look::Start { .. } => fact == Fact::FileType,
            Look::Gaps { .. } => false,
        }
    }
}

/// Every lab that can be carried out, and what is wrong with the others.
pub(crate) fn gather(shelf: &Shelf) -> (Vec<Lesson>, Vec<Finding>) {
    let (mut lessons, mut findings) = (Vec::new(), Vec::new());
    for file in &shelf.labs {
        // What is wrong in a file is reported with the file; half a lab is not carried out.
        if !file.misfits.is_empty() {
            continue;
        }
        let mut reader = Reader {
            shelf,
            file,
            texts: BTreeMap::new(),
            misfits: Vec::new(),
        };
        match reader.lesson() {
            Some(lesson) if reader.misfits.is_empty() => lessons.push(lesson),
            _ => findings.extend(
                reader
                    .misfits
                    .iter()
                    .map(|misfit| file.file.misfit(SAMPLE_INVALID, misfit)),
            ),
        }
    }
    (lessons, findings)
}

/// Reads one lab, and notes what does not fit.
struct Reader<'s> {
    shelf: &'s Shelf,
    file: &'s LabFile,
    /// The files that a student changes, as they are after the tasks read so far.
    texts: BTreeMap<String, String>,
    misfits: Vec<Misfit>,
}

impl Reader<'_> {
    /// The lab; nothing, where it has none, or no scene that can be read.
    fn lesson(&mut self) -> Option<Lesson> {
        let lab = self.file.lab.as_ref()?;
        let scene = match &lab.scene {
            Some(named) => Some(self.copied(named, lab.file.as_ref()?)?),
            None => None,
        };
        let file = scene.as_ref().map(|scene| scene.file.clone());
        if let Some(scene) = &scene {
            let (file, text) = (scene.file.clone(), scene.text.clone());
            self.texts.insert(file, text);
        }
        let lays = lab.lays.iter().filter_map(|lay| {
            let holds = self.holds(&lay.holds)?;
            let name = lay.name.value.clone();
            Some(Lying { name, holds })
        });
        let lays: Vec<Lying> = lays.collect();
        let tasks = lab.tasks.iter();
        let tasks = tasks.filter_map(|task| self.task(task, file.as_deref(), &lays));
        let tasks: Vec<Task> = tasks.collect();
        Some(Lesson {
            id: self.file.id.clone(),
            title: lab.title.value.clone(),
            says: lab.says.value.clone(),
            minutes: lab.minutes.value,
            scene,
            lays,
            tasks,
        })
    }

    /// The scene that stands at the beginning; nothing where it cannot be read, which is reported with
    /// the scene.
    fn copied(&mut self, named: &Placed<String>, file: &Placed<String>) -> Option<Copied> {
        let scenes = &self.shelf.scenes;
        let found = scenes.iter().find(|file| stem(file.path()) == named.value);
        let Some(found) = found else {
            let known: Vec<String> = scenes.iter().map(|file| stem(file.path())).collect();
            let known = known.iter().map(String::as_str);
            let problem = format!("there is no scene \"{}\"", named.value);
            let help = did_you_mean(&named.value, known, "write one in content/scenes");
            self.misfits.push(at(named, problem, &help));
            return None;
        };
        let scene = Scene::parse(&named.value, found.text()).ok()?;
        if scene.needs_a_cage() {
            let problem = "this scene stands only in a private network, where no student comes";
            let help = "take a scene of our own servers: dicom, nothing, web";
            self.misfits.push(at(named, problem, help));
        }
        Some(Copied {
            file: file.value.clone(),
            text: found.text().to_owned(),
        })
    }

    fn holds(&mut self, laid: &Laid) -> Option<Holds> {
        match laid {
            Laid::Preamble(name) => match Preamble::from_str(&name.value) {
                Ok(preamble) => Some(Holds::Dicom(preamble)),
                Err(_) => {
                    let problem = format!("there is no preamble \"{}\"", name.value);
                    let known = Preamble::ALL.map(|(known, _)| known);
                    let others = format!("the preambles are: {}", known.join(", "));
                    let help = did_you_mean(&name.value, known, &others);
                    self.misfits.push(at(name, problem, &help));
                    None
                }
            },
            Laid::Statement(slug) => {
                let mut pages = self.shelf.pages.iter();
                let is_it = |path: &std::path::Path| {
                    path.starts_with("src/incidents") && stem(path) == slug.value
                };
                if !pages.any(|page| is_it(page.file.path())) {
                    let problem = format!("there is no incident \"{}\"", slug.value);
                    let help = "name a page of src/incidents, without its ending";
                    self.misfits.push(at(slug, problem, help));
                }
                Some(Holds::Statement(slug.value.clone()))
            }
        }
    }

    fn task(&mut self, task: &LabTask, file: Option<&str>, lays: &[Lying]) -> Option<Task> {
        // An answer is read off what stands before a change, claims hold after it.
        let before = self.scene(file);
        let changes = task.changes.iter();
        let changes: Vec<Change> = changes
            .filter_map(|change| self.change(change, file))
            .collect();
        let after = self.scene(file);
        if !changes.is_empty() && before.is_some() && after.is_none() {
            let first = task.changes.first()?;
            let problem = "after this change the scene cannot be read any more";
            let help = "write what the form of scenes allows";
            let misfit = Misfit::new(first.span.clone(), problem, help);
            self.misfits.push(misfit);
        }
        let goal = match &task.goal {
            LabGoal::Answer { fact, seen } => {
                let fact = self.fact(fact)?;
                match seen {
                    LabSight::Sample(sample) => {
                        if self.shelf.sample(&sample.value).is_none() {
                            let known = self.shelf.samples.iter().map(|file| file.id.as_str());
                            let problem = format!("there is no sample \"{}\"", sample.value);
                            let help = "name a file of content/samples without its ending";
                            let help = did_you_mean(&sample.value, known, help);
                            self.misfits.push(at(sample, problem, &help));
                        }
                        Goal::Sample(fact, sample.value.clone())
                    }
                    LabSight::Looks(looks) => {
                        let read = self.looks(looks, before.as_ref(), lays);
                        let first = looks.first().zip(read.first());
                        if let Some((written, first)) = first
                            && !first.tells(fact)
                        {
                            let problem = "the first look never tells what is asked for";
                            let help = "begin with a look of our own that observes it";
                            self.misfits.push(at(&written.step.scanner, problem, help));
                        }
                        Goal::Answer(fact, read)
                    }
                }
            }
            LabGoal::Claims(looks) => {
                let read = self.looks(looks, after.as_ref(), lays);
                let ours = |look: &Look| look.is_ours() && look.claims_anything();
                if !read.is_empty() && !read.iter().any(ours) {
                    let problem = "without programs of others nobody could solve this task";
                    let help = "claim something that a look of our own observes";
                    self.misfits.push(at(&task.id, problem, help));
                }
                Goal::Claims(read)
            }
        };
        let text = |placed: &Placed<String>| placed.value.clone();
        Some(Task {
            id: text(&task.id),
            says: text(&task.says),
            hints: task.hints.iter().map(text).collect(),
            done: text(&task.done),
            goal,
            changes,
        })
    }

    /// The student's scene as it is after the tasks read so far.
    fn scene(&self, file: Option<&str>) -> Option<Arc<Scene>> {
        let text = self.texts.get(file?)?;
        Scene::parse(&self.file.id, text).ok().map(Arc::new)
    }

    fn fact(&mut self, name: &Placed<String>) -> Option<Fact> {
        let fact = Fact::named(&name.value);
        if fact.is_none() {
            let known: Vec<&str> = Fact::ALL.iter().map(|(name, _)| *name).collect();
            let others = format!("the facts are: {}", known.join(", "));
            let problem = format!("nobody can be asked for \"{}\"", name.value);
            let help = did_you_mean(&name.value, known, &others);
            self.misfits.push(at(name, problem, &help));
        }
        fact
    }

    /// A change, carried out in the text it is about. What statements and DICOM files hold is not known
    /// here.
    fn change(&mut self, change: &LabChange, file: Option<&str>) -> Option<Change> {
        let named = change.file.as_ref().map(|file| file.value.as_str());
        let file = named.or(file)?.to_owned();
        if let (LabEdit::Replace { from, to }, Some(text)) =
            (&change.edit, self.texts.get_mut(&file))
        {
            match text.matches(&from.value).count() {
                1 => *text = text.replace(&from.value, &to.value),
                times => {
                    let problem = format!("this stands {times} times in the file at this moment");
                    let help = "quote what stands there exactly once, after the tasks before";
                    self.misfits.push(at(from, problem, help));
                }
            }
        }
        Some(Change {
            file,
            edit: change.edit.clone(),
        })
    }

    fn looks(
        &mut self,
        looks: &[LabLook],
        scene: Option<&Arc<Scene>>,
        lays: &[Lying],
    ) -> Vec<Look> {
        let looks = looks.iter();
        looks
            .filter_map(|look| match look.step.scanner.value.as_str() {
                FILE_START => self.start(look, lays),
                GAPS => self.gaps(look, lays),
                _ => self.scan(look, scene),
            })
            .collect()
    }

    fn scan(&mut self, look: &LabLook, scene: Option<&Arc<Scene>>) -> Option<Look> {
        let call = call(&look.step).map_err(|misfit| self.misfits.push(misfit));
        let mut claims = Vec::new();
        for table in &look.claims {
            match claimed(table) {
                Ok(claim) => claims.push(claim),
                Err(misfit) => self.misfits.push(misfit),
            }
        }
        let call = call.ok()?;
        let Some(scene) = scene else {
            // A scene that cannot be read is reported elsewhere; one that is not there is a slip.
            if self.file.lab.as_ref()?.scene.is_none() {
                let problem = "nothing stands in this lab, so no scanner can look at it";
                let help = "name a `scene`, or look at a laid file with file-start or gaps";
                self.misfits.push(at(&look.step.scanner, problem, help));
            }
            return None;
        };
        let experiment = Experiment {
            id: self.file.id.clone(),
            scene: Arc::clone(scene),
            calls: vec![call.clone()],
            claims: claims.clone(),
        };
        // In a lab there are certificates whether or not a server speaks TLS at the time.
        let unfit = experiment.check().err().into_iter().flatten();
        let unfit = unfit.filter(|unfit| !matches!(unfit, Unfit::NoCertificate { .. }));
        self.misfits.extend(unfit.map(|unfit| {
            let text = unfit.to_string();
            let mut args = look.step.args.iter();
            let place = args.find(|arg| text.contains(&arg.value));
            let place = place.unwrap_or(&look.step.scanner);
            at(place, text, "correct it in this file or in the scene")
        }));
        if call.scanner == Scanner::Idle {
            let problem = "an idle caller shows a student nothing";
            let help = "take a scanner that looks";
            self.misfits.push(at(&look.step.scanner, problem, help));
        }
        Some(Look::Scan { call, claims })
    }

    /// The laid file that a look of ours is about.
    fn laid(&mut self, look: &LabLook, lays: &[Lying], fits: fn(&Holds) -> bool) -> Option<String> {
        if let [only] = look.step.args.as_slice() {
            let mut lays = lays.iter();
            if lays.any(|lay| lay.name == only.value && fits(&lay.holds)) {
                return Some(only.value.clone());
            }
        }
        let place = look.step.args.first().unwrap_or(&look.step.scanner);
        let problem = "no laid file of that kind has this name";
        let help = "name one [[lay]] of this lab: args = [\"scan.dcm\"]";
        self.misfits.push(at(place, problem, help));
        None
    }

    fn start(&mut self, look: &LabLook, lays: &[Lying]) -> Option<Look> {
        let file = self.laid(look, lays, |holds| matches!(holds, Holds::Dicom(_)))?;
        let mut claims = Vec::new();
        for table in &look.claims {
            match OfFile::deserialize(toml::Value::Table(table.value.clone())) {
                Ok(claim) => claims.push(claim),
                Err(error) => {
                    let problem = format!("this is no claim: {}", error.message().trim());
                    let help = "write file-type = \"dicom\" or data-unchanged = true";
                    self.misfits.push(at(table, problem, help));
                }
            }
        }
        Some(Look::Start { file, claims })
    }

    fn gaps(&mut self, look: &LabLook, lays: &[Lying]) -> Option<Look> {
        let file = self.laid(look, lays, |holds| matches!(holds, Holds::Statement(_)))?;
        let mut most = None;
        for table in &look.claims {
            let number = table
                .value
                .get("open-gaps")
                .and_then(toml::Value::as_integer);
            let number = number.filter(|_| table.value.len() == 1);
            match number.and_then(|number| usize::try_from(number).ok()) {
                Some(number) => most = Some(number),
                None => {
                    let problem = "this is no claim about gaps";
                    self.misfits.push(at(table, problem, "write open-gaps = 0"));
                }
            }
        }
        Some(Look::Gaps { file, most })
    }
}
