//! Time plans that do not add up.

use super::{Check, Findings, Rule};
use crate::lesson::{Lesson, Slide, Way, slides};
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "lesson/plan",
    wants: "The parts of a lesson add up to its minutes, and the slides of a part to the minutes of that \
            part.",
    why: "A lecturer has a room until the hour. Each slide says how long it stays (`{{#notes 3}}`), each \
          part how long it takes, and the lesson how long it is; the lab and the quiz say it in their own \
          files. The presenter's clock shows the plan. Slides belong to the part whose `from` names one \
          of them, up to the next part with slides.",
    can_be_waived: false,
    check: Check::Page(check),
};

fn check(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    let Some(lesson) = page.piece.as_ref().and_then(|piece| piece.lesson.as_ref()) else {
        return;
    };
    let planned: u64 = lesson.parts.iter().map(|part| part.minutes.value).sum();
    if planned != lesson.minutes.value {
        findings.error(
            &page.file,
            lesson.minutes.span.clone(),
            format!(
                "the lesson has {} minutes, and its parts add up to {planned}",
                lesson.minutes.value
            ),
            "change a part, or the minutes of the lesson",
        );
    }
    let slides = slides(page);
    if slides.is_empty() {
        findings.error(
            &page.file,
            lesson.minutes.span.clone(),
            "the lesson has no slides",
            "give it headings: ## A stranger calls {#a-stranger-calls}",
        );
    }
    parts(page, lesson, &slides, findings);
    exercises(shelf, page, lesson, findings);
}

/// Compares the plan with the minutes that the lab and the quiz say they take.
fn exercises(shelf: &Shelf, page: &Page, lesson: &Lesson, findings: &mut Findings) {
    let path = page.file.path();
    let lab = shelf.lab_of(path).map(|(_, lab)| lab.minutes.value);
    let quiz = shelf.quiz_of(path).map(|quiz| quiz.minutes.value);
    for (way, name, wanted) in [(Way::Lab, "lab", lab), (Way::Quiz, "quiz", quiz)] {
        let planned = lesson.minutes_of(&way);
        let place = lesson.parts.iter().find(|part| part.way == way);
        let place = place.map_or(&lesson.minutes.span, |part| &part.minutes.span);
        let (problem, help) = match (planned, wanted) {
            (0, None) => continue,
            (planned, Some(wanted)) if planned == wanted => continue,
            (0, Some(wanted)) => (
                format!("the {name} of this lesson takes {wanted} minutes, and the plan has none"),
                format!("add a [[lesson.part]] with is = \"{name}\""),
            ),
            (_, None) => (
                format!("the plan has a {name}, and the lesson has none"),
                format!("write content/{}, and name this page in it", folder(&way)),
            ),
            (planned, Some(wanted)) => (
                format!(
                    "the plan has {planned} minutes for the {name}, which says it takes {wanted}"
                ),
                "change one of them".to_owned(),
            ),
        };
        findings.error(&page.file, place.clone(), problem, help);
    }
}

/// Where the file of a lab or a quiz stands.
fn folder(way: &Way) -> &'static str {
    match way {
        Way::Quiz => "quizzes/ID.toml",
        _ => "labs/ID.toml",
    }
}

/// Compares each part with its slides.
fn parts(page: &Page, lesson: &Lesson, slides: &[Slide<'_>], findings: &mut Findings) {
    let with_slides = lesson.parts.iter().filter_map(|part| match &part.way {
        Way::Slides(from) => Some((part, from)),
        _ => None,
    });
    let mut begins = Vec::new();
    for (part, from) in with_slides {
        let named = |slide: &Slide<'_>| slide.heading.id.as_deref() == Some(&from.value);
        let first = slides.iter().position(named);
        let comes_later = |first: &usize| begins.last().is_none_or(|(_, last)| last < first);
        match first {
            Some(first) if comes_later(&first) => begins.push((part, first)),
            Some(_) => findings.error(
                &page.file,
                from.span.clone(),
                format!(
                    "the slide \"{}\" stands before those of an earlier part",
                    from.value
                ),
                "give the parts in the order of their slides",
            ),
            None => findings.error(
                &page.file,
                from.span.clone(),
                format!("there is no slide \"{}\"", from.value),
                "name the id of the first slide of this part",
            ),
        }
    }
    let first = begins.first().map_or(slides.len(), |(_, first)| *first);
    if let Some(slide) = slides.first().filter(|_| first > 0) {
        findings.error(
            &page.file,
            slide.heading.span.clone(),
            "this slide belongs to no part of the plan",
            "let the first part with slides begin with the first slide",
        );
    }
    let ends = begins.iter().skip(1).map(|(_, first)| *first);
    let ends: Vec<usize> = ends.chain([slides.len()]).collect();
    for ((part, first), end) in begins.into_iter().zip(ends) {
        let minutes: Option<Vec<u64>> = slides[first..end].iter().map(Slide::minutes).collect();
        // A slide without minutes is another rule's finding.
        let Some(minutes) = minutes.map(|minutes| minutes.iter().sum::<u64>()) else {
            continue;
        };
        if minutes != part.minutes.value {
            findings.error(
                &page.file,
                part.minutes.span.clone(),
                format!(
                    "this part has {} minutes, and its {} slides add up to {minutes}",
                    part.minutes.value,
                    end - first
                ),
                "change the minutes of a slide, or of the part",
            );
        }
    }
}
