//! `content/quizzes/ID.toml`: the questions of a lesson, each answer explained.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;
use crate::source_text::SourceText;

/// How many options a question has, from the fewest to the most.
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=5;

/// The questions of one lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    /// The page of the lesson, as seen from `src/`.
    pub lesson: Placed<String>,
    /// How many minutes of the lesson it takes.
    pub minutes: Placed<u64>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Keeps a reader's answer; never used again for another question of the lesson.
    pub id: Placed<String>,
    /// The id of the objective that it tests.
    pub objective: Placed<String>,
    /// What it asks.
    pub asks: Placed<String>,
    /// What there is to choose from, in order.
    pub options: Vec<Choice>,
    /// Why the right answer is right.
    pub why: Placed<String>,
    /// The keys of the publications it rests on.
    pub sources: Vec<Placed<String>>,
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub says: Placed<String>,
    /// Whether it is right.
    pub is_right: bool,
    /// Why somebody who chose it was wrong; nothing for a right one.
    pub because: Option<Placed<String>>,
}

/// A quiz's file: its id, its text, what it says, and what is wrong in it.
#[derive(Debug, Clone)]
pub struct QuizFile {
    /// The file's name without its ending.
    pub id: String,
    /// The file as it lies on the disk.
    pub file: SourceText,
    /// What it says, where it could be read.
    pub quiz: Option<Quiz>,
    /// What could not be read.
    pub misfits: Vec<Misfit>,
}

impl Quiz {
    /// The page of its lesson, relative to the book's root.
    pub fn lesson_path(&self) -> PathBuf {
        Path::new("src").join(&self.lesson.value)
    }

    /// Everything that readers read in it, in order.
    pub fn texts(&self) -> impl Iterator<Item = &Placed<String>> {
        self.questions.iter().flat_map(Question::texts)
    }
}

impl Question {
    /// Whether more than one option is right; then each of them has to be chosen.
    pub fn has_several_right(&self) -> bool {
        self.options.iter().filter(|option| option.is_right).count() > 1
    }

    /// Everything that readers read in it, in order.
    pub fn texts(&self) -> impl Iterator<Item = &Placed<String>> {
        let options = self.options.iter();
        let options = options.flat_map(|option| [&option.says].into_iter().chain(&option.because));
        [&self.asks].into_iter().chain(options).chain([&self.why])
    }
}

impl QuizFile {
    pub(crate) fn read(id: String, file: SourceText) -> Self {
        let (quiz, mut misfits) = read_toml(file.text(), 0, read_quiz);
        misfits.sort_by_key(|misfit| misfit.span.start);
        QuizFile {
            id,
            file,
            quiz,
            misfits,
        }
    }
}

fn read_quiz(fields: &mut Fields<'_>) -> Option<Quiz> {
    let lesson = fields.required_text(
        "lesson",
        "name the page of its lesson, such as \"lessons/lesson-1.md\"",
    );
    let minutes = read_minutes(fields);
    let questions = fields.tables("question", read_question);
    if questions.is_empty() {
        let what = if fields.has("question") {
            "empty"
        } else {
            "missing"
        };
        let problem = format!("`question` is {what}");
        fields.misfit(fields.span(), problem, "ask at least one: [[question]]");
    }
    let questions: Vec<Question> = questions.into_iter().flatten().collect();
    refuse_twins(fields, questions.iter().map(|question| &question.id));
    Some(Quiz {
        lesson: lesson?,
        minutes: minutes?,
        questions,
    })
}

fn read_minutes(fields: &mut Fields<'_>) -> Option<Placed<u64>> {
    const HELP: &str = "say how many minutes a class needs for it: minutes = 6";
    if !fields.has("minutes") {
        fields.missing("minutes", HELP);
    }
    let minutes = fields.whole_number("minutes")?;
    if minutes.value == 0 {
        fields.misfit(minutes.span.clone(), "a quiz takes time", HELP);
    }
    Some(minutes)
}

fn read_question(fields: &mut Fields<'_>) -> Option<Question> {
    let id = fields.required_text("id", "give it an id that keeps the answers of its readers");
    if let Some(id) = id.as_ref().filter(|id| !is_plain(&id.value)) {
        fields.misfit(
            id.span.clone(),
            format!("the id \"{}\" would not survive a link", id.value),
            "use lower-case letters, digits and hyphens",
        );
    }
    let objective = fields.required_text(
        "objective",
        "name the objective of the lesson that it tests, by its id",
    );
    let asks = fields.required_text("asks", "ask something");
    let options: Vec<Choice> = fields
        .tables("option", read_option)
        .into_iter()
        .flatten()
        .collect();
    check_options(fields, &options);
    let why = fields.required_text("why", "explain the right answer, in two or three sentences");
    let sources = fields.required_texts(
        "sources",
        "name what it rests on by the keys of content/sources.toml: sources = [\"key\"]",
    );
    Some(Question {
        id: id?,
        objective: objective?,
        asks: asks?,
        options,
        why: why?,
        sources,
    })
}

fn read_option(fields: &mut Fields<'_>) -> Option<Choice> {
    let says = fields.required_text("says", "say what there is to choose");
    let is_right = fields.truth("right").is_some_and(|right| right.value);
    let because = if is_right {
        let because = fields.text("because");
        if let Some(because) = &because {
            fields.misfit(
                because.span.clone(),
                "a right option has no `because`",
                "say in the question's `why` what makes it right",
            );
        }
        None
    } else {
        fields.required_text(
            "because",
            "say why somebody who chose this is wrong, or write `right = true`",
        )
    };
    Some(Choice {
        says: says?,
        is_right,
        because,
    })
}

/// That there are options to choose from, of which some are right and some are wrong.
fn check_options(fields: &Fields<'_>, options: &[Choice]) {
    let place = match (options.first(), options.last()) {
        (Some(first), Some(last)) => first.says.span.start..last.says.span.end,
        _ => fields.span(),
    };
    if !OPTIONS.contains(&options.len()) {
        fields.misfit(
            place.clone(),
            format!(
                "the question has {} options; it wants {} to {}",
                options.len(),
                OPTIONS.start(),
                OPTIONS.end()
            ),
            "write an [[question.option]] for each answer that a student may think of",
        );
    }
    let right = options.iter().filter(|option| option.is_right).count();
    if right == 0 && !options.is_empty() {
        fields.misfit(
            place,
            "no option is right",
            "write `right = true` under each that is",
        );
    } else if right == options.len() && right > 0 {
        fields.misfit(
            place,
            "every option is right",
            "add one that a student may take for right, with its `because`",
        );
    }
    for (index, option) in options.iter().enumerate() {
        let mut others = options.iter().take(index);
        if others.any(|other| words(&other.says.value) == words(&option.says.value)) {
            fields.misfit(
                option.says.span.clone(),
                format!("\"{}\" is an option already", option.says.value),
                "let every option say something else",
            );
        }
    }
}

/// The words of an option, however they are set: capitals, spaces and marks change nothing.
fn words(says: &str) -> Vec<String> {
    let words = says.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether an id is a word or several, in lower case, with hyphens between them.
fn is_plain(id: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    id.split('-')
        .all(|word| !word.is_empty() && word.chars().all(is_plain))
}

fn refuse_twins<'a>(fields: &Fields<'_>, ids: impl Iterator<Item = &'a Placed<String>>) {
    let mut seen = std::collections::HashSet::new();
    for id in ids {
        if !seen.insert(id.value.as_str()) {
            fields.misfit(
                id.span.clone(),
                format!("\"{}\" stands here for the second time", id.value),
                "give each question an id of its own",
            );
        }
    }
}
