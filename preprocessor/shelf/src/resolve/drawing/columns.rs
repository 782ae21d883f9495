//! Counts for a text column: a column for each study, at its date, on a scale that begins at zero.
//! No line joins the columns, because the studies counted different things.

use editorial::Bar;

use super::{Anchor, Drawing, NARROW, Paint, Point, WIDE, letters};
use crate::resolve::digits::digits;

const LEFT: f64 = 48.0;
const RIGHT: f64 = 40.0;
/// The height of the scale in a text column, and on a slide.
pub(super) const HEIGHT: f64 = 280.0;
pub(super) const HEIGHT_ON_SLIDE: f64 = 190.0;
const COLUMN: f64 = 18.0;
const LETTERS: f64 = 13.0;
/// At most so many lines of the scale above zero.
const LINES: u64 = 6;

/// The columns along a line of time, on a scale of a height.
pub(super) fn draw(rows: &[Bar], scale_height: f64) -> Drawing {
    let mut drawing = Drawing::new(WIDE);
    let top = key(&mut drawing, rows) + 30.0;
    let bottom = top + scale_height;
    drawing.height = bottom + 26.0;
    let (step, highest) = scale(rows.iter().map(|row| row.number).max().unwrap_or(1));
    let height = |number: u64| number as f64 / highest as f64 * scale_height;
    for line in 0..=highest / step {
        let y = bottom - height(line * step);
        let paint = if line == 0 { Paint::Edge } else { Paint::Grid };
        let (from, to) = (Point::new(LEFT, y), Point::new(WIDE, y));
        drawing.line(from, to, paint, 1.0);
        let at = Point::new(LEFT - 8.0, y + LETTERS * 0.36);
        drawing.soft(at, Anchor::End, LETTERS, &digits(line * step));
    }
    let years: Vec<u16> = rows.iter().map(|row| row.when.value.year()).collect();
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return drawing;
    };
    let months = f64::from(last - first + 1) * 12.0;
    let start = f64::from(*first) * 12.0;
    let place = |when: f64| LEFT + (when - start) / months * (WIDE - LEFT - RIGHT);
    for year in *first..=*last {
        let begin = place(f64::from(year) * 12.0);
        let (from, to) = (Point::new(begin, bottom), Point::new(begin, bottom + 6.0));
        drawing.line(from, to, Paint::Edge, 1.0);
        let at = Point::new(place(f64::from(year) * 12.0 + 6.0), bottom + 20.0);
        drawing.soft(at, Anchor::Middle, LETTERS, &year.to_string());
    }
    let mut taken: Vec<Area> = Vec::new();
    for row in rows {
        let left = place(row.when.value.months()) - COLUMN / 2.0;
        let mut column = |number: u64, paint| {
            let height = height(number).max(1.0);
            drawing.rect(Point::new(left, bottom - height), COLUMN, height, paint);
            height
        };
        let whole = column(row.number, Paint::Whole);
        if let Some((part, _)) = &row.part {
            let height = column(*part, Paint::Part);
            let (from, to) = (bottom - height, left + COLUMN);
            drawing.line(
                Point::new(left, from),
                Point::new(to, from),
                Paint::Paper,
                1.0,
            );
        }
        taken.push(Area::new(left, bottom - whole, COLUMN, whole));
    }
    for row in rows {
        let middle = place(row.when.value.months());
        let label = Label::of(row, middle, bottom - height(row.number));
        taken.push(label.write(&mut drawing, &taken));
    }
    drawing
}

/// Says what the two shades mean, where there are two, and gives the place below.
pub(super) fn key(drawing: &mut Drawing, rows: &[Bar]) -> f64 {
    if rows.iter().all(|row| row.part.is_none()) {
        return 6.0;
    }
    let entries = [
        (Paint::Whole, "the whole count"),
        (Paint::Part, "a part of it, as reported"),
    ];
    let size = if drawing.width > NARROW {
        LETTERS
    } else {
        12.5
    };
    let (mut x, mut y) = (0.0, 0.0);
    for (paint, words) in entries {
        let width = 20.0 + letters::width(words, size);
        if x + width > drawing.width {
            (x, y) = (0.0, y + 20.0);
        }
        drawing.rect(Point::new(x, y + 4.0), 12.0, 12.0, paint);
        drawing.text(Point::new(x + 20.0, y + 14.5), Anchor::Start, size, words);
        x += width + 24.0;
    }
    y + 32.0
}

/// The step of a scale and its end: a round step, and the end at or above the largest number.
fn scale(largest: u64) -> (u64, u64) {
    let mut step = 1;
    for factor in [2, 5, 10].into_iter().cycle() {
        if largest <= step * LINES {
            break;
        }
        // 1, 2, 5, 10, 20, 50 …
        step = match factor {
            2 => step * 2,
            5 => step / 2 * 5,
            _ => step * 2,
        };
    }
    (step, largest.max(1).div_ceil(step) * step)
}

/// A rectangle that something stands in.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Area {
    fn new(left: f64, top: f64, width: f64, height: f64) -> Area {
        Area {
            left,
            top,
            width,
            height,
        }
    }

    fn meets(&self, other: &Area) -> bool {
        self.left < other.left + other.width
            && other.left < self.left + self.width
            && self.top < other.top + other.height
            && other.top < self.top + self.height
    }
}

/// Who counted, and below it how many, above a column.
struct Label<'a> {
    who: &'a str,
    number: String,
    width: f64,
    middle: f64,
    bottom: f64,
}

impl<'a> Label<'a> {
    const HEIGHT: f64 = 34.0;

    fn of(row: &'a Bar, middle: f64, bottom: f64) -> Label<'a> {
        let number = digits(row.number);
        let width = letters::width(&row.who.value, LETTERS).max(letters::width(&number, LETTERS));
        Label {
            who: &row.who.value,
            number,
            width,
            middle,
            bottom,
        }
    }

    /// Writes it where nothing else stands: over the middle of the column, else to one side, else
    /// higher.
    fn write(&self, drawing: &mut Drawing, taken: &[Area]) -> Area {
        let edge = COLUMN / 2.0;
        let sides = [
            (Anchor::Middle, self.middle, self.middle - self.width / 2.0),
            (Anchor::Start, self.middle - edge, self.middle - edge),
            (
                Anchor::End,
                self.middle + edge,
                self.middle + edge - self.width,
            ),
        ];
        let mut bottom = self.bottom - 5.0;
        loop {
            for (anchor, x, left) in sides {
                let area = Area::new(left, bottom - Label::HEIGHT, self.width, Label::HEIGHT);
                let is_inside = left >= LEFT && left + self.width <= WIDE;
                if bottom <= Label::HEIGHT
                    || is_inside && !taken.iter().any(|other| other.meets(&area))
                {
                    // The lines of the scale do not run through the words.
                    drawing.rect(
                        Point::new(left, area.top + 2.0),
                        self.width,
                        32.0,
                        Paint::Paper,
                    );
                    drawing.bold(Point::new(x, bottom - 18.0), anchor, LETTERS, self.who);
                    drawing.text(Point::new(x, bottom - 2.0), anchor, LETTERS, &self.number);
                    return area;
                }
            }
            bottom -= 4.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::scale;

    #[test]
    fn a_scale_is_round_and_reaches_the_largest() {
        for (largest, wanted) in [
            (0, (1, 1)),
            (6, (1, 6)),
            (7, (2, 8)),
            (13, (5, 15)),
            (88, (20, 100)),
            (5_100, (1_000, 6_000)),
            (6_001, (2_000, 8_000)),
        ] {
            assert_eq!(scale(largest), wanted, "{largest}");
        }
    }
}
