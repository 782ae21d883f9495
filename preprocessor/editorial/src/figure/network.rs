//! Machines, the zones they stand in and what may pass between them, before and after a change.

use std::ops::Range;

use super::{Fact, Zone, grid, read_sources};
use crate::fields::{Fields, Placed};
use crate::nearest::did_you_mean;

/// A network before and after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// In the order of the file.
    pub machines: Vec<Machine>,
    /// In the order of the file, which numbers them.
    pub connections: Vec<Connection>,
}

/// One machine, or one party outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// What connections call it.
    pub id: Placed<String>,
    /// What readers see.
    pub name: Placed<String>,
    /// The zone it stands in, before and after.
    pub zones: BeforeAfter<Placed<String>>,
    /// Its column in the grid, from 0.
    pub column: usize,
    /// Its row in the grid, from 0.
    pub row: usize,
}

/// One connection between two machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Who calls: the place in [`Network::machines`].
    pub from: usize,
    /// Who is called: the place in [`Network::machines`].
    pub to: usize,
    /// What may pass, before and after.
    pub passes: BeforeAfter<Passes>,
    /// What makes the difference.
    pub change: Placed<String>,
    /// The keys of the publications it rests on.
    pub sources: Vec<Placed<String>>,
}

/// One thing before a change, and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeforeAfter<T> {
    /// Before the change.
    pub before: T,
    /// After it.
    pub after: T,
}

/// What may pass over a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passes {
    /// Any caller, in clear text.
    Open,
    /// Listed callers, in clear text.
    Clear,
    /// Listed callers, encrypted.
    Guarded,
    /// Nothing.
    Blocked,
}

/// The words of `before` and `after`.
const PASSES: [(&str, Passes); 4] = [
    ("open", Passes::Open),
    ("clear", Passes::Clear),
    ("guarded", Passes::Guarded),
    ("blocked", Passes::Blocked),
];

impl Passes {
    /// Every answer, from the most open.
    pub const ALL: [Passes; 4] = [
        Passes::Open,
        Passes::Clear,
        Passes::Guarded,
        Passes::Blocked,
    ];

    /// As readers see it.
    pub fn in_words(self) -> &'static str {
        match self {
            Passes::Open => "any caller, in clear text",
            Passes::Clear => "listed callers, in clear text",
            Passes::Guarded => "listed callers, encrypted",
            Passes::Blocked => "refused",
        }
    }
}

impl Network {
    /// The zones before and after.
    pub fn zones(&self) -> BeforeAfter<Vec<Zone>> {
        BeforeAfter {
            before: Zone::all(&self.machines, |machine| &machine.zones.before),
            after: Zone::all(&self.machines, |machine| &machine.zones.after),
        }
    }

    pub(super) fn facts(&self) -> impl Iterator<Item = Fact<'_>> {
        self.connections.iter().map(|connection| Fact {
            when: None,
            at: connection.change.span.start,
            texts: vec![&connection.change],
            numbers: Vec::new(),
            sources: &connection.sources,
        })
    }

    /// What stands in the drawing beside the connections.
    pub(super) fn heads(&self) -> Vec<&Placed<String>> {
        let texts = self.machines.iter();
        let texts = texts.flat_map(|machine| {
            let zones = &machine.zones;
            [&machine.name, &zones.before, &zones.after]
        });
        texts.collect()
    }

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Network> {
        const HELP: &str =
            "draw the places of the machines: [\"maker anyone -\", \"scanner archive reader\"]";
        let rows = fields.required_texts("grid", HELP);
        let machines: Option<Vec<Machine>> =
            fields.tables("machine", read_machine).into_iter().collect();
        let Some(mut machines) = machines else {
            // Which connections lead nowhere depends on the machines.
            fields.tables("connection", |connection| connection.leave_the_rest());
            return None;
        };
        if machines.is_empty() {
            fields.missing("machine", "give each machine a table [[machine]]");
        }
        grid::refuse_long_names(fields, &machines);
        let is_placed = grid::place(fields, &rows, &mut machines);
        let mut connections = Vec::new();
        for connection in fields.tables("connection", |connection| {
            read_connection(connection, &machines)
        }) {
            connections.push(connection?);
        }
        if connections.is_empty() {
            fields.missing("connection", "give each connection a table [[connection]]");
        }
        if is_placed {
            grid::refuse_mixed_zones(fields, &machines);
            grid::refuse_long_ways(fields, &machines, &connections);
        }
        let connections = connections
            .into_iter()
            .map(|(connection, _)| connection)
            .collect();
        Some(Network {
            machines,
            connections,
        })
    }
}

fn read_machine(fields: &mut Fields<'_>) -> Option<Machine> {
    const ZONE: &str = "name the zone it stands in";
    let id = fields.required_text("id", "give it one word, for the grid and the connections");
    let name = fields.required_text("name", "say what readers call it");
    let before = fields.required_text("before", ZONE);
    let after = fields.required_text("after", ZONE);
    Some(Machine {
        id: id?,
        name: name?,
        zones: BeforeAfter {
            before: before?,
            after: after?,
        },
        column: 0,
        row: 0,
    })
}

/// A connection, and where the machine that is called is named.
fn read_connection(
    fields: &mut Fields<'_>,
    machines: &[Machine],
) -> Option<(Connection, Range<usize>)> {
    let mut end = |key| {
        let id = fields.required_text(key, "name a machine by its id")?;
        let found = machines
            .iter()
            .position(|machine| machine.id.value == id.value);
        if found.is_none() {
            let ids = machines.iter().map(|machine| machine.id.value.as_str());
            fields.misfit(
                id.span.clone(),
                format!("no machine has the id \"{}\"", id.value),
                did_you_mean(&id.value, ids, "name a machine by its id"),
            );
        }
        Some((found?, id.span))
    };
    let (from, to) = (end("from"), end("to"));
    let before = fields.choice("before", &PASSES);
    let after = fields.choice("after", &PASSES);
    let change = fields.required_text("change", "say what makes the difference");
    let sources = read_sources(fields);
    let (to, span) = to?;
    let connection = Connection {
        from: from?.0,
        to,
        passes: BeforeAfter {
            before: before?.value,
            after: after?.value,
        },
        change: change?,
        sources,
    };
    Some((connection, span))
}
