//! Counts for a telephone: a bar for each study, beside a line of time.

use editorial::Bar;

use super::rail::{self, MARK, ROWS, Row};
use super::{Anchor, Drawing, NARROW, Paint, Point, columns, letters};
use crate::resolve::digits::digits;

const LETTERS: f64 = 12.5;
const LINE: f64 = 16.0;
const BAR: f64 = 12.0;
/// What a number needs to the right of the longest bar.
const NUMBER: f64 = 42.0;

/// The bars below one another, at their dates.
pub(super) fn draw(rows: &[Bar]) -> Drawing {
    let mut drawing = Drawing::new(NARROW);
    let longest = rows.iter().map(|row| row.number).max().unwrap_or(1).max(1);
    let unit = (NARROW - ROWS - NUMBER) / longest as f64;
    let top = columns::key(&mut drawing, rows);
    let labels: Vec<Vec<String>> = rows
        .iter()
        .map(|row| letters::lines(&row.counts.value, LETTERS, NARROW - ROWS))
        .collect();
    let places: Vec<Row> = rows
        .iter()
        .zip(&labels)
        .map(|(row, lines)| Row {
            when: row.when.value,
            height: (lines.len() + 1) as f64 * LINE + BAR + 18.0,
            anchor: 10.0,
        })
        .collect();
    let tops = rail::draw(&mut drawing, top, &places);
    for ((row, lines), top) in rows.iter().zip(&labels).zip(tops) {
        drawing.parts.push(super::Part::Circle {
            at: Point::new(MARK, top + 10.0),
            radius: 3.5,
            fill: Paint::Ink,
            edge: None,
        });
        let mut y = top + 14.0;
        let (who, when) = (&row.who.value, row.when.value.in_words());
        drawing.head(Point::new(ROWS, y), LETTERS, who, &when);
        for line in lines {
            y += LINE;
            drawing.text(Point::new(ROWS, y), Anchor::Start, LETTERS, line);
        }
        y += 6.0;
        let width = row.number as f64 * unit;
        drawing.rect(Point::new(ROWS, y), width.max(1.0), BAR, Paint::Whole);
        if let Some((part, _)) = &row.part {
            let width = *part as f64 * unit;
            drawing.rect(Point::new(ROWS, y), width.max(1.0), BAR, Paint::Part);
            let end = ROWS + width.max(1.0);
            drawing.line(
                Point::new(end, y),
                Point::new(end, y + BAR),
                Paint::Paper,
                1.0,
            );
        }
        let at = Point::new(ROWS + width + 5.0, y + BAR - 1.5);
        drawing.bold(at, Anchor::Start, LETTERS, &digits(row.number));
    }
    drawing
}
