//! The words of a document as values of the template: strings stay strings, and all else says what it
//! `is`.

use std::collections::BTreeSet;

use typst::foundations::{Array, Dict, IntoValue, Str, Value, dict};

use super::fonts::{FAMILY, TERMINAL, have};
use crate::document::{Block, Document, Inline, Line, Properties, Role, Sample};
use crate::inert::plain;
use crate::paper::Paper;
use crate::typography::{set, set_after};

/// What the template is given.
pub(super) struct Words {
    /// The values.
    pub(super) values: Dict,
    /// The characters that no font has, each once.
    pub(super) missing: BTreeSet<char>,
}

/// The words of a document.
pub(super) fn of(document: &Document, paper: Paper) -> Words {
    let mut writer = Writer::new(document.notes.len());
    let blocks = writer.blocks(&document.blocks, 0);
    let sources_level = writer.level(2);
    let notes = document.notes.iter().enumerate().map(|(index, words)| {
        let words = writer.line(words);
        dict! { "words" => words, "is-cited" => writer.cited.contains(&(index + 1)) }
    });
    let notes: Array = notes.map(IntoValue::into_value).collect();
    let properties = &document.properties;
    let values = dict! {
        "paper" => string(paper.typesetters_name()),
        "font" => string(FAMILY),
        "terminal" => string(TERMINAL),
        "file-title" => string(&file_title(properties)),
        "keywords" => keywords(properties),
        "author" => string(&set(&properties.book)),
        "book" => writer.short(&properties.book),
        "kind" => writer.short(&properties.kind),
        "title" => writer.short(&properties.title),
        "state" => writer.short(&properties.state),
        "is-draft" => properties.is_draft,
        "date" => string(&properties.checked.in_words()),
        "version" => writer.short(&properties.version),
        "blocks" => blocks,
        "sources-level" => i64::from(sources_level),
        "notes" => notes,
    };
    Words {
        values,
        missing: writer.missing,
    }
}

/// The title of the file, which viewers show in place of its name.
pub(super) fn file_title(properties: &Properties) -> String {
    let title = set(&properties.title);
    match (properties.is_draft, title.is_empty()) {
        (_, true) => properties.file("pdf"),
        (true, false) => format!("{title} ({})", Properties::DRAFT),
        (false, false) => title,
    }
}

pub(super) fn keywords(properties: &Properties) -> Array {
    let draft = properties.is_draft.then_some(Properties::DRAFT);
    let words = properties.keywords.iter().map(String::as_str);
    draft
        .into_iter()
        .chain(words)
        .map(|word| string(&set(word)))
        .collect()
}

/// What is known while the words are written, in the order in which they are read.
pub(super) struct Writer {
    /// How many publications there are.
    notes: usize,
    /// Those that were cited so far.
    pub(super) cited: BTreeSet<usize>,
    /// The characters that no font has, each once.
    pub(super) missing: BTreeSet<char>,
    /// The level of the last heading.
    level: u8,
    /// The last character of the line that is written.
    before: char,
    /// The longest word that is never broken.
    longest: usize,
}

impl Writer {
    /// For a text that cites so many publications.
    pub(super) fn new(notes: usize) -> Writer {
        Writer {
            notes,
            cited: BTreeSet::new(),
            missing: BTreeSet::new(),
            level: 0,
            before: Writer::NOTHING,
            longest: Writer::LONGEST,
        }
    }

    /// Stands before the first character of a line.
    const NOTHING: char = ' ';
    /// The longest word that is never broken in a line as wide as the page.
    const LONGEST: usize = 40;
    /// The same in a cell of a table.
    const LONGEST_IN_CELL: usize = 20;
    /// How many characters of a word that may be broken stay together.
    const TOGETHER: usize = 8;
    /// The longest text of the running foot.
    const SHORT: usize = 110;
    /// How deep lists and quotations may stand in one another. Deeper ones lose their marks, not their words.
    const DEEPEST: usize = 8;
    /// The most characters of a row that is kept on one page.
    const ROW: usize = 900;
    /// The longest address that the typesetter takes.
    const ADDRESS: usize = 2_000;
    /// The most lines of a terminal that are kept on one page.
    const LINES: usize = 12;

    pub(super) fn blocks(&mut self, blocks: &[Block], depth: usize) -> Value {
        let mut values = Array::new();
        for block in blocks {
            self.block(block, depth, &mut values);
        }
        values.into_value()
    }

    fn block(&mut self, block: &Block, depth: usize, values: &mut Array) {
        let value = match block {
            Block::Heading { level, words, .. } => {
                let level = self.level(*level);
                self.level = level;
                dict! { "is" => "heading", "level" => i64::from(level), "words" => self.line(words) }
            }
            Block::Paragraph { role, words } => {
                dict! { "is" => self::role(*role), "words" => self.line(words) }
            }
            Block::List { items, .. } if depth >= Self::DEEPEST => {
                for block in items.iter().flatten() {
                    self.block(block, depth, values);
                }
                return;
            }
            Block::Quotation(blocks) if depth >= Self::DEEPEST => {
                for block in blocks {
                    self.block(block, depth, values);
                }
                return;
            }
            Block::List { start, items } => {
                let has_boxes = !items.is_empty() && items.iter().all(|item| begins_with_box(item));
                let items = items.iter().map(|item| self.blocks(item, depth + 1));
                let items: Array = items.collect();
                let start = start.and_then(|start| i64::try_from(start).ok());
                dict! {
                    "is" => "list",
                    "start" => start.map_or(Value::None, IntoValue::into_value),
                    "items" => items,
                    "has-boxes" => has_boxes,
                }
            }
            Block::Quotation(blocks) => {
                dict! { "is" => "quotation", "blocks" => self.blocks(blocks, depth + 1) }
            }
            Block::Code(lines) => {
                let lines: Array = lines.iter().map(|line| self.machine(line)).collect();
                dict! { "is" => "code", "lines" => lines }
            }
            Block::Table { head, rows } => self.table(head, rows),
            Block::Sample(sample) => self.sample(sample),
        };
        values.push(value.into_value());
    }

    /// A level that leaves none out: readers who cannot see the page walk along them.
    fn level(&self, level: u8) -> u8 {
        level.clamp(1, self.level.saturating_add(1))
    }

    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Dict {
        self.longest = Self::LONGEST_IN_CELL;
        let columns = rows.iter().map(Vec::len).fold(head.len(), usize::max);
        let head = self.row(head, columns);
        let rows = rows.iter().map(|row| {
            let letters: usize = row.iter().flatten().map(letters).sum();
            dict! { "cells" => self.row(row, columns), "is-short" => letters <= Self::ROW }
        });
        let rows: Array = rows.map(IntoValue::into_value).collect();
        self.longest = Self::LONGEST;
        dict! { "is" => "table", "columns" => columns, "head" => head, "rows" => rows }
    }

    fn row(&mut self, cells: &[Vec<Inline>], columns: usize) -> Value {
        let mut values: Array = cells.iter().map(|words| self.line(words)).collect();
        while values.len() < columns {
            values.push(Array::new().into_value());
        }
        values.into_value()
    }

    fn sample(&mut self, sample: &Sample) -> Dict {
        let title = match &sample.when {
            Some(when) => format!("{when}: {}", sample.title),
            None => sample.title.clone(),
        };
        let lines: Array = sample.lines.iter().map(|line| self.printed(line)).collect();
        let notices: Array = sample
            .notices
            .iter()
            .map(|words| self.words(words))
            .collect();
        dict! {
            "is" => "sample",
            "when" => sample.when.as_deref().map_or(Value::None, |when| self.words(when)),
            "title" => self.words(&title),
            "plain" => self.words(&sample.plain),
            "is-short" => sample.lines.len() <= Self::LINES,
            "lines" => lines,
            "notices" => notices,
            "provenance" => self.words(&sample.provenance),
        }
    }

    /// A line of a terminal.
    fn printed(&mut self, line: &Line) -> Value {
        let notice = line.notice.and_then(|notice| i64::try_from(notice).ok());
        let value = dict! {
            "words" => self.machine(&line.text),
            "is-command" => line.is_command,
            "notice" => notice.map_or(Value::None, IntoValue::into_value),
        };
        value.into_value()
    }

    /// The words of a paragraph, a heading or a cell.
    pub(super) fn line(&mut self, words: &[Inline]) -> Value {
        self.before = Self::NOTHING;
        self.inlines(words)
    }

    fn inlines(&mut self, words: &[Inline]) -> Value {
        let mut values = Array::new();
        let mut is_after_note = false;
        for word in words {
            let value = self.inline(word, is_after_note);
            is_after_note = matches!(word, Inline::Note(_));
            values.push(value);
        }
        values.into_value()
    }

    fn inline(&mut self, word: &Inline, is_after_note: bool) -> Value {
        let value = match word {
            Inline::Text(words) => return self.text(words),
            Inline::Emphasis(words) => dict! { "is" => "emphasis", "words" => self.inlines(words) },
            Inline::Strong(words) => dict! { "is" => "strong", "words" => self.inlines(words) },
            Inline::Code(words) => {
                self.before = 'x';
                dict! { "is" => "code", "words" => self.machine(words) }
            }
            Inline::Link { to, words } if is_address(to) => {
                dict! { "is" => "link", "to" => string(to), "words" => self.inlines(words) }
            }
            Inline::Link { words, .. } => return self.inlines(words),
            Inline::Note(number) => {
                let has_entry = (1..=self.notes).contains(number);
                dict! {
                    "is" => "note",
                    "number" => string(&number.to_string()),
                    "is-after-note" => is_after_note,
                    "has-entry" => has_entry,
                    "is-first" => has_entry && self.cited.insert(*number),
                }
            }
            Inline::Gap(what) => {
                let gap = Inline::gap(what);
                dict! { "is" => "gap", "words" => self.text(&gap) }
            }
            Inline::Tick => {
                self.before = 'x';
                dict! { "is" => "tick" }
            }
            Inline::Break => {
                self.before = Self::NOTHING;
                dict! { "is" => "break" }
            }
        };
        value.into_value()
    }

    /// A line of its own without marks.
    pub(super) fn words(&mut self, words: &str) -> Value {
        self.before = Self::NOTHING;
        self.text(words.trim())
    }

    /// A line for the letterhead and the foot, which have no room for more.
    pub(super) fn short(&mut self, words: &str) -> Value {
        let words = set(words);
        let mut short: String = words.chars().take(Self::SHORT).collect();
        if short.len() < words.len() {
            short.push('…');
        }
        self.shown(&short)
    }

    fn text(&mut self, words: &str) -> Value {
        let words = set_after(self.before, words);
        self.before = words.chars().next_back().unwrap_or(self.before);
        self.shown(&words)
    }

    fn machine(&mut self, words: &str) -> Value {
        let words = plain(&words.replace('\t', "    "));
        self.shown(&words)
    }

    /// The words, letters that no font has in visible form, and words that are too long for their place in
    /// parts between which a line may end.
    fn shown(&mut self, words: &str) -> Value {
        let mut shown = String::with_capacity(words.len());
        for letter in words.chars() {
            if have(letter) {
                shown.push(letter);
            } else {
                self.missing.insert(letter);
                shown.extend(letter.escape_unicode());
            }
        }
        let parts = parts(&shown, self.longest);
        match parts.as_slice() {
            [] => string(""),
            [one] => string(one),
            parts => {
                let parts: Array = parts.iter().map(|part| string(part)).collect();
                dict! { "is" => "parts", "parts" => parts }.into_value()
            }
        }
    }
}

/// The text cut where words of more than `longest` characters may be broken; in one part, where there are
/// none.
fn parts(text: &str, longest: usize) -> Vec<&str> {
    let mut cuts = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(' ') {
        if word.chars().count() > longest {
            let mut length = 0;
            for (at, letter) in word.char_indices() {
                // Never between a letter and its accent.
                if length >= Writer::TOGETHER && (letter.is_alphanumeric() || letter.is_ascii()) {
                    cuts.push(start + at);
                    length = 0;
                }
                length += 1;
            }
        }
        start += word.len();
    }
    let ends = cuts.iter().copied().chain([text.len()]);
    let starts = [0].into_iter().chain(cuts.iter().copied());
    let parts = starts
        .zip(ends)
        .filter_map(|(start, end)| text.get(start..end));
    parts.filter(|part| !part.is_empty()).collect()
}

/// Whether an address may be live: nobody is led anywhere else than to a page or to a letter.
fn is_address(to: &str) -> bool {
    let schemes = ["https://", "http://", "mailto:"];
    schemes.iter().any(|scheme| to.starts_with(scheme))
        && to.len() <= Writer::ADDRESS
        && to.chars().all(|c| c.is_ascii_graphic())
}

fn begins_with_box(item: &[Block]) -> bool {
    matches!(item.first(), Some(Block::Paragraph { words, .. }) if words.first() == Some(&Inline::Tick))
}

/// How many letters some words have, about.
fn letters(word: &Inline) -> usize {
    match word {
        Inline::Text(words) | Inline::Code(words) | Inline::Gap(words) => words.len(),
        Inline::Emphasis(words) | Inline::Strong(words) | Inline::Link { words, .. } => {
            words.iter().map(letters).sum()
        }
        Inline::Note(_) | Inline::Tick | Inline::Break => 1,
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Text => "text",
        Role::State => "state",
        Role::Says => "says",
        Role::Action => "action",
        Role::Facts => "facts",
        Role::Small => "small",
    }
}

pub(super) fn string(text: &str) -> Value {
    Str::from(text).into_value()
}
