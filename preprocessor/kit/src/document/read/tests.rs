use std::collections::BTreeMap;

use super::*;

fn sample(title: &str) -> Sample {
    Sample {
        id: "open".to_owned(),
        when: None,
        title: title.to_owned(),
        plain: "It answered.".to_owned(),
        lines: Vec::new(),
        notices: Vec::new(),
        provenance: String::new(),
    }
}

fn reading(markdown: &str) -> Reading {
    let samples = BTreeMap::from([("open".to_owned(), vec![sample("One"), sample("Two")])]);
    let leads = |to: &str| to.starts_with("https:").then(|| to.to_owned());
    read(
        markdown,
        &Surroundings {
            samples: &samples,
            leads: &leads,
        },
    )
}

fn blocks(markdown: &str) -> Vec<Block> {
    reading(markdown).blocks
}

fn paragraph(words: &str) -> Block {
    Block::text(vec![Inline::text(words)])
}

#[test]
fn words_keep_their_marks_and_lose_their_line_breaks() {
    let [Block::Paragraph { words, .. }] = &blocks("It *is*\n`a`, **so** \"quoted\".")[..] else {
        panic!("one paragraph");
    };
    assert_eq!(
        words[..],
        [
            Inline::text("It "),
            Inline::Emphasis(vec![Inline::text("is")]),
            Inline::text(" "),
            Inline::Code("a".to_owned()),
            Inline::text(", "),
            Inline::Strong(vec![Inline::text("so")]),
            Inline::text(" “quoted”."),
        ]
    );
}

#[test]
fn a_link_that_leads_nowhere_outside_leaves_its_words() {
    assert_eq!(blocks("See [here](a.md)."), [paragraph("See here.")]);
    let [Block::Paragraph { words, .. }] = &blocks("<https://example.org/a>")[..] else {
        panic!("one paragraph");
    };
    assert!(matches!(&words[..], [Inline::Link { to, .. }] if to == "https://example.org/a"));
}

#[test]
fn publications_are_numbered_as_they_are_cited() {
    let found = reading("One.[^b][^a] Two.[^b]\n\n[^a]: *A*. Opened.\n\n[^b]: B.\n");
    assert_eq!(
        found.blocks,
        [Block::text(vec![
            Inline::text("One."),
            Inline::Note(1),
            Inline::Note(2),
            Inline::text(" Two."),
            Inline::Note(1),
        ])]
    );
    let keys: Vec<_> = found.notes.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["b", "a"]);
    assert_eq!(found.notes[0].1, [Inline::text("B.")]);
}

#[test]
fn lists_may_be_tight_loose_or_nested() {
    let item = |words: &str| vec![paragraph(words)];
    let list = |items| Block::List { start: None, items };
    assert_eq!(blocks("- a\n- b\n"), [list(vec![item("a"), item("b")])]);
    assert_eq!(blocks("- a\n\n- b\n"), [list(vec![item("a"), item("b")])]);
    let nested = vec![vec![paragraph("a"), list(vec![item("b")])], item("c")];
    assert_eq!(blocks("- a\n  - b\n- c\n"), [list(nested)]);
    let [Block::List { start, .. }] = blocks("3. c\n")[..] else {
        panic!("a list");
    };
    assert_eq!(start, Some(3));
}

#[test]
fn a_table_has_a_head_and_rows() {
    let [Block::Table { head, rows }] = &blocks("| A | B |\n|---|---|\n| 1 |  |\n| 2 | x |\n")[..]
    else {
        panic!("a table");
    };
    assert_eq!(head.len(), 2);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0], [vec![Inline::text("1")], Vec::new()]);
}

#[test]
fn a_mark_stands_for_its_samples() {
    let text = format!("Before.\n\n{}\n\nAfter.\n", mark("open"));
    let [first, Block::Sample(one), Block::Sample(two), last] = &blocks(&text)[..] else {
        panic!("two samples");
    };
    assert_eq!((one.title.as_str(), two.title.as_str()), ("One", "Two"));
    assert_eq!(*first, paragraph("Before."));
    assert_eq!(*last, paragraph("After."));
}

#[test]
fn quotations_code_and_headings_keep_their_order() {
    let text = "## One {#one}\n\n> a\n>\n> b\n\n```text\nx\n  y\n```\n\n![picture](a.png) c\n\n- [ ] ~~no~~\n\n> [!TIP]\n> t\n";
    assert_eq!(
        blocks(text),
        [
            Block::Heading {
                level: 2,
                id: Some("one".to_owned()),
                words: vec![Inline::text("One")]
            },
            Block::Quotation(vec![paragraph("a"), paragraph("b")]),
            Block::Code(vec!["x".to_owned(), "  y".to_owned()]),
            paragraph("picture c"),
            Block::List {
                start: None,
                items: vec![vec![Block::text(vec![
                    Inline::Tick,
                    Inline::text(" [struck out: no]"),
                ])]],
            },
            Block::Quotation(vec![
                Block::text(vec![Inline::Strong(vec![Inline::text("Tip")])]),
                paragraph("t"),
            ]),
        ]
    );
}
