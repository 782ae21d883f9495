//! Reads a resolved page: Markdown, in which each sample is a mark of ours.

use std::collections::BTreeMap;

use mdbook_markdown::pulldown_cmark::{BlockQuoteKind, CowStr, Event, LinkType, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::{Block, Inline, Role, Sample};

/// Stands around the id of a sample, alone in a paragraph. No page is written with it: it is of the private
/// use area of Unicode.
const MARK: char = '\u{e000}';

/// What a page's text is read with.
pub struct Surroundings<'a> {
    /// The samples that stand at each mark.
    pub samples: &'a BTreeMap<String, Vec<Sample>>,
    /// The whole address to which a link of the page leads; nothing, where it leads nowhere outside the
    /// website.
    pub leads: &'a dyn Fn(&str) -> Option<String>,
}

/// A text and the publications it cites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The text.
    pub blocks: Vec<Block>,
    /// The key and the entry of each publication, in the order of their first citation.
    pub notes: Vec<(String, Vec<Inline>)>,
}

/// The paragraph that stands for the samples under `id`.
pub fn mark(id: &str) -> String {
    format!("{MARK}{id}{MARK}")
}

/// Reads the text of a page.
pub fn read(markdown: &str, surroundings: &Surroundings<'_>) -> Reading {
    let mut reader = Reader {
        surroundings,
        open: vec![Open::new(Part::Blocks)],
        cited: Vec::new(),
        entries: BTreeMap::new(),
        code: None,
    };
    for event in new_cmark_parser(markdown, &MarkdownOptions::default()) {
        reader.take(event);
    }
    reader.end()
}

/// A part of the text that has begun and not ended.
struct Open {
    part: Part,
    /// What it holds so far, where it holds blocks.
    blocks: Vec<Block>,
    /// The words that are read, for a paragraph, a heading, a cell or marked words.
    words: Vec<Inline>,
    /// The cells of a row, or the rows of a table, or the items of a list.
    cells: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    items: Vec<Vec<Block>>,
}

impl Open {
    fn new(part: Part) -> Open {
        Open {
            part,
            blocks: Vec::new(),
            words: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            items: Vec::new(),
        }
    }

    /// What it holds, with words that stood in no paragraph as one (in a tight list, say).
    fn into_blocks(mut self) -> Vec<Block> {
        self.gather();
        self.blocks
    }

    /// Makes a paragraph of words that stood in none.
    fn gather(&mut self) {
        let words = trimmed(std::mem::take(&mut self.words));
        if !words.is_empty() {
            self.blocks.push(Block::text(words));
        }
    }
}

enum Part {
    Blocks,
    Paragraph,
    Heading(u8, Option<String>),
    List(Option<u64>),
    Item,
    Quotation,
    Table(Vec<Vec<Inline>>),
    Row,
    Cell,
    Emphasis,
    Strong,
    Link(Option<String>),
    Note(String),
}

struct Reader<'a> {
    surroundings: &'a Surroundings<'a>,
    /// The parts that are open, the innermost last; the first is the text itself.
    open: Vec<Open>,
    cited: Vec<String>,
    entries: BTreeMap<String, Vec<Inline>>,
    code: Option<String>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.finish(tag),
            Event::Text(words) => match &mut self.code {
                Some(code) => code.push_str(&words),
                None => self.text(&words),
            },
            Event::Code(words) => self.word(Inline::Code(words.into_string())),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.word(Inline::Break),
            Event::TaskListMarker(false) => {
                self.word(Inline::Tick);
                self.text(" ");
            }
            Event::TaskListMarker(true) => self.text("[x] "),
            Event::FootnoteReference(key) => {
                let number = self.number(&key);
                self.word(Inline::Note(number));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let part = match tag {
            Tag::Paragraph => Part::Paragraph,
            Tag::Heading { level, id, .. } => {
                Part::Heading(level as u8, id.map(CowStr::into_string))
            }
            Tag::BlockQuote(kind) => {
                self.gather();
                self.open.push(Open::new(Part::Quotation));
                if let Some(kind) = kind {
                    self.block(Block::text(vec![Inline::Strong(vec![Inline::text(
                        title(kind),
                    )])]));
                }
                return;
            }
            Tag::CodeBlock(_) => {
                self.gather();
                self.code = Some(String::new());
                return;
            }
            Tag::List(start) => Part::List(start),
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => Part::Item,
            Tag::DefinitionList => Part::List(None),
            Tag::FootnoteDefinition(key) => Part::Note(key.into_string()),
            Tag::Table(_) => Part::Table(Vec::new()),
            Tag::TableHead | Tag::TableRow => Part::Row,
            Tag::TableCell => Part::Cell,
            Tag::Emphasis => Part::Emphasis,
            Tag::Strong => Part::Strong,
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let to = match link_type {
                    LinkType::Email => Some(format!("mailto:{dest_url}")),
                    _ => (self.surroundings.leads)(&dest_url),
                };
                Part::Link(to)
            }
            // Whoever reads a text does not see its pictures, but can read what they show.
            Tag::Image { .. } => return,
            Tag::Strikethrough => {
                self.text("[struck out: ");
                return;
            }
            _ => return,
        };
        let is_block = !matches!(part, Part::Emphasis | Part::Strong | Part::Link(_));
        if is_block {
            self.gather();
        }
        self.open.push(Open::new(part));
    }

    fn finish(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    let lines = code.lines().map(str::to_owned).collect();
                    self.block(Block::Code(lines));
                }
                return;
            }
            TagEnd::Strikethrough => {
                self.text("]");
                return;
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Link => {}
            _ => return,
        }
        if self.open.len() > 1
            && let Some(open) = self.open.pop()
        {
            self.close(open, tag);
        }
    }

    fn close(&mut self, mut open: Open, tag: TagEnd) {
        match std::mem::replace(&mut open.part, Part::Blocks) {
            Part::Blocks => {}
            Part::Paragraph => self.paragraph(trimmed(open.words)),
            Part::Heading(level, id) => self.block(Block::Heading {
                level,
                id,
                words: trimmed(open.words),
            }),
            Part::List(start) => self.block(Block::List {
                start,
                items: open.items,
            }),
            Part::Item => {
                let item = open.into_blocks();
                self.here().items.push(item);
            }
            Part::Quotation => {
                let quoted = open.into_blocks();
                self.block(Block::Quotation(quoted));
            }
            Part::Table(head) => self.block(Block::Table {
                head,
                rows: open.rows,
            }),
            Part::Row => {
                let here = self.here();
                match &mut here.part {
                    Part::Table(head) if tag == TagEnd::TableHead => *head = open.cells,
                    _ => here.rows.push(open.cells),
                }
            }
            Part::Cell => self.here().cells.push(trimmed(open.words)),
            Part::Emphasis => self.word(Inline::Emphasis(open.words)),
            Part::Strong => self.word(Inline::Strong(open.words)),
            Part::Link(Some(to)) => self.word(Inline::Link {
                to,
                words: open.words,
            }),
            Part::Link(None) => {
                for word in open.words {
                    match word {
                        Inline::Text(text) => self.text(&text),
                        other => self.word(other),
                    }
                }
            }
            Part::Note(key) => {
                let words = open.into_blocks().into_iter().flat_map(words_of).collect();
                self.entries.insert(key, words);
            }
        }
    }

    /// A paragraph, or the samples that one stands for.
    fn paragraph(&mut self, words: Vec<Inline>) {
        let samples = match words.as_slice() {
            [Inline::Text(text)] => text
                .strip_prefix(MARK)
                .and_then(|text| text.strip_suffix(MARK))
                .and_then(|id| self.surroundings.samples.get(id)),
            _ => None,
        };
        match samples {
            Some(samples) => {
                for sample in samples {
                    self.block(Block::Sample(sample.clone()));
                }
            }
            None if words.is_empty() => {}
            None => self.block(Block::Paragraph {
                role: Role::Text,
                words,
            }),
        }
    }

    fn block(&mut self, block: Block) {
        self.gather();
        self.here().blocks.push(block);
    }

    /// Words of the part that is open, joined with those before them.
    fn text(&mut self, text: &str) {
        let words = &mut self.here().words;
        match words.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => words.push(Inline::text(text)),
        }
    }

    fn word(&mut self, word: Inline) {
        self.here().words.push(word);
    }

    /// Words of a list's item stand in no paragraph until a block follows them.
    fn gather(&mut self) {
        let here = self.here();
        if matches!(
            here.part,
            Part::Item | Part::Blocks | Part::Quotation | Part::Note(_)
        ) {
            here.gather();
        }
    }

    fn here(&mut self) -> &mut Open {
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn number(&mut self, key: &str) -> usize {
        let known = self.cited.iter().position(|cited| cited == key);
        known.unwrap_or_else(|| {
            self.cited.push(key.to_owned());
            self.cited.len() - 1
        }) + 1
    }

    fn end(mut self) -> Reading {
        let entries = &mut self.entries;
        let notes = self.cited.iter();
        let notes = notes
            .map(|key| (key.clone(), entries.remove(key).unwrap_or_default()))
            .collect();
        let text = self.open.into_iter().next();
        Reading {
            blocks: text.map(Open::into_blocks).unwrap_or_default(),
            notes,
        }
    }
}

/// What stands above an admonition on the website.
fn title(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}

/// The words of a paragraph, for a part that has room for no block.
fn words_of(block: Block) -> Vec<Inline> {
    match block {
        Block::Paragraph { words, .. } => words,
        _ => Vec::new(),
    }
}

/// Words without the spaces around them.
fn trimmed(mut words: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(text)) = words.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text(text)) = words.last_mut() {
        *text = text.trim_end().to_owned();
    }
    words.retain(|word| *word != Inline::Text(String::new()));
    words
}

#[cfg(test)]
mod tests;
