//! The words of a text, whatever its format: what a test compares.

use super::{Block, Document, Inline, Sample};
use crate::inert::{inert, inert_line};

impl Document {
    /// Every word of the text, then of the publications that it cites, in the order in which they are read.
    ///
    /// Typographic marks are those of ASCII. The marks of notes, the numbers of lists and the letterhead
    /// are no words of the text.
    pub fn words(&self) -> Vec<String> {
        let mut said = String::new();
        blocks(&self.blocks, &mut said);
        for note in &self.notes {
            line(note, &mut said);
        }
        let said = ascii(&said);
        said.split_whitespace().map(str::to_owned).collect()
    }
}

impl Sample {
    /// The title, with what it shows of two that are compared: `Before: Two lines of settings`.
    pub fn caption(&self) -> String {
        match &self.when {
            Some(when) => format!("{when}: {}", self.title),
            None => self.title.clone(),
        }
    }
}

fn blocks(blocks: &[Block], said: &mut String) {
    for block in blocks {
        match block {
            Block::Heading { words, .. } | Block::Paragraph { words, .. } => line(words, said),
            Block::List { items, .. } => {
                for item in items {
                    self::blocks(item, said);
                }
            }
            Block::Quotation(quoted) => self::blocks(quoted, said),
            Block::Code(lines) => {
                for line in lines {
                    end(&inert_line(line), said);
                }
            }
            Block::Table { head, rows } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    line(cell, said);
                }
            }
            Block::Sample(sample) => {
                end(&inert(&sample.caption()), said);
                end(&inert(&sample.plain), said);
                for line in &sample.lines {
                    end(&inert_line(&line.text), said);
                }
                for notice in &sample.notices {
                    end(&inert(notice), said);
                }
                end(&inert(&sample.provenance), said);
            }
        }
    }
}

/// Words that stand together, and the end of their line.
fn line(words: &[Inline], said: &mut String) {
    inlines(words, said);
    said.push('\n');
}

fn end(text: &str, said: &mut String) {
    said.push_str(text);
    said.push('\n');
}

fn inlines(words: &[Inline], said: &mut String) {
    for word in words {
        match word {
            Inline::Text(text) | Inline::Code(text) => said.push_str(&inert(text)),
            Inline::Emphasis(words) | Inline::Strong(words) | Inline::Link { words, .. } => {
                inlines(words, said);
            }
            Inline::Note(_) => {}
            Inline::Gap(what) => said.push_str(&Inline::gap(&inert(what))),
            Inline::Tick => said.push_str(Inline::BOX),
            Inline::Break => said.push('\n'),
        }
    }
}

/// The text with the quotation marks, dashes and spaces of ASCII. Letters stay as they are.
pub(crate) fn ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => plain.push('\''),
            '“' | '”' | '„' | '‟' | '″' => plain.push('"'),
            '‐' | '‑' | '‒' | '–' | '−' => plain.push('-'),
            '—' | '―' => plain.push_str("--"),
            '…' => plain.push_str("..."),
            c if c.is_whitespace() && c != '\n' => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn marks_become_those_of_a_typewriter_and_letters_stay() {
        assert_eq!(
            ascii("“It’s” 1–2 — Größe, café…\u{a0}so"),
            "\"It's\" 1-2 -- Größe, café... so"
        );
    }
}
