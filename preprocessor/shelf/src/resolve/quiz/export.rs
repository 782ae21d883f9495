//! The quiz for learning-management systems.

use editorial::{Lesson, Question, Quiz, Shelf};
use kit::document::Properties;

use super::super::sources::plain_entry;
use super::{name, sources, words};

/// The quiz in words alone, with whole entries of what it rests on. `properties` are those of the lesson's
/// other files.
pub(crate) fn to_kit(
    quiz: &Quiz,
    shelf: &Shelf,
    lesson: &Lesson,
    properties: &Properties,
) -> kit::Quiz {
    let questions = quiz.questions.iter();
    kit::Quiz {
        name: name(quiz),
        title: properties.title.clone(),
        state: properties.state.clone(),
        version: properties.version.clone(),
        questions: questions
            .map(|question| asked(question, shelf, lesson))
            .collect(),
    }
}

fn asked(question: &Question, shelf: &Shelf, lesson: &Lesson) -> kit::Question {
    let choices = question.options.iter().map(|option| kit::Choice {
        says: words::plain(&option.says.value),
        is_right: option.is_right,
        because: option
            .because
            .as_ref()
            .map(|because| words::plain(&because.value)),
    });
    // One that the lesson does not have is a finding of its own.
    let objective = &question.objective.value;
    let objective = lesson
        .objective(objective)
        .map_or(objective, |objective| &objective.says.value);
    kit::Question {
        id: question.id.value.clone(),
        objective: words::plain(objective),
        asks: words::plain(&question.asks.value),
        choices: choices.collect(),
        why: words::plain(&question.why.value),
        sources: sources(question, shelf).map(plain_entry).collect(),
    }
}
