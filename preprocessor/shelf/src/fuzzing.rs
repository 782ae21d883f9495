//! A door for the fuzzer: any bytes, as what an editor or a scanner puts into a page. It is open only in
//! builds for fuzzing and in tests.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use editorial::{Day, Directive, Page, Shelf, SourceText};
use evidence::{Clean, Experiment, Line, Redaction, Scanner, Scene, Seen, Step};
use html5gum::{Token, Tokenizer};
use mdbook_markdown::pulldown_cmark::html::push_html;
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use time::OffsetDateTime;

use crate::evidence_run::{Origin, Shown};
use crate::history::History;
use crate::resolve::{Form, Stock, resolve};

const SCENE: &str = "title = \"A scene\"\n[[server]]\nname = \"a\"\nkind = \"nothing\"\nshown-as = \"192.0.2.10:104\"\n";
const FRONT: &str = "+++\nkind = \"page\"\ntitle = \"A page\"\n[review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n\n";
/// A page that shows the sample of the fixture.
const PAGE: &str = "A stranger.[^a.source]\n\n{{#sample stranger}}\n\nMore.\n";
/// The line that the fixture's notice points at.
const NOTICED: &str = "3 patients";

/// The book of the tests, without terms: their notes would stand in the middle of what must stay.
fn book() -> &'static Shelf {
    static BOOK: OnceLock<Shelf> = OnceLock::new();
    BOOK.get_or_init(|| {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/book");
        let mut shelf = Shelf::read(Path::new(root), Day::new(2026, 11, 22)).unwrap();
        shelf.terms.entries.clear();
        shelf
    })
}

/// What the sample of the fixture shows where every text of a stranger is one of `texts`.
fn shown(texts: &[&str]) -> Shown {
    let text = |index: usize| texts.get(index).copied().unwrap_or_default();
    let line = |text: &&str| Line {
        text: Clean::line(text, 160),
        volatile: false,
    };
    let short = |index: usize| Clean::line(text(index), 60);
    Shown {
        experiment: Experiment {
            id: "stranger".to_owned(),
            scene: Arc::new(Scene::parse("scene", SCENE).unwrap()),
            calls: Vec::new(),
            claims: Vec::new(),
        },
        origin: Origin::Recorded(OffsetDateTime::UNIX_EPOCH),
        steps: vec![Step {
            scanner: Scanner::Nmap,
            version: short(0),
            package: Some(short(1)),
            argv: vec![Clean::line("nmap", 80), short(2)],
            exit: None,
            tenths: 12,
            lines: texts.iter().map(line).collect(),
            seen: Seen::Nothing,
            raw: None,
        }],
        servers: vec![short(3)],
        versions: Vec::new(),
        redactions: vec![Redaction {
            what: text(0).to_owned(),
            shown: text(1).to_owned(),
        }],
    }
}

fn resolved(content: &str, shown: Option<Shown>, form: Form) -> Option<String> {
    let shown = shown.map(|shown| ("stranger".to_owned(), Arc::new(shown)));
    let stock = Stock {
        shelf: book(),
        shown: &shown.into_iter().collect::<BTreeMap<_, _>>(),
        files: &[],
        history: &History::default(),
        site: None,
    };
    resolve("src/fuzz.md", content, stock, form).ok()
}

/// Resolves bytes as a page, as they are and behind good front matter: whatever is not ours stays, byte for byte
/// and in its order.
pub fn splice(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for content in [text.clone().into_owned(), format!("{FRONT}{text}")] {
        let page = Page::read(SourceText::new("src/fuzz.md", content.as_str()));
        // A lesson is divided into slides, in the middle of what its editor wrote.
        let is_lesson = page.piece.iter().any(|piece| piece.lesson.is_some());
        for form in [Form::Html, Form::Plain] {
            let sample = shown(&["a line", NOTICED]);
            let Some(resolved) = resolved(&content, Some(sample), form) else {
                continue;
            };
            if is_lesson {
                continue;
            }
            let mut rest = resolved.as_str();
            let mut at = page.body.start;
            let ours = page
                .outline
                .directives
                .iter()
                .filter(|found| found.is_ours());
            let ends = ours.map(|Directive { span, .. }| (span.start, span.end));
            for (start, next) in ends.chain([(content.len(), content.len())]) {
                if start < at {
                    continue;
                }
                let part = &content[at..start];
                let found = rest.find(part);
                assert!(
                    found.is_some(),
                    "{part:?} of {content:?} is not in {resolved:?}"
                );
                rest = &rest[found.unwrap() + part.len()..];
                at = next;
            }
        }
    }
}

/// Puts bytes, line by line, where a scanner's words stand: the page must be made of the same parts as with
/// harmless words, and no sign that acts may stand in it.
pub fn transcript(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let hostile: Vec<&str> = text.split('\n').take(24).collect();
    let is_noticed = |text: &&str| match Clean::line(text, 160).as_plain().contains(NOTICED) {
        true => NOTICED,
        false => "harmless",
    };
    let harmless: Vec<&str> = hostile.iter().map(is_noticed).collect();
    let content = format!("{FRONT}{PAGE}");
    for form in [Form::Html, Form::Plain] {
        let page = |texts: &[&str]| html(&resolved(&content, Some(shown(texts)), form).unwrap());
        let (page, twin) = (page(&hostile), page(&harmless));
        let difference = difference(&structure(&page), &structure(&twin));
        assert_eq!(difference, None, "{page}");
        let acts =
            |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{200b}\u{2066}".contains(c);
        assert!(!page.contains(acts), "{page}");
    }
}

/// Markdown as mdBook reads it, without what it adds around a page.
fn html(markdown: &str) -> String {
    let options = MarkdownOptions::default();
    let mut html = String::new();
    push_html(&mut html, new_cmark_parser(markdown, &options));
    html
}

/// What a page is made of: every element with the names of its attributes, and every address. The
/// gaps between columns do not count: they hold spaces alone, and there are as many as the text has.
pub(crate) fn structure(html: &str) -> Vec<String> {
    let html = &without_gaps(html);
    Tokenizer::new(html)
        .filter_map(|token| match token.unwrap() {
            Token::StartTag(tag) => {
                let attributes: Vec<String> = tag
                    .attributes
                    .iter()
                    .map(|(name, value)| {
                        let name = String::from_utf8_lossy(name);
                        match name.as_ref() {
                            "href" | "src" | "class" | "id" => {
                                format!("{name}={}", String::from_utf8_lossy(value))
                            }
                            _ => name.into_owned(),
                        }
                    })
                    .collect();
                Some(format!(
                    "<{} {}>",
                    String::from_utf8_lossy(&tag.name),
                    attributes.join(" ")
                ))
            }
            Token::EndTag(tag) => Some(format!("</{}>", String::from_utf8_lossy(&tag.name))),
            Token::Comment(_) => Some("<!-- -->".to_owned()),
            _ => None,
        })
        // mdBook makes the title's id from its words.
        .map(|part| {
            if part.starts_with("<h1") || part.contains("class=header") {
                "<title>".to_owned()
            } else {
                part
            }
        })
        .collect()
}

fn without_gaps(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("<span class=\"gap") {
        let (before, gap) = rest.split_at(at);
        let (_, inside) = gap.split_once('>').unwrap();
        let (spaces, after) = inside.split_once("</span>").unwrap();
        let spaces = spaces.replace("&#32;", " ");
        assert!(spaces.chars().all(|c| c == ' '), "{spaces:?}");
        kept.push_str(before);
        rest = after;
    }
    kept + rest
}

/// The first part in which two pages differ.
pub(crate) fn difference(one: &[String], other: &[String]) -> Option<(usize, String, String)> {
    let at = |parts: &[String], index: usize| parts.get(index).cloned().unwrap_or_default();
    (0..one.len().max(other.len()))
        .find(|&index| one.get(index) != other.get(index))
        .map(|index| (index, at(one, index), at(other, index)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Every committed input of the fuzzer, read with the stable compiler.
    #[test]
    fn every_input_of_the_fuzzer_keeps_its_page() {
        type Target = (&'static str, fn(&[u8]));
        let targets: [Target; 2] = [("splice", splice), ("transcript", transcript)];
        let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
        for (target, read) in targets {
            let folders = ["corpus", "regressions"].map(|kind| fuzz.join(kind).join(target));
            let files = folders
                .iter()
                .filter_map(|folder| fs::read_dir(folder).ok());
            let files: Vec<_> = files.flatten().collect();
            assert!(files.len() >= 5, "{target} has {} files", files.len());
            for file in files {
                read(&fs::read(file.unwrap().path()).unwrap());
            }
        }
    }
}
