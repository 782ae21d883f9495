use std::collections::BTreeSet;

use editorial::Day;
use html5gum::{Token, Tokenizer};

use super::*;
use crate::deck::Picture;
use crate::document::{Block, Inline, Line, Properties, Role, Sample};

fn page() -> DeckPage {
    DeckPage {
        language: "en".to_owned(),
        head: "<meta name=\"description\" content=\"x\">".to_owned(),
        style: "deck.css".to_owned(),
        script: "deck.js".to_owned(),
        icon: Some("../favicon.svg".to_owned()),
        lesson: Some("../lessons/lesson-1.html".to_owned()),
        pdf: None,
        notes: None,
    }
}

/// Two slides with `words` wherever words may stand.
fn deck(words: &str) -> Deck {
    let said = || {
        vec![
            Inline::text(words),
            Inline::Code(words.to_owned()),
            Inline::Link {
                to: format!("https://example.org/{words}"),
                words: vec![Inline::text(words)],
            },
            Inline::Note(1),
        ]
    };
    let sample = Sample {
        id: words.to_owned(),
        when: Some(words.to_owned()),
        title: words.to_owned(),
        plain: words.to_owned(),
        lines: vec![
            Line {
                text: format!("$ {words}"),
                is_command: true,
                notice: None,
            },
            Line {
                text: words.to_owned(),
                is_command: false,
                notice: Some(1),
            },
        ],
        notices: vec![words.to_owned()],
        provenance: format!("From here: {words}"),
    };
    let slide = |id: &str, kind| Slide {
        id: id.to_owned(),
        kind,
        part: Some(words.to_owned()),
        title: said(),
        face: vec![
            Block::text(said()),
            Block::list([said()]),
            Block::Table {
                head: vec![said()],
                rows: vec![vec![said()]],
            },
            Block::Sample(sample.clone()),
        ],
        picture: Some(Picture {
            id: words.to_owned(),
            svg: picture("<text x=\"1\">A word</text>"),
            says: words.to_owned(),
        }),
        says: vec![Block::text(said()), Block::heading(4, words)],
        minutes: 3,
    };
    Deck {
        properties: Properties {
            name: "lesson-1".to_owned(),
            title: words.to_owned(),
            book: words.to_owned(),
            kind: words.to_owned(),
            keywords: Vec::new(),
            state: format!("State: {words}"),
            is_draft: true,
            checked: Day::new(2026, 11, 23),
            version: words.to_owned(),
        },
        lesson: words.to_owned(),
        minutes: 50,
        slides: vec![
            slide("start", SlideKind::Title),
            slide("next", SlideKind::Text),
        ],
        notes: vec![vec![Inline::text(words)]],
    }
}

fn picture(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>"
    )
}

/// Every element with the attributes that it has.
fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let found = Tokenizer::new(html)
        .flatten()
        .filter_map(|token| match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(name, value)| (text(name), text(value)));
                Some((text(&tag.name), attributes.collect()))
            }
            _ => None,
        });
    found.collect()
}

fn all<'a>(elements: &'a [(String, Vec<(String, String)>)], wanted: &str) -> Vec<&'a str> {
    let attributes = elements.iter().flat_map(|(_, attributes)| attributes);
    let found = attributes.filter(|(name, _)| name == wanted);
    found.map(|(_, value)| value.as_str()).collect()
}

#[test]
fn every_id_is_given_once_and_every_reference_leads_somewhere() {
    let elements = elements(&deck_page(&deck("harmless"), &page()));
    let ids = all(&elements, "id");
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len(), "{ids:?}");
    let inside: Vec<&str> = all(&elements, "href")
        .into_iter()
        .filter_map(|to| to.strip_prefix('#'))
        .collect();
    assert!(inside.len() >= 5, "{inside:?}");
    for to in inside {
        assert!(once.contains(to), "{to}");
    }
}

#[test]
fn hostile_words_change_no_element() {
    let shape = |words: &str| -> Vec<(String, Vec<String>)> {
        let elements = elements(&deck_page(&deck(words), &page()));
        let names = |attributes: Vec<(String, String)>| {
            attributes.into_iter().map(|(name, _)| name).collect()
        };
        elements
            .into_iter()
            .map(|(name, attributes)| (name, names(attributes)))
            .collect()
    };
    let harmless = shape("harmless");
    assert!(harmless.len() > 60);
    for words in [
        "<script>alert(1)</script>",
        "\" onclick=\"x\" ' style='y'",
        "--><!-- ]]> </p></pre></figure></section></main></html>",
        "&lt;b&gt; &#60;i&#62; {{#include x}}",
        "\0\u{1b}[31m\u{202e}\u{2028}\r\n\nx",
    ] {
        assert_eq!(shape(words), harmless, "{words}");
        let html = deck_page(&deck(words), &page());
        assert!(
            !html.contains(['\0', '\u{1b}', '\u{202e}', '\u{2028}', '\r']),
            "{words}"
        );
    }
}

#[test]
fn of_a_picture_only_shapes_and_letters_are_taken() {
    let mut deck = deck("x");
    deck.slides.truncate(1);
    deck.slides[0].picture = Some(Picture {
        id: "p".to_owned(),
        svg: picture(
            "<style>*{}</style><script>1</script><foreignObject><p>no</p></foreignObject><use href=\"https://example.org\"/>\
             <image href=\"x.png\"/><g id=\"start\" class=\"a\" style=\"fill:red\" onload=\"x()\" fill=\"url(#a)\" stroke=\"red\">\
             <text x=\"1\" y=\"2\" font-size=\"30\">A &lt;b&gt; word</text></g>",
        ),
        says: "Boxes".to_owned(),
    });
    let html = deck_page(&deck, &page());
    assert!(
        html.contains(
            "<svg role=\"img\" aria-label=\"Boxes\" viewBox=\"0 0 9 9\"><g stroke=\"red\">\
             <text x=\"1\" y=\"2\" font-size=\"30\">A &lt;b&gt; word</text></g></svg>"
        ),
        "{html}"
    );
    assert!(html.contains("The picture: Boxes"));
}

#[test]
fn what_is_no_picture_leaves_its_words() {
    for svg in ["", "<p>x</p>", "<svg", &picture(""), &picture("<script/>")] {
        let mut deck = deck("x");
        if let Some(picture) = &mut deck.slides[0].picture {
            picture.svg = svg.to_owned();
            picture.says = "Boxes".to_owned();
        }
        let html = deck_page(&deck, &page());
        assert!(html.contains("<p>Boxes</p>"), "{svg}");
    }
}

#[test]
fn a_draft_says_so_on_every_slide_and_in_a_sentence_on_the_first() {
    let mut deck = deck("x");
    let html = deck_page(&deck, &page());
    assert_eq!(
        html.matches("<span class=\"draft\">Draft</span>").count(),
        2
    );
    assert_eq!(html.matches("<p class=\"state\">State: x</p>").count(), 1);
    deck.slides[0]
        .face
        .push(Block::says(Role::State, "Told already."));
    let html = deck_page(&deck, &page());
    assert_eq!(html.matches("<p class=\"state\">").count(), 1);
    deck.properties.is_draft = false;
    assert!(!deck_page(&deck, &page()).contains("class=\"draft\""));
}

#[test]
fn a_slide_says_which_it_is_and_how_long_it_stays() {
    let html = deck_page(&deck("x"), &page());
    assert!(html.contains(
        "<section class=\"slide text\" id=\"next\" role=\"group\" aria-roledescription=\"slide\" \
         aria-label=\"2 of 2\" data-minutes=\"3\" data-part=\"x\">"
    ));
    assert!(html.contains("<summary>Notes, 3 minutes · x</summary>"));
    assert_eq!(html.matches("<h1").count(), 1);
}

#[test]
fn where_a_sample_comes_from_stands_in_the_notes_and_not_on_the_slide() {
    let html = deck_page(&deck("x"), &page());
    for slide in html.split("<section class=\"slide").skip(1) {
        let (face, notes) = slide.split_once("<details").expect("a slide has notes");
        assert!(!face.contains("From here"));
        assert!(notes.contains("x: From here: x"));
        assert!(face.contains(
            "<pre><span class=\"line command\"><span class=\"prompt\">$ </span><kbd>x</kbd>\n</span>\
             <span class=\"line noticed\"><b class=\"mark\"><span class=\"heard\">Note </span>1</b><samp>x</samp>\n</span></pre>"
        ));
    }
}

#[test]
fn notes_list_what_the_slide_and_its_notes_cite_under_the_numbers_of_the_lesson() {
    let mut deck = deck("x");
    deck.notes = (1..=3)
        .map(|number| vec![Inline::text(format!("Book {number}"))])
        .collect();
    deck.slides[1].title = vec![Inline::text("Heading")];
    deck.slides[1].face = vec![Block::text(vec![Inline::Note(3), Inline::Note(9)])];
    deck.slides[1].says = vec![Block::text(vec![Inline::Note(2), Inline::Note(3)])];
    let html = deck_page(&deck, &page());
    assert!(!html.contains("source-9"));
    let (_, second) = html.split_once("id=\"next\"").expect("the second slide");
    assert!(second.contains(
        "<ol class=\"sources\" aria-label=\"Sources\">\n<li id=\"next-source-2\" value=\"2\">Book 2</li>\n\
         <li id=\"next-source-3\" value=\"3\">Book 3</li>\n</ol>"
    ));
}

#[test]
fn a_slide_without_notes_says_so() {
    let mut deck = deck("x");
    deck.slides.truncate(1);
    deck.slides[0] = Slide {
        face: Vec::new(),
        picture: None,
        says: Vec::new(),
        title: vec![Inline::text("Heading")],
        part: None,
        minutes: 0,
        ..deck.slides[0].clone()
    };
    let html = deck_page(&deck, &page());
    assert!(html.contains("<summary>Notes</summary>"));
    assert!(html.contains("There are no notes to this slide."));
}

#[test]
fn nothing_on_the_page_acts_or_looks_by_itself() {
    for (name, attributes) in elements(&deck_page(&deck("x"), &page())) {
        assert!(
            !matches!(name.as_str(), "style" | "iframe" | "base" | "object"),
            "{name}"
        );
        assert!(name != "script" || attributes.iter().any(|(name, _)| name == "src"));
        for (attribute, _) in attributes {
            assert!(
                attribute != "style" && !attribute.starts_with("on"),
                "{attribute}"
            );
        }
    }
}

#[test]
fn a_deck_without_slides_is_still_a_page() {
    let mut deck = deck("x");
    deck.slides.clear();
    assert!(deck_page(&deck, &page()).ends_with("</html>\n"));
}
