use editorial::Day;
use html5gum::{Token, Tokenizer};

use super::*;
use crate::document::{Block, Inline};

fn document(odd: &str) -> Document {
    let words = || {
        vec![
            Inline::text(odd),
            Inline::Gap(odd.to_owned()),
            Inline::Link {
                to: format!("mailto:{odd}"),
                words: vec![Inline::Code(odd.to_owned())],
            },
            Inline::Link {
                to: format!("javascript:{odd}"),
                words: vec![Inline::text(odd)],
            },
        ]
    };
    Document {
        properties: Properties {
            name: odd.to_owned(),
            title: odd.to_owned(),
            book: odd.to_owned(),
            kind: odd.to_owned(),
            keywords: Vec::new(),
            state: odd.to_owned(),
            is_draft: true,
            checked: Day::new(2026, 11, 22),
            version: odd.to_owned(),
        },
        blocks: vec![
            Block::heading(1, odd),
            Block::text(words()),
            Block::list([words()]),
            Block::Quotation(vec![Block::text(words())]),
            Block::Code(vec![odd.to_owned()]),
            Block::Table {
                head: vec![words()],
                rows: vec![vec![words()]],
            },
        ],
        notes: vec![words()],
    }
}

/// Each tag with its attributes but for addresses, and the addresses.
fn structure(html: &str) -> (Vec<String>, Vec<String>) {
    let mut tags = Vec::new();
    let mut addresses = Vec::new();
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                let mut shown = format!("<{}", String::from_utf8_lossy(&tag.name));
                for (name, value) in &tag.attributes {
                    let name = String::from_utf8_lossy(name);
                    let value = String::from_utf8_lossy(value);
                    if name == "href" {
                        addresses.push(value.into_owned());
                    } else {
                        shown.push_str(&format!(" {name}={value}"));
                    }
                }
                tags.push(shown);
            }
            Token::EndTag(tag) => tags.push(format!("</{}", String::from_utf8_lossy(&tag.name))),
            Token::String(_) => {}
            other => tags.push(format!("{other:?}")),
        }
    }
    (tags, addresses)
}

#[test]
fn hostile_text_changes_nothing_but_words() {
    let (harmless, _) = structure(&mail(&document("harmless")));
    for odd in [
        "<script>alert(1)</script>",
        "\" style=\"x\" onclick='y'",
        "</title></p><style>p{}</style><!--",
        "<img src=https://example.org/x.png>",
        "\0\u{1b}\u{202e}\n\nx",
    ] {
        let html = mail(&document(odd));
        let (tags, addresses) = structure(&html);
        assert_eq!(tags, harmless, "{odd}");
        assert!(
            addresses.iter().all(|to| to.starts_with("mailto:")),
            "{odd}"
        );
        assert!(!html.contains(['\0', '\u{1b}', '\u{202e}']), "{odd}");
        assert_eq!(html, mail(&document(odd)));
    }
}

#[test]
fn everything_that_has_a_look_carries_it_itself() {
    let html = mail(&document("x"));
    for tag in [
        "<p",
        "<h1",
        "<h2",
        "<ul",
        "<ol",
        "<li",
        "<blockquote",
        "<pre",
        "<table",
        "<th",
        "<td",
    ] {
        let tags =
            html.matches(&format!("{tag} ")).count() + html.matches(&format!("{tag}>")).count();
        let begin = format!("{tag} ");
        let dressed = html.split(&begin).skip(1);
        let dressed = dressed.filter(|rest| {
            rest.split('>')
                .next()
                .is_some_and(|tag| tag.contains("style=\""))
        });
        assert!(tags > 0 && dressed.count() == tags, "{tag}");
    }
    for never in [
        "<style", "<script", "class=", " id=", "<img", "rgba(", "url(",
    ] {
        assert!(!html.contains(never), "{never}");
    }
}

#[test]
fn a_draft_says_so_in_its_title_and_at_its_head() {
    let html = mail(&document("x"));
    assert!(html.contains("<title>DRAFT: x</title>"));
    assert!(html.contains("<strong>DRAFT</strong>. x. Checked on 22 November 2026."));
    let mut cleared = document("x");
    cleared.properties.is_draft = false;
    assert!(!mail(&cleared).contains("DRAFT"));
}
