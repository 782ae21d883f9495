//! A text as CommonMark, with footnotes: for content systems that take Markdown.
//!
//! What comes out can be read back: `document::read` gives the same blocks.

mod escape;

use crate::document::{Block, Inline, Role, Sample};
use crate::inert::{inert, inert_line};
use escape::Words;

/// A text and the publications that it cites, as CommonMark with footnotes.
pub fn markdown(blocks: &[Block], notes: &[Vec<Inline>]) -> String {
    let mut text = self::blocks(blocks, notes.len()).join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    for (index, note) in notes.iter().enumerate() {
        let words = paragraph(note, notes.len());
        let words = lines(&words, "    ");
        text.push_str(&format!("\n[^{}]: {words}\n", index + 1));
    }
    text
}

/// Each block as the lines that it takes.
fn blocks(blocks: &[Block], notes: usize) -> Vec<String> {
    let mut written: Vec<String> = Vec::new();
    // Two lists in a row would become one if they had the same mark.
    let mut was_list = None;
    let mut is_other = false;
    for block in blocks {
        let list = match block {
            Block::List { start, .. } => Some(start.is_some()),
            Block::Sample(sample) if sample.provenance.is_empty() && !sample.notices.is_empty() => {
                Some(true)
            }
            _ => None,
        };
        is_other = list.is_some() && list == was_list && !is_other;
        let block = self::block(block, notes, is_other);
        if !block.is_empty() {
            was_list = list;
            written.push(block);
        }
    }
    written
}

fn block(block: &Block, notes: usize, is_other: bool) -> String {
    match block {
        Block::Heading { level, words, .. } => {
            let words = Words::heading(notes).write(words);
            if words.is_empty() {
                return words;
            }
            format!("{} {words}", "#".repeat((*level).clamp(1, 6).into()))
        }
        Block::Paragraph { words, .. } => paragraph(words, notes),
        Block::List { start, items } => list(*start, items, notes, is_other),
        Block::Quotation(quoted) => {
            let quoted = blocks(quoted, notes).join("\n\n");
            format!("> {}", quoted.replace('\n', "\n> ")).replace("> \n", ">\n")
        }
        Block::Code(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| inert_line(line)).collect();
            fenced(&lines)
        }
        Block::Table { head, rows } => table(head, rows, notes),
        Block::Sample(sample) => self::sample(sample, notes),
    }
}

fn paragraph(words: &[Inline], notes: usize) -> String {
    Words::paragraph(notes).write(words)
}

fn list(start: Option<u64>, items: &[Vec<Block>], notes: usize, is_other: bool) -> String {
    /// A number of more digits begins no list.
    const HIGHEST: u64 = 999_999_999;

    let is_tight = items
        .iter()
        .all(|item| matches!(&item[..], [] | [Block::Paragraph { .. }]));
    let mut written = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mark = match (start, is_other) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(start), _) => {
                let stop = if is_other { ')' } else { '.' };
                let number = start.saturating_add(index as u64).min(HIGHEST);
                format!("{number}{stop} ")
            }
        };
        let text = blocks(item, notes).join("\n\n");
        let text = lines(&text, &" ".repeat(mark.len()));
        written.push(format!("{mark}{text}").trim_end().to_owned());
    }
    written.join(if is_tight { "\n" } else { "\n\n" })
}

/// Lines that are all part of what the first begins.
fn lines(text: &str, indent: &str) -> String {
    let mut lines = text.split('\n');
    let mut written = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        written.push('\n');
        if !line.is_empty() {
            written.push_str(indent);
            written.push_str(line);
        }
    }
    written
}

/// Lines as they are, in a fence longer than any inside.
fn fenced(lines: &[String]) -> String {
    let longest = lines.iter().map(|line| escape::longest_run(line, '`'));
    let fence = "`".repeat(longest.max().unwrap_or(0).max(2) + 1);
    let mut code = format!("{fence}\n");
    for line in lines {
        code.push_str(line);
        code.push('\n');
    }
    code + &fence
}

fn table(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], notes: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(head.len());
    if columns == 0 {
        return String::new();
    }
    let row = |cells: &[Vec<Inline>]| {
        let cells = (0..columns).map(|column| {
            let words = cells.get(column).map_or(&[][..], Vec::as_slice);
            let words = Words::cell(notes).write(words);
            if words.is_empty() {
                " ".to_owned()
            } else {
                format!(" {words} ")
            }
        });
        format!("|{}|", cells.collect::<Vec<_>>().join("|"))
    };
    let mut written = vec![row(head), format!("|{}", " --- |".repeat(columns))];
    written.extend(rows.iter().map(|cells| row(cells)));
    written.join("\n")
}

fn sample(sample: &Sample, notes: usize) -> String {
    let title = vec![Inline::Strong(vec![Inline::text(sample.caption())])];
    let mut parts = vec![Block::text(title), Block::says(Role::Text, &sample.plain)];
    let mut lines = Vec::new();
    for line in &sample.lines {
        let mark = line.notice.map(|notice| format!("   <{notice}>"));
        lines.push(inert_line(&line.text) + &mark.unwrap_or_default());
    }
    if !lines.is_empty() {
        parts.push(Block::Code(lines));
    }
    if !sample.notices.is_empty() {
        let notices = sample.notices.iter();
        let notices = notices.map(|notice| vec![Block::says(Role::Text, notice)]);
        parts.push(Block::List {
            start: Some(1),
            items: notices.collect(),
        });
    }
    let provenance = inert(&sample.provenance);
    if !provenance.trim().is_empty() {
        let words = vec![Inline::text(provenance)];
        parts.push(Block::text(vec![Inline::Emphasis(words)]));
    }
    blocks(&parts, notes).join("\n\n")
}

#[cfg(test)]
mod tests;
