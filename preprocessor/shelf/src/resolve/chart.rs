//! Figures of facts: a picture where there is one, and always a table, each row with the footnotes of
//! its sources.
//!
//! The table is Markdown: it reads well aloud and without style, and its footnotes join those of the
//! page.

use editorial::{Bar, BeforeAfter, Cells, Event, Figure, FigureFile, Network, Placed, Rows, When};

use super::digits::digits;
use super::escape::{capitalised, html, markdown, prose};
use super::{Form, drawing};

/// The figure, or nothing where its file could not be read. `picture` leads to the file of its
/// picture, where there will be one.
pub(super) fn chart(file: &FigureFile, form: Form, picture: Option<&str>) -> Option<String> {
    let figure = file.figure.as_ref()?;
    let table = table(figure);
    Some(match form {
        Form::Html => {
            let id = html(&file.id);
            let picture = drawing::inline(file, picture).unwrap_or_default();
            let (open, close) = match figure.rows {
                // The picture says all that the table says.
                Rows::Timeline(_) => (
                    "<details><summary>The same as a table, with sources</summary>",
                    "</details>\n",
                ),
                _ => ("", ""),
            };
            format!(
                "<figure class=\"chart\" id=\"figure-{id}\"><figcaption>\
                 <p class=\"sample-title\" id=\"figure-{id}-title\">{}</p>\
                 <p class=\"sample-plain\" id=\"figure-{id}-plain\">{}</p></figcaption>\
                 {picture}{open}\n\n{table}\n{close}</figure>\n",
                prose(&figure.title.value),
                prose(&figure.plain.value),
            )
        }
        Form::Plain => format!(
            "**{}**\n\n{}\n\n{table}",
            markdown(&figure.title.value),
            markdown(&figure.plain.value),
        ),
    })
}

/// The figure on the page of a lesson, which is long already: its words and its table, with a link to the picture,
/// which stands on the slides. Nothing where the file could not be read.
pub(super) fn beside_slides(file: &FigureFile, picture: Option<&str>) -> Option<String> {
    let words = chart(file, Form::Plain, None)?;
    let picture = picture.filter(|_| drawing::is_drawn(file));
    let link = picture.map_or(String::new(), |picture| {
        format!("\n[The picture, as on the slides]({picture})\n")
    });
    Some(format!("{words}{link}"))
}

fn table(figure: &Figure) -> String {
    match &figure.rows {
        Rows::Bars { what, rows } => bars(what, rows),
        Rows::Table { columns, rows } => cells(columns, rows),
        Rows::Timeline(events) => timeline(events),
        Rows::Network(network) => connections(network),
    }
}

fn bars(what: &Placed<String>, rows: &[Bar]) -> String {
    let mut table = format!(
        "| When | Who counted, and what | {} |\n|---|---|---|\n",
        markdown(&capitalised(&what.value))
    );
    for row in rows {
        let mut number = digits(row.number);
        if let Some((part, parts)) = &row.part {
            number.push_str(&format!("; {} {}", digits(*part), markdown(&parts.value)));
        }
        let note = row.note.as_ref().map_or(String::new(), |note| {
            format!(" ({})", markdown(&note.value))
        });
        table.push_str(&format!(
            "| {} | {}: {}{note}{} | {number} |\n",
            when(&row.when),
            markdown(&row.who.value),
            markdown(&row.counts.value),
            footnotes(&row.sources),
        ));
    }
    table
}

fn cells(columns: &[Placed<String>], rows: &[Cells]) -> String {
    let mut table = String::from("| When |");
    let mut rule = String::from("|---|");
    for column in columns {
        table.push_str(&format!(" {} |", markdown(&column.value)));
        rule.push_str("---|");
    }
    table.push_str(&format!("\n{rule}\n"));
    for row in rows {
        table.push_str(&format!("| {} |", when(&row.when)));
        for (index, cell) in row.cells.iter().enumerate() {
            let is_last = index + 1 == row.cells.len();
            let notes = if is_last {
                footnotes(&row.sources)
            } else {
                String::new()
            };
            table.push_str(&format!(" {}{notes} |", markdown(&cell.value)));
        }
        table.push('\n');
    }
    table
}

fn timeline(events: &[Event]) -> String {
    let mut table = String::from("| When | Kind | What happened |\n|---|---|---|\n");
    for event in events {
        table.push_str(&format!(
            "| {} | {} | {}{} |\n",
            when(&event.when),
            event.kind.in_words(),
            markdown(&event.what.value),
            footnotes(&event.sources),
        ));
    }
    table
}

fn connections(network: &Network) -> String {
    let mut table = String::from(
        "| Connection | Before and after | What makes the difference |\n|---|---|---|\n",
    );
    let name = |index: usize| {
        let machine = network.machines.get(index);
        machine.map_or(String::new(), |machine| markdown(&machine.name.value))
    };
    for (index, found) in network.connections.iter().enumerate() {
        let BeforeAfter { before, after } = found.passes;
        table.push_str(&format!(
            "| {}: {} to {} | Before: {}. After: {}. | {}{} |\n",
            index + 1,
            name(found.from),
            name(found.to),
            before.in_words(),
            after.in_words(),
            markdown(&found.change.value),
            footnotes(&found.sources),
        ));
    }
    table
}

fn when(when: &Placed<When>) -> String {
    when.value.in_words()
}

fn footnotes(sources: &[Placed<String>]) -> String {
    let notes = sources.iter().map(|source| format!("[^{}]", source.value));
    notes.collect()
}
