//! The page of a lesson: what it is for and how long it takes, and which part of it stands on the slides.

use std::path::Path;

use editorial::{Lesson, LessonPart, Page, Slide, Way, slides};

use super::escape::{markdown, with_code};
use super::send::{download, downloads};
use super::splice::Edit;
use super::{Form, Stock, lab, quiz};
use crate::progress::count;
use crate::sending::{Form as SentForm, Item};
use crate::summary::way;

/// What the build adds to the page of a lesson; nothing on other pages.
pub(super) fn edits(page: &Page, stock: Stock<'_>, form: Form) -> Vec<Edit> {
    let Some(lesson) = page.piece.as_ref().and_then(|piece| piece.lesson.as_ref()) else {
        return Vec::new();
    };
    let slides = slides(page);
    let mut edits = Vec::new();
    // The opening prose stands first; what a lecturer looks for stands before the first slide.
    let top = slides
        .first()
        .map_or(page.body.end, |slide| slide.span.start);
    let head = match form {
        // The class brings the styles of lessons to this page.
        Form::Html => format!(
            "<div class=\"lesson\">{}\n\n{}\n</div>\n",
            take(page, stock.files),
            head(lesson)
        ),
        Form::Plain => head(lesson),
    };
    edits.push(Edit::replace(top..top, format!("\n{head}\n")));
    for slide in &slides {
        edits.extend(mark(slide, form));
    }
    edits
}

/// Says which part of a section stands on its slide.
fn mark(slide: &Slide<'_>, form: Form) -> Vec<Edit> {
    let [notes] = slide.notes[..] else {
        return Vec::new();
    };
    let minutes = count(
        usize::try_from(slide.minutes().unwrap_or_default()).unwrap_or_default(),
        "minute",
    );
    let below = slide.heading.span.end;
    match form {
        Form::Html => vec![
            Edit::replace(
                below..below,
                "\n<div class=\"on-slide\" role=\"group\" aria-label=\"On the slide\">\n\n",
            ),
            Edit::replace(
                notes.span.clone(),
                format!("\n<p class=\"on-slide-time\">On the slide for {minutes}</p>\n</div>\n\n"),
            ),
        ],
        Form::Plain => vec![Edit::replace(
            notes.span.clone(),
            format!("\n*So far the slide, for {minutes}. To it:*\n"),
        )],
    }
}

/// The slides and the files, to take to a room.
fn take(page: &Page, files: &[Item]) -> String {
    let files = downloads(page, files);
    if files.is_empty() {
        return files;
    }
    let path = page.file.path();
    let slug = path.file_stem().unwrap_or_default().to_string_lossy();
    let up = way(path);
    format!(
        "<div class=\"lesson-files\"><p><a class=\"button\" href=\"{up}slides/{slug}.html\">Show the slides</a></p>\
         {files}</div>\n\n"
    )
}

/// Objectives, prerequisites and the time plan.
fn head(lesson: &Lesson) -> String {
    let mut head = "## What you will be able to do {#objectives}\n\n".to_owned();
    for objective in &lesson.objectives {
        head.push_str(&format!("- {}\n", with_code(&objective.says.value)));
    }
    head.push_str("\n**What you need**\n\n");
    for need in &lesson.needs {
        head.push_str(&format!("- {}\n", with_code(&need.value)));
    }
    head.push_str(&format!(
        "\n## How {} are spent {{#time-plan}}\n\n| From minute | What | Minutes |\n|---|---|---|\n",
        count(number(lesson.minutes.value), "minute"),
    ));
    let mut at = 0;
    for part in &lesson.parts {
        let minutes = part.minutes.value;
        head.push_str(&format!("| {at} | {} | {minutes} |\n", name(part)));
        at += minutes;
    }
    if !lesson.outline.is_empty() {
        let topics: Vec<String> = lesson
            .outline
            .iter()
            .map(|found| format!("{}[^{}]", markdown(&found.topic.value), found.source.value))
            .collect();
        head.push_str(&format!(
            "\nIn the outline of topics of the imaging informatics certification, we place this lesson under: \
             {}. That is our reading, and nobody's approval.\n",
            topics.join(", ")
        ));
    }
    head
}

/// What a part is about, as a link to where it begins.
fn name(part: &LessonPart) -> String {
    let what = with_code(&part.what.value);
    match &part.way {
        Way::Slides(from) => format!("[{what}](#{})", from.value),
        Way::Lab => format!("[{what}](#lab)"),
        Way::Quiz => format!("[{what}](#quiz)"),
        Way::Discussion => what,
    }
}

fn number(minutes: u64) -> usize {
    usize::try_from(minutes).unwrap_or(usize::MAX)
}

/// What stands below the slides of a lesson: its lab, its quiz, and what to read next. Nothing on other pages.
pub(super) fn exercises(page: &Page, stock: Stock<'_>, form: Form) -> Option<String> {
    let lesson = page.piece.as_ref()?.lesson.as_ref()?;
    let mut out = String::new();
    if let Some((id, lab)) = stock.shelf.lab_of(page.file.path()) {
        out.push_str(&lab::section(id, lab, form));
    }
    if let Some(quiz) = stock.shelf.quiz_of(page.file.path()) {
        out.push_str(&quiz::quiz(quiz, stock.shelf, form));
    }
    out.push_str(&next(page, lesson, stock.shelf));
    Some(out)
}

/// What to read next.
fn next(page: &Page, lesson: &Lesson, shelf: &editorial::Shelf) -> String {
    let mut next = "\n\n## Read next {#read-next}\n\n".to_owned();
    let up = way(page.file.path());
    for target in &lesson.next {
        let file = target.value.split('#').next().unwrap_or_default();
        let page = shelf.page(&Path::new("src").join(file));
        let title = page.and_then(crate::summary::name).unwrap_or(file);
        next.push_str(&format!("- [{}]({up}{})\n", markdown(title), target.value));
    }
    next
}

/// Every lesson of the book, for the page that lists them.
pub(super) fn list(path: &str, shelf: &editorial::Shelf, files: &[Item], form: Form) -> String {
    let up = way(Path::new(path));
    let mut list = String::new();
    for page in in_order(shelf) {
        let Some((piece, lesson)) = parts(page) else {
            continue;
        };
        let file = page.file.path();
        let file = file.strip_prefix("src").unwrap_or(file);
        let file: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
        let slug = page.file.path().file_stem().unwrap_or_default();
        let slug = slug.to_string_lossy();
        list.push_str(&format!(
            "\n## Lesson {}: {} {{#{}}}\n\n",
            lesson.number.value,
            markdown(&piece.title.value),
            editorial::anchors::slug(&slug),
        ));
        for objective in &lesson.objectives {
            list.push_str(&format!("- {}\n", with_code(&objective.says.value)));
        }
        list.push_str(&format!(
            "\n[Read the lesson]({up}{}), {}. In the terminal, the lab is `cargo shelf lab {slug}`.\n",
            file.join("/"),
            count(number(lesson.minutes.value), "minute"),
        ));
        if form == Form::Html && files.iter().any(|item| item.slug == slug) {
            let course = files
                .iter()
                .find(|item| item.slug == slug && item.form == SentForm::Course);
            let course =
                course.map_or(String::new(), |item| download(&up, item, item.form.label()));
            list.push_str(&format!(
                "\n<p class=\"lesson-list\"><a href=\"{up}slides/{slug}.html\">Slides</a> {course}</p>\n"
            ));
        }
    }
    match form {
        Form::Html => format!("<div class=\"lesson\">\n\n{list}\n</div>\n"),
        Form::Plain => list,
    }
}

/// The pages of lessons, by their numbers.
pub(crate) fn in_order(shelf: &editorial::Shelf) -> Vec<&Page> {
    let mut pages: Vec<&Page> = shelf
        .pages
        .iter()
        .filter(|page| parts(page).is_some())
        .collect();
    pages.sort_by_key(|page| parts(page).map(|(_, lesson)| lesson.number.value));
    pages
}

fn parts(page: &Page) -> Option<(&editorial::Piece, &Lesson)> {
    let piece = page.piece.as_ref()?;
    Some((piece, piece.lesson.as_ref()?))
}
