//! `content/figures/ID.toml`: facts from several sources, shown as a drawing, a table or both.

mod bars;
mod cells;
mod event;
mod grid;
mod network;
#[cfg(test)]
mod tests;

pub use bars::Bar;
pub use cells::Cells;
pub use event::{Event, Trouble};
pub use grid::Zone;
pub use network::{BeforeAfter, Connection, Machine, Network, Passes};

use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;
use crate::source_text::SourceText;
use crate::when::When;
use crate::words;

/// What a figure is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// A bar for each count. Counts of different studies are never added.
    Bars {
        /// What is counted, as the head of the column.
        what: Placed<String>,
        /// In the order of time.
        rows: Vec<Bar>,
    },
    /// A table.
    Table {
        /// The heads of the columns after the date.
        columns: Vec<Placed<String>>,
        /// In the order of time.
        rows: Vec<Cells>,
    },
    /// What happened, in the order of time.
    Timeline(Vec<Event>),
    /// A network before and after a change.
    Network(Network),
}

/// One row of a figure: what is read in it, and what it rests on.
#[derive(Debug, Clone)]
pub struct Fact<'a> {
    /// Its date; a connection of a network has none.
    pub when: Option<&'a Placed<When>>,
    /// Where the row stands in its file.
    pub at: usize,
    /// What is read in it, in order.
    pub texts: Vec<&'a Placed<String>>,
    /// Its counts.
    pub numbers: Vec<u64>,
    /// The keys of the publications.
    pub sources: &'a [Placed<String>],
}

/// Facts from several sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What stands above it.
    pub title: Placed<String>,
    /// What a lay reader should take away.
    pub plain: Placed<String>,
    /// What it shows.
    pub rows: Rows,
}

impl Figure {
    /// Its rows, in order.
    pub fn facts(&self) -> Vec<Fact<'_>> {
        match &self.rows {
            Rows::Bars { rows, .. } => rows.iter().map(Bar::fact).collect(),
            Rows::Table { rows, .. } => rows.iter().map(Cells::fact).collect(),
            Rows::Timeline(rows) => rows.iter().map(Event::fact).collect(),
            Rows::Network(network) => network.facts().collect(),
        }
    }

    /// What is read above its rows, or in the drawing beside them.
    pub fn heads(&self) -> Vec<&Placed<String>> {
        match &self.rows {
            Rows::Bars { what, .. } => vec![what],
            Rows::Table { columns, .. } => columns.iter().collect(),
            Rows::Timeline(_) => Vec::new(),
            Rows::Network(network) => network.heads(),
        }
    }

    /// What is read in its rows and above them, in order.
    pub fn row_texts(&self) -> Vec<&Placed<String>> {
        let rows = self.facts().into_iter().flat_map(|fact| fact.texts);
        self.heads().into_iter().chain(rows).collect()
    }

    /// The words that it brings to a slide: those of a table. A drawing is looked at, and not read.
    pub(crate) fn words_on_a_slide(&self) -> usize {
        if !matches!(self.rows, Rows::Table { .. }) {
            return 0;
        }
        let texts = self.row_texts().into_iter();
        let texts: usize = texts.map(|text| words::words(&text.value).count()).sum();
        let dates = self.facts().into_iter().filter_map(|fact| fact.when);
        let dates = dates.map(|when| words::words(&when.value.in_words()).count());
        texts + dates.sum::<usize>()
    }

    /// Whether a date stands beside what its rows say.
    pub(crate) fn is_dated(&self) -> bool {
        !matches!(self.rows, Rows::Network(_))
    }

    /// The keys of the publications it rests on, row by row.
    pub fn sources(&self) -> impl Iterator<Item = &Placed<String>> {
        self.facts().into_iter().flat_map(|fact| fact.sources)
    }
}

/// A figure's file: its id, its text, what it says, and what is wrong in it.
#[derive(Debug, Clone)]
pub struct FigureFile {
    /// The file's name without its ending.
    pub id: String,
    /// The file as it lies on the disk.
    pub file: SourceText,
    /// What it says, where it could be read.
    pub figure: Option<Figure>,
    /// What could not be read.
    pub misfits: Vec<Misfit>,
}

impl FigureFile {
    pub(crate) fn read(id: String, file: SourceText) -> Self {
        let (figure, misfits) = read_toml(file.text(), 0, read_figure);
        FigureFile {
            id,
            file,
            figure,
            misfits,
        }
    }
}

#[derive(Clone, Copy)]
enum Form {
    Bars,
    Table,
    Timeline,
    Network,
}

const FORMS: [(&str, Form); 4] = [
    ("bars", Form::Bars),
    ("table", Form::Table),
    ("timeline", Form::Timeline),
    ("network", Form::Network),
];

fn read_figure(fields: &mut Fields<'_>) -> Option<Figure> {
    let title = fields.required_text("title", "say what the figure shows");
    let plain = fields.required_text("plain", "say what a lay reader should take away");
    let Some(kind) = fields.choice("kind", &FORMS) else {
        // Which keys belong here depends on the kind.
        fields.leave_the_rest();
        return None;
    };
    let rows = match kind.value {
        Form::Bars => {
            let what = fields.required_text("what", "say what is counted, such as \"servers\"");
            let rows = read_rows(fields, Bar::read);
            Rows::Bars {
                what: what?,
                rows: rows?,
            }
        }
        Form::Table => {
            let columns = fields.texts("columns");
            if columns.is_empty() {
                fields.missing("columns", "name the columns after the date");
            }
            let rows = read_rows(fields, |row| Cells::read(row, columns.len()));
            Rows::Table {
                columns,
                rows: rows?,
            }
        }
        Form::Timeline => Rows::Timeline(read_rows(fields, Event::read)?),
        Form::Network => Rows::Network(Network::read(fields)?),
    };
    let figure = Figure {
        title: title?,
        plain: plain?,
        rows,
    };
    refuse_disorder(fields, &figure);
    Some(figure)
}

/// The rows of a figure, unless one of them cannot be read.
fn read_rows<T>(
    fields: &mut Fields<'_>,
    read: impl FnMut(&mut Fields<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let rows = fields.tables("row", read);
    if rows.is_empty() {
        fields.missing("row", "give each fact a table [[row]]");
    }
    rows.into_iter().collect()
}

fn refuse_disorder(fields: &Fields<'_>, figure: &Figure) {
    let dates: Vec<_> = figure.facts().iter().filter_map(|fact| fact.when).collect();
    for pair in dates.windows(2) {
        let [before, after] = pair else {
            continue;
        };
        if after.value < before.value {
            fields.misfit(
                after.span.clone(),
                "this row is earlier than the one before it",
                "put the rows in the order of time",
            );
        }
    }
}

fn read_sources(fields: &mut Fields<'_>) -> Vec<Placed<String>> {
    fields.required_texts(
        "sources",
        "name keys of content/sources.toml: [\"ps3.15-2025e\"]",
    )
}

fn read_when(fields: &mut Fields<'_>) -> Option<Placed<When>> {
    const HELP: &str = "write a year, a month or a day: \"2019\", \"2019-09\", \"2019-09-17\"";
    let Placed { value, span } = fields.required_text("when", HELP)?;
    match When::parse(&value) {
        Some(value) => Some(Placed { value, span }),
        None => {
            fields.misfit(span, format!("`when` cannot be \"{value}\""), HELP);
            None
        }
    }
}
