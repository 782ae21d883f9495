//! `content/figures/ID.toml`: dated facts from several sources, shown as bars or as a table.

use std::ops::Range;

use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;
use crate::source_text::SourceText;
use crate::when::When;

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
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// When it was counted, or published.
    pub when: Placed<When>,
    /// Who counted.
    pub who: Placed<String>,
    /// What was counted.
    pub counts: Placed<String>,
    /// How many.
    pub number: u64,
    /// A part of them, and what sets it apart.
    pub part: Option<(u64, Placed<String>)>,
    /// What the date or the count leaves out.
    pub note: Option<Placed<String>>,
    /// The keys of the publications.
    pub sources: Vec<Placed<String>>,
}

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

/// Dated facts from several sources.
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
    /// The date and the sources of each row.
    fn dated(&self) -> Vec<(&Placed<When>, &[Placed<String>])> {
        match &self.rows {
            Rows::Bars { rows, .. } => rows
                .iter()
                .map(|row| (&row.when, row.sources.as_slice()))
                .collect(),
            Rows::Table { rows, .. } => rows
                .iter()
                .map(|row| (&row.when, row.sources.as_slice()))
                .collect(),
        }
    }

    /// What is read in its rows and above them, in order.
    pub(crate) fn row_texts(&self) -> Vec<&Placed<String>> {
        let mut texts = Vec::new();
        match &self.rows {
            Rows::Bars { what, rows } => {
                texts.push(what);
                for row in rows {
                    let parts = row.part.as_ref().map(|(_, parts)| parts);
                    texts.extend([&row.who, &row.counts]);
                    texts.extend(parts.into_iter().chain(&row.note));
                }
            }
            Rows::Table { columns, rows } => {
                let cells = rows.iter().flat_map(|row| &row.cells);
                texts.extend(columns.iter().chain(cells));
            }
        }
        texts
    }

    /// The keys of the publications it rests on, row by row.
    pub fn sources(&self) -> impl Iterator<Item = &Placed<String>> {
        self.dated().into_iter().flat_map(|(_, sources)| sources)
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
}

fn read_figure(fields: &mut Fields<'_>) -> Option<Figure> {
    let title = fields.required_text("title", "say what the figure shows");
    let plain = fields.required_text("plain", "say what a lay reader should take away");
    let kind = fields.choice("kind", &[("bars", Form::Bars), ("table", Form::Table)]);
    let Some(kind) = kind else {
        // Which keys belong here depends on the kind.
        fields.leave_the_rest();
        return None;
    };
    let rows = match kind.value {
        Form::Bars => {
            let what = fields.required_text("what", "say what is counted, such as \"servers\"");
            let rows = fields.tables("row", read_bar);
            Rows::Bars {
                what: what?,
                rows: rows.into_iter().collect::<Option<_>>()?,
            }
        }
        Form::Table => {
            let columns = fields.texts("columns");
            if columns.is_empty() {
                fields.missing("columns", "name the columns after the date");
            }
            let rows = fields.tables("row", |row| read_cells(row, columns.len()));
            Rows::Table {
                columns,
                rows: rows.into_iter().collect::<Option<_>>()?,
            }
        }
    };
    let figure = Figure {
        title: title?,
        plain: plain?,
        rows,
    };
    if figure.dated().is_empty() {
        fields.missing("row", "give each fact a table [[row]]");
    }
    refuse_disorder(fields, &figure);
    Some(figure)
}

fn refuse_disorder(fields: &Fields<'_>, figure: &Figure) {
    for pair in figure.dated().windows(2) {
        let [(before, _), (after, _)] = pair else {
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

fn read_bar(fields: &mut Fields<'_>) -> Option<Bar> {
    let when = read_when(fields);
    let who = fields.required_text("who", "say who counted");
    let counts = fields.required_text("counts", "say what was counted, in words");
    let number = fields.whole_number("number");
    if number.is_none() && !fields.has("number") {
        fields.missing("number", "give the count");
    }
    let part = fields.whole_number("part");
    let parts = fields.text("parts");
    let part = match (part, parts) {
        (Some(part), Some(parts)) => Some((part, parts)),
        (None, None) => None,
        (Some(Placed { span, .. }), None) | (None, Some(Placed { span, .. })) => {
            fields.misfit(
                span,
                "`part` and `parts` belong together",
                "give the number as `part`, and what sets it apart as `parts`",
            );
            None
        }
    };
    if let (Some((part, _)), Some(number)) = (&part, &number)
        && part.value > number.value
    {
        fields.misfit(
            part.span.clone(),
            "the part is larger than the whole",
            "compare both with the source",
        );
    }
    let note = fields.text("note");
    let sources = read_sources(fields);
    Some(Bar {
        when: when?,
        who: who?,
        counts: counts?,
        number: number?.value,
        part: part.map(|(part, parts)| (part.value, parts)),
        note,
        sources,
    })
}

fn read_cells(fields: &mut Fields<'_>, columns: usize) -> Option<Cells> {
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

fn read_sources(fields: &mut Fields<'_>) -> Vec<Placed<String>> {
    fields.required_texts(
        "sources",
        "name keys of content/sources.toml: [\"ps3.15-2025e\"]",
    )
}

fn read_when(fields: &mut Fields<'_>) -> Option<Placed<When>> {
    const HELP: &str = "write a year, a month or a day: \"2019\", \"2019-09\", \"2019-09-17\"";
    let text = fields.required_text("when", HELP)?;
    let Placed { value, span }: Placed<String> = text;
    let span: Range<usize> = span;
    match When::parse(&value) {
        Some(value) => Some(Placed { value, span }),
        None => {
            fields.misfit(span, format!("`when` cannot be \"{value}\""), HELP);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> FigureFile {
        FigureFile::read(
            "a".to_owned(),
            SourceText::new("content/figures/a.toml", text),
        )
    }

    #[test]
    fn every_problem_of_a_figure_is_reported_at_once() {
        let found = read(
            "title = \"T\"\nplain = \"P\"\nkind = \"bars\"\nwhat = \"servers\"\n\
             [[row]]\nwhen = \"2020\"\nwho = \"A\"\ncounts = \"c\"\nnumber = 3\npart = 4\n\
             parts = \"open\"\nsources = [\"a\"]\n\
             [[row]]\nwhen = \"2019-1\"\nwho = \"B\"\ncounts = \"c\"\nnumber = -1\npart = 4\n\
             sauce = \"a\"\n",
        );
        let mut places: Vec<_> = found
            .misfits
            .iter()
            .map(|misfit| found.file.line_and_column(misfit.span.start).0)
            .collect();
        places.sort_unstable();
        assert_eq!(places, [10, 13, 14, 17, 18, 19], "{:#?}", found.misfits);
    }

    #[test]
    fn a_misspelt_kind_is_the_only_problem_of_its_figure() {
        let found = read(
            "title = \"T\"\nplain = \"P\"\nkind = \"bar\"\nwhat = \"servers\"\n\
             [[row]]\nwhen = \"2020\"\nwho = \"A\"\ncounts = \"c\"\nnumber = 3\n\
             sources = [\"a\"]\n",
        );
        let problems: Vec<_> = found.misfits.iter().map(|misfit| &misfit.problem).collect();
        assert_eq!(problems, ["`kind` cannot be \"bar\""]);
    }

    #[test]
    fn a_row_has_a_cell_for_each_column_and_its_place_in_time() {
        let found = read(
            "title = \"T\"\nplain = \"P\"\nkind = \"table\"\ncolumns = [\"a\", \"b\"]\n\
             [[row]]\nwhen = \"2020\"\ncells = [\"1\", \"2\"]\nsources = [\"a\"]\n\
             [[row]]\nwhen = \"2019\"\ncells = [\"1\"]\nsources = [\"a\"]\n",
        );
        let problems: Vec<_> = found
            .misfits
            .iter()
            .map(|misfit| misfit.problem.as_str())
            .collect();
        assert_eq!(
            problems,
            [
                "the row has 1 cells for 2 columns",
                "this row is earlier than the one before it"
            ]
        );
    }
}
