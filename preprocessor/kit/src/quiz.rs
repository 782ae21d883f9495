//! The questions of a lesson, in forms that learning-management systems take in.

mod moodle;
mod qti;
mod say;

pub use moodle::moodle_xml;
pub use qti::{QtiError, qti};

/// The questions of one lesson.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quiz {
    /// Its name in files and categories: `lesson-1`.
    pub name: String,
    /// The title of the lesson.
    pub title: String,
    /// How far the review of the lesson has come, in a sentence.
    pub state: String,
    /// Which version it is, in a sentence.
    pub version: String,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

/// One question with its choices.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// Its id, which never changes and is used once in a quiz.
    pub id: String,
    /// The objective that it tests, in words.
    pub objective: String,
    /// What it asks.
    pub asks: String,
    /// The choices. One is right, or several are; then each right one has to be chosen.
    pub choices: Vec<Choice>,
    /// Why the right answer is right: shown after any answer.
    pub why: String,
    /// The publications that this rests on, each as a whole entry in words.
    pub sources: Vec<String>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice {
    /// What it says.
    pub says: String,
    /// Whether it is right.
    pub is_right: bool,
    /// Why somebody who chose it was wrong; nothing for a right one.
    pub because: Option<String>,
}

impl Question {
    /// Whether several choices are right.
    fn has_several(&self) -> bool {
        self.right() > 1
    }

    /// How many choices are right.
    fn right(&self) -> usize {
        self.choices.iter().filter(|choice| choice.is_right).count()
    }

    /// The part of the mark that a choice is worth, from -1 to 1: the right ones give the whole mark together,
    /// and where several are right, the wrong ones take it, so that nothing is won by choosing all.
    fn worth(&self, choice: &Choice) -> f64 {
        let right = self.right();
        let wrong = self.choices.len() - right;
        match (choice.is_right, self.has_several()) {
            (true, _) => 1.0 / right as f64,
            (false, true) => -1.0 / wrong as f64,
            (false, false) => 0.0,
        }
    }
}

#[cfg(test)]
mod tests;
