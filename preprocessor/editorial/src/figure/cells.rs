//! Facts in a table.

use super::{Fact, read_sources, read_when};
use crate::fields::{Fields, Placed};
use crate::when::When;

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// When it happened, or was published.
    pub when: Placed<When>,
    /// One text for each column.
    pub cells: Vec<Placed<String>>,
    /// The keys of the publications.
    pub sources: Vec<Placed<String>>,
}

impl Cells {
    pub(super) fn fact(&self) -> Fact<'_> {
        Fact {
            when: Some(&self.when),
            at: self.when.span.start,
            texts: self.cells.iter().collect(),
            numbers: Vec::new(),
            sources: &self.sources,
        }
    }

    pub(super) fn read(fields: &mut Fields<'_>, columns: usize) -> Option<Cells> {
        let when = read_when(fields);
        let cells = fields.texts("cells");
        if cells.len() != columns {
            let span = match (cells.first(), cells.last()) {
                (Some(first), Some(last)) => first.span.start..last.span.end,
                _ => fields.span(),
            };
            fields.misfit(
                span,
                format!("the row has {} cells for {columns} columns", cells.len()),
                "give one text for each column",
            );
        }
        let sources = read_sources(fields);
        Some(Cells {
            when: when?,
            cells,
            sources,
        })
    }
}
