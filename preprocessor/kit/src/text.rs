//! A text as letters and nothing else, for every program that can send or show one.
//!
//! Lines have at most 72 characters. Nothing in it is a picture made of letters: a table is read row by
//! row, and looks the same in any font.

mod wrap;

use crate::document::words::ascii;
use crate::document::{Block, Document, Inline, Properties, Role, Sample};
use crate::inert::{address, inert, inert_line};
use wrap::{TIE, WIDTH, length, wrap};

/// A text as plain letters: UTF-8, with the quotation marks, dashes and spaces of ASCII.
pub fn text(document: &Document) -> String {
    let mut writer = Writer::default();
    let mut page = writer.letterhead(&document.properties);
    page.extend(["".to_owned(), "".to_owned()]);
    page.extend(writer.blocks(&document.blocks, WIDTH));
    if !document.notes.is_empty() {
        page.extend(["".to_owned(), "".to_owned()]);
        page.extend(underlined("Sources", '-', WIDTH));
        page.push(String::new());
        let entries = document.notes.iter().enumerate().map(|(index, note)| {
            let entry = writer.line(note);
            item(&format!("[{}] ", index + 1), wrap(&entry, WIDTH - 5))
        });
        page.extend(entries.flatten());
    }
    if !writer.links.is_empty() {
        page.extend(["".to_owned(), "".to_owned()]);
        page.extend(underlined("Links", '-', WIDTH));
        page.push(String::new());
        let links = writer.links.iter().enumerate();
        page.extend(links.map(|(index, to)| format!("[link {}] {to}", index + 1)));
    }
    page.push(String::new());
    page.push("-".repeat(WIDTH));
    page.extend(wrap(&plain(&document.properties.state), WIDTH));
    let lines = page.iter().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}

/// What is written so far: the addresses that the text leads to, the first of them number 1.
#[derive(Default)]
struct Writer {
    links: Vec<String>,
}

impl Writer {
    /// Who says this, how far it can be trusted, when it was checked, and which version it is.
    fn letterhead(&self, properties: &Properties) -> Vec<String> {
        let draft = if properties.is_draft {
            format!("{}. ", Properties::DRAFT)
        } else {
            String::new()
        };
        let checked = properties.checked.in_words();
        let lines = [
            properties.book.clone(),
            format!("{draft}{}. Checked on {checked}.", properties.kind),
            properties.version.clone(),
        ];
        let lines = lines.iter().flat_map(|line| wrap(&plain(line), WIDTH));
        lines.collect()
    }

    fn blocks(&mut self, blocks: &[Block], width: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for block in blocks {
            let written = self.block(block, width);
            if written.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(String::new());
                if matches!(block, Block::Heading { level: ..=2, .. }) {
                    lines.push(String::new());
                }
            }
            lines.extend(written);
        }
        lines
    }

    fn block(&mut self, block: &Block, width: usize) -> Vec<String> {
        match block {
            Block::Heading { level, words, .. } => {
                let line = match level {
                    1 => '=',
                    2 => '-',
                    _ => '~',
                };
                underlined(&self.line(words), line, width)
            }
            Block::Paragraph { words, .. } => wrap(&self.line(words), width),
            Block::List { start, items } => self.list(*start, items, width),
            Block::Quotation(quoted) => {
                let lines = self.blocks(quoted, narrower(width, 2));
                lines.iter().map(|line| format!("> {line}")).collect()
            }
            Block::Code(lines) => lines.iter().map(|line| indented(line)).collect(),
            Block::Table { head, rows } => self.table(head, rows, width),
            Block::Sample(sample) => self.sample(sample, width),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], width: usize) -> Vec<String> {
        let last = start.map(|start| start.saturating_add(items.len() as u64).saturating_sub(1));
        let room = last.map_or(2, |last| last.to_string().len() + 2);
        let is_tight = items.iter().all(|item| item.len() < 2);
        let mut lines: Vec<String> = Vec::new();
        for (index, blocks) in items.iter().enumerate() {
            if index > 0 && !is_tight {
                lines.push(String::new());
            }
            let mark = match start {
                Some(start) => format!("{}.", start.saturating_add(index as u64)),
                None => "-".to_owned(),
            };
            let blocks = self.blocks(blocks, narrower(width, room));
            lines.extend(item(&format!("{mark:<room$}"), blocks));
        }
        lines
    }

    /// A row after the other, each cell with the heading of its column.
    fn table(
        &mut self,
        head: &[Vec<Inline>],
        rows: &[Vec<Vec<Inline>>],
        width: usize,
    ) -> Vec<String> {
        let head: Vec<String> = head.iter().map(|words| self.line(words)).collect();
        let mut lines: Vec<String> = Vec::new();
        if rows.is_empty() {
            lines.extend(wrap(&head.join("; "), width));
        }
        for row in rows {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            for (column, cell) in row.iter().enumerate() {
                let cell = self.line(cell);
                let name = head.get(column).map_or("", String::as_str);
                let said = match (name.is_empty(), cell.is_empty()) {
                    (_, true) => continue,
                    (true, false) => cell,
                    (false, false) => format!("{name}: {cell}"),
                };
                let said = wrap(&said, narrower(width, 2));
                let mut said = said.into_iter();
                lines.extend(said.next());
                lines.extend(said.map(|line| format!("  {line}")));
            }
        }
        lines
    }

    fn sample(&mut self, sample: &Sample, width: usize) -> Vec<String> {
        let mut lines = underlined(&plain(&sample.caption()), '~', width);
        lines.extend(wrap(&plain(&sample.plain), width));
        if !sample.lines.is_empty() {
            lines.push(String::new());
        }
        for line in &sample.lines {
            let mark = line.notice.map(|notice| format!("   <{notice}>"));
            lines.push(indented(&line.text) + &mark.unwrap_or_default());
        }
        if !sample.notices.is_empty() {
            lines.push(String::new());
            let notices = sample
                .notices
                .iter()
                .map(|notice| vec![Block::says(Role::Text, notice)]);
            lines.extend(self.list(Some(1), &notices.collect::<Vec<_>>(), width));
        }
        if !sample.provenance.is_empty() {
            lines.push(String::new());
            lines.extend(wrap(&plain(&sample.provenance), width));
        }
        lines
    }

    /// The words of a paragraph, not yet broken into lines.
    fn line(&mut self, words: &[Inline]) -> String {
        let mut line = String::new();
        self.inlines(words, &mut line);
        line.trim().to_owned()
    }

    fn inlines(&mut self, words: &[Inline], line: &mut String) {
        for word in words {
            match word {
                Inline::Text(text) | Inline::Code(text) => line.push_str(&plain(text)),
                Inline::Emphasis(words) | Inline::Strong(words) => self.inlines(words, line),
                Inline::Link { to, words } => self.link(to, words, line),
                Inline::Note(number) => line.push_str(&format!("[{number}]")),
                // Somebody who looks for gaps looks for their first words on one line.
                Inline::Gap(what) => {
                    let gap = Inline::gap("").replace([' ', ']'], &TIE.to_string());
                    line.push_str(gap.trim_end_matches(TIE));
                    line.push(TIE);
                    line.push_str(&plain(what));
                    line.push(']');
                }
                Inline::Tick => line.push_str(&Inline::BOX.replace(' ', &TIE.to_string())),
                Inline::Break => line.push('\n'),
            }
        }
    }

    /// The words, and the number of the address in the list at the end. One that is the address itself
    /// needs none.
    fn link(&mut self, to: &str, words: &[Inline], line: &mut String) {
        let begin = line.len();
        self.inlines(words, line);
        let Some(to) = address(to) else {
            return;
        };
        let said = &line[begin..];
        if said.is_empty() || said == to || to.strip_prefix("mailto:") == Some(said) {
            return;
        }
        let known = self.links.iter().position(|link| *link == to);
        let number = known.unwrap_or_else(|| {
            self.links.push(to);
            self.links.len() - 1
        }) + 1;
        line.push_str(&format!("{TIE}[link{TIE}{number}]"));
    }
}

/// Text with marks of ASCII, in which nothing can act.
fn plain(text: &str) -> String {
    ascii(&inert(text))
}

/// A heading with a line below, as long as its longest line.
fn underlined(text: &str, line: char, width: usize) -> Vec<String> {
    let mut lines = wrap(text, width);
    let longest = lines.iter().map(|line| length(line)).max().unwrap_or(0);
    if longest > 0 {
        lines.push(String::from(line).repeat(longest.min(width)));
    }
    lines
}

/// Lines of which the first has a mark before it, and the others stand below its text.
fn item(mark: &str, lines: Vec<String>) -> Vec<String> {
    let mut marked = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        let before = if index == 0 {
            mark
        } else {
            &" ".repeat(length(mark))
        };
        marked.push(format!("{before}{line}"));
    }
    if marked.is_empty() {
        marked.push(mark.to_owned());
    }
    marked
}

/// A line of code or of a terminal, in its whole length.
fn indented(line: &str) -> String {
    format!("    {}", ascii(&inert_line(line)))
}

/// What is left of a width; however deep a list stands, there is room for a word.
fn narrower(width: usize, by: usize) -> usize {
    width.saturating_sub(by).max(20)
}

#[cfg(test)]
mod tests;
