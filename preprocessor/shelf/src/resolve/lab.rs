//! The lab of a lesson: on its page, in a file to print, and for the lecturer.

use editorial::{LabEdit, LabGoal, LabTask, LessonLab, with_quotes};
use kit::document::{Block, Inline, Role};
use kit::{Article, Document};

use super::Form;
use super::escape::{code_and_words, html, with_code};
use crate::progress::count;

/// How a student begins the lab with an id.
fn command(id: &str) -> String {
    format!("cargo shelf lab {id}")
}

/// The lab as a section of its lesson's page. Hints are closed until somebody wants one.
pub(super) fn section(id: &str, lab: &LessonLab, form: Form) -> String {
    let mut out = format!(
        "\n\n## Lab: {} {{#lab}}\n\n{} It takes {}.\n\n```sh\n{}\n```\n\n",
        with_code(&lab.title.value),
        with_code(&lab.says.value),
        count(minutes(lab), "minute"),
        command(id),
    );
    for (index, task) in lab.tasks.iter().enumerate() {
        let says = with_code(&task.says.value);
        out.push_str(&format!("{}. {says}\n\n", index + 1));
        let hints: String = hints(task)
            .map(|hint| format!("   - {}\n", with_code(hint)))
            .collect();
        out.push_str(&match form {
            Form::Html => format!(
                "   <details class=\"hints\"><summary>{}</summary>\n\n{hints}\n   </details>\n\n",
                html(&format!("Hints for task {}", index + 1)),
            ),
            Form::Plain => String::new(),
        });
    }
    if form == Form::Plain {
        out.push_str("### Hints {#hints}\n\n");
        for (index, task) in lab.tasks.iter().enumerate() {
            let hints: Vec<String> = hints(task).map(with_code).collect();
            out.push_str(&format!("{}. {}\n", index + 1, hints.join(" ")));
        }
    }
    out
}

/// The tasks, and the hints on their own behind them, to print for a class.
pub(crate) fn guide(id: &str, lab: &LessonLab, lesson: &Article) -> Document {
    let mut properties = lesson.about();
    properties.kind = "Lab guide".to_owned();
    properties.title = with_quotes(&lab.title.value);
    let mut blocks = vec![
        Block::Heading {
            level: 1,
            id: None,
            words: inlines(&lab.title.value),
        },
        Block::says(Role::State, &lesson.review.in_words),
        Block::text(inlines(&lab.says.value)),
        Block::says(
            Role::Facts,
            format!(
                "The lab of the lesson \u{201c}{}\u{201d}. It takes {}. Everything stays on your own machine.",
                lesson.title,
                count(minutes(lab), "minute")
            ),
        ),
        Block::heading(2, "To begin"),
        Block::text(inlines(
            "Prepared at home: Rust, and a copy of this book's repository. Open a terminal in that folder, and type:",
        )),
        Block::Code(vec![command(id)]),
        Block::text(inlines(
            "Type `look` to look and `hint` for help; the lab checks each file that you save. `skip` leaves a task for later, and `quit` ends.",
        )),
        Block::heading(2, "Tasks"),
        numbered(
            lab.tasks
                .iter()
                .map(|task| vec![Block::text(inlines(&task.says.value))]),
        ),
        Block::heading(2, "Hints"),
    ];
    blocks.push(numbered(lab.tasks.iter().map(|task| {
        let hints = hints(task).map(inlines);
        vec![Block::list(hints)]
    })));
    Document {
        properties,
        blocks,
        notes: Vec::new(),
    }
}

/// What the lecturer has at hand while the class works: each task, and how it is solved.
pub(super) fn for_the_lecturer(lab: &LessonLab) -> Vec<Block> {
    vec![
        Block::text(inlines(&lab.says.value)),
        numbered(lab.tasks.iter().map(|task| {
            let mut blocks = vec![Block::text(inlines(&task.says.value))];
            blocks.extend(solution(task));
            blocks
        })),
    ]
}

fn solution(task: &LabTask) -> Vec<Block> {
    match &task.goal {
        LabGoal::Answer { .. } => vec![Block::says(
            Role::Text,
            "The answer is what the look shows in the room.",
        )],
        LabGoal::Claims(_) => task
            .changes
            .iter()
            .map(|change| match &change.edit {
                LabEdit::Replace { to, .. } => {
                    let lines = to.value.lines().map(str::to_owned);
                    Block::Code(lines.collect())
                }
                LabEdit::ClearPreamble => {
                    Block::says(Role::Text, "Make the first 128 bytes of the file zeros.")
                }
                LabEdit::FlipByte(byte) => Block::says(
                    Role::Text,
                    format!("Change the byte number {byte} of the file, counted from 0."),
                ),
            })
            .collect(),
    }
}

fn numbered(items: impl Iterator<Item = Vec<Block>>) -> Block {
    Block::List {
        start: Some(1),
        items: items.collect(),
    }
}

fn hints(task: &LabTask) -> impl Iterator<Item = &str> {
    task.hints.iter().map(|hint| hint.value.as_str())
}

fn minutes(lab: &LessonLab) -> usize {
    usize::try_from(lab.minutes.value).unwrap_or(usize::MAX)
}

/// A sentence of an editor, in which back quotes stand around code.
pub(super) fn inlines(text: &str) -> Vec<Inline> {
    code_and_words(text)
        .map(|(is_code, part)| match is_code {
            true => Inline::Code(part.to_owned()),
            false => Inline::text(with_quotes(part)),
        })
        .collect()
}
