//! A lesson: what a class will be able to do, in which time, and the slides that its page is made of.

mod slides;
mod verbs;

use crate::fields::{Fields, Placed};

pub(crate) use slides::NOTES;
pub use slides::{Slide, slides};
pub(crate) use verbs::{MEASURABLE, is_measurable};

/// What the front matter of a lesson says beyond that of other pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Its number among the lessons, from 1.
    pub number: Placed<u64>,
    /// The minutes that it takes, with lab and quiz.
    pub minutes: Placed<u64>,
    /// What the class needs beforehand, a sentence each.
    pub needs: Vec<Placed<String>>,
    /// The pages to read next, as `src/SUMMARY.md` names them.
    pub next: Vec<Placed<String>>,
    /// What the class will be able to do.
    pub objectives: Vec<Objective>,
    /// The time plan, in order.
    pub parts: Vec<LessonPart>,
    /// Where it belongs in a published outline of a certification; empty where no source supports it.
    pub outline: Vec<OutlineTopic>,
}

/// Something that the class will be able to do, and that can be seen to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Names it to tasks and questions.
    pub id: Placed<String>,
    /// What it is; the first word is a verb that can be measured.
    pub says: Placed<String>,
}

/// A part of the time plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonPart {
    /// What the class does, or hears of.
    pub what: Placed<String>,
    /// The minutes it takes.
    pub minutes: Placed<u64>,
    /// How it is spent.
    pub way: Way,
}

/// How a part of a lesson is spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// With the slides from this one on.
    Slides(Placed<String>),
    /// With the lab.
    Lab,
    /// With the quiz.
    Quiz,
    /// Talking.
    Discussion,
}

/// A topic of a published outline, with the source that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineTopic {
    /// The topic, as the outline names it.
    pub topic: Placed<String>,
    /// The key of the source.
    pub source: Placed<String>,
}

impl Lesson {
    /// Reads the table `[lesson]` of the front matter.
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Lesson> {
        let number = required_number(fields, "number", "number the lessons from 1");
        let minutes = required_number(fields, "minutes", "say how long the lesson is");
        let needs = fields.required_texts("needs", "say what the class needs: needs = [\"…\"]");
        let next = fields.required_texts(
            "next",
            "name pages to read next: next = [\"answers/am-i-exposed.md\"]",
        );
        let objectives = fields.tables("objective", read_objective);
        let objectives: Vec<Objective> = objectives.into_iter().flatten().collect();
        if objectives.is_empty() {
            fields.missing(
                "objective",
                "add [[lesson.objective]] tables with `id` and `says`",
            );
        }
        let parts = fields.tables("part", read_part);
        let parts: Vec<LessonPart> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            fields.missing("part", "add [[lesson.part]] tables: the time plan");
        }
        let outline = fields.tables("outline", read_topic);
        refuse_twins(fields, &objectives);
        Some(Lesson {
            number: number?,
            minutes: minutes?,
            needs,
            next,
            objectives,
            parts,
            outline: outline.into_iter().flatten().collect(),
        })
    }

    /// The objective with an id.
    pub fn objective(&self, id: &str) -> Option<&Objective> {
        self.objectives.iter().find(|found| found.id.value == id)
    }

    /// Everything of it that is read on its page.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Placed<String>> {
        let objectives = self.objectives.iter().map(|objective| &objective.says);
        let parts = self.parts.iter().map(|part| &part.what);
        let topics = self.outline.iter().map(|topic| &topic.topic);
        self.needs
            .iter()
            .chain(objectives)
            .chain(parts)
            .chain(topics)
    }

    /// The minutes that its plan has for the lab, or for the quiz.
    pub(crate) fn minutes_of(&self, way: &Way) -> u64 {
        let parts = self.parts.iter().filter(|part| part.way == *way);
        parts.map(|part| part.minutes.value).sum()
    }
}

impl Way {
    const WORDS: [(&'static str, u8); 3] = [("lab", 0), ("quiz", 1), ("discussion", 2)];
}

fn required_number(fields: &mut Fields<'_>, key: &'static str, help: &str) -> Option<Placed<u64>> {
    if !fields.has(key) {
        fields.missing(key, help);
    }
    let number = fields.whole_number(key)?;
    if number.value == 0 {
        fields.misfit(number.span.clone(), format!("`{key}` is 0"), help);
    }
    Some(number)
}

fn read_objective(fields: &mut Fields<'_>) -> Option<Objective> {
    let id = fields.required_text("id", "name it, so that tasks and questions can");
    let says = fields.required_text("says", "say what the class will be able to do");
    Some(Objective {
        id: id?,
        says: says?,
    })
}

fn read_part(fields: &mut Fields<'_>) -> Option<LessonPart> {
    let what = fields.required_text("what", "say what this part is about");
    let minutes = required_number(fields, "minutes", "say how long it takes");
    let from = fields.text("from");
    let is = fields
        .has("is")
        .then(|| fields.choice("is", &Way::WORDS))
        .flatten();
    let way = match (from, is) {
        (Some(from), None) => Way::Slides(from),
        (None, Some(is)) => match is.value {
            0 => Way::Lab,
            1 => Way::Quiz,
            _ => Way::Discussion,
        },
        (Some(from), Some(_)) => {
            fields.misfit(
                from.span,
                "this part has slides, and is something else too",
                "keep `from` or `is`",
            );
            return None;
        }
        (None, None) => {
            if !fields.has("from") && !fields.has("is") {
                fields.missing(
                    "from",
                    "name its first slide, or say what it is: is = \"lab\", \"quiz\" or \"discussion\"",
                );
            }
            return None;
        }
    };
    Some(LessonPart {
        what: what?,
        minutes: minutes?,
        way,
    })
}

fn read_topic(fields: &mut Fields<'_>) -> Option<OutlineTopic> {
    let topic = fields.required_text("topic", "name the topic as the outline does");
    let source = fields.required_text("source", "name the source that has it");
    Some(OutlineTopic {
        topic: topic?,
        source: source?,
    })
}

fn refuse_twins(fields: &Fields<'_>, objectives: &[Objective]) {
    let mut seen = std::collections::HashSet::new();
    for objective in objectives {
        if !seen.insert(objective.id.value.as_str()) {
            fields.misfit(
                objective.id.span.clone(),
                format!("the objective \"{}\" stands here twice", objective.id.value),
                "give each its own id",
            );
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
