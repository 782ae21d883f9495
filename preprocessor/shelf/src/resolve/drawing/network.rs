//! A network before and after a change: machines on a grid, zones as boxes around them, and a
//! numbered line for each connection.

use editorial::{Connection, Machine, Network, Passes, Zone};

use super::{Anchor, Dashes, Drawing, NARROW, Paint, Part, Point, WIDE, letters, marks};

const LETTERS: f64 = 12.5;
const LINE: f64 = 15.0;
/// A machine's box.
const BOX: (f64, f64) = (98.0, 42.0);
/// From one row of machines to the next.
const PITCH: f64 = 126.0;
/// What a zone leaves free around its machines; its name stands above them.
const PAD: f64 = 9.0;
const NAME: f64 = 20.0;
const BADGE: f64 = 9.5;

/// Both states beside one another.
pub(super) fn side_by_side(network: &Network) -> Drawing {
    let panel = (WIDE - 16.0) / 2.0;
    draw(network, WIDE, panel, |height| {
        Point::new(panel + 16.0, -height)
    })
}

/// Both states below one another.
pub(super) fn stacked(network: &Network) -> Drawing {
    draw(network, NARROW, NARROW, |_| Point::new(0.0, 18.0))
}

/// The state before the change, alone.
pub(super) fn before(network: &Network) -> Drawing {
    alone(network, "Before", &network.zones().before, |found| {
        found.passes.before
    })
}

/// The state after the change, alone.
pub(super) fn after(network: &Network) -> Drawing {
    alone(network, "After", &network.zones().after, |found| {
        found.passes.after
    })
}

fn alone(
    network: &Network,
    title: &str,
    zones: &[Zone],
    passes: impl Fn(&Connection) -> Passes,
) -> Drawing {
    let mut drawing = Drawing::new(WIDE);
    let panel = Panel::at(Point::new(0.0, 0.0), WIDE, network);
    panel.draw(&mut drawing, title, zones, passes);
    drawing.height = key(&mut drawing, height(network)) - 10.0;
    drawing
}

/// The height of one state.
fn height(network: &Network) -> f64 {
    let rows = network.machines.iter().map(|machine| machine.row + 1).max();
    rows.unwrap_or(0) as f64 * PITCH - 8.0
}

/// Draws both states, the second one `step` away from below the first, and the key below them.
fn draw(network: &Network, width: f64, panel: f64, step: impl Fn(f64) -> Point) -> Drawing {
    let mut drawing = Drawing::new(width);
    let height = height(network);
    let zones = network.zones();
    let before = Panel::at(Point::new(0.0, 0.0), panel, network);
    before.draw(&mut drawing, "Before", &zones.before, |found| {
        found.passes.before
    });
    let next = step(height);
    let after = Panel::at(Point::new(next.x, height + next.y), panel, network);
    after.draw(&mut drawing, "After", &zones.after, |found| {
        found.passes.after
    });
    let bottom = after.origin.y + height;
    let y = key(&mut drawing, bottom);
    let words = "An arrow leads from the caller to the called.";
    drawing.soft(Point::new(0.0, y + 4.0), Anchor::Start, LETTERS, words);
    drawing.height = y + 14.0;
    drawing
}

/// One state of a network.
struct Panel<'a> {
    origin: Point,
    /// The width of a column.
    cell: f64,
    network: &'a Network,
}

impl<'a> Panel<'a> {
    fn at(origin: Point, width: f64, network: &'a Network) -> Panel<'a> {
        let columns = network.machines.iter().map(|machine| machine.column + 1);
        let columns = columns.max().unwrap_or(1);
        Panel {
            origin,
            cell: width / columns as f64,
            network,
        }
    }

    fn draw(
        &self,
        drawing: &mut Drawing,
        title: &str,
        zones: &[Zone],
        passes: impl Fn(&Connection) -> Passes,
    ) {
        let at = Point::new(self.origin.x, self.origin.y + 17.0);
        drawing.bold(at, Anchor::Start, 15.0, title);
        for zone in zones {
            self.zone(drawing, zone);
        }
        for (index, found) in self.network.connections.iter().enumerate() {
            let ends = [found.from, found.to].map(|end| self.network.machines.get(end));
            if let [Some(from), Some(to)] = ends {
                self.connection(drawing, from, to, passes(found), index + 1);
            }
        }
        for machine in &self.network.machines {
            self.machine(drawing, machine);
        }
    }

    /// The middle of a machine.
    fn middle(&self, column: usize, row: usize) -> Point {
        Point::new(
            self.origin.x + (column as f64 + 0.5) * self.cell,
            self.origin.y + row as f64 * PITCH + 26.0 + NAME + PAD + BOX.1 / 2.0,
        )
    }

    fn zone(&self, drawing: &mut Drawing, zone: &Zone) {
        let (first, last) = (
            self.middle(zone.left, zone.top),
            self.middle(zone.right, zone.bottom),
        );
        let aside = self.cell / 2.0 - 3.0;
        let at = Point::new(first.x - aside, first.y - BOX.1 / 2.0 - NAME - 2.0);
        drawing.parts.push(Part::Rect {
            at,
            width: last.x - first.x + 2.0 * aside,
            height: last.y - first.y + BOX.1 + NAME + 2.0 + PAD,
            round: 6.0,
            fill: Paint::Raised,
            edge: Some((Paint::Edge, 1.0)),
        });
        // Lines arrive over the middle of a column: the name stands before it, or between two.
        let (x, anchor) = if zone.left == zone.right {
            (at.x + 8.0, Anchor::Start)
        } else {
            ((first.x + last.x) / 2.0, Anchor::Middle)
        };
        let name = Point::new(x, at.y + 15.0);
        drawing.bold(name, anchor, LETTERS, &zone.name.value);
    }

    fn machine(&self, drawing: &mut Drawing, machine: &Machine) {
        let middle = self.middle(machine.column, machine.row);
        drawing.parts.push(Part::Rect {
            at: Point::new(middle.x - BOX.0 / 2.0, middle.y - BOX.1 / 2.0),
            width: BOX.0,
            height: BOX.1,
            round: 3.0,
            fill: Paint::Paper,
            edge: Some((Paint::Ink, 1.2)),
        });
        let lines = letters::lines(&machine.name.value, LETTERS, BOX.0 - 8.0);
        let first = middle.y - (lines.len() as f64 - 1.0) * LINE / 2.0 + LETTERS * 0.36;
        for (index, line) in lines.iter().enumerate() {
            let at = Point::new(middle.x, first + index as f64 * LINE);
            drawing.text(at, Anchor::Middle, LETTERS, line);
        }
    }

    fn connection(
        &self,
        drawing: &mut Drawing,
        from: &Machine,
        to: &Machine,
        passes: Passes,
        number: usize,
    ) {
        let [start, end] = [from, to].map(|machine| self.middle(machine.column, machine.row));
        let (start, end) = (edge(start, end), edge(end, start));
        line(drawing, start, end, passes);
        // In the way between the zones, clear of the name of the lower one.
        let badge = start.towards(end, if start.y == end.y { 0.44 } else { 0.4 });
        drawing.parts.push(Part::Circle {
            at: badge,
            radius: BADGE,
            fill: Paint::Paper,
            edge: Some((Paint::Ink, 1.2)),
        });
        let at = Point::new(badge.x, badge.y + LETTERS * 0.36);
        drawing.bold(at, Anchor::Middle, LETTERS, &number.to_string());
    }
}

/// Where the line from the middle of one box to that of another leaves the first.
fn edge(middle: Point, other: Point) -> Point {
    let share = |length: f64, room: f64| {
        if length.abs() > 0.1 {
            room / length.abs()
        } else {
            f64::INFINITY
        }
    };
    let across = share(other.x - middle.x, BOX.0 / 2.0);
    let along = share(other.y - middle.y, BOX.1 / 2.0);
    middle.towards(other, across.min(along).min(1.0))
}

/// A line that says by its form, and not by its colour alone, what may pass.
fn line(drawing: &mut Drawing, from: Point, to: Point, passes: Passes) {
    let (paint, width, dashes) = match passes {
        Passes::Open => (Paint::Bad, 3.0, Dashes::None),
        Passes::Clear => (Paint::Warn, 2.5, Dashes::Long),
        Passes::Guarded => (Paint::Good, 6.0, Dashes::None),
        Passes::Blocked => (Paint::Soft, 1.5, Dashes::Dots),
    };
    let end = match passes {
        Passes::Blocked => to.towards(from, 0.24),
        _ => to.towards(from, (7.0 / from.distance(to)).min(1.0)),
    };
    drawing.parts.push(Part::Line {
        from,
        to: end,
        paint,
        width,
        dashes,
    });
    match passes {
        Passes::Open | Passes::Clear => marks::arrow(drawing, from, to, paint),
        Passes::Guarded => {
            drawing.line(from, end, Paint::Paper, 2.0);
            marks::arrow(drawing, from, to, paint);
        }
        Passes::Blocked => marks::cross(drawing, end, Paint::Ink),
    }
}

/// Says what the lines mean, from `top` on, and gives the place below.
fn key(drawing: &mut Drawing, top: f64) -> f64 {
    let column = if drawing.width > NARROW {
        WIDE / 2.0 + 8.0
    } else {
        0.0
    };
    let (mut x, mut y) = (0.0, top + 16.0);
    for passes in Passes::ALL {
        line(drawing, Point::new(x, y), Point::new(x + 56.0, y), passes);
        let at = Point::new(x + 68.0, y + LETTERS * 0.36);
        drawing.text(at, Anchor::Start, LETTERS, passes.in_words());
        if x == 0.0 && column > 0.0 {
            x = column;
        } else {
            (x, y) = (0.0, y + 24.0);
        }
    }
    y
}
