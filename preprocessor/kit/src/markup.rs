//! HTML elements for a text. What they look like, and what stands around them, is a [`Dress`].

use crate::document::{Block, Inline, Role, Sample};
use crate::inert::{address, entities, inert, inert_line};

/// What a part of a text is. A dress says which attributes it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Heading(u8),
    Paragraph(Role),
    List,
    Item,
    Quotation,
    /// Lines of code, or of a terminal.
    Lines,
    Code,
    Link,
    Gap,
    Table,
    Head,
    Cell,
    Sample,
    Caption,
    /// The title of a sample, and what it means.
    Title,
    Plain,
    Notices,
    Provenance,
}

/// How the elements of a text are dressed.
pub(crate) trait Dress {
    /// The element around a sample, and the one around its title and its plain sentence.
    const SAMPLE: (&'static str, &'static str);

    /// The attributes of an element, each with a space before it.
    fn attributes(&self, part: Part) -> String;
    /// The level of a heading.
    fn level(&mut self, level: u8) -> u8;
    /// The attribute for the id of a heading or a sample, with a space before it.
    fn id(&mut self, id: &str) -> String;
    /// A reference to a note.
    fn note(&mut self, number: usize) -> String;
}

/// Text in an element or a quoted attribute: nothing in it can act.
pub(crate) fn escaped(text: &str) -> String {
    entities(&inert(text))
}

/// A text as HTML, one block a line.
pub(crate) fn blocks(blocks: &[Block], dress: &mut impl Dress) -> String {
    blocks
        .iter()
        .map(|block| self::block(block, dress))
        .collect()
}

fn block<D: Dress>(block: &Block, dress: &mut D) -> String {
    match block {
        Block::Heading { level, id, words } => {
            let level = dress.level(*level);
            let id = id.as_deref().map(|id| dress.id(id)).unwrap_or_default();
            let attributes = dress.attributes(Part::Heading(level));
            let words = inlines(words, dress);
            format!("<h{level}{id}{attributes}>{words}</h{level}>\n")
        }
        Block::Paragraph { role, words } => {
            let words = inlines(words, dress);
            element("p", Part::Paragraph(*role), &words, dress)
        }
        Block::List { start, items } => list(*start, items, dress),
        Block::Quotation(quoted) => {
            let quoted = blocks(quoted, dress);
            element("blockquote", Part::Quotation, &format!("\n{quoted}"), dress)
        }
        Block::Code(lines) => {
            let lines = lines.iter().map(|line| entities(&inert_line(line)));
            terminal(&lines.collect::<Vec<_>>(), dress)
        }
        Block::Table { head, rows } => table(head, rows, dress),
        Block::Sample(sample) => self::sample(sample, dress),
    }
}

fn element(name: &str, part: Part, inside: &str, dress: &impl Dress) -> String {
    format!("<{name}{}>{inside}</{name}>\n", dress.attributes(part))
}

fn list(start: Option<u64>, items: &[Vec<Block>], dress: &mut impl Dress) -> String {
    let attributes = dress.attributes(Part::List);
    let (name, start) = match start {
        None => ("ul", String::new()),
        Some(1) => ("ol", String::new()),
        Some(start) => ("ol", format!(" start=\"{}\"", start.min(i32::MAX as u64))),
    };
    let items: String = items.iter().map(|item| self::item(item, dress)).collect();
    format!("<{name}{start}{attributes}>\n{items}</{name}>\n")
}

/// An item. Words that are all of it stand in no paragraph of their own.
fn item(item: &[Block], dress: &mut impl Dress) -> String {
    let inside = match item {
        [Block::Paragraph { words, .. }] => inlines(words, dress),
        [Block::Paragraph { words, .. }, rest @ ..]
            if rest.iter().all(|block| matches!(block, Block::List { .. })) =>
        {
            let words = inlines(words, dress);
            format!("{words}\n{}", blocks(rest, dress))
        }
        item => format!("\n{}", blocks(item, dress)),
    };
    element("li", Part::Item, &inside, dress)
}

/// Lines as they are, each already made inert. An empty first line would be lost right after `<pre>`.
fn terminal(lines: &[String], dress: &impl Dress) -> String {
    let lines = lines.join("\n");
    let attributes = dress.attributes(Part::Lines);
    format!("<pre{attributes}><code>{lines}</code></pre>\n")
}

fn table(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], dress: &mut impl Dress) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(head.len());
    if columns == 0 {
        return String::new();
    }
    let mut cells = String::new();
    for column in 0..columns {
        let words = head.get(column).map(|words| inlines(words, dress));
        let attributes = dress.attributes(Part::Head);
        match words.filter(|words| !words.is_empty()) {
            Some(words) => cells.push_str(&format!("<th scope=\"col\"{attributes}>{words}</th>")),
            None => cells.push_str(&format!("<td{attributes}></td>")),
        }
    }
    let attributes = dress.attributes(Part::Table);
    let mut table = format!("<table{attributes}>\n<thead>\n<tr>{cells}</tr>\n</thead>\n");
    if !rows.is_empty() {
        table.push_str("<tbody>\n");
        for row in rows {
            table.push_str("<tr>");
            for column in 0..columns {
                let words = row.get(column).map(|words| inlines(words, dress));
                let attributes = dress.attributes(Part::Cell);
                let words = words.unwrap_or_default();
                table.push_str(&format!("<td{attributes}>{words}</td>"));
            }
            table.push_str("</tr>\n");
        }
        table.push_str("</tbody>\n");
    }
    table.push_str("</table>\n");
    table
}

fn sample<D: Dress>(sample: &Sample, dress: &mut D) -> String {
    let (outer, caption) = D::SAMPLE;
    let mut inside = format!("<{caption}{}>\n", dress.attributes(Part::Caption));
    let title = format!("<strong>{}</strong>", escaped(&sample.caption()));
    inside.push_str(&element("p", Part::Title, &title, dress));
    inside.push_str(&element("p", Part::Plain, &escaped(&sample.plain), dress));
    inside.push_str(&format!("</{caption}>\n"));
    let lines = sample.lines.iter().map(|line| {
        let mark = line.notice.map(|notice| format!("   &lt;{notice}&gt;"));
        entities(&inert_line(&line.text)) + &mark.unwrap_or_default()
    });
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        inside.push_str(&terminal(&lines, dress));
    }
    if !sample.notices.is_empty() {
        let notices = sample.notices.iter();
        let notices = notices.map(|notice| element("li", Part::Item, &escaped(notice), dress));
        let notices: String = notices.collect();
        inside.push_str(&element(
            "ol",
            Part::Notices,
            &format!("\n{notices}"),
            dress,
        ));
    }
    if !sample.provenance.is_empty() {
        let words = format!("<small>{}</small>", escaped(&sample.provenance));
        inside.push_str(&element("p", Part::Provenance, &words, dress));
    }
    let id = dress.id(&sample.id);
    let attributes = dress.attributes(Part::Sample);
    format!("<{outer}{id}{attributes}>\n{inside}</{outer}>\n")
}

/// Words of a paragraph, without the spaces around them.
pub(crate) fn inlines(words: &[Inline], dress: &mut impl Dress) -> String {
    let mut html = String::new();
    let mut notes = Vec::new();
    write(words, dress, &mut notes, false, &mut html);
    html.trim_matches(' ').to_owned()
}

/// A link holds no link: notes that are referred to in its words stand after them.
fn write(
    words: &[Inline],
    dress: &mut impl Dress,
    notes: &mut Vec<usize>,
    in_link: bool,
    html: &mut String,
) {
    for word in words {
        match word {
            Inline::Text(text) => html.push_str(&escaped(text)),
            Inline::Emphasis(words) => around("em", words, dress, notes, in_link, html),
            Inline::Strong(words) => around("strong", words, dress, notes, in_link, html),
            Inline::Code(text) => {
                let attributes = dress.attributes(Part::Code);
                html.push_str(&format!("<code{attributes}>{}</code>", escaped(text)));
            }
            Inline::Link { to, words } => match address(to).filter(|_| !in_link) {
                Some(to) => {
                    let attributes = dress.attributes(Part::Link);
                    html.push_str(&format!("<a href=\"{}\"{attributes}>", entities(&to)));
                    write(words, dress, notes, true, html);
                    html.push_str("</a>");
                    for number in std::mem::take(notes) {
                        html.push_str(&dress.note(number));
                    }
                }
                None => write(words, dress, notes, in_link, html),
            },
            Inline::Note(number) if in_link => notes.push(*number),
            Inline::Note(number) => html.push_str(&dress.note(*number)),
            Inline::Gap(what) => {
                let attributes = dress.attributes(Part::Gap);
                let gap = escaped(&Inline::gap(what));
                html.push_str(&format!("<strong{attributes}>{gap}</strong>"));
            }
            Inline::Tick => html.push_str(&Inline::BOX.replace(' ', "&nbsp;")),
            Inline::Break => html.push_str("<br>"),
        }
    }
}

fn around(
    name: &str,
    words: &[Inline],
    dress: &mut impl Dress,
    notes: &mut Vec<usize>,
    in_link: bool,
    html: &mut String,
) {
    html.push_str(&format!("<{name}>"));
    write(words, dress, notes, in_link, html);
    html.push_str(&format!("</{name}>"));
}
