//! A line of time from top to bottom, and rows beside it. The line is true to scale; a row that has
//! no room at its date stands a little above or below, and a thin line leads to the date.

use editorial::When;

use super::{Anchor, Drawing, Paint, Point};

/// Where the line stands: the years are on its left, the rows on its right.
const LINE: f64 = 44.0;
/// Where the rows begin.
pub(super) const ROWS: f64 = 82.0;
/// Where a row's mark is centred.
pub(super) const MARK: f64 = 70.0;
/// What the rows would leave empty if they lay one on another, as a share of their height.
const SLACK: f64 = 0.12;

const LETTERS: f64 = 12.5;

/// A row beside the line.
pub(super) struct Row {
    /// Its date.
    pub(super) when: When,
    /// How high it is, the space to the next one included.
    pub(super) height: f64,
    /// How far below its top the line to its date arrives.
    pub(super) anchor: f64,
}

/// Draws the line from `top` on, and gives the top of each row. The drawing becomes as high as the
/// line.
pub(super) fn draw(drawing: &mut Drawing, top: f64, rows: &[Row]) -> Vec<f64> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Vec::new();
    };
    let start = f64::from(first.when.year()) * 12.0;
    let end = (last.when.months() / 12.0).floor() * 12.0 + 12.0;
    let all: f64 = rows.iter().map(|row| row.height).sum();
    let height = all * (1.0 + SLACK);
    let place = |months: f64| top + (months - start) / (end - start) * height;
    let (line_top, line_end) = (Point::new(LINE, top), Point::new(LINE, top + height));
    drawing.line(line_top, line_end, Paint::Edge, 1.5);
    for year in first.when.year()..=last.when.year() {
        let y = place(f64::from(year) * 12.0);
        let (from, to) = (Point::new(LINE - 6.0, y), Point::new(LINE, y));
        drawing.line(from, to, Paint::Edge, 1.5);
        let middle = place(f64::from(year) * 12.0 + 6.0) + LETTERS * 0.36;
        let at = Point::new(LINE - 8.0, middle);
        drawing.soft(at, Anchor::End, LETTERS, &year.to_string());
    }
    let tops = tops(rows, top, top + height, |when| place(when.months()));
    for (row, row_top) in rows.iter().zip(&tops) {
        let date = Point::new(LINE, place(row.when.months()));
        let mark = Point::new(MARK, row_top + row.anchor);
        drawing.line(date, mark, Paint::Edge, 1.0);
    }
    drawing.height = top + height;
    tops
}

/// Rows that lie one on another without a gap.
struct Pile {
    top: f64,
    height: f64,
    rows: usize,
}

/// As near to their dates as they fit between `top` and `bottom`, in order and without overlap: rows
/// that would overlap are piled up around the mean of their dates.
fn tops(rows: &[Row], top: f64, bottom: f64, place: impl Fn(When) -> f64) -> Vec<f64> {
    let mut piles: Vec<Pile> = Vec::new();
    for row in rows {
        let mut pile = Pile {
            top: place(row.when) - row.anchor,
            height: row.height,
            rows: 1,
        };
        loop {
            pile.top = pile.top.min(bottom - pile.height).max(top);
            let Some(above) = piles.pop_if(|above| above.top + above.height > pile.top) else {
                break;
            };
            // Each row wants a top for its pile, and the pile takes the mean.
            let (upper, lower) = (above.rows as f64, pile.rows as f64);
            let wanted = above.top * upper + (pile.top - above.height) * lower;
            pile = Pile {
                top: wanted / (upper + lower),
                height: above.height + pile.height,
                rows: above.rows + pile.rows,
            };
        }
        piles.push(pile);
    }
    let mut rows = rows.iter();
    let mut tops = Vec::new();
    for pile in piles {
        let mut at = pile.top;
        for row in rows.by_ref().take(pile.rows) {
            tops.push(at);
            at += row.height;
        }
    }
    tops
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_order_and_do_not_overlap() {
        let row = |when: &str| Row {
            when: When::parse(when).unwrap(),
            height: 40.0,
            anchor: 10.0,
        };
        let rows = ["2016", "2025-11", "2025-12", "2026-12-30"].map(row);
        let mut drawing = Drawing::new(320.0);
        let tops = draw(&mut drawing, 20.0, &rows);
        assert!(
            tops.windows(2).all(|pair| pair[1] - pair[0] >= 39.9),
            "{tops:?}"
        );
        assert!(
            tops[0] >= 20.0 && tops[3] + 40.0 <= drawing.height + 0.1,
            "{tops:?}"
        );
        // The first has room at its date, which is the middle of its year.
        let year = (drawing.height - 20.0) / 11.0;
        assert!((tops[0] - 20.0).abs() < year, "{tops:?}");
    }
}
