//! Signs that differ in form as well as in colour.

use editorial::Trouble;

use super::{Drawing, Paint, Part, Point};

/// Draws the sign of a kind of trouble, about eleven units wide, around `at`.
pub(super) fn trouble(drawing: &mut Drawing, at: Point, kind: Trouble) {
    let polygon = |corners: &[(f64, f64)], fill| Part::Polygon {
        points: corners
            .iter()
            .map(|(x, y)| Point::new(at.x + x, at.y + y))
            .collect(),
        fill,
    };
    let part = match kind {
        Trouble::Exposure => Part::Circle {
            at,
            radius: 4.5,
            fill: Paint::Paper,
            edge: Some((Paint::Bad, 3.0)),
        },
        Trouble::Forgery => polygon(
            &[(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)],
            Paint::Part,
        ),
        Trouble::Malware => polygon(
            &[(0.0, -6.5), (6.5, 0.0), (0.0, 6.5), (-6.5, 0.0)],
            Paint::Warn,
        ),
        Trouble::Ransomware => polygon(&[(0.0, -6.0), (6.5, 5.5), (-6.5, 5.5)], Paint::Bad),
        Trouble::Flaw => polygon(&[(-6.5, -5.5), (6.5, -5.5), (0.0, 6.0)], Paint::Whole),
    };
    drawing.parts.push(part);
}

/// Draws the head of an arrow that ends at `to`.
pub(super) fn arrow(drawing: &mut Drawing, from: Point, to: Point, fill: Paint) {
    let back = to.towards(from, 9.0 / from.distance(to));
    let (aside_x, aside_y) = ((back.y - to.y) / 2.0, (to.x - back.x) / 2.0);
    drawing.parts.push(Part::Polygon {
        points: vec![
            to,
            Point::new(back.x + aside_x, back.y + aside_y),
            Point::new(back.x - aside_x, back.y - aside_y),
        ],
        fill,
    });
}

/// Draws a cross around `at`.
pub(super) fn cross(drawing: &mut Drawing, at: Point, paint: Paint) {
    for aside in [5.0, -5.0] {
        let from = Point::new(at.x - 5.0, at.y - aside);
        let to = Point::new(at.x + 5.0, at.y + aside);
        drawing.line(from, to, paint, 2.5);
    }
}
