use crate::page::Page;
use crate::source_text::SourceText;

use super::*;

const HEAD: &str = "+++\nkind = \"lesson\"\ntitle = \"T\"\naudience = [\"educator\"]\ntopics = [\"x\"]\n\
                    [lesson]\nnumber = 1\nminutes = 50\nneeds = [\"A laptop.\"]\nnext = [\"a.md\"]\n\
                    [[lesson.objective]]\nid = \"tell\"\nsays = \"Tell one from the other.\"\n\
                    [[lesson.part]]\nwhat = \"Door\"\nminutes = 20\nfrom = \"door\"\n\
                    [[lesson.part]]\nwhat = \"Lab\"\nminutes = 30\nis = \"lab\"\n+++\n";

fn page(text: &str) -> Page {
    Page::read(SourceText::new("src/lessons/lesson-1.md", text))
}

#[test]
fn a_lesson_says_what_it_is_for_and_how_long_it_takes() {
    let page = page(HEAD);
    assert_eq!(page.misfits, []);
    let lesson = page.piece.unwrap().lesson.unwrap();
    assert_eq!((lesson.number.value, lesson.minutes.value), (1, 50));
    assert_eq!(lesson.minutes_of(&Way::Lab), 30);
    assert!(matches!(&lesson.parts[0].way, Way::Slides(from) if from.value == "door"));
    assert_eq!(
        lesson.objective("tell").unwrap().says.value,
        "Tell one from the other."
    );
}

#[test]
fn each_slip_of_the_table_is_told() {
    for (from, to) in [
        ("[lesson]\nnumber = 1\n", "[lesson]\n"),
        ("minutes = 50", "minutes = 0"),
        ("minutes = 50", "minutes = \"50\""),
        ("minutes = 50", "minutes = 9223372036854775807"),
        ("minutes = 50", "minutes = 18446744073709551616"),
        ("needs = [\"A laptop.\"]\n", ""),
        ("next = [\"a.md\"]\n", ""),
        ("is = \"lab\"\n", ""),
        ("is = \"lab\"\n", "is = \"lunch\"\n"),
        ("is = \"lab\"\n", "is = \"lab\"\nfrom = \"door\"\n"),
        ("id = \"tell\"\n", ""),
        (
            "[[lesson.objective]]\nid = \"tell\"\nsays = \"Tell one from the other.\"\n",
            "",
        ),
        ("what = \"Door\"", "wat = \"Door\""),
        ("kind = \"lesson\"", "kind = \"paper\""),
        (
            "[[lesson.part]]\nwhat = \"Lab\"",
            "[[lesson.objective]]\nid = \"tell\"\nsays = \"Tell it.\"\n[[lesson.part]]\nwhat = \"Lab\"",
        ),
    ] {
        let text = HEAD.replacen(from, to, 1);
        assert_ne!(text, HEAD, "{from}");
        assert!(!page(&text).misfits.is_empty(), "{from} -> {to}");
    }
}

#[test]
fn a_slide_is_a_heading_with_what_the_room_sees_and_what_is_said() {
    let text = format!(
        "{HEAD}Opening.\n\n## A door {{#door}}\n\nThree words here.\n\n{{{{#notes 3}}}}\n\nSaid aloud.\n\n\
         ## Two {{#two}}\n\nNo notes.\n"
    );
    let page = page(&text);
    let slides = slides(&page);
    let shown: Vec<_> = slides
        .iter()
        .map(|slide| (&text[slide.face.clone()], &text[slide.says.clone()]))
        .map(|(face, says)| (face.trim(), says.trim()))
        .collect();
    assert_eq!(
        shown,
        [("Three words here.", "Said aloud."), ("No notes.", "")]
    );
    assert_eq!(slides[0].minutes(), Some(3));
    assert_eq!(slides[1].minutes(), None);
}

#[test]
fn other_pages_have_no_slides() {
    let text = "+++\nkind = \"page\"\ntitle = \"T\"\naudience = [\"press\"]\ntopics = [\"x\"]\n+++\n## A {#a}\n";
    let page = Page::read(SourceText::new("src/a.md", text));
    assert!(slides(&page).is_empty());
}
