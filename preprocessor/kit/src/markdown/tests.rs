use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::document::{Document, Line, Properties, Reading, Surroundings, read};

fn reading(markdown: &str) -> Reading {
    read(
        markdown,
        &Surroundings {
            samples: &BTreeMap::new(),
            leads: &|to| Some(to.to_owned()),
        },
    )
}

fn said(blocks: Vec<Block>, notes: Vec<Vec<Inline>>) -> Vec<String> {
    let properties = Properties {
        name: String::new(),
        title: String::new(),
        book: String::new(),
        kind: String::new(),
        keywords: Vec::new(),
        state: String::new(),
        is_draft: true,
        checked: editorial::Day::new(2026, 11, 22),
        version: String::new(),
    };
    Document {
        properties,
        blocks,
        notes,
    }
    .words()
}

#[test]
fn a_text_is_written_as_a_person_would_write_it() {
    let cell = |text: &str| vec![Inline::text(text)];
    let blocks = [
        Block::heading(2, "What C# says"),
        Block::text(vec![
            Inline::text("It "),
            Inline::Emphasis(vec![Inline::text("is")]),
            Inline::text(" so, in snake_case & 2019."),
            Inline::Note(1),
        ]),
        Block::list([cell("one"), cell("two")]),
        Block::list([cell("other")]),
        Block::Quotation(vec![Block::text(cell("Say")), Block::text(cell("this."))]),
        Block::Table {
            head: vec![cell("Year"), cell("a|b")],
            rows: vec![vec![cell("2019"), Vec::new()]],
        },
        Block::Code(vec!["```".to_owned()]),
    ];
    let notes = [vec![
        Inline::text("See "),
        Inline::Link {
            to: "https://example.org/a".to_owned(),
            words: cell("https://example.org/a"),
        },
        Inline::text("."),
    ]];
    assert_eq!(
        markdown(&blocks, &notes),
        "## What C# says\n\nIt *is* so, in snake_case & 2019.[^1]\n\n- one\n- two\n\n* other\n\n\
         > Say\n>\n> this.\n\n| Year | a\\|b |\n| --- | --- |\n| 2019 | |\n\n\
         ````\n```\n````\n\n[^1]: See <https://example.org/a>.\n"
    );
}

#[test]
fn a_sample_is_written_in_its_plain_form() {
    let sample = Sample {
        id: "open".to_owned(),
        when: Some("Before".to_owned()),
        title: "A *stranger*".to_owned(),
        plain: "It answers.".to_owned(),
        lines: vec![Line {
            text: "$ echo".to_owned(),
            is_command: true,
            notice: Some(1),
        }],
        notices: vec!["It is so.".to_owned()],
        provenance: "Looked at by us.".to_owned(),
    };
    assert_eq!(
        markdown(&[Block::Sample(sample)], &[]),
        "**Before: A \\*stranger\\***\n\nIt answers.\n\n```\n$ echo   <1>\n```\n\n1. It is so.\n\n\
         *Looked at by us.*\n"
    );
}

#[test]
fn hostile_text_is_read_as_text() {
    for odd in [
        "# a",
        "a #",
        "- a",
        "+ a",
        "1. a",
        "12) a",
        "> a",
        ": a",
        "=== a",
        "--- a",
        "```a",
        "~~~a",
        "| a | b |",
        "<script>alert(1)</script>",
        "[a](javascript:b)",
        "![a](b)",
        "[^1]",
        "[^1]: a",
        "{{#include a}}",
        "a {#b}",
        "[!NOTE]",
        "[ ] a",
        "*a* _b_ **c** ~~d~~",
        "a\\",
        "&amp; &#35;",
        "<https://example.org>",
        "a ## {.b}",
        "\\# a",
        "`a",
        "a`",
        "a -- b --- c ... d",
        "\"a\" 'b'",
        "a\n\n# b",
        "\u{202e}a\0",
        "{",
        "a_",
        "_",
        "!",
        "&",
        "2019",
    ] {
        let words = vec![Inline::text(odd)];
        let blocks = vec![
            Block::heading(2, odd),
            Block::text(words.clone()),
            Block::text(vec![Inline::text("x"), Inline::Break, Inline::text(odd)]),
            Block::list([words.clone()]),
            Block::Quotation(vec![Block::text(words.clone())]),
            Block::Table {
                head: vec![words.clone()],
                rows: vec![vec![vec![Inline::Code(odd.to_owned())]]],
            },
            Block::Code(vec![odd.replace('\n', " ")]),
        ];
        let text = markdown(&blocks, &[]);
        let back = reading(&text).blocks;
        let kinds =
            |blocks: &[Block]| -> Vec<_> { blocks.iter().map(std::mem::discriminant).collect() };
        assert_eq!(kinds(&back), kinds(&blocks), "{odd}:\n{text}");
        assert_eq!(
            back[1..5]
                .iter()
                .filter(|block| **block == blocks[1])
                .count()
                > 0,
            inert(odd) == odd,
            "{odd}:\n{text}"
        );
        assert_eq!(
            said(back, Vec::new()),
            said(blocks, Vec::new()),
            "{odd}:\n{text}"
        );
    }
}

/// Text in which every mark of Markdown stands now and then, without spaces at its ends.
fn words() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[a-z0-9é]{1,6}",
        2 => "[-#>*_+=:.!&|`~\\\\\\[\\](){}<^$\"'“’–…]{1,3}",
    ];
    proptest::collection::vec((part, prop_oneof![Just(" "), Just("")]), 1..6).prop_map(|parts| {
        let text: String = parts
            .iter()
            .flat_map(|(part, space)| [part, *space])
            .collect();
        single(text.trim())
    })
}

/// The text without two opening braces in a row, which would be made inert first.
fn single(text: &str) -> String {
    let mut single = text.to_owned();
    while single.contains("{{") {
        single = single.replace("{{", "{");
    }
    single
}

/// Words with marks between spaces, as prose has them.
fn inlines(is_line: bool) -> BoxedStrategy<Vec<Inline>> {
    let leaf = || words().prop_map(Inline::Text);
    let code = "[a-z*_#<\\[{`-]{1,4}x".prop_map(|code| Inline::Code(single(&code)));
    let marked = prop_oneof![
        leaf().prop_map(|word| Inline::Emphasis(vec![word])),
        leaf().prop_map(|word| Inline::Strong(vec![word])),
        leaf().prop_map(|word| Inline::Strong(vec![Inline::Emphasis(vec![word])])),
        code,
        ("[a-z]{1,4}", leaf()).prop_map(|(to, word)| Inline::Link {
            to: format!("https://example.org/{to}?(a)=1&amp=_*"),
            words: vec![word],
        }),
        "[a-z]{1,4}".prop_map(|to| Inline::Link {
            to: format!("https://example.org/{to}"),
            words: vec![Inline::text(format!("https://example.org/{to}"))],
        }),
        Just(Inline::Link {
            to: "mailto:press@example.org".to_owned(),
            words: vec![Inline::text("press@example.org")],
        }),
    ];
    let end = if is_line { 1..2 } else { 1..3u8 };
    (
        words(),
        proptest::collection::vec((marked, words()), 0..3),
        end,
    )
        .prop_map(|(first, rest, lines)| {
            let mut inlines = vec![Inline::Text(first)];
            for (marked, after) in rest {
                if let Some(Inline::Text(text)) = inlines.last_mut() {
                    text.push(' ');
                }
                inlines.extend([marked, Inline::Text(format!(" {after}"))]);
            }
            if lines == 2 {
                let again = inlines.clone();
                inlines.push(Inline::Break);
                inlines.extend(again);
            }
            inlines
        })
        .boxed()
}

fn block() -> impl Strategy<Value = Block> {
    let simple = prop_oneof![
        (2..5u8, inlines(true)).prop_map(|(level, words)| Block::Heading {
            level,
            id: None,
            words
        }),
        inlines(false).prop_map(Block::text),
        proptest::collection::vec("[ -~]{0,12}", 0..4).prop_map(|lines| {
            let lines = lines.iter().map(|line| inert_line(&single(line)));
            Block::Code(lines.collect())
        }),
        (1..4usize).prop_flat_map(|columns| {
            let row = || proptest::collection::vec(inlines(true), columns);
            (row(), proptest::collection::vec(row(), 0..3))
                .prop_map(|(head, rows)| Block::Table { head, rows })
        }),
    ];
    simple.prop_recursive(3, 24, 3, |inner| {
        let blocks = || proptest::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            blocks().prop_map(Block::Quotation),
            (
                proptest::option::of(0..12u64),
                proptest::collection::vec(blocks(), 1..3)
            )
                .prop_map(|(start, items)| Block::List { start, items }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_can_be_read_back(
        blocks in proptest::collection::vec(block(), 1..5),
        note in inlines(false),
    ) {
        let cites = Block::text(vec![Inline::text("cites"), Inline::Note(1)]);
        let blocks: Vec<Block> = std::iter::once(cites).chain(blocks).collect();
        let text = markdown(&blocks, std::slice::from_ref(&note));
        let back = reading(&text);
        prop_assert_eq!(&back.blocks, &blocks, "{}", text);
        prop_assert_eq!(&back.notes, &[("1".to_owned(), note)], "{}", text);
    }

    #[test]
    fn whatever_is_written_no_word_is_lost(
        parts in proptest::collection::vec((0..8u8, words(), "[a-z*\" |`\\\\]{0,3}"), 1..8),
    ) {
        let mut words = Vec::new();
        for (kind, text, other) in parts {
            let text = || Inline::text(text.clone());
            words.push(match kind {
                0 => Inline::Emphasis(vec![text(), Inline::Strong(vec![Inline::text(other)])]),
                1 => Inline::Strong(vec![Inline::Code(other), text()]),
                2 => Inline::Code(other),
                3 => Inline::Link { to: "https://example.org/".to_owned(), words: vec![text()] },
                4 => Inline::Gap(other),
                5 => Inline::Tick,
                6 => Inline::Break,
                _ => text(),
            });
        }
        let blocks = vec![
            Block::text(words.clone()),
            Block::Table { head: vec![words.clone()], rows: vec![vec![words]] },
        ];
        let text = markdown(&blocks, &[]);
        prop_assert_eq!(said(reading(&text).blocks, Vec::new()), said(blocks, Vec::new()), "{}", text);
    }
}
