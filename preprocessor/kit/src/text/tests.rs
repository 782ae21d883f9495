use editorial::Day;

use super::*;
use crate::document::Line;

fn document(blocks: Vec<Block>) -> Document {
    Document {
        properties: Properties {
            name: "open".to_owned(),
            title: "Is it open?".to_owned(),
            book: "The book".to_owned(),
            kind: "Answer".to_owned(),
            keywords: Vec::new(),
            state: "Draft: nobody but its writers has reviewed this page.".to_owned(),
            is_draft: true,
            checked: Day::new(2026, 11, 22),
            version: "Version 0a1b2c3d4e of 22 November 2026".to_owned(),
        },
        blocks,
        notes: Vec::new(),
    }
}

/// What stands between the letterhead and the end.
fn body(document: &Document) -> String {
    let text = text(document);
    let (_, body) = text.split_once("2026\n\n\n").expect("a letterhead");
    let (body, _) = body.rsplit_once("\n\n---").expect("an end");
    body.to_owned()
}

fn written(blocks: Vec<Block>) -> String {
    body(&document(blocks))
}

#[test]
fn a_text_says_who_says_it_and_that_it_is_a_draft() {
    let text = text(&document(vec![Block::heading(1, "Is it open?")]));
    assert_eq!(
        text,
        format!(
            "The book\nDRAFT. Answer. Checked on 22 November 2026.\n\
             Version 0a1b2c3d4e of 22 November 2026\n\n\nIs it open?\n===========\n\n{}\n\
             Draft: nobody but its writers has reviewed this page.\n",
            "-".repeat(72)
        )
    );
}

#[test]
fn lists_stand_below_their_first_word() {
    let long = "a word and ".repeat(8);
    let list = Block::List {
        start: Some(9),
        items: vec![
            vec![Block::says(Role::Text, &long)],
            vec![
                Block::says(Role::Text, "two"),
                Block::list([vec![Inline::text("in")]]),
            ],
        ],
    };
    assert_eq!(
        written(vec![list]),
        "9.  a word and a word and a word and a word and a word and a word and a\n    \
         word and a word and\n\n10. two\n\n    - in"
    );
}

#[test]
fn quotations_have_a_mark_on_every_line() {
    let quoted = vec![
        Block::says(Role::Text, "“One” – or"),
        Block::says(Role::Text, "two…"),
    ];
    assert_eq!(
        written(vec![Block::Quotation(quoted)]),
        "> \"One\" - or\n>\n> two..."
    );
}

#[test]
fn a_table_is_read_row_by_row() {
    let cells = |cells: &[&str]| -> Vec<Vec<Inline>> {
        cells.iter().map(|cell| vec![Inline::text(*cell)]).collect()
    };
    let table = Block::Table {
        head: cells(&["Year", "Servers"]),
        rows: vec![cells(&["2019", "187"]), cells(&["2023", ""])],
    };
    assert_eq!(
        written(vec![table]),
        "Year: 2019\nServers: 187\n\nYear: 2023"
    );
}

#[test]
fn a_sample_keeps_its_lines() {
    let long = "x".repeat(90);
    let line = |text: &str, notice| Line {
        text: text.to_owned(),
        is_command: text.starts_with('$'),
        notice,
    };
    let sample = Sample {
        id: "open".to_owned(),
        when: Some("Before".to_owned()),
        title: "A stranger".to_owned(),
        plain: "It answers.".to_owned(),
        lines: vec![line("$ echo “a”", None), line(&long, Some(1))],
        notices: vec!["It is long.".to_owned()],
        provenance: "Looked at by us.".to_owned(),
    };
    assert_eq!(
        written(vec![Block::Sample(sample)]),
        format!(
            "Before: A stranger\n~~~~~~~~~~~~~~~~~~\nIt answers.\n\n    $ echo \"a\"\n    {long}   <1>\n\n\
             1. It is long.\n\nLooked at by us."
        )
    );
}

#[test]
fn links_and_sources_stand_at_the_end() {
    let link = |to: &str, words: &str| Inline::Link {
        to: to.to_owned(),
        words: vec![Inline::text(words)],
    };
    let mut document = document(vec![Block::text(vec![
        link("https://example.org/a", "here"),
        Inline::text(", "),
        link("https://example.org/b", "https://example.org/b"),
        Inline::text(", "),
        link("https://example.org/a", "again"),
        Inline::text(" and "),
        link("javascript:x", "nowhere"),
        Inline::text("."),
        Inline::Note(1),
    ])]);
    document.notes = vec![vec![Inline::text("A book.")]];
    assert_eq!(
        body(&document),
        "here [link 1], https://example.org/b, again [link 1] and nowhere.[1]\n\n\n\
         Sources\n-------\n\n[1] A book.\n\n\nLinks\n-----\n\n[link 1] https://example.org/a"
    );
}

#[test]
fn a_gap_begins_on_one_line_and_a_box_is_not_torn() {
    for before in 50..72 {
        let text = written(vec![Block::text(vec![
            Inline::text(format!("{} ", "x".repeat(before))),
            Inline::Gap("name of your organisation".to_owned()),
            Inline::text(" "),
            Inline::Tick,
        ])]);
        assert!(
            text.contains("[FILL IN: name") && text.contains("[ ]"),
            "{text}"
        );
    }
}

#[test]
fn nothing_in_a_text_can_act() {
    let odd = "a\u{1b}[31m\u{202e}b\0\n\nc\n=====\r> d";
    let text = written(vec![
        Block::says(Role::Text, odd),
        Block::Code(vec![odd.to_owned()]),
    ]);
    assert_eq!(
        text,
        "a\\u{1b}[31m\\u{202e}b\\u{0} c ===== > d\n\n    \
         a\\u{1b}[31m\\u{202e}b\\u{0}\\u{a}\\u{a}c\\u{a}=====\\u{d}> d"
    );
}

#[test]
fn lines_end_where_their_last_word_ends() {
    let text = text(&document(vec![
        Block::Code(vec!["a  ".to_owned(), String::new(), "b".to_owned()]),
        Block::Quotation(vec![Block::Code(vec![String::new(), "c".to_owned()])]),
    ]));
    assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
    assert!(text.ends_with(".\n") && !text.ends_with("\n\n"));
}
