//! What was measured: all goals in one table, and each measure with its picture and its figures.

mod figures;
#[cfg(test)]
mod tests;

use editorial::{Bound, Case, Goal, Held, Measure, Series, Shelf, Standing, Unit};

use super::Form;
use super::drawing;
use super::escape::{html, markdown, prose, with_code};
use figures::{figure, multiple, short};

pub(super) use figures::figure as shown;

/// Every goal, with its figure, and in words whether it is met.
pub(super) fn goals(shelf: &Shelf) -> String {
    let mut table = String::from("| What | Goal | Figure | Met |\n|---|---|---|---|\n");
    let mut missed = String::new();
    for goal in &shelf.goals.entries {
        let measure = goal.measure().and_then(|id| shelf.measure(id));
        let unit = measure.map_or(Unit::Count, |measure| measure.unit);
        let (seen, met) = match goal.standing(measure) {
            Standing::Tested => {
                // Its whole path would leave the other columns no room.
                let test = goal.test().map_or("", |test| &test.value);
                let test = test.rsplit('/').next().unwrap_or(test);
                (
                    format!("held by the test `{test}`"),
                    "yes, or that test fails",
                )
            }
            Standing::Unmeasured => ("nobody has measured it".to_owned(), "unknown"),
            Standing::Measured { figure, met, quick } => {
                let met = match (met, quick) {
                    (true, false) => "yes",
                    (false, false) => "**no**",
                    (true, true) => "in a quick trial",
                    (false, true) => "not in a quick trial",
                };
                (value(goal.held, "", figure, unit), met)
            }
        };
        let what = markdown(&goal.what.value);
        table.push_str(&format!(
            "| {what} | {} | {seen} | {met} |\n",
            bound(goal, unit)
        ));
        if let Some(why) = &goal.why {
            missed.push_str(&format!("- **{what}** {}\n", with_code(&why.value)));
        }
    }
    if !missed.is_empty() {
        table.push_str(&format!("\nWhat was missed, and why:\n\n{missed}"));
    }
    table
}

fn bound(goal: &Goal, unit: Unit) -> String {
    match goal.bound {
        Bound::AtMost(0.0) => "none".to_owned(),
        Bound::AtMost(most) => value(goal.held, "at most ", most, unit),
        Bound::AtLeast(least) => value(goal.held, "at least ", least, unit),
    }
}

fn value(held: Held, bound: &str, number: f64, unit: Unit) -> String {
    match held {
        Held::OursToPeer => format!("{bound}{} the peer's time", multiple(number)),
        Held::PeerToOurs => format!("{bound}{} as fast as the peer", multiple(number)),
        Held::Ours => format!("{bound}{}", figure(number, unit)),
        Held::Growth => format!("exponent {bound}{}", short(number)),
    }
}

/// One measure: its picture, its figures, and how they were taken. Nothing where there is no such measure, and no
/// goal waits for it.
pub(super) fn measure(id: &str, shelf: &Shelf, form: Form) -> Option<String> {
    let Some(measure) = shelf.measure(id) else {
        let words = format!("*{}*: nobody has measured it yet.\n", markdown(id));
        return shelf.awaits(id).then_some(words);
    };
    let table = table(measure);
    let taken = taken(measure);
    let (title, plain) = (&measure.title.value, &measure.plain.value);
    Some(match form {
        Form::Html => {
            let id = html(&format!("proof-{id}"));
            let picture = drawing::measure(&id, measure).unwrap_or_default();
            format!(
                "<figure class=\"chart\" id=\"figure-{id}\"><figcaption>\
                 <p class=\"sample-title\" id=\"figure-{id}-title\">{}</p>\
                 <p class=\"sample-plain\" id=\"figure-{id}-plain\">{}</p></figcaption>\
                 {picture}</figure>\n\n{table}\n{taken}",
                prose(title),
                prose(plain),
            )
        }
        Form::Plain => format!(
            "**{}**\n\n{}\n\n{table}\n{taken}\n",
            markdown(title),
            markdown(plain)
        ),
    })
}

/// The medians of both sides, how far the runs lie apart, and the memory.
fn table(measure: &Measure) -> String {
    let mut heads = vec!["What".to_owned(), "Ours".to_owned()];
    if let Some(peer) = &measure.peer {
        heads.push(markdown(&peer.value));
        heads.push("Ours as a multiple".to_owned());
    }
    let has_memory = |case: &Case| case.our_memory.or(case.peer_memory).is_some();
    let has_memory = measure.cases.iter().any(has_memory);
    if has_memory {
        heads.push("Memory".to_owned());
    }
    let mut table = format!(
        "| {} |\n|{}\n",
        heads.join(" | "),
        "---|".repeat(heads.len())
    );
    for case in &measure.cases {
        let mut cells = vec![markdown(&case.name.value), series(&case.ours, measure.unit)];
        if measure.peer.is_some() {
            let peer = case.peer.as_ref();
            cells.push(peer.map_or(String::new(), |peer| series(peer, measure.unit)));
            cells.push(case.to_peer().map_or(String::new(), multiple));
        }
        if has_memory {
            let sides = [case.our_memory, case.peer_memory].into_iter().flatten();
            let sides: Vec<String> = sides.map(|memory| format!("{memory} MB")).collect();
            cells.push(sides.join(", peer "));
        }
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    for (who, growth) in [
        ("Ours grows", measure.growth()),
        ("The peer grows", measure.peer_growth()),
    ] {
        if let Some(growth) = growth {
            let exponent = short(growth);
            table.push_str(&format!(
                "\n{who} with the exponent {exponent} (1 is linear, 2 is quadratic).\n"
            ));
        }
    }
    table
}

/// The median, with the smallest and the largest figure where they differ.
fn series(series: &Series, unit: Unit) -> String {
    let median = figure(series.median(), unit);
    let (low, high) = (
        figure(series.lowest(), unit),
        figure(series.highest(), unit),
    );
    match low == high {
        true => median,
        false => format!("{median} ({low} to {high})"),
    }
}

/// How the figures were taken, in one paragraph.
fn taken(measure: &Measure) -> String {
    let runs = measure.cases.iter().map(|case| case.ours.runs());
    let (fewest, most) = (runs.clone().min().unwrap_or(0), runs.max().unwrap_or(0));
    let runs = match (fewest, most) {
        (_, 1) => "One run".to_owned(),
        (fewest, most) if fewest == most => format!("Medians of {most} runs"),
        (fewest, most) => format!("Medians of {fewest} to {most} runs"),
    };
    let turns = match measure.peer {
        Some(_) if most > 1 => ", ours and the peer's in turn",
        _ => "",
    };
    let trial = match measure.is_quick() {
        true => "**A quick trial, which proves nothing.** ",
        false => "",
    };
    let machine = &measure.machine;
    let conditions = measure.conditions.iter();
    let conditions: Vec<String> = conditions.map(|text| with_code(&text.value)).collect();
    format!(
        "{trial}{runs}{turns}. Ours: `{}`. Measured on {} at commit {} on {}, {} threads, {} MiB, {}, {}. {}\n",
        measure.ours.value.replace('`', ""),
        measure.date.in_words(),
        markdown(&measure.commit),
        markdown(&machine.processor),
        machine.cores,
        super::digits::digits(machine.memory),
        markdown(&machine.kernel),
        markdown(&machine.rust),
        conditions.join(" "),
    )
}
