//! Questions as Moodle XML, which Moodle and other systems import into a question bank.
//!
//! Each text is HTML inside XML, and so escaped twice; there is no `CDATA` that a text could end.

use super::say::{name, short, words};
use super::{Choice, Question, Quiz};
use crate::inert::{entities, inert};

/// The longest name of a question, in characters. Moodle cuts at 255.
const NAME: usize = 120;

/// The questions of a quiz in one category of a question bank: the same text every time.
pub fn moodle_xml(quiz: &Quiz) -> String {
    let questions = (1..).zip(&quiz.questions);
    let questions: String = questions
        .map(|(number, question)| self::question(quiz, number, question))
        .collect();
    // A slash divides categories; two are one slash in a name.
    let category = inert(&format!("{}: {}", quiz.name, quiz.title)).replace('/', "//");
    let about = paragraph(&words(&quiz.state)) + &paragraph(&words(&quiz.version));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n\
         <question type=\"category\">\n<category><text>$course$/top/{}</text></category>\n{}<idnumber>{}</idnumber>\n\
         </question>\n{questions}</quiz>\n",
        entities(category.trim()),
        html("info", &about),
        name(&quiz.name),
    )
}

fn question(quiz: &Quiz, number: usize, question: &Question) -> String {
    let title = format!("{number}. {}", short(&question.asks, NAME));
    let choices: String = question
        .choices
        .iter()
        .map(|choice| answer(question, choice))
        .collect();
    format!(
        "<question type=\"multichoice\">\n<name><text>{}</text></name>\n{}{}\
         <defaultgrade>1</defaultgrade>\n<penalty>0.3333333</penalty>\n<hidden>0</hidden>\n<idnumber>{}</idnumber>\n\
         <single>{}</single>\n<shuffleanswers>true</shuffleanswers>\n<answernumbering>abc</answernumbering>\n\
         <showstandardinstruction>1</showstandardinstruction>\n{}{}{}{choices}\
         <tags><tag><text>{}</text></tag></tags>\n</question>\n",
        entities(&title),
        html("questiontext", &paragraph(&words(&question.asks))),
        html("generalfeedback", &why(question)),
        name(&format!("{}-{}", quiz.name, question.id)),
        !question.has_several(),
        html("correctfeedback", "<p>That is right.</p>"),
        html("partiallycorrectfeedback", "<p>That is right in part.</p>"),
        html("incorrectfeedback", "<p>That is not right.</p>"),
        entities(&inert(&quiz.name)),
    )
}

fn answer(question: &Question, choice: &Choice) -> String {
    let because = choice.because.as_deref().map(words);
    let because = because.map_or(String::new(), |because| paragraph(&because));
    format!(
        "<answer fraction=\"{}\" format=\"html\">\n<text>{}</text>\n{}</answer>\n",
        fraction(question.worth(choice)),
        entities(&paragraph(&words(&choice.says))),
        html("feedback", &because),
    )
}

/// A part of a mark in hundredths. Moodle knows some parts alone, with five digits at most: a third is
/// 33.33333 (`question/engine/bank.php`).
fn fraction(worth: f64) -> String {
    let digits = format!("{:.5}", worth * 100.0);
    digits
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

/// What is shown after any answer: why, what the question was for, and what this rests on.
fn why(question: &Question) -> String {
    let mut why = paragraph(&words(&question.why));
    why.push_str(&paragraph(&format!(
        "What it tests: {}",
        words(&question.objective)
    )));
    if !question.sources.is_empty() {
        why.push_str("<p>Sources:</p><ul>");
        for source in &question.sources {
            why.push_str(&format!("<li>{}</li>", words(source)));
        }
        why.push_str("</ul>");
    }
    why
}

fn paragraph(html: &str) -> String {
    format!("<p>{html}</p>")
}

/// An element with HTML in it.
fn html(element: &str, html: &str) -> String {
    format!(
        "<{element} format=\"html\"><text>{}</text></{element}>\n",
        entities(html)
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use roxmltree::{Document, Node};

    use super::*;
    use crate::quiz::tests::{HOSTILE, hostile, quiz};

    /// The text that stands along these elements.
    fn at<'a>(node: Node<'a, 'a>, path: &[&str]) -> &'a str {
        let mut node = node;
        for name in path {
            node = node
                .children()
                .find(|child| child.has_tag_name(*name))
                .unwrap();
        }
        node.text().unwrap_or_default()
    }

    fn of_type<'a>(document: &'a Document<'a>, kind: &str) -> Vec<Node<'a, 'a>> {
        let all = document.root_element().children();
        all.filter(|node| node.attribute("type") == Some(kind))
            .collect()
    }

    /// The fractions of a question, in hundred-thousandths of a hundredth.
    fn fractions(question: Node<'_, '_>) -> Vec<f64> {
        let answers = question
            .children()
            .filter(|node| node.has_tag_name("answer"));
        answers
            .map(|node| node.attribute("fraction").unwrap().parse().unwrap())
            .collect()
    }

    #[test]
    fn a_quiz_is_a_category_with_its_questions() {
        let xml = moodle_xml(&quiz());
        let document = Document::parse(&xml).unwrap();
        let [category] = of_type(&document, "category")[..] else {
            panic!("{xml}")
        };
        assert_eq!(
            at(category, &["category", "text"]),
            "$course$/top/lesson-1: Doors and//or windows"
        );
        assert_eq!(
            at(category, &["info", "text"]),
            "<p>Draft: nobody has reviewed it.</p><p>Version 0a1b2c3d4e.</p>"
        );
        let questions = of_type(&document, "multichoice");
        assert_eq!(questions.len(), 3);
        let first = questions[0];
        assert_eq!(at(first, &["name", "text"]), "1. Who may call?");
        assert_eq!(at(first, &["questiontext", "text"]), "<p>Who may call?</p>");
        assert_eq!(at(first, &["idnumber"]), "lesson-1-who-may-call");
        assert_eq!(at(first, &["single"]), "true");
        assert_eq!(at(first, &["tags", "tag", "text"]), "lesson-1");
        assert_eq!(
            at(first, &["generalfeedback", "text"]),
            "<p>It doesn’t ask.</p><p>What it tests: Tell open from guarded.</p>\
             <p>Sources:</p><ul><li>A standard, part 8.</li><li>A paper.</li></ul>"
        );
        let answers: Vec<_> = first
            .children()
            .filter(|node| node.has_tag_name("answer"))
            .collect();
        assert_eq!(at(answers[0], &["text"]), "<p>Anybody.</p>");
        assert_eq!(at(answers[0], &["feedback", "text"]), "");
        assert_eq!(
            at(answers[1], &["feedback", "text"]),
            "<p>No list was shown.</p>"
        );
        assert_eq!(fractions(first), [100.0, 0.0]);
        assert_eq!(at(questions[1], &["single"]), "false");
    }

    #[test]
    fn right_choices_give_the_whole_mark_and_all_choices_none() {
        // The parts of a mark that Moodle knows, as far as five choices need them.
        const KNOWN: [f64; 6] = [100.0, 50.0, 33.33333, 25.0, 20.0, 0.0];
        for right in 1..=5 {
            for wrong in 0..=(5 - right) {
                let mut quiz = quiz();
                let question = &mut quiz.questions[0];
                question.choices = (0..right + wrong)
                    .map(|index| Choice {
                        says: format!("choice {index}"),
                        is_right: index < right,
                        because: None,
                    })
                    .collect();
                let xml = moodle_xml(&quiz);
                let document = Document::parse(&xml).unwrap();
                let fractions = fractions(of_type(&document, "multichoice")[0]);
                assert!(
                    fractions.iter().all(|one| KNOWN.contains(&one.abs())),
                    "{fractions:?}"
                );
                let won: f64 = fractions.iter().filter(|one| **one > 0.0).sum();
                assert!((won - 100.0).abs() < 0.001, "{fractions:?}");
                if right > 1 && wrong > 0 {
                    assert!(fractions.iter().sum::<f64>().abs() < 0.001, "{fractions:?}");
                }
            }
        }
    }

    #[test]
    fn hostile_text_is_words_of_html_in_words_of_xml() {
        for text in HOSTILE {
            let xml = moodle_xml(&hostile(text));
            let document = Document::parse(&xml).unwrap();
            let mut texts = 0;
            for node in document
                .descendants()
                .filter(|node| node.has_tag_name("text"))
            {
                let html = node.text().unwrap_or_default();
                for element in html.split('<').skip(1) {
                    let ours = ["p>", "/p>", "ul>", "/ul>", "li>", "/li>"];
                    let is_name = node.parent().unwrap().has_tag_name("name");
                    let is_name = is_name
                        || node.parent().unwrap().has_tag_name("category")
                        || node.parent().unwrap().has_tag_name("tag");
                    assert!(
                        is_name || ours.iter().any(|ours| element.starts_with(ours)),
                        "{text}: {html}"
                    );
                }
                texts += 1;
            }
            assert!(texts > 20, "{texts}");
            assert!(!xml.contains("<![CDATA["));
        }
        let tags = |xml: &str| {
            Document::parse(xml)
                .unwrap()
                .descendants()
                .filter(Node::is_element)
                .count()
        };
        assert_eq!(
            tags(&moodle_xml(&hostile("x"))),
            tags(&moodle_xml(&hostile(HOSTILE[0])))
        );
    }

    #[test]
    fn the_same_quiz_gives_the_same_text() {
        assert_eq!(moodle_xml(&quiz()), moodle_xml(&quiz()));
    }
}
