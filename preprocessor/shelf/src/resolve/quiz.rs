//! The quiz of a lesson: on its page, and for learning-management systems.

mod export;
mod html;
mod plain;
#[cfg(test)]
mod tests;
mod words;

use std::path::Path;

use editorial::{Choice, Question, Quiz, Shelf, Source, stem};

use super::Form;
use super::escape::capitalised;
pub(crate) use export::to_kit;

/// The id of the section; `editorial` keeps it free.
const QUIZ: &str = "quiz";

/// The quiz as the last part of its lesson's text, before the list of sources.
pub(super) fn quiz(quiz: &Quiz, shelf: &Shelf, form: Form) -> String {
    let content = match form {
        Form::Html => html::quiz(quiz, shelf),
        Form::Plain => plain::quiz(quiz, shelf),
    };
    format!("\n\n## Quiz {{#{QUIZ}}}\n\n{content}\n")
}

/// How the lesson is called in addresses and in what readers' browsers keep: `lesson-1`.
fn name(quiz: &Quiz) -> String {
    stem(Path::new(&quiz.lesson.value))
}

/// `Six questions, about 8 minutes. Every answer is explained, with its sources.`
fn lead(quiz: &Quiz) -> String {
    let count = match quiz.questions.len() {
        1 => "One question".to_owned(),
        many => capitalised(&format!("{} questions", in_words(many))),
    };
    let minutes = match quiz.minutes.value {
        1 => "a minute".to_owned(),
        many => format!("{many} minutes"),
    };
    format!("{count}, about {minutes}. Every answer is explained, with its sources.")
}

/// The options of a question with their letters.
fn lettered(question: &Question) -> impl Iterator<Item = (char, &Choice)> {
    ('A'..='Z').zip(&question.options)
}

/// The right options by their letters: `B is right.`, or `A and C are right.`
fn right(question: &Question) -> String {
    let right = lettered(question).filter(|(_, option)| option.is_right);
    let letters: Vec<String> = right.map(|(letter, _)| letter.to_string()).collect();
    match letters.split_last() {
        Some((last, [])) => format!("{last} is right."),
        Some((last, others)) => format!("{} and {last} are right.", others.join(", ")),
        None => String::new(),
    }
}

/// `Source` or `Sources`.
fn sources_word(question: &Question) -> &'static str {
    match question.sources.len() {
        1 => "Source",
        _ => "Sources",
    }
}

/// The publications that a question rests on, in order. One that is not there is a finding of its own.
fn sources<'a>(question: &'a Question, shelf: &'a Shelf) -> impl Iterator<Item = &'a Source> {
    let keys = question.sources.iter();
    keys.filter_map(|key| shelf.source(&key.value))
}

fn in_words(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(number)
        .map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
