//! A picture as a file to take along: it needs no style sheet, no script and nothing from elsewhere,
//! and says what it shows and what it rests on.

use crate::announce::Files;
use editorial::{Figure, FigureFile, Rows, Shelf, Source};

use super::svg::{Inks, elements, length};
use super::{Anchor, Drawing, FACES, Layouts, Paint, Point, WIDE, letters};
use crate::resolve::digits::digits;
use crate::resolve::escape::xml;

const MARGIN: f64 = 28.0;
const LETTERS: f64 = 13.0;
const LINE: f64 = 18.0;
/// How much wider the letters of another face may be, where Open Sans is not installed.
const OTHER_FACE: f64 = 1.1;

/// Where the picture of a figure lies in the website.
pub(in crate::resolve) fn address(id: &str) -> String {
    format!("figures/{id}.svg")
}

/// Every picture of the book.
pub(crate) fn files(shelf: &Shelf) -> Files {
    let pictures = shelf.figures.iter().filter_map(|found| {
        let figure = found.figure.as_ref()?;
        let text = file(found, figure, shelf)?;
        Some((address(&found.id), text.into_bytes()))
    });
    pictures.collect()
}

fn file(found: &FigureFile, figure: &Figure, shelf: &Shelf) -> Option<String> {
    let picture = Layouts::of(figure)?.wide;
    let width = WIDE + 2.0 * MARGIN;
    let mut head = Sheet::new(0.0);
    head.lines(&figure.title.value, 20.0, true);
    head.y += 4.0;
    head.lines(&figure.plain.value, 14.0, false);
    let top = head.y + 20.0;
    let mut foot = Sheet::new(top + picture.height + 10.0);
    for note in notes(figure) {
        foot.lines(&note, LETTERS, false);
    }
    foot.y += 8.0;
    foot.lines(&sources(figure, shelf), 12.0, false);
    let height = foot.y + MARGIN - 10.0;
    let (width, height) = (length(width), length(height));
    let id = xml(&found.id);
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"{FACES}\" xml:lang=\"en\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-plain\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-plain\">{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"></rect>\n\
         {}\n<g transform=\"translate({} {})\">{}</g>\n{}\n</svg>\n",
        xml(&figure.title.value),
        xml(&figure.plain.value),
        elements(&head.drawing.parts, Inks::Fixed),
        length(MARGIN),
        length(top),
        elements(&picture.parts, Inks::Fixed),
        elements(&foot.drawing.parts, Inks::Fixed),
    ))
}

/// What the table beside the picture says in a page, and the picture alone does not.
fn notes(figure: &Figure) -> Vec<String> {
    match &figure.rows {
        Rows::Bars { rows, .. } => rows
            .iter()
            .map(|row| {
                let when = row.when.value.in_words();
                let number = digits(row.number);
                let mut note = format!("{}, {when}: {number} {}", row.who.value, row.counts.value);
                if let Some((part, parts)) = &row.part {
                    note.push_str(&format!("; {} {}", digits(*part), parts.value));
                }
                if let Some(said) = &row.note {
                    note.push_str(&format!(" ({})", said.value));
                }
                note
            })
            .collect(),
        Rows::Network(network) => {
            let name = |index: usize| {
                let machine = network.machines.get(index);
                machine.map_or("", |machine| machine.name.value.as_str())
            };
            let found = network.connections.iter().enumerate();
            found
                .map(|(index, found)| {
                    format!(
                        "{}. {} to {}: {}",
                        index + 1,
                        name(found.from),
                        name(found.to),
                        found.change.value
                    )
                })
                .collect()
        }
        Rows::Timeline(_) | Rows::Table { .. } => Vec::new(),
    }
}

/// The publications, each once, in the order of the rows.
fn sources(figure: &Figure, shelf: &Shelf) -> String {
    let mut named: Vec<&Source> = Vec::new();
    for source in figure.sources().filter_map(|key| shelf.source(&key.value)) {
        if !named.contains(&source) {
            named.push(source);
        }
    }
    let named: Vec<String> = named.into_iter().map(in_short).collect();
    format!("Sources: {}.", named.join("; "))
}

fn in_short(source: &Source) -> String {
    let edition = source.edition.as_ref();
    let edition = edition.map_or(String::new(), |edition| format!(", {edition}"));
    format!("{} ({}{edition})", source.title, source.publisher)
}

/// Lines of text below one another.
struct Sheet {
    drawing: Drawing,
    /// Where the last line ends.
    y: f64,
}

impl Sheet {
    fn new(y: f64) -> Sheet {
        Sheet {
            drawing: Drawing::new(WIDE),
            y: if y > 0.0 { y } else { MARGIN - 6.0 },
        }
    }

    fn lines(&mut self, text: &str, size: f64, bold: bool) {
        for line in letters::lines(text, size, WIDE / OTHER_FACE) {
            self.y += LINE.max(size * 1.35);
            let paint = if size < LETTERS {
                Paint::Soft
            } else {
                Paint::Ink
            };
            let at = Point::new(MARGIN, self.y);
            let face = (bold, paint);
            self.drawing.write(at, Anchor::Start, size, face, &line, "");
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
