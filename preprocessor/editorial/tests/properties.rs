//! What holds for every text, however odd.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::ops::Range;

use editorial::{Day, FrontMatter, Outline, Page, Shelf, SourceText, check, front_matter, words};
use proptest::prelude::*;
use proptest::sample::select;

/// Parts of pages, whole and broken.
const FRAGMENTS: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\0",
    "\u{feff}",
    "\t",
    " ",
    "    ",
    "\u{a0}",
    "\u{ad}",
    "ü",
    "e\u{301}",
    "👩\u{200d}🚀",
    "word",
    "Word. ",
    "e.g. ",
    "U.S. ",
    "104 ",
    "“why?” ",
    "+++",
    "+++\n",
    "\n+++\n",
    "kind = \"page\"\ntitle = \"ü\"\n",
    "review = { status = \"ü\" }\n",
    "says = \"",
    "[[waive]]\n",
    "{{#",
    "}}",
    "{{ #include ",
    "{{#sample ü}}",
    "\n{{#rules}}\n",
    "\\{{#title x}}",
    "{{#include ../../x}}",
    "[^",
    "[^a]",
    "[^ü b]: x\n",
    "]",
    "[x](",
    "[x](a.md#ü)",
    "[x](<ü>",
    ")",
    "![",
    "![ü](p.png)",
    "[r]",
    "\n\n[r]: ü.md\n",
    "<a@b.c>",
    "<https://ü>",
    "`",
    "``` ü\n",
    "```\n",
    "~~~\n",
    "*",
    "**",
    "_",
    "\n## ü {#ü}\n",
    "\n===\n",
    "- ",
    "1. ",
    "\n  - ",
    "> ",
    "| ü | b |\n|---|---|\n",
    "<b>ü",
    "&auml;&shy;",
    "$3,800 servers",
    "24 million\n",
    "1,5.0%",
    "’s",
    "XÜs (",
    "ÄÖ-",
    "İß",
    "ISO/IEC 1",
    "100 % safe",
    "of course",
    "not our fault",
    "guarantees",
    "organization",
    "“",
];

fn page() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => select(FRAGMENTS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let front = select(
        &[
            "",
            "+++\n",
            "+++\r\nkind = \"page\"\r\ntitle = \"x\"\r\n+++\r\n",
            "\u{feff}+++\n+++\n",
            "+++\nkind = \"answer\"\nquestion = \"Größe, 3,800 XÜs?\"\nsays = \"ü \\\"İ\\\" 24 million\"\n\
             messages = ['ß’s “', \"\"\"\n100 % safe\"\"\"]\naction = \"`of course\"\n+++\n",
        ][..],
    );
    (front, prop::collection::vec(part, 0..40))
        .prop_map(|(front, parts)| front.to_owned() + &parts.concat())
}

fn lies_in(text: &str, span: &Range<usize>) -> bool {
    text.get(span.clone()).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn front_matter_lies_in_its_file(text in page()) {
        if let FrontMatter::Closed { toml, body } = front_matter(&text) {
            prop_assert!(lies_in(&text, &toml));
            prop_assert!(toml.end < body && text.is_char_boundary(body));
        }
    }

    #[test]
    fn every_part_of_a_page_lies_in_its_file(text in page()) {
        let page = Page::read(SourceText::new("src/a.md", text.clone()));
        for misfit in &page.misfits {
            prop_assert!(lies_in(&text, &misfit.span), "{misfit:?}");
        }
        for base in [0, page.body.start] {
            let outline = Outline::read(&text, base);
            let spans = (outline.headings.iter().map(|part| &part.span))
                .chain(outline.links.iter().map(|part| &part.span))
                .chain(outline.citations.iter().map(|part| &part.span))
                .chain(outline.definitions.iter().map(|part| &part.span))
                .chain(&outline.html)
                .chain(outline.code_blocks.iter().map(|part| &part.span))
                .chain(outline.directives.iter().map(|part| &part.span))
                .chain(outline.directives.iter().map(|part| &part.argument_span))
                .chain(&outline.not_prose);
            for span in spans {
                prop_assert!(span.start >= base && lies_in(&text, span), "{span:?}");
            }
            for (_, section) in outline.sections(base..text.len()) {
                prop_assert!(lies_in(&text, &section));
            }
        }
    }

    #[test]
    fn a_place_leads_to_the_same_characters(text in page(), (a, b) in any::<(prop::sample::Index, prop::sample::Index)>()) {
        for block in &Outline::read(&text, 0).blocks {
            let starts: Vec<usize> = block.text.char_indices().map(|(at, _)| at).chain([block.text.len()]).collect();
            for &at in &starts {
                prop_assert!(text.is_char_boundary(block.place(at)), "{at} in {block:?}");
            }
            prop_assert!(starts.is_sorted_by_key(|&at| block.place(at)), "{block:?}");
            let (a, b) = (starts[a.index(starts.len())], starts[b.index(starts.len())]);
            let range = a.min(b)..a.max(b);
            if block.is_one_run(&range) {
                prop_assert!(text[block.place(range.start)..].starts_with(&block.text[range]));
            }
        }
    }

    #[test]
    fn sentences_are_parts_of_their_block_and_lose_no_word(text in page()) {
        for block in &Outline::read(&text, 0).blocks {
            let sentences = words::sentences(block);
            let counted: usize = sentences.iter().map(|(_, sentence)| words::words(sentence).count()).sum();
            if !sentences.is_empty() {
                prop_assert_eq!(counted, words::words(&block.text).count());
            }
            for (at, sentence) in sentences {
                prop_assert!(block.text[at..].starts_with(sentence));
            }
        }
    }

    #[test]
    fn line_and_column_are_what_a_reader_counts(text in page(), at in any::<prop::sample::Index>()) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = places[at.index(places.len())];
        let (mut line, mut column) = (1, 1);
        for character in text[..at].chars() {
            column += 1;
            if character == '\n' {
                (line, column) = (line + 1, 1);
            }
        }
        prop_assert_eq!(SourceText::new("a.md", text).line_and_column(at), (line, column));
    }

    #[test]
    fn marks_change_no_count(
        parts in prop::collection::vec(("[a-zäöü]{1,6}", "[a-zäöü]{1,6}", "[,;’]?", 0..6usize), 1..40),
    ) {
        let mut plain = Vec::new();
        let mut marked = Vec::new();
        for (first, second, stop, mark) in parts {
            plain.push(format!("{first}{second}{stop}"));
            marked.push(match mark {
                0 => format!("*{first}{second}*{stop}"),
                1 => format!("**{first}{second}**{stop}"),
                2 => format!("{first}*{second}*{stop}"),
                3 => format!("**{first}**{second}{stop}"),
                4 => format!("[{first}{second}](https://example.org){stop}[^a]"),
                _ => format!("{first}\u{ad}{second}{stop}"),
            });
        }
        let count = |words: &[String]| words::count(&Outline::read(&words.join(" "), 0).blocks);
        prop_assert_eq!(count(&plain), plain.len());
        prop_assert_eq!(count(&marked), plain.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn every_finding_lies_in_its_file(
        texts in prop::collection::vec(page(), 1..4),
        lists in prop::array::uniform3(page()),
    ) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("src")).unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        let redirects = format!("[output.html.redirect]\n\"ü\" = 'a.html'\n\"x/y\" = \"../ü\"\n{}", lists[0]);
        for (path, text) in [
            ("book.toml", &redirects),
            ("content/words.txt", &lists[1]),
            ("content/addresses.txt", &lists[2]),
        ] {
            fs::write(folder.path().join(path), text).unwrap();
        }
        fs::write(folder.path().join("src/SUMMARY.md"), "[a](page-0.md)\n").unwrap();
        let mut shelf = Shelf::read(folder.path(), Day::new(2026, 11, 22)).unwrap();
        shelf.pages = texts
            .iter()
            .enumerate()
            .map(|(number, text)| Page::read(SourceText::new(format!("src/page-{number}.md"), text.as_str())))
            .collect();
        for found in check(&shelf) {
            let file = shelf.files().find(|file| file.path() == found.path).unwrap();
            prop_assert!(lies_in(file.text(), &found.span), "{found:?}");
            prop_assert_eq!(file.line_and_column(found.span.start), (found.line, found.column));
        }
    }
}
