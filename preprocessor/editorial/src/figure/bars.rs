//! Counts, each of one study.

use super::{Fact, read_sources, read_when};
use crate::fields::{Fields, Placed};
use crate::when::When;

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

impl Bar {
    pub(super) fn fact(&self) -> Fact<'_> {
        let (part, parts) = self
            .part
            .as_ref()
            .map(|(part, parts)| (part, parts))
            .unzip();
        let texts = [&self.who, &self.counts].into_iter();
        Fact {
            when: Some(&self.when),
            at: self.when.span.start,
            texts: texts.chain(parts).chain(&self.note).collect(),
            numbers: [&self.number].into_iter().chain(part).copied().collect(),
            sources: &self.sources,
        }
    }

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Bar> {
        let when = read_when(fields);
        let who = fields.required_text("who", "say who counted");
        let counts = fields.required_text("counts", "say what was counted, in words");
        let number = fields.whole_number("number");
        if number.is_none() && !fields.has("number") {
            fields.missing("number", "give the count");
        }
        let part = read_part(fields, number.as_ref());
        let note = fields.text("note");
        let sources = read_sources(fields);
        Some(Bar {
            when: when?,
            who: who?,
            counts: counts?,
            number: number?.value,
            part,
            note,
            sources,
        })
    }
}

fn read_part(
    fields: &mut Fields<'_>,
    number: Option<&Placed<u64>>,
) -> Option<(u64, Placed<String>)> {
    let part = fields.whole_number("part");
    let parts = fields.text("parts");
    if let (Some(part), Some(number)) = (&part, number)
        && parts.is_some()
        && part.value > number.value
    {
        fields.misfit(
            part.span.clone(),
            "the part is larger than the whole",
            "compare both with the source",
        );
    }
    match (part, parts) {
        (Some(part), Some(parts)) => Some((part.value, parts)),
        (None, None) => None,
        (Some(Placed { span, .. }), None) | (None, Some(Placed { span, .. })) => {
            fields.misfit(
                span,
                "`part` and `parts` belong together",
                "give the number as `part`, and what sets it apart as `parts`",
            );
            None
        }
    }
}
