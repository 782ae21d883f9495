//! Objectives that nobody could see reached.

use std::collections::HashSet;
use std::path::Path;

use super::{Check, Findings, Rule};
use crate::fields::Placed;
use crate::lesson::{MEASURABLE, is_measurable};
use crate::nearest::did_you_mean;
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "lesson/objective",
    wants: "An objective of a lesson begins with a verb that can be measured, and has a task of the lab or \
            a question of the quiz.",
    why: "Whether somebody understands something cannot be seen; whether they find, compare or restrict \
          it can. An objective that nothing tests is a wish. Tasks and questions name the objective that \
          they serve by its id.",
    can_be_waived: false,
    check: Check::PageAndShelf(check, check_exercises),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    let Some(lesson) = page.piece.as_ref().and_then(|piece| piece.lesson.as_ref()) else {
        return;
    };
    for objective in &lesson.objectives {
        if !is_measurable(&objective.says.value) {
            findings.error(
                &page.file,
                objective.says.span.clone(),
                "this objective begins with nothing that can be measured",
                format!("begin with one of: {}", MEASURABLE.join(", ")),
            );
        }
        let id = objective.id.value.as_str();
        if !served(shelf, page.file.path()).any(|found| found.value == id) {
            findings.error(
                &page.file,
                objective.id.span.clone(),
                "no task of the lab and no question of the quiz serves this objective",
                format!("write one with objective = \"{id}\""),
            );
        }
    }
}

/// The objectives that the tasks and the questions of a lesson name.
fn served<'a>(shelf: &'a Shelf, lesson: &Path) -> impl Iterator<Item = &'a Placed<String>> {
    let tasks = shelf.lab_of(lesson).into_iter();
    let tasks = tasks.flat_map(|(_, lab)| lab.tasks.iter().map(|task| &task.objective));
    let questions = shelf.quiz_of(lesson).into_iter();
    let questions = questions.flat_map(|quiz| &quiz.questions);
    tasks.chain(questions.map(|question| &question.objective))
}

/// Labs and quizzes that serve no lesson, or an objective that it does not have.
fn check_exercises(shelf: &Shelf, findings: &mut Findings) {
    let labs = shelf.labs.iter().filter_map(|file| {
        let lab = file.lab.as_ref()?;
        let objectives = lab.tasks.iter().map(|task| &task.objective);
        Some((&file.file, &lab.lesson, objectives.collect::<Vec<_>>()))
    });
    let quizzes = shelf.quizzes.iter().filter_map(|file| {
        let quiz = file.quiz.as_ref()?;
        let objectives = quiz.questions.iter().map(|question| &question.objective);
        Some((&file.file, &quiz.lesson, objectives.collect::<Vec<_>>()))
    });
    let mut taken = HashSet::new();
    for (file, lesson, objectives) in labs.chain(quizzes) {
        let page = shelf.page(&Path::new("src").join(&lesson.value));
        let found = page.and_then(|page| page.piece.as_ref()?.lesson.as_ref());
        let Some(found) = found else {
            findings.error(
                file,
                lesson.span.clone(),
                format!("src/{} is no lesson", lesson.value),
                "name a page of the kind \"lesson\", such as \"lessons/lesson-1.md\"",
            );
            continue;
        };
        let folder = file.path().parent();
        if !taken.insert((folder, lesson.value.as_str())) {
            findings.error(
                file,
                lesson.span.clone(),
                format!("src/{} has one already", lesson.value),
                "a lesson has one lab and one quiz",
            );
        }
        for objective in objectives {
            if found.objective(&objective.value).is_none() {
                let ids = found.objectives.iter().map(|found| found.id.value.as_str());
                let all: Vec<&str> = ids.clone().collect();
                let otherwise = format!("the objectives are: {}", all.join(", "));
                findings.error(
                    file,
                    objective.span.clone(),
                    format!("the lesson has no objective \"{}\"", objective.value),
                    did_you_mean(&objective.value, ids, &otherwise),
                );
            }
        }
    }
}
