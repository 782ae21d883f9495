#![allow(clippy::unwrap_used)]

use super::*;

const GOOD: &str = "lesson = \"lessons/lesson-1.md\"\nminutes = 6\n[[question]]\nid = \"a-1\"\n\
                    objective = \"o\"\nasks = \"What?\"\nwhy = \"So.\"\nsources = [\"k\"]\n\
                    [[question.option]]\nsays = \"One.\"\nright = true\n\
                    [[question.option]]\nsays = \"Two.\"\nbecause = \"No.\"\n";

fn read(text: &str) -> QuizFile {
    QuizFile::read(
        "lesson-1".to_owned(),
        SourceText::new("content/quizzes/lesson-1.toml", text),
    )
}

fn problems(text: &str) -> Vec<String> {
    let misfits = read(text).misfits.into_iter();
    misfits.map(|misfit| misfit.problem).collect()
}

#[test]
fn a_quiz_is_read_as_it_was_written() {
    let read = read(GOOD);
    assert_eq!(read.misfits, []);
    let quiz = read.quiz.unwrap();
    assert_eq!(quiz.lesson_path(), Path::new("src/lessons/lesson-1.md"));
    assert_eq!(quiz.minutes.value, 6);
    let texts: Vec<&str> = quiz.texts().map(|text| text.value.as_str()).collect();
    assert_eq!(texts, ["What?", "One.", "Two.", "No.", "So."]);
    assert!(!quiz.questions[0].has_several_right());
}

#[test]
fn every_slip_is_found_by_itself() {
    let two = GOOD.replace(
        "right = true",
        "right = true\n[[question.option]]\nsays = \"Three.\"\nright = true",
    );
    assert_eq!(problems(&two), [""; 0]);
    assert!(read(&two).quiz.unwrap().questions[0].has_several_right());
    for (from, to, wanted) in [
        ("minutes = 6", "minutes = 0", "a quiz takes time"),
        ("minutes = 6\n", "", "`minutes` is missing"),
        (
            "lesson = \"lessons/lesson-1.md\"\n",
            "",
            "`lesson` is missing",
        ),
        ("a-1", "A-1", "the id \"A-1\" would not survive a link"),
        ("a-1", "a--1", "the id \"a--1\" would not survive a link"),
        ("a-1", "a-", "the id \"a-\" would not survive a link"),
        ("objective = \"o\"\n", "", "`objective` is missing"),
        ("why = \"So.\"\n", "", "`why` is missing"),
        ("why = \"So.\"", "why = \" \"", "`why` is empty"),
        ("sources = [\"k\"]\n", "", "`sources` is missing"),
        ("[\"k\"]", "[]", "`sources` is empty"),
        (
            "right = true",
            "right = true\nbecause = \"x\"",
            "a right option has no `because`",
        ),
        ("because = \"No.\"", "", "`because` is missing"),
        ("because = \"No.\"", "right = false", "`because` is missing"),
        ("right = true", "because = \"x\"", "no option is right"),
        ("because = \"No.\"", "right = true", "every option is right"),
        ("\"Two.\"", "\"one\"", "\"one\" is an option already"),
        (
            "right = true",
            "right = true\nrihgt = 1",
            "`rihgt` is not a key that belongs here",
        ),
        (
            "[[question.option]]\nsays = \"Two.\"\nbecause = \"No.\"\n",
            "",
            "the question has 1 options; it wants 2 to 5",
        ),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from}");
        assert!(
            problems(&text).contains(&wanted.to_owned()),
            "{wanted}: {:?}",
            problems(&text)
        );
    }
}

#[test]
fn a_question_has_at_most_five_options() {
    let option =
        |name: &str| format!("[[question.option]]\nsays = \"{name}\"\nbecause = \"No.\"\n");
    let five = format!("{GOOD}{}{}{}", option("c"), option("d"), option("e"));
    assert_eq!(problems(&five), [""; 0]);
    let six = five + &option("f");
    assert_eq!(
        problems(&six),
        ["the question has 6 options; it wants 2 to 5"]
    );
}

#[test]
fn a_quiz_without_questions_asks_for_one() {
    let text = "lesson = \"lessons/lesson-1.md\"\nminutes = 6\n";
    assert_eq!(problems(text), ["`question` is missing"]);
    assert_eq!(
        problems(&format!("{text}question = []\n")),
        ["`question` is empty"]
    );
}
