//! The quiz for the website.
//!
//! Every part is one line of HTML at the start of a line, and every word of an editor stands in it as an
//! entity or a plain letter. Between the parts stand the sources, which mdBook numbers. Without a script,
//! the answer to each question can be unfolded below it; what needs a script is hidden, until the script
//! shows it. Paper has the questions alone: the answers are in the lesson's files.

use editorial::{Question, Quiz, Shelf};

use super::super::escape::{html, markdown, prose};
use super::{lead, lettered, name, right, sources, sources_word, words};

/// The questions with their answers, and the score.
pub(super) fn quiz(quiz: &Quiz, shelf: &Shelf) -> String {
    let mut out = format!(
        "<div class=\"quiz\" role=\"group\" aria-labelledby=\"{}\" data-lesson=\"{}\"><p class=\"lead\">{}</p>",
        super::QUIZ,
        html(&name(quiz)),
        prose(&lead(quiz))
    );
    for (index, asked) in quiz.questions.iter().enumerate() {
        out.push_str(&question(index + 1, asked, shelf));
    }
    out.push_str(TOOLS);
    out.push_str("</div>\n");
    out
}

const TOOLS: &str = "<div class=\"tools\" hidden><p class=\"score\" role=\"status\"></p>\
    <p class=\"keeping\" role=\"status\">Your answers last until you leave this page.</p>\
    <button type=\"button\" class=\"clear\">Clear my answers</button></div>";

fn question(number: usize, question: &Question, shelf: &Shelf) -> String {
    let id = html(&question.id.value);
    let (kind, hint) = if question.has_several_right() {
        (
            "checkbox",
            " <span class=\"hint\">Choose all that are right.</span>",
        )
    } else {
        ("radio", "")
    };
    let mut out = format!(
        "<fieldset class=\"question\" id=\"question-{id}\" data-question=\"{id}\">\
         <legend><span class=\"number\">{number}&#46;</span> {}{hint}</legend>\
         <ol class=\"options\" role=\"list\">",
        words::html(&question.asks.value)
    );
    for (letter, option) in lettered(question) {
        let is_right = if option.is_right { " data-right" } else { "" };
        out.push_str(&format!(
            "<li class=\"option\"{is_right}><label><input type=\"{kind}\" name=\"quiz-{id}\" value=\"{letter}\" hidden>\
             <span class=\"letter\">{letter}</span> <span class=\"said\">{}</span></label></li>",
            words::html(&option.says.value)
        ));
    }
    out.push_str(&format!(
        "</ol><div class=\"verdict\"></div><div class=\"buttons\" hidden>\
         <button type=\"button\" class=\"check\">Check<span class=\"heard\"> question {number}</span></button>\
         <button type=\"button\" class=\"again\" hidden>Try again<span class=\"heard\"> with question {number}</span></button></div>\
         <details class=\"answer\"><summary>Right answer, and why<span class=\"heard\"> (question {number})</span></summary>\
         {}",
        explained(question)
    ));
    let cited: Vec<String> = sources(question, shelf)
        .map(|source| format!("{}[^{}]", markdown(&source.title), source.key.value))
        .collect();
    out.push_str(&format!(
        "\n\n{}: {}\n\n</details></fieldset>",
        sources_word(question),
        cited.join("; ")
    ));
    out
}

/// The right answer, why it is right, and why each of the others is not.
fn explained(question: &Question) -> String {
    let wrong: String = lettered(question)
        .filter_map(|(letter, option)| Some((letter, option.because.as_ref()?)))
        .map(|(letter, because)| {
            format!(
                "<li><span class=\"letter\">Not {letter}&#58;</span> <span data-because=\"{letter}\">{}</span></li>",
                words::html(&because.value)
            )
        })
        .collect();
    format!(
        "<p class=\"why\"><strong>{}</strong> {}</p>\
         <ul class=\"wrong\" role=\"list\">{wrong}</ul>",
        prose(&right(question)),
        words::html(&question.why.value)
    )
}
