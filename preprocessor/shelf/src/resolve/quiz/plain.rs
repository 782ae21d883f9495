//! The quiz for every renderer but the website, and for files to send: Markdown without HTML.

use editorial::{Question, Quiz, Shelf};

use super::super::escape::markdown;
use super::{lead, lettered, right, sources, sources_word, words};

/// The questions, then the answers.
pub(super) fn quiz(quiz: &Quiz, shelf: &Shelf) -> String {
    let mut out = format!("{}\n\n", markdown(&lead(quiz)));
    for (index, question) in quiz.questions.iter().enumerate() {
        out.push_str(&asked(index + 1, question));
    }
    out.push_str("### Answers {#quiz-answers}\n\n");
    for (index, question) in quiz.questions.iter().enumerate() {
        out.push_str(&answered(index + 1, question, shelf));
    }
    out
}

fn asked(number: usize, question: &Question) -> String {
    let hint = if question.has_several_right() {
        " *Choose all that are right.*"
    } else {
        ""
    };
    let options = lettered(question);
    let options = options
        .map(|(letter, option)| format!("{letter}. {}", words::markdown(&option.says.value)));
    item(
        number,
        &[
            format!("**{}**{hint}", words::markdown(&question.asks.value)),
            lines(options),
        ],
    )
}

fn answered(number: usize, question: &Question, shelf: &Shelf) -> String {
    let cited = sources(question, shelf);
    let cited = cited.map(|source| format!("{}[^{}]", markdown(&source.title), source.key.value));
    let cited: Vec<String> = cited.collect();
    let wrong = lettered(question).filter_map(|(letter, option)| {
        let because = words::markdown(&option.because.as_ref()?.value);
        Some(format!("Not {letter}: {because}"))
    });
    item(
        number,
        &[
            format!(
                "**{}** {}",
                right(question),
                words::markdown(&question.why.value)
            ),
            lines(wrong),
            format!("{}: {}", sources_word(question), cited.join("; ")),
        ],
    )
}

/// Lines of one paragraph.
fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\\\n")
}

/// An item of a numbered list with its paragraphs.
fn item(number: usize, paragraphs: &[String]) -> String {
    let mark = format!("{number}. ");
    let indent = " ".repeat(mark.len());
    let paragraphs: Vec<String> = paragraphs
        .iter()
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| paragraph.replace('\n', &format!("\n{indent}")))
        .collect();
    format!("{mark}{}\n\n", paragraphs.join(&format!("\n\n{indent}")))
}
