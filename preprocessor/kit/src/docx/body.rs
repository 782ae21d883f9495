//! The text: paragraphs, lists and tables.

use super::numbering::{DEEPEST, Lists, STEP};
use super::runs::{self, Words, run};
use crate::document::{Block, Inline, Role, Sample};

/// The width of the text on the narrower paper, in twentieths of a point.
pub(super) const WIDTH: usize = 9_070;

/// A text on its way to XML.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// What its words need beside them.
    pub(super) words: Words,
    /// Its lists.
    pub(super) lists: Lists,
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// In how many lists.
    depth: usize,
    /// In a quotation.
    is_quoted: bool,
}

impl Body {
    /// The blocks as the content of `w:body`.
    pub(super) fn write(&mut self, blocks: &[Block]) -> String {
        self.blocks(blocks, Place::default())
    }

    fn blocks(&mut self, blocks: &[Block], place: Place) -> String {
        blocks
            .iter()
            .map(|block| self.block(block, place))
            .collect()
    }

    fn block(&mut self, block: &Block, place: Place) -> String {
        match block {
            Block::Heading { level, words, .. } => {
                let style = match level {
                    0 | 1 => "Title".to_owned(),
                    level => format!("Heading{}", level - 1),
                };
                self.paragraph(&style, "", words)
            }
            Block::Paragraph { role, words } => {
                let (style, indent) = match (role, place) {
                    (
                        Role::Text,
                        Place {
                            is_quoted: true, ..
                        },
                    ) => ("Quote", String::new()),
                    (Role::Text, Place { depth: 0, .. }) => ("BodyText", String::new()),
                    (Role::Text, Place { depth, .. }) => ("ListContinue", indented(depth)),
                    (role, Place { depth: 0, .. }) => (style(*role), String::new()),
                    (role, Place { depth, .. }) => (style(*role), indented(depth)),
                };
                self.paragraph(style, &indent, words)
            }
            Block::List { start, items } => self.list(*start, items, place),
            Block::Quotation(blocks) => {
                let place = Place {
                    is_quoted: true,
                    ..place
                };
                self.blocks(blocks, place)
            }
            Block::Code(lines) => lines.iter().map(|line| terminal(line)).collect(),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Sample(sample) => self.sample(sample),
        }
    }

    /// A paragraph (§17.3.1). `beside` are its properties after the style.
    fn paragraph(&mut self, style: &str, beside: &str, words: &[Inline]) -> String {
        let words = self.words.write(words);
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{beside}</w:pPr>{words}</w:p>")
    }

    /// The first paragraph of an item carries its mark; what follows stands below it.
    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], place: Place) -> String {
        let level = place.depth.min(DEEPEST);
        let list = self.lists.open(level, start);
        let style = if start.is_some() {
            "ListNumber"
        } else {
            "ListBullet"
        };
        let mark =
            format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        let inside = Place {
            depth: place.depth + 1,
            is_quoted: false,
        };
        let mut written = String::new();
        for item in items {
            let (first, rest) = match item.split_first() {
                Some((Block::Paragraph { words, .. }, rest)) => (words.as_slice(), rest),
                _ => (&[][..], item.as_slice()),
            };
            written.push_str(&self.paragraph(style, &mark, first));
            written.push_str(&self.blocks(rest, inside));
        }
        written
    }

    /// A table (§17.4) whose head stands on every page that it reaches.
    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
        let widths = widths(head, rows);
        let grid: String = widths
            .iter()
            .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"))
            .collect();
        let mut written = format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"FactsTable\"/><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr>\
             <w:tblGrid>{grid}</w:tblGrid>"
        );
        let header = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
        written.push_str(&self.row(head, header, "TableHead", &widths));
        for row in rows {
            let whole = "<w:trPr><w:cantSplit/></w:trPr>";
            written.push_str(&self.row(row, whole, "TableText", &widths));
        }
        // Two tables without a paragraph between them are one.
        written.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>");
        written
    }

    fn row(&mut self, cells: &[Vec<Inline>], about: &str, style: &str, widths: &[usize]) -> String {
        let mut row = format!("<w:tr>{about}");
        for (index, width) in widths.iter().enumerate() {
            let words = cells.get(index).map_or(&[][..], Vec::as_slice);
            row.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
                self.paragraph(style, "", words)
            ));
        }
        row.push_str("</w:tr>");
        row
    }

    fn sample(&mut self, sample: &Sample) -> String {
        let mut written = plain("SampleTitle", &sample.caption());
        written.push_str(&plain("SamplePlain", &sample.plain));
        for line in &sample.lines {
            written.push_str(&terminal(&line.shown()));
        }
        if !sample.notices.is_empty() {
            let notices = sample.notices.iter();
            let notices: Vec<Vec<Block>> = notices
                .map(|notice| vec![Block::says(Role::Text, notice)])
                .collect();
            written.push_str(&self.list(Some(1), &notices, Place::default()));
        }
        written.push_str(&plain("SmallPrint", &sample.provenance));
        written
    }
}

/// A paragraph of words without marks.
fn plain(style: &str, words: &str) -> String {
    let words = run("", words);
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{words}</w:p>")
}

/// A line of code or of a terminal.
fn terminal(line: &str) -> String {
    let words = runs::line(line);
    format!("<w:p><w:pPr><w:pStyle w:val=\"Terminal\"/></w:pPr>{words}</w:p>")
}

fn style(role: Role) -> &'static str {
    match role {
        Role::Text => "BodyText",
        Role::State => "State",
        Role::Says => "Says",
        Role::Action => "Action",
        Role::Facts => "Facts",
        Role::Small => "SmallPrint",
    }
}

fn indented(depth: usize) -> String {
    format!("<w:ind w:left=\"{}\"/>", STEP * depth.min(DEEPEST + 1))
}

/// The widths of the columns: more for those with longer words and texts, none too narrow to read.
fn widths(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Vec<usize> {
    const LEAST: usize = 20;
    const MOST: usize = 44;
    let rows = std::iter::once(head).chain(rows.iter().map(Vec::as_slice));
    let mut wanted = vec![LEAST; head.len()];
    for row in rows {
        for (column, cell) in wanted.iter_mut().zip(row) {
            let length: usize = cell.iter().map(Inline::length).sum();
            *column = length.clamp(*column, MOST);
        }
    }
    let all: usize = wanted.iter().sum();
    let widths = wanted.iter().map(|column| WIDTH * column / all.max(1));
    widths.collect()
}
