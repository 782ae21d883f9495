//! Pictures of figures: typed shapes first, then SVG, in a page or as a file of its own.
//!
//! A picture has two layouts, for a text column and for a telephone. Lengths are in units, of which
//! one is a CSS pixel where the picture has its full width.

mod columns;
mod counts;
mod file;
mod letters;
mod logarithms;
mod marks;
mod network;
mod page;
mod rail;
mod slide;
mod svg;
mod timeline;

use editorial::{Figure, FigureFile, Rows};

pub(super) use file::address;
pub(crate) use file::files;
pub(super) use page::{inline, measure};
pub(super) use slide::{OnSlide, on_slides};

/// The faces of a file's letters, which lies where our own are not.
const FACES: &str = "Open Sans, Segoe UI, Helvetica, Arial, sans-serif";
/// The width of a picture in a text column.
const WIDE: f64 = 624.0;
/// The width of a picture on a telephone, whose letters are still larger than 11 pixels at 360.
const NARROW: f64 = 320.0;

/// Whether a figure has a picture.
pub(super) fn is_drawn(file: &FigureFile) -> bool {
    let figure = file.figure.as_ref();
    figure.is_some_and(|figure| !matches!(figure.rows, Rows::Table { .. }))
}

/// The two layouts of a picture.
struct Layouts {
    wide: Drawing,
    narrow: Drawing,
}

impl Layouts {
    /// The picture of a figure; none for a table.
    fn of(figure: &Figure) -> Option<Layouts> {
        match &figure.rows {
            Rows::Bars { rows, .. } => Some(Layouts {
                wide: columns::draw(rows, columns::HEIGHT),
                narrow: counts::draw(rows),
            }),
            Rows::Timeline(events) => Some(Layouts {
                wide: timeline::draw(events, WIDE),
                narrow: timeline::draw(events, NARROW),
            }),
            Rows::Network(network) => Some(Layouts {
                wide: network::side_by_side(network),
                narrow: network::stacked(network),
            }),
            Rows::Table { .. } => None,
        }
    }
}

/// A picture as a list of parts; later ones lie above earlier ones.
#[derive(Debug, Clone, Default)]
struct Drawing {
    width: f64,
    height: f64,
    parts: Vec<Part>,
}

/// A place, from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    x: f64,
    y: f64,
}

/// One shape or one line of text.
#[derive(Debug, Clone)]
enum Part {
    Rect {
        at: Point,
        width: f64,
        height: f64,
        /// The radius of the corners.
        round: f64,
        fill: Paint,
        /// Its colour and its width.
        edge: Option<(Paint, f64)>,
    },
    Line {
        from: Point,
        to: Point,
        paint: Paint,
        width: f64,
        dashes: Dashes,
    },
    Polygon {
        points: Vec<Point>,
        fill: Paint,
    },
    Circle {
        at: Point,
        radius: f64,
        fill: Paint,
        /// Its colour and its width.
        edge: Option<(Paint, f64)>,
    },
    Text {
        /// Where its line begins, is centred or ends.
        at: Point,
        anchor: Anchor,
        size: f64,
        bold: bool,
        fill: Paint,
        text: String,
        /// What follows on the same line and stands back; empty for nothing.
        aside: String,
    },
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dashes {
    None,
    Long,
    Dots,
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// A colour by its task. A page gives it by a class, a file by a fixed light palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paint {
    Paper,
    Raised,
    Ink,
    Soft,
    Grid,
    Edge,
    /// A count.
    Whole,
    /// The part of a count that is set apart.
    Part,
    Good,
    Warn,
    Bad,
}

impl Point {
    fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    /// The place that lies `share` of the way to `other`.
    fn towards(self, other: Point, share: f64) -> Point {
        Point::new(
            self.x + (other.x - self.x) * share,
            self.y + (other.y - self.y) * share,
        )
    }

    fn distance(self, other: Point) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

impl Drawing {
    fn new(width: f64) -> Drawing {
        Drawing {
            width,
            ..Drawing::default()
        }
    }

    fn line(&mut self, from: Point, to: Point, paint: Paint, width: f64) {
        self.parts.push(Part::Line {
            from,
            to,
            paint,
            width,
            dashes: Dashes::None,
        });
    }

    fn rect(&mut self, at: Point, width: f64, height: f64, fill: Paint) {
        self.parts.push(Part::Rect {
            at,
            width,
            height,
            round: 0.0,
            fill,
            edge: None,
        });
    }

    /// One line of text in ink.
    fn text(&mut self, at: Point, anchor: Anchor, size: f64, text: &str) {
        self.write(at, anchor, size, (false, Paint::Ink), text, "");
    }

    /// One line of bold text in ink.
    fn bold(&mut self, at: Point, anchor: Anchor, size: f64, text: &str) {
        self.write(at, anchor, size, (true, Paint::Ink), text, "");
    }

    /// One line that begins with bold text and goes on with what stands back.
    fn head(&mut self, at: Point, size: f64, text: &str, aside: &str) {
        self.write(at, Anchor::Start, size, (true, Paint::Ink), text, aside);
    }

    /// One line of text that stands back.
    fn soft(&mut self, at: Point, anchor: Anchor, size: f64, text: &str) {
        self.write(at, anchor, size, (false, Paint::Soft), text, "");
    }

    fn write(
        &mut self,
        at: Point,
        anchor: Anchor,
        size: f64,
        (bold, fill): (bool, Paint),
        text: &str,
        aside: &str,
    ) {
        self.parts.push(Part::Text {
            at,
            anchor,
            size,
            bold,
            fill,
            text: text.to_owned(),
            aside: aside.to_owned(),
        });
    }
}
