//! Measured figures on scales where a step is ten times as much: lines where cases differ by size, and otherwise
//! a row for each case. The side that is ours is a disc, the peer a square, so that no colour is needed to tell
//! them apart.

use editorial::{Case, Measure, Unit};

use super::{Anchor, Dashes, Drawing, Layouts, NARROW, Paint, Part, Point, WIDE, letters};
use crate::resolve::digits::digits;
use crate::resolve::proof::shown;

const LETTERS: f64 = 13.0;
const LEFT: f64 = 62.0;
const RIGHT: f64 = 26.0;
const HEIGHT: f64 = 240.0;
const ROW: f64 = 44.0;
/// Half the width of a mark.
const MARK: f64 = 5.0;

/// The picture of a measure; none where a table says it better.
pub(super) fn layouts(measure: &Measure) -> Option<Layouts> {
    let sizes = measure.cases.iter().filter(|case| case.size.is_some());
    let draw = match (sizes.count(), &measure.peer) {
        (3.., _) => lines,
        (_, Some(_)) if measure.cases.len() > 2 => rows,
        _ => return None,
    };
    Some(Layouts {
        wide: draw(measure, WIDE)?,
        narrow: draw(measure, NARROW)?,
    })
}

/// A scale between two powers of ten.
struct Scale {
    low: i32,
    high: i32,
    from: f64,
    to: f64,
}

impl Scale {
    /// The scale that holds all figures; none where one of them has no logarithm.
    fn of(figures: &[f64], from: f64, to: f64) -> Option<Scale> {
        let smallest = figures.iter().copied().reduce(f64::min)?;
        let largest = figures.iter().copied().reduce(f64::max)?;
        if smallest <= 0.0 {
            return None;
        }
        let low = smallest.log10().floor() as i32;
        let high = (largest.log10().ceil() as i32).max(low + 1);
        Some(Scale {
            low,
            high,
            from,
            to,
        })
    }

    fn place(&self, figure: f64) -> f64 {
        let share = (figure.log10() - f64::from(self.low)) / f64::from(self.high - self.low);
        self.from + share * (self.to - self.from)
    }

    /// The powers of ten, each with its place and its words.
    fn steps(&self, unit: Unit) -> impl Iterator<Item = (f64, String)> {
        (self.low..=self.high).map(move |power| {
            let number = 10_f64.powi(power);
            (self.place(number), shown(number, unit))
        })
    }
}

/// Both sides of a case, ours first.
fn sides(case: &Case) -> [Option<f64>; 2] {
    [
        Some(case.ours.median()),
        case.peer.as_ref().map(|peer| peer.median()),
    ]
}

const PAINTS: [Paint; 2] = [Paint::Part, Paint::Whole];
const LINES: [(Paint, Dashes); 2] = [(Paint::Ink, Dashes::None), (Paint::Edge, Dashes::Long)];

fn mark(drawing: &mut Drawing, side: usize, at: Point) {
    match side {
        0 => drawing.parts.push(Part::Circle {
            at,
            radius: MARK,
            fill: PAINTS[0],
            edge: None,
        }),
        _ => drawing.rect(
            Point::new(at.x - MARK, at.y - MARK),
            2.0 * MARK,
            2.0 * MARK,
            PAINTS[1],
        ),
    }
}

/// Says which mark is whose, and gives the place below.
fn key(drawing: &mut Drawing, measure: &Measure) -> f64 {
    let mut y = 12.0;
    let names = [
        Some("ours"),
        measure.peer.as_ref().map(|peer| peer.value.as_str()),
    ];
    for (side, name) in names.into_iter().enumerate() {
        let Some(name) = name else { continue };
        mark(drawing, side, Point::new(MARK + 1.0, y));
        for line in letters::lines(name, LETTERS, drawing.width - 24.0) {
            let at = Point::new(20.0, y + LETTERS * 0.36);
            drawing.text(at, Anchor::Start, LETTERS, &line);
            y += 20.0;
        }
    }
    y + 6.0
}

fn lines(measure: &Measure, width: f64) -> Option<Drawing> {
    let mut drawing = Drawing::new(width);
    let top = key(&mut drawing, measure) + 6.0;
    let bottom = top + HEIGHT;
    drawing.height = bottom + 44.0;
    let sized = measure.cases.iter();
    let sized: Vec<(f64, [Option<f64>; 2])> = sized
        .filter_map(|case| Some((case.size? as f64, sides(case))))
        .collect();
    let figures = sized.iter().flat_map(|(_, sides)| sides.iter().flatten());
    let y = Scale::of(&figures.copied().collect::<Vec<_>>(), bottom, top)?;
    let sizes: Vec<f64> = sized.iter().map(|(size, _)| *size).collect();
    let x = Scale::of(&sizes, LEFT, width - RIGHT)?;
    for (place, words) in y.steps(measure.unit) {
        let (from, to) = (Point::new(LEFT, place), Point::new(width - RIGHT, place));
        drawing.line(from, to, Paint::Grid, 1.0);
        let at = Point::new(LEFT - 8.0, place + LETTERS * 0.36);
        drawing.soft(at, Anchor::End, LETTERS, &words);
    }
    for (place, _) in x.steps(Unit::Count) {
        let (from, to) = (Point::new(place, top), Point::new(place, bottom));
        drawing.line(from, to, Paint::Grid, 1.0);
    }
    let mut end = 0.0;
    for size in &sizes {
        let words = digits(*size as u64);
        let (place, half) = (x.place(*size), letters::width(&words, LETTERS) / 2.0);
        let tick = Point::new(place, bottom + 6.0);
        drawing.line(Point::new(place, bottom), tick, Paint::Edge, 1.0);
        if place - half > end + 6.0 {
            let at = Point::new(place, bottom + 20.0);
            drawing.soft(at, Anchor::Middle, LETTERS, &words);
            end = place + half;
        }
    }
    let at = Point::new((LEFT + width - RIGHT) / 2.0, bottom + 38.0);
    drawing.soft(at, Anchor::Middle, LETTERS, "pages");
    for side in [1, 0] {
        let points: Vec<Point> = sized
            .iter()
            .filter_map(|(size, sides)| Some(Point::new(x.place(*size), y.place(sides[side]?))))
            .collect();
        for pair in points.windows(2) {
            if let [from, to] = *pair {
                drawing.parts.push(Part::Line {
                    from,
                    to,
                    paint: LINES[side].0,
                    width: 2.0,
                    dashes: LINES[side].1,
                });
            }
        }
        for point in points {
            mark(&mut drawing, side, point);
        }
    }
    Some(drawing)
}

fn rows(measure: &Measure, width: f64) -> Option<Drawing> {
    let mut drawing = Drawing::new(width);
    let top = key(&mut drawing, measure) + 18.0;
    let bottom = top + ROW * measure.cases.len() as f64;
    drawing.height = bottom + 10.0;
    let figures = measure.cases.iter().flat_map(sides).flatten();
    let scale = Scale::of(&figures.collect::<Vec<_>>(), 24.0, width - RIGHT)?;
    let mut end = 0.0;
    for (place, words) in scale.steps(measure.unit) {
        let (from, to) = (Point::new(place, top), Point::new(place, bottom));
        drawing.line(from, to, Paint::Grid, 1.0);
        let half = letters::width(&words, LETTERS) / 2.0;
        if place - half > end {
            let at = Point::new(place, top - 6.0);
            drawing.soft(at, Anchor::Middle, LETTERS, &words);
            end = place + half + 6.0;
        }
    }
    for (index, case) in measure.cases.iter().enumerate() {
        let y = top + ROW * index as f64;
        let name = &case.name.value;
        // The lines of the scale do not run through the words.
        let paper = letters::width(name, LETTERS) + 8.0;
        drawing.rect(Point::new(0.0, y + 3.0), paper, 18.0, Paint::Paper);
        drawing.text(Point::new(0.0, y + 17.0), Anchor::Start, LETTERS, name);
        let places = sides(case).map(|figure| Some(Point::new(scale.place(figure?), y + 32.0)));
        if let [Some(ours), Some(peer)] = places {
            drawing.line(ours, peer, Paint::Edge, 1.5);
        }
        for side in [1, 0] {
            if let Some(place) = places[side] {
                mark(&mut drawing, side, place);
            }
        }
    }
    Some(drawing)
}
