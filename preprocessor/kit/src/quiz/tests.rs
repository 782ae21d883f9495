//! A quiz for the tests of its formats.

use super::{Choice, Question, Quiz};

/// Texts that could act, were they not escaped.
pub(super) const HOSTILE: [&str; 8] = [
    "]]> <![CDATA[ <script>alert(1)</script>",
    "</text></questiontext><question type=\"description\">",
    "<img src=x onerror=alert(1)> &lt;b&gt; &amp;",
    "\" onclick=\"alert(1)\" '",
    "@@PLUGINFILE@@/x $$\\input{/etc/passwd}$$ \\(x\\)",
    "../../../etc/passwd",
    "a\u{0}b\u{202e}c\u{fffe}\r\nd",
    "{{#include x}} [[include]] {1:MULTICHOICE:=a}",
];

/// A quiz with one, two and three right choices.
pub(super) fn quiz() -> Quiz {
    let choice = |says: &str, because: Option<&str>| Choice {
        says: says.to_owned(),
        is_right: because.is_none(),
        because: because.map(str::to_owned),
    };
    let question = |id: &str, asks: &str, choices: Vec<Choice>| Question {
        id: id.to_owned(),
        objective: "Tell open from guarded.".to_owned(),
        asks: asks.to_owned(),
        choices,
        why: "It doesn't ask.".to_owned(),
        sources: vec!["A standard, part 8.".to_owned(), "A paper.".to_owned()],
    };
    Quiz {
        name: "lesson-1".to_owned(),
        title: "Doors and/or windows".to_owned(),
        state: "Draft: nobody has reviewed it.".to_owned(),
        version: "Version 0a1b2c3d4e.".to_owned(),
        questions: vec![
            question(
                "who-may-call",
                "Who may call?",
                vec![
                    choice("Anybody.", None),
                    choice("Listed callers.", Some("No list was shown.")),
                ],
            ),
            question(
                "which-two",
                "Which two?",
                vec![
                    choice("One.", None),
                    choice("None.", Some("One is.")),
                    choice("Two.", None),
                ],
            ),
            question(
                "which-three",
                "Which three?",
                vec![
                    choice("One.", None),
                    choice("Two.", None),
                    choice("Three.", None),
                    choice("Four.", Some("It is not.")),
                ],
            ),
        ],
    }
}

/// The same with one text everywhere.
pub(super) fn hostile(text: &str) -> Quiz {
    let mut quiz = quiz();
    let text = text.to_owned();
    quiz.name = text.clone();
    quiz.title = text.clone();
    quiz.state = text.clone();
    quiz.version = text.clone();
    for question in &mut quiz.questions {
        question.id = text.clone();
        question.objective = text.clone();
        question.asks = text.clone();
        question.why = text.clone();
        question.sources = vec![text.clone(), text.clone()];
        for choice in &mut question.choices {
            choice.says = text.clone();
            choice.because = choice.because.as_ref().map(|_| text.clone());
        }
    }
    quiz
}
