//! Every format says the same words in the same order.
//!
//! Each format has a function that takes the words out of its bytes, by other means than those that put
//! them in. To add a format, add a line to `formats`.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read as _};

use editorial::Day;
use html5gum::{Token, Tokenizer};
use kit::document::{Block, Inline, Line, Properties, Role, Sample};
use kit::{Document, Paper};

/// A format: how it is written, how its words are taken out again, and the text that it should hold.
struct Format {
    name: &'static str,
    write: fn(&Document) -> Vec<u8>,
    words: fn(&[u8]) -> Vec<String>,
    /// The text as this format puts it; for most of them, the text itself.
    text: fn(&Document) -> Document,
}

fn formats() -> Vec<Format> {
    vec![
        Format {
            name: "plain text",
            write: |document| kit::text(document).into_bytes(),
            words: words_of_text,
            text: with_rows_as_lines,
        },
        Format {
            name: "mail",
            write: |document| kit::mail(document).into_bytes(),
            words: words_of_mail,
            text: Document::clone,
        },
        Format {
            name: "fragment",
            write: |document| {
                let fragment = kit::Fragment::new("piece");
                kit::fragment(&document.blocks, &document.notes, &fragment).into_bytes()
            },
            words: words_of_fragment,
            text: Document::clone,
        },
        Format {
            name: "Markdown",
            write: |document| kit::markdown(&document.blocks, &document.notes).into_bytes(),
            words: words_of_markdown,
            text: Document::clone,
        },
        Format {
            name: "Word",
            write: |document| kit::docx(document, Paper::A4).unwrap(),
            words: words_of_word,
            text: Document::clone,
        },
    ]
}

#[test]
fn every_format_says_the_same_words_in_the_same_order() {
    let document = document();
    for format in formats() {
        let wanted = bare((format.text)(&document).words());
        let bytes = (format.write)(&document);
        let found = bare((format.words)(&bytes));
        let differs = wanted.iter().zip(&found).position(|(a, b)| a != b);
        let from = differs
            .unwrap_or(wanted.len().min(found.len()))
            .saturating_sub(5);
        let near = |words: &[String]| {
            words
                .iter()
                .skip(from)
                .take(12)
                .cloned()
                .collect::<Vec<_>>()
        };
        assert!(
            wanted == found,
            "{}, from word {from}:\nwanted {:?}\nfound  {:?}\n{}",
            format.name,
            near(&wanted),
            near(&found),
            String::from_utf8_lossy(&bytes),
        );
        assert!(wanted.len() > 200, "the text says little");
        assert_eq!(bytes, (format.write)(&document), "{} twice", format.name);
    }
}

#[test]
fn a_text_that_differs_is_noticed() {
    for (what, change) in CHANGES {
        let mut other = document();
        change(&mut other);
        for format in formats() {
            let wanted = bare((format.text)(&document()).words());
            let found = bare((format.words)(&(format.write)(&other)));
            assert_ne!(wanted, found, "{}: {what}", format.name);
        }
    }
}

type Change = (&'static str, fn(&mut Document));

/// What a format could do wrong.
const CHANGES: &[Change] = &[
    ("a block left out", |document| {
        document.blocks.remove(3);
    }),
    ("a block said twice", |document| {
        let block = document.blocks[3].clone();
        document.blocks.insert(3, block);
    }),
    ("two blocks in the other order", |document| {
        document.blocks.swap(2, 3)
    }),
    ("a list in the other order", |document| {
        for block in &mut document.blocks {
            if let Block::List { items, .. } = block {
                items.reverse();
            }
        }
    }),
    ("a row left out", |document| {
        for block in &mut document.blocks {
            if let Block::Table { rows, .. } = block {
                rows.pop();
            }
        }
    }),
    ("a notice left out", |document| {
        for block in &mut document.blocks {
            if let Block::Sample(sample) = block {
                sample.notices.pop();
            }
        }
    }),
    ("a line of a terminal left out", |document| {
        for block in &mut document.blocks {
            if let Block::Sample(sample) = block {
                sample.lines.pop();
            }
        }
    }),
    ("a source left out", |document| {
        document.notes.pop();
    }),
];

/// Words without what formats put there: the marks of notes and of notices. Words without a letter are
/// left out too, because a dash looks like the mark of a list; but for boxes.
fn bare(words: Vec<String>) -> Vec<String> {
    let text = words
        .join(" ")
        .replace("[ ]", "[box]")
        .replace('☐', "[box]");
    let words = text.split(' ').map(|word| {
        let word = without_marks(word, '[', ']');
        without_marks(&word, '<', '>')
    });
    let is_word = |word: &String| {
        let number = word.trim_end_matches(['.', ')']);
        let is_mark = number != word && number.chars().all(|c| c.is_ascii_digit());
        word.contains(char::is_alphanumeric) && !is_mark
    };
    words.filter(is_word).collect()
}

/// A word without the numbers in brackets that it holds.
fn without_marks(word: &str, open: char, close: char) -> String {
    let mut left = String::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once(open) {
        left.push_str(before);
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match after[digits..].strip_prefix(close) {
            Some(end) if digits > 0 => rest = end,
            _ => {
                left.push(open);
                rest = after;
            }
        }
    }
    left + rest
}

/// The text of the package, then its footnotes in their order.
fn words_of_word(docx: &[u8]) -> Vec<String> {
    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let mut package = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut words = Vec::new();
    for part in ["word/document.xml", "word/footnotes.xml"] {
        let mut xml = String::new();
        let mut part = package.by_name(part).unwrap();
        part.read_to_string(&mut xml).unwrap();
        let xml = roxmltree::Document::parse(&xml).unwrap();
        for paragraph in xml.descendants().filter(|node| node.has_tag_name((W, "p"))) {
            let mut text = String::new();
            for node in paragraph.descendants() {
                if node.has_tag_name((W, "br")) {
                    text.push(' ');
                } else if node.has_tag_name((W, "t")) && !is_note_mark(node) {
                    text.push_str(node.text().unwrap_or_default());
                }
            }
            words.extend(split(&typed(&text)));
        }
    }
    words
}

/// The number of a note, and what stands between two of them.
fn is_note_mark(text: roxmltree::Node<'_, '_>) -> bool {
    let run = text.parent().into_iter().flat_map(|run| run.descendants());
    let mut styles = run.filter(|node| node.tag_name().name() == "rStyle");
    styles.any(|style| {
        let mut values = style.attributes();
        values.any(|value| value.value() == "FootnoteReference")
    })
}

/// The marks of typographers as a typewriter has them.
fn typed(text: &str) -> String {
    text.replace(['‘', '’'], "'")
        .replace(['“', '”'], "\"")
        .replace('–', "-")
        .replace('—', "--")
        .replace('…', "...")
}

fn split(text: &str) -> Vec<String> {
    typed(text).split_whitespace().map(str::to_owned).collect()
}

/// A table in plain text is read row by row, each cell with the heading of its column.
fn with_rows_as_lines(document: &Document) -> Document {
    let mut document = document.clone();
    for block in &mut document.blocks {
        if let Block::Table { head, rows } = block {
            let cells = rows.iter().flat_map(|row| head.iter().zip(row));
            let cells = cells.filter(|(_, cell)| !cell.is_empty());
            let lines = cells.map(|(name, cell)| {
                let mut line = name.clone();
                line.push(Inline::text(": "));
                line.extend(cell.clone());
                line
            });
            *block = Block::list(lines);
        }
    }
    document
}

/// From the title, whose line below is of `=`, to the list of links or the rule at the end.
fn words_of_text(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.ends_with('\n') && !text.contains('\r'));
    assert!(!text.contains(['‘', '’', '“', '”', '–', '—', '…', '\u{a0}']));
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines.iter().all(|line| line.trim_end() == *line),
        "spaces at the end of a line"
    );
    let is_line = |line: &str, c: char| line.len() > 2 && line.chars().all(|other| other == c);
    let title = lines
        .iter()
        .position(|line| is_line(line, '='))
        .expect("a title");
    let begin = lines[..title]
        .iter()
        .rposition(|line| line.is_empty())
        .expect("a letterhead")
        + 1;
    let rule = lines
        .iter()
        .rposition(|line| is_line(line, '-'))
        .expect("an end");
    let below = |words: &str| {
        let heads = 1..rule;
        heads
            .rev()
            .find(|line| is_line(lines[*line], '-') && lines[line - 1] == words)
    };
    let end = below("Links").map_or(rule, |line| line - 1);
    let sources = below("Sources").expect("sources") - 1;
    let mut said = String::new();
    for (index, line) in lines.iter().enumerate().take(end).skip(begin) {
        let is_underline = index > 0
            && !lines[index - 1].is_empty()
            && ['=', '-', '~'].iter().any(|c| is_line(line, *c));
        if index == sources || is_underline {
            continue;
        }
        said.push_str(line.trim_start_matches(['>', ' ']));
        said.push('\n');
    }
    let mut words = split(&said);
    while let Some(at) = words.iter().position(|word| word == "[link") {
        assert!(words[at + 1].contains(']'), "{:?}", words[at + 1]);
        // What stands right after the mark belongs to the word before it.
        let after = words[at + 1]
            .split_once(']')
            .map(|(_, after)| after.to_owned());
        words.drain(at..at + 2);
        words[at - 1].push_str(&after.unwrap_or_default());
    }
    words
}

fn words_of_mail(bytes: &[u8]) -> Vec<String> {
    let html = std::str::from_utf8(bytes).expect("UTF-8");
    let from = html.find("<h1").expect("a title");
    words_of_html(&html[from..])
}

fn words_of_fragment(bytes: &[u8]) -> Vec<String> {
    words_of_html(std::str::from_utf8(bytes).expect("UTF-8"))
}

/// The text of the elements, but for links with a label of their own, and for the heading of the sources.
fn words_of_html(html: &str) -> Vec<String> {
    /// What stands inside of a line.
    const INLINE: &[&[u8]] = &[b"a", b"b", b"code", b"em", b"small", b"strong", b"sup"];

    let mut said = String::new();
    let mut is_labelled = false;
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                is_labelled |= tag.attributes.keys().any(|name| ***name == *b"aria-label");
                if !INLINE.contains(&&**tag.name) {
                    said.push('\n');
                }
            }
            Token::EndTag(tag) => {
                if **tag.name == *b"a" {
                    is_labelled = false;
                }
                if !INLINE.contains(&&**tag.name) {
                    said.push('\n');
                }
            }
            Token::String(text) if !is_labelled => {
                said.push_str(std::str::from_utf8(&text).expect("UTF-8"));
            }
            _ => {}
        }
    }
    let (text, sources) = said.rsplit_once("\nSources\n").expect("sources");
    split(&format!("{text}\n{sources}"))
}

/// The lines without the marks of CommonMark.
fn words_of_markdown(bytes: &[u8]) -> Vec<String> {
    let mut said = String::new();
    let mut fence = None;
    for line in std::str::from_utf8(bytes).expect("UTF-8").lines() {
        let bare = line.trim_start_matches(['>', ' ']);
        // A fence may stand right after the mark of an item.
        let inside = line.trim_start_matches(|c: char| ">-*. ".contains(c) || c.is_ascii_digit());
        let ticks: String = inside.chars().take_while(|c| *c == '`').collect();
        let is_fence = ticks.len() >= 3 && ticks == inside;
        match &fence {
            Some(open) if is_fence && *open == ticks => fence = None,
            Some(_) => said.push_str(bare),
            None if is_fence => fence = Some(ticks),
            None if bare.starts_with("| --- |") => {}
            None => said.push_str(&unmarked(bare)),
        }
        said.push('\n');
    }
    split(&said)
}

/// A line of CommonMark as a reader sees it.
fn unmarked(line: &str) -> String {
    let line = match line
        .strip_prefix("[^")
        .and_then(|line| line.split_once("]: "))
    {
        Some((_, entry)) => entry,
        None => line.trim_start_matches('#'),
    };
    let mut said = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let next = rest.chars().next();
                said.extend(next);
                rest = &rest[next.map_or(0, char::len_utf8)..];
            }
            '`' => {
                let (code, after) = rest.split_once('`').expect("the end of code");
                said.push_str(&code.replace("\\|", "|"));
                rest = after;
            }
            '[' if rest.starts_with('^') => rest = rest.split_once(']').expect("a note").1,
            ']' if rest.starts_with('(') => rest = rest.split_once(')').expect("an address").1,
            '|' => said.push(' '),
            '*' if rest.starts_with(' ') && said.is_empty() => {}
            // Between letters, it is one of a name.
            '_' if said.ends_with(char::is_alphanumeric)
                && rest.starts_with(char::is_alphanumeric) =>
            {
                said.push(c);
            }
            '<' => {
                let (address, after) = rest.split_once('>').expect("the end of an address");
                said.push_str(address);
                rest = after;
            }
            '*' | '_' | '[' => {}
            c => said.push(c),
        }
    }
    said
}

/// What a stranger could write, in words that no mark cuts in two.
const HOSTILE: &[&str] = &[
    "<script>alert('x')</script> & </p> &lt;b&gt; \"quoted\"",
    "# no heading, *no* _emphasis_ and [no](link) `here`",
    "- no item; 1. no number; > no quotation",
    "#panic() {{#include /etc/hosts}} \\input{x} {id}",
    "ends\u{202e}sdne, nothing\0, \u{1b}[31mred, soft\u{ad}hyphen",
    "two\r\n\r\nlines\tand\u{2028}more",
    "עברית and العربية, café, 日本語",
    "long-loooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong",
];

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::text(text)]
}

fn link(to: &str, words: Vec<Inline>) -> Inline {
    Inline::Link {
        to: to.to_owned(),
        words,
    }
}

fn sample(when: &str, hostile: &str) -> Sample {
    let line = |text: &str, is_command, notice| Line {
        text: text.to_owned(),
        is_command,
        notice,
    };
    Sample {
        id: "settings".to_owned(),
        when: Some(when.to_owned()),
        title: format!("The archive’s settings {hostile}"),
        plain: format!("In plain words, it {when} answers. {hostile}"),
        lines: vec![
            line("$ echoscu -v 203.0.113.10 104", true, None),
            line("  I: Received   Echo Response (Success)", false, Some(1)),
            line("", false, None),
            line(hostile, false, None),
            line(
                &format!("W: {}", "very long and wide ".repeat(8)),
                false,
                Some(2),
            ),
        ],
        notices: vec![
            "It answers a stranger.".to_owned(),
            format!("It says {hostile}"),
        ],
        provenance: format!("Looked at {when} on loopback. {hostile}"),
    }
}

/// A text with every kind of block and of words, and with hostile words wherever they may stand.
fn document() -> Document {
    let mut blocks = vec![
        Block::heading(1, "Is the archive “open”?"),
        Block::says(
            Role::State,
            "Draft: nobody but its writers has reviewed this page.",
        ),
        Block::says(Role::Says, "An archive is open if it answers a stranger."),
        Block::says(Role::Facts, "For the press. Checked on 22 November 2026."),
        Block::list([
            words("First message."),
            words("Second — message."),
            words("Third…"),
        ]),
        Block::says(Role::Action, "Look at your own addresses – from outside."),
        Block::Heading {
            level: 2,
            id: Some("steps".to_owned()),
            words: vec![
                Inline::text("What "),
                Inline::Emphasis(words("to")),
                Inline::text(" do"),
                Inline::Note(1),
            ],
        },
        Block::text(vec![
            Inline::text("It’s "),
            Inline::Emphasis(words("not")),
            Inline::text(" "),
            Inline::Strong(vec![Inline::Emphasis(words("so")), Inline::text(" bad")]),
            Inline::text(":"),
            Inline::Note(2),
            Inline::text(" run "),
            Inline::Code("echoscu".to_owned()),
            Inline::text(", see "),
            link("https://example.org/a?b=1&c=2", words("the guide")),
            Inline::text(", or "),
            link("https://example.org/b", words("https://example.org/b")),
            Inline::text(" or write to "),
            link("mailto:press@example.org", words("press@example.org")),
            Inline::text(". "),
            link("javascript:alert(1)", words("Nowhere")),
            Inline::text(" is far."),
            Inline::Note(2),
            Inline::Note(1),
            Inline::Break,
            Inline::text("A new line for "),
            Inline::Gap("name of your organisation".to_owned()),
            Inline::text(" and "),
            Inline::Tick,
            Inline::text(" a box."),
        ]),
        Block::List {
            start: Some(3),
            items: vec![
                vec![
                    Block::text(words(
                        "third, in a paragraph that is long enough to be wrapped once or more",
                    )),
                    Block::list([words("inner one"), words("inner two")]),
                    Block::text(words("after the inner list")),
                ],
                vec![Block::Code(vec![
                    "let a = 1;".to_owned(),
                    "    b()".to_owned(),
                ])],
                vec![Block::text(words("fifth"))],
            ],
        },
        Block::heading(3, "A smaller heading"),
        Block::Quotation(vec![
            Block::text(words("The archive could be reached without a password.")),
            Block::Quotation(vec![Block::text(words("quoted inside"))]),
            Block::list([words("and listed")]),
        ]),
        Block::Table {
            head: vec![
                words("Year"),
                words("Who counted"),
                vec![Inline::text("Servers"), Inline::Note(2)],
            ],
            rows: vec![
                vec![words("2016"), words("Stites"), words("2,700")],
                vec![
                    words("2019"),
                    Vec::new(),
                    vec![Inline::Strong(words("187")), Inline::Note(1)],
                ],
            ],
        },
        Block::Code(vec![
            "nmap -sT 203.0.113.10".to_owned(),
            String::new(),
            "  done".to_owned(),
        ]),
        Block::Sample(sample("Before", "")),
        Block::Sample(sample("After", "safely")),
        Block::heading(4, "The smallest heading"),
    ];
    for hostile in HOSTILE {
        blocks.push(Block::heading(2, *hostile));
        blocks.push(Block::text(vec![
            Inline::text(*hostile),
            Inline::text(" "),
            Inline::Emphasis(words(hostile)),
            Inline::text(" "),
            Inline::Gap((*hostile).to_owned()),
        ]));
        blocks.push(Block::list([words(hostile)]));
        blocks.push(Block::Quotation(vec![Block::text(words(hostile))]));
        blocks.push(Block::Table {
            head: vec![words(hostile)],
            rows: vec![vec![words(hostile)]],
        });
        blocks.push(Block::Sample(sample("Before", hostile)));
    }
    blocks.push(Block::says(
        Role::Small,
        "The tools that it names are examples.",
    ));
    let address = "https://example.org/report";
    Document {
        properties: Properties {
            name: "is-it-open".to_owned(),
            title: "Is the archive “open”?".to_owned(),
            book: "A book".to_owned(),
            kind: "Answer".to_owned(),
            keywords: vec!["exposure".to_owned()],
            state: "Draft: nobody but its writers has reviewed this page.".to_owned(),
            is_draft: true,
            checked: Day::new(2026, 11, 22),
            version: "Version 0a1b2c3d4e of 22 November 2026".to_owned(),
        },
        blocks,
        notes: vec![
            vec![
                Inline::Emphasis(words("The report’s title")),
                Inline::text(". A publisher, 2019. "),
                link(address, words(address)),
                Inline::text(". Read by us on 22 November 2026."),
            ],
            vec![
                Inline::text("Another, "),
                link("https://example.org/c", words("with a link")),
                Inline::text("."),
            ],
        ],
    }
}

/// The PDF, page by page as a reader's program takes its words out. Its marks are digits and signs, so that
/// letters are compared, and its head and feet are known.
#[cfg(feature = "pdf")]
#[test]
fn the_pdf_says_the_same_letters_in_the_same_order() {
    let document = document();
    let Some(found) = letters_of_pdf(&document) else {
        return;
    };
    let mut text = document.clone();
    let notes = std::mem::take(&mut text.notes);
    text.blocks.push(Block::heading(2, "Sources"));
    text.blocks.extend(notes.into_iter().map(Block::text));
    let mut wanted = text.words().join(" ");
    // What no font has is printed in visible form.
    for letter in kit::pdf(&document, Paper::A4).unwrap().missing {
        wanted = wanted.replace(letter, &letter.escape_unicode().to_string());
    }
    let wanted = letters(&wanted);
    let differs = wanted.chars().zip(found.chars()).position(|(a, b)| a != b);
    let from = differs
        .unwrap_or(wanted.len().min(found.len()))
        .saturating_sub(30);
    let near = |text: &str| text.chars().skip(from).take(80).collect::<String>();
    assert!(
        wanted == found,
        "wanted {}\nfound  {}",
        near(&wanted),
        near(&found)
    );
}

#[cfg(feature = "pdf")]
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// The letters of the PDF without letterhead and feet; nothing where the program that reads it is missing.
#[cfg(feature = "pdf")]
fn letters_of_pdf(document: &Document) -> Option<String> {
    use std::process::Command;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, kit::pdf(document, Paper::A4).unwrap().bytes).unwrap();
    let output = Command::new("pdftotext")
        .arg("-raw")
        .arg(&file)
        .arg("-")
        .output();
    let Ok(output) = output else {
        assert!(
            std::env::var_os("CI").is_none(),
            "pdftotext is not installed"
        );
        eprintln!("SKIPPED: pdftotext is not installed");
        return None;
    };
    let about = &document.properties;
    let draft = Properties::DRAFT;
    let head = letters(&format!("{}{draft}{}", about.book, about.kind))
        + &letters(&about.version)
        + &letters(&about.checked.in_words());
    let foot = letters(&format!("{}{draft}{}Page of", about.title, about.version));
    let text = String::from_utf8(output.stdout).unwrap();
    let pages: Vec<String> = text.split_terminator('\u{c}').map(letters).collect();
    let mut said = String::new();
    for (number, page) in pages.iter().enumerate() {
        let page = page
            .strip_suffix(foot.as_str())
            .expect("a page without its foot");
        let page = match number {
            0 => page.strip_prefix(head.as_str()).expect("no letterhead"),
            _ => page,
        };
        said.push_str(page);
    }
    Some(said)
}
