//! Dated facts as bars or as a table, each row with the footnotes of its sources.
//!
//! Both are a table of Markdown: it reads well aloud and without style, and its footnotes join those
//! of the page. On the website a bar stands before each number.

use editorial::{Bar, Cells, FigureFile, Placed, Rows, When};

use super::Form;
use super::escape::{capitalised, html, markdown};

/// The figure, or nothing where its file could not be read.
pub(super) fn chart(file: &FigureFile, form: Form) -> Option<String> {
    let figure = file.figure.as_ref()?;
    let table = match &figure.rows {
        Rows::Bars { what, rows } => bars(what, rows, form),
        Rows::Table { columns, rows } => table(columns, rows),
    };
    Some(match form {
        Form::Html => format!(
            "<figure class=\"chart\" id=\"figure-{}\"><figcaption><p class=\"sample-title\">{}</p><p class=\"sample-plain\">{}</p></figcaption>\n\n{table}\n</figure>\n",
            html(&file.id),
            html(&figure.title.value),
            html(&figure.plain.value),
        ),
        Form::Plain => format!(
            "**{}**\n\n{}\n\n{table}",
            markdown(&figure.title.value),
            markdown(&figure.plain.value),
        ),
    })
}

fn bars(what: &Placed<String>, rows: &[Bar], form: Form) -> String {
    let longest = rows.iter().map(|row| row.number).max().unwrap_or(0);
    let mut table = format!(
        "| When | Who counted, and what | {} |\n|---|---|---|\n",
        markdown(&capitalised(&what.value))
    );
    for row in rows {
        let mut number = digits(row.number);
        if let Some((part, parts)) = &row.part {
            number.push_str(&format!("; {} {}", digits(*part), markdown(&parts.value)));
        }
        let bar = match form {
            Form::Html => bar(row, longest),
            Form::Plain => String::new(),
        };
        let note = row.note.as_ref().map_or(String::new(), |note| {
            format!(" ({})", markdown(&note.value))
        });
        table.push_str(&format!(
            "| {} | {}: {}{note}{} | {bar}{number} |\n",
            when(&row.when),
            markdown(&row.who.value),
            markdown(&row.counts.value),
            footnotes(&row.sources),
        ));
    }
    table
}

/// A bar as long as its number, with the part in a darker shade. Numbers stand beside it, so that it
/// says nothing to a screen reader.
fn bar(row: &Bar, longest: u64) -> String {
    let rect = |class: &str, number: u64| {
        let permille = number.saturating_mul(1_000) / longest.max(1);
        format!(
            "<rect class=\"{class}\" width=\"{}.{}%\" height=\"100%\"></rect>",
            permille / 10,
            permille % 10
        )
    };
    let part = row.part.as_ref();
    let part = part.map_or(String::new(), |(part, _)| rect("part", *part));
    format!(
        "<svg class=\"bar\" aria-hidden=\"true\">{}{part}</svg>",
        rect("whole", row.number)
    )
}

fn table(columns: &[Placed<String>], rows: &[Cells]) -> String {
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

fn when(when: &Placed<When>) -> String {
    when.value.in_words()
}

fn footnotes(sources: &[Placed<String>]) -> String {
    let notes = sources.iter().map(|source| format!("[^{}]", source.value));
    notes.collect()
}

/// `12345` as `12,345`.
fn digits(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn thousands_are_set_apart() {
        for (number, wanted) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (3_627, "3,627"),
            (1_600_000, "1,600,000"),
        ] {
            assert_eq!(digits(number), wanted);
        }
    }
}
