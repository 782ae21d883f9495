//! The text: paragraphs, lists and tables.

use super::numbering::{DEEPEST, Lists, STEP};
use super::runs::{Words, run};
use super::xml;
use crate::document::{Block, Inline, Line, Role, Sample};

/// The width of the text on the narrower paper, in twentieths of a point.
pub(super) const WIDTH: usize = 9_070;

/// A text on its way to XML.
#[derive(Debug)]
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

impl Place {
    /// How far a paragraph of this style is set in, where that is not what the style says.
    fn indent(self, style: &str) -> String {
        let depth = self.depth.min(DEEPEST + 1);
        let from_style = match style {
            "ListContinue" => STEP,
            _ => 0,
        };
        match STEP * depth {
            0 => String::new(),
            left if left == from_style => String::new(),
            left => format!("<w:ind w:left=\"{left}\"/>"),
        }
    }
}

impl Body {
    /// A text with so many notes, of which nothing is written.
    pub(super) fn new(notes: usize) -> Body {
        Body {
            words: Words::of_text(notes),
            lists: Lists::default(),
        }
    }

    /// The blocks as the content of `w:body`.
    pub(super) fn write(&mut self, blocks: &[Block]) -> String {
        self.blocks(blocks, Place::default())
    }

    /// The publications that no sentence cites, at the end: a footnote would have no place.
    pub(super) fn never_cited(&mut self, notes: &[Vec<Inline>]) -> String {
        let left = (1..).zip(notes);
        let left: Vec<Vec<Inline>> = left
            .filter(|(number, _)| !self.words.cited.contains(number))
            .map(|(_, note)| note.clone())
            .collect();
        if left.is_empty() {
            return String::new();
        }
        self.write(&[Block::heading(2, "Sources"), Block::list(left)])
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
                    level => format!("Heading{}", (level - 1).min(3)),
                };
                self.paragraph(&style, "", words)
            }
            Block::Paragraph { role, words } => {
                let style = match role {
                    Role::Text if place.is_quoted => "Quote",
                    Role::Text if place.depth > 0 => "ListContinue",
                    role => style(*role),
                };
                self.paragraph(style, &place.indent(style), words)
            }
            Block::List { start, items } => self.list(*start, items, place),
            Block::Quotation(blocks) => {
                let place = Place {
                    is_quoted: true,
                    ..place
                };
                self.blocks(blocks, place)
            }
            Block::Code(lines) => terminal(lines.iter().map(String::as_str), place),
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
        if widths.is_empty() {
            return String::new();
        }
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
        let place = Place::default();
        let mut written = plain("SampleTitle", &sample.caption());
        written.push_str(&plain("SamplePlain", &sample.plain));
        let lines: Vec<String> = sample.lines.iter().map(Line::shown).collect();
        written.push_str(&terminal(lines.iter().map(String::as_str), place));
        if !sample.notices.is_empty() {
            let notices = sample.notices.iter();
            let notices: Vec<Vec<Block>> = notices
                .map(|notice| vec![Block::says(Role::Text, notice)])
                .collect();
            written.push_str(&self.list(Some(1), &notices, place));
        }
        written.push_str(&plain("SmallPrint", &sample.provenance));
        written
    }
}

/// A paragraph of words without marks.
fn plain(style: &str, words: &str) -> String {
    let words = run("", &xml::sentence(' ', words));
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{words}</w:p>")
}

/// Lines as a machine shows them: one paragraph, so that its ground is one.
fn terminal<'a>(lines: impl Iterator<Item = &'a str>, place: Place) -> String {
    let indent = place.indent("Terminal");
    let lines: Vec<String> = lines.map(|line| run("", &xml::line(line))).collect();
    let lines = lines.join("<w:r><w:br/></w:r>");
    format!("<w:p><w:pPr><w:pStyle w:val=\"Terminal\"/>{indent}</w:pPr>{lines}</w:p>")
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

/// The widths of the columns: more for those with longer words and texts, none too narrow to read.
fn widths(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Vec<usize> {
    const LEAST: usize = 20;
    const MOST: usize = 44;
    let rows = || std::iter::once(head).chain(rows.iter().map(Vec::as_slice));
    let columns = rows().map(<[_]>::len).max().unwrap_or(0);
    let mut wanted = vec![LEAST; columns];
    for row in rows() {
        for (column, cell) in wanted.iter_mut().zip(row) {
            let length: usize = cell.iter().map(Inline::length).sum();
            *column = length.clamp(*column, MOST);
        }
    }
    let all: usize = wanted.iter().sum();
    let widths = wanted.iter().map(|column| WIDTH * column / all.max(1));
    widths.collect()
}
