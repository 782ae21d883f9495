//! Where the machines of a network stand, and whether it can be drawn without crossing one out.

use std::ops::Range;

use super::network::{Connection, Machine};
use crate::fields::{Fields, Placed};
use crate::nearest::did_you_mean;

/// A telephone shows two machines beside one another, with letters that can be read and room for the
/// line between them.
const COLUMNS: usize = 2;

/// The letters of a zone's name that fit beside or between the lines that arrive: in one column, and
/// in more.
const LETTERS_A_ZONE: (usize, usize) = (9, 20);

/// The letters of a machine's name that fit its box, on two lines; and those of one word.
const LETTERS_A_MACHINE: (usize, usize) = (24, 12);

/// Gives each machine its place. Whether every one of them has one.
pub(super) fn place(
    fields: &Fields<'_>,
    rows: &[Placed<String>],
    machines: &mut [Machine],
) -> bool {
    let mut placed = vec![false; machines.len()];
    let mut all_fit = true;
    let mut misfit = |span: &Range<usize>, problem: String, help: String| {
        all_fit = false;
        fields.misfit(span.clone(), problem, help);
    };
    for (row, text) in rows.iter().enumerate() {
        let words: Vec<&str> = text.value.split_whitespace().collect();
        if words.len() > COLUMNS {
            let problem = format!("the row has {} places, {COLUMNS} fit", words.len());
            misfit(&text.span, problem, "put one into another row".to_owned());
        }
        for (column, id) in words.into_iter().enumerate().filter(|(_, id)| *id != "-") {
            let found = machines.iter().position(|machine| machine.id.value == id);
            let Some(index) = found else {
                let ids = machines.iter().map(|machine| machine.id.value.as_str());
                let help = did_you_mean(id, ids, "write `-` for an empty place");
                let problem = format!("no machine has the id \"{id}\"");
                misfit(&text.span, problem, help);
                continue;
            };
            if placed[index] {
                let help = "each machine has one place".to_owned();
                misfit(&text.span, format!("\"{id}\" stands there already"), help);
            }
            placed[index] = true;
            (machines[index].column, machines[index].row) = (column, row);
        }
    }
    for (machine, _) in machines.iter().zip(&placed).filter(|(_, placed)| !**placed) {
        let problem = format!("the grid has no place for \"{}\"", machine.id.value);
        let help = "write its id into `grid`".to_owned();
        misfit(&machine.id.span, problem, help);
    }
    all_fit
}

/// Zones are drawn as boxes, so that none may lie over another; and their names have to fit.
pub(super) fn refuse_mixed_zones(fields: &Fields<'_>, machines: &[Machine]) {
    let sides: [fn(&Machine) -> &Placed<String>; 2] = [
        |machine| &machine.zones.before,
        |machine| &machine.zones.after,
    ];
    for side in sides {
        let zones = Zone::all(machines, side);
        for (index, zone) in zones.iter().enumerate() {
            let Placed { value, span } = &zone.name;
            if let Some(other) = zones[..index].iter().find(|other| other.meets(zone)) {
                fields.misfit(
                    span.clone(),
                    format!("this zone would lie over \"{}\"", other.name.value),
                    "move the machines in `grid` until each zone is a rectangle of its own",
                );
            }
            let (narrow, wide) = LETTERS_A_ZONE;
            let room = if zone.left == zone.right {
                narrow
            } else {
                wide
            };
            if value.chars().count() > room {
                fields.misfit(
                    span.clone(),
                    format!("the name of this zone is longer than {room} letters"),
                    "find a shorter name, or give the zone more machines beside one another",
                );
            }
        }
    }
}

/// A machine's name stands in its box.
pub(super) fn refuse_long_names(fields: &Fields<'_>, machines: &[Machine]) {
    let (room, word) = LETTERS_A_MACHINE;
    for Placed { value, span } in machines.iter().map(|machine| &machine.name) {
        let is_long = |text: &str, room| text.chars().count() > room;
        if is_long(value, room) || value.split_whitespace().any(|part| is_long(part, word)) {
            fields.misfit(
                span.clone(),
                "the name of this machine does not fit its box",
                format!("use at most {room} letters, and {word} in a word"),
            );
        }
    }
}

/// A connection is a straight line, which must not run over a third machine.
pub(super) fn refuse_long_ways(
    fields: &Fields<'_>,
    machines: &[Machine],
    connections: &[(Connection, Range<usize>)],
) {
    for (index, (connection, span)) in connections.iter().enumerate() {
        let (from, to) = (&machines[connection.from], &machines[connection.to]);
        let far = from
            .column
            .abs_diff(to.column)
            .max(from.row.abs_diff(to.row));
        if far != 1 {
            fields.misfit(
                span.clone(),
                format!(
                    "\"{}\" does not stand beside \"{}\"",
                    to.id.value, from.id.value
                ),
                "move one of them in `grid`: a connection is a straight line between neighbours",
            );
        }
        let ends = |connection: &Connection| {
            (
                connection.from.min(connection.to),
                connection.from.max(connection.to),
            )
        };
        if connections[..index]
            .iter()
            .any(|(other, _)| ends(other) == ends(connection))
        {
            fields.misfit(
                span.clone(),
                "these two are joined already",
                "say it in one connection",
            );
        }
    }
}

/// A zone of a network: the rectangle of places, corners included, in which its machines stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its name, where it is first written.
    pub name: Placed<String>,
    /// The first column, from 0.
    pub left: usize,
    /// The last column.
    pub right: usize,
    /// The first row, from 0.
    pub top: usize,
    /// The last row.
    pub bottom: usize,
}

impl Zone {
    /// The zones of the machines, of which `side` names one for each.
    pub(super) fn all(machines: &[Machine], side: fn(&Machine) -> &Placed<String>) -> Vec<Zone> {
        let mut zones: Vec<Zone> = Vec::new();
        for machine in machines {
            let name = side(machine);
            let (column, row) = (machine.column, machine.row);
            match zones.iter_mut().find(|zone| zone.name.value == name.value) {
                Some(zone) => {
                    (zone.left, zone.right) = (zone.left.min(column), zone.right.max(column));
                    (zone.top, zone.bottom) = (zone.top.min(row), zone.bottom.max(row));
                }
                None => zones.push(Zone {
                    name: name.clone(),
                    left: column,
                    right: column,
                    top: row,
                    bottom: row,
                }),
            }
        }
        zones
    }

    fn meets(&self, other: &Zone) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }
}
