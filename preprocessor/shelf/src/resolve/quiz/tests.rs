#![allow(clippy::unwrap_used)]

use std::path::Path;

use editorial::{Day, Quiz, Shelf};

use kit::document::Properties;

use super::{Form, quiz, to_kit};

/// A question with one right option, and one with two.
const QUIZ: &str = r#"lesson = "lessons/lesson-1.md"
minutes = 6
[[question]]
id = "a-title"
objective = "tell"
asks = "HOSTILE What does it know?"
why = "Anybody may say \"SCANNER\"."
sources = ["ps3.8", "ps3.15"]
[[question.option]]
says = "Nothing."
right = true
[[question.option]]
says = "Who calls."
because = "A title is no proof."
[[question]]
id = "who"
objective = "gone"
asks = "Who may ask?"
why = "Both may."
sources = ["ps3.15"]
[[question.option]]
says = "A."
right = true
[[question.option]]
says = "B."
because = "B may not."
[[question.option]]
says = "C."
right = true
"#;

const LESSON: &str = r#"+++
kind = "lesson"
title = "What it's like"
audience = ["educator"]
topics = ["exposure"]
[lesson]
number = 1
minutes = 6
needs = ["Nothing."]
next = ["lessons/lesson-1.md"]
[[lesson.objective]]
id = "tell"
says = "Distinguish \"open\" from guarded."
[[lesson.part]]
what = "Quiz"
minutes = 6
is = "quiz"
[review]
status = "draft"
checked = 2026-11-22
due = 2027-05-22
+++

Text.
"#;

fn shelf(hostile: &str) -> (tempfile::TempDir, Shelf) {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "src/SUMMARY.md",
        "# Summary\n\n- [L](lessons/lesson-1.md)\n",
    );
    write("src/lessons/lesson-1.md", LESSON);
    write(
        "content/quizzes/lesson-1.toml",
        &QUIZ.replace("HOSTILE", hostile),
    );
    write(
        "content/sources.toml",
        "[[source]]\nkey = \"ps3.8\"\ntitle = \"Network *talk*\"\npublisher = \"P\"\nverified = \"seen\"\nopened = 2026-11-22\n\
         [[source]]\nkey = \"ps3.15\"\ntitle = \"Security\"\npublisher = \"P\"\nedition = \"2026d\"\nurl = \"https://example.org/\"\nverified = \"seen\"\nopened = 2026-11-22\n",
    );
    let shelf = Shelf::read(folder.path(), Day::new(2026, 11, 22)).unwrap();
    (folder, shelf)
}

fn of(shelf: &Shelf) -> &Quiz {
    shelf.quiz_of(Path::new("src/lessons/lesson-1.md")).unwrap()
}

#[test]
fn without_html_the_answers_stand_after_the_questions() {
    let (_folder, shelf) = shelf("");
    let wanted = "\n\n## Quiz {#quiz}\n\n\
        Two questions, about 6 minutes. Every answer is explained, with its sources.\n\n\
        1. **What does it know?**\n\n   A. Nothing.\\\n   B. Who calls.\n\n\
        2. **Who may ask?** *Choose all that are right.*\n\n   A. A.\\\n   B. B.\\\n   C. C.\n\n\
        ### Answers {#quiz-answers}\n\n\
        1. **A is right.** Anybody may say \"SCANNER\".\n\n   Not B: A title is no proof.\n\n   \
        Sources: Network \\*talk\\*[^ps3.8]; Security[^ps3.15]\n\n\
        2. **A and C are right.** Both may.\n\n   Not B: B may not.\n\n   Source: Security[^ps3.15]\n\n\n";
    assert_eq!(quiz(of(&shelf), &shelf, Form::Plain), wanted);
}

#[test]
fn on_the_website_each_question_has_its_answer_folded_below_it() {
    let (_folder, shelf) = shelf("");
    let page = quiz(of(&shelf), &shelf, Form::Html);
    assert_eq!(page.matches("<fieldset class=\"question\"").count(), 2);
    assert_eq!(page.matches("<details class=\"answer\">").count(), 2);
    assert_eq!(
        page.matches("type=\"radio\" name=\"quiz-a&#45;title\"")
            .count(),
        2
    );
    assert_eq!(
        page.matches("type=\"checkbox\" name=\"quiz-who\"").count(),
        3
    );
    assert_eq!(page.matches(" data-right>").count(), 3);
    assert!(
        page.contains("\n\nSources: Network \\*talk\\*[^ps3.8]; Security[^ps3.15]\n\n</details>")
    );
    assert!(page.contains("&#8220;SCANNER&#8221;"), "{page}");
    assert!(
        page.contains("<strong>A&#32;and&#32;C&#32;are&#32;right&#46;</strong>"),
        "{page}"
    );
    // What needs a script is hidden until it is there.
    let controls = page.matches("<input").count() + page.matches("<div class=\"tools\"").count();
    assert_eq!(page.matches(" hidden>").count(), controls + 2 * 2, "{page}");
}

#[test]
fn nothing_in_a_question_acts_on_the_page() {
    let hostile = "<script>x</script> {{#include a}} </fieldset> `a` *b* [c](d) <!-- \u{202e}";
    let (_folder, shelf) = shelf(hostile);
    let page = quiz(of(&shelf), &shelf, Form::Html);
    for acting in ["<script", "{{", "\u{202e}", "<!--", "`", "*b*"] {
        assert!(!page.contains(acting), "{acting}: {page}");
    }
    assert_eq!(page.matches("</fieldset>").count(), 2);
    // A heading, and the parts between the sources of two questions.
    assert_eq!(
        page.lines().filter(|line| line.contains('<')).count(),
        3,
        "{page}"
    );
    let plain = quiz(of(&shelf), &shelf, Form::Plain);
    for acting in ["<script", "<!--", "{{", "*b*"] {
        let inert = plain.replace(&format!("\\{acting}"), "");
        assert!(!inert.contains(acting), "{acting}: {plain}");
    }
}

#[test]
fn other_systems_get_the_words_and_whole_sources() {
    let (_folder, shelf) = shelf("");
    let page = shelf.page(Path::new("src/lessons/lesson-1.md")).unwrap();
    let lesson = page.piece.as_ref().unwrap().lesson.as_ref().unwrap();
    let properties = Properties {
        name: "lesson-1".to_owned(),
        title: "What it’s like".to_owned(),
        book: "B".to_owned(),
        kind: "Lesson".to_owned(),
        keywords: Vec::new(),
        state: "Draft.".to_owned(),
        is_draft: true,
        checked: Day::new(2026, 11, 22),
        version: "Version 1".to_owned(),
    };
    let made = to_kit(of(&shelf), &shelf, lesson, &properties);
    assert_eq!(
        [&made.name, &made.title, &made.state, &made.version],
        ["lesson-1", "What it’s like", "Draft.", "Version 1"]
    );
    let [first, second] = made.questions.as_slice() else {
        panic!("{made:?}");
    };
    assert_eq!(first.objective, "Distinguish “open” from guarded.");
    assert_eq!(second.objective, "gone");
    assert_eq!(first.why, "Anybody may say “SCANNER”.");
    assert_eq!(
        first.sources,
        [
            "Network *talk*. P. We read the text on 22 November 2026.",
            "Security. P, 2026d. https://example.org/. We read the text on 22 November 2026."
        ]
    );
    let right: Vec<bool> = second
        .choices
        .iter()
        .map(|choice| choice.is_right)
        .collect();
    assert_eq!(right, [true, false, true]);
    assert_eq!(second.choices[1].because.as_deref(), Some("B may not."));
}
