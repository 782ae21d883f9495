//! What happened, beside a line of time.

use editorial::{Event, Trouble};

use super::rail::{self, MARK, ROWS, Row};
use super::{Anchor, Drawing, Point, letters, marks};

const LETTERS: f64 = 13.0;
const LINE: f64 = 17.0;

/// The events below one another, in a drawing of a width.
pub(super) fn draw(events: &[Event], width: f64) -> Drawing {
    let mut drawing = Drawing::new(width);
    let top = key(&mut drawing, events);
    let texts: Vec<Vec<String>> = events
        .iter()
        .map(|event| letters::lines(&event.what.value, LETTERS, width - ROWS))
        .collect();
    let rows: Vec<Row> = events
        .iter()
        .zip(&texts)
        .map(|(event, lines)| Row {
            when: event.when.value,
            height: (lines.len() + 1) as f64 * LINE + 11.0,
            anchor: 9.0,
        })
        .collect();
    let tops = rail::draw(&mut drawing, top, &rows);
    for ((event, lines), top) in events.iter().zip(&texts).zip(tops) {
        marks::trouble(&mut drawing, Point::new(MARK, top + 9.0), event.kind);
        let mut at = Point::new(ROWS, top + 13.5);
        let when = event.when.value.in_words();
        drawing.head(at, LETTERS, &when, event.kind.in_words());
        for line in lines {
            at.y += LINE;
            drawing.text(at, Anchor::Start, LETTERS, line);
        }
    }
    drawing
}

/// Says what the signs mean, and gives the place below.
fn key(drawing: &mut Drawing, events: &[Event]) -> f64 {
    let (mut x, mut y) = (7.0, 10.0);
    let shown = |kind: &Trouble| events.iter().any(|event| event.kind == *kind);
    for kind in Trouble::ALL.into_iter().filter(shown) {
        let words = kind.in_words();
        let width = 14.0 + letters::width(words, LETTERS);
        if x + width > drawing.width {
            (x, y) = (7.0, y + 22.0);
        }
        marks::trouble(drawing, Point::new(x, y), kind);
        let at = Point::new(x + 14.0, y + 4.5);
        drawing.text(at, Anchor::Start, LETTERS, words);
        x += width + 22.0;
    }
    y + 28.0
}
