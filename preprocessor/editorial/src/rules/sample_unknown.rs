//! Samples that are not there.

use std::collections::HashSet;

use super::{Check, Findings, Rule};
use crate::nearest::did_you_mean;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "sample/unknown",
    wants: "A page shows samples that exist, each once, and a sample's \"before\" exists.",
    why: "The figure would be missing from the page, and with it the evidence for the sentence above it.",
    can_be_waived: false,
    check: Check::Shelf(check),
};

fn check(shelf: &Shelf, findings: &mut Findings) {
    let ids: Vec<&str> = shelf
        .samples
        .iter()
        .map(|sample| sample.id.as_str())
        .collect();
    let others = match ids.as_slice() {
        [] => "add a file to content/samples".to_owned(),
        ids => format!("the samples are: {}", ids.join(", ")),
    };
    let help = |id: &str| did_you_mean(id, ids.iter().copied(), &others);
    for page in &shelf.pages {
        let mut shown = HashSet::new();
        for directive in page.outline.samples().filter(|found| found.is_closed) {
            let id = directive.argument.as_str();
            if !shown.insert(id) {
                findings.error(
                    &page.file,
                    directive.argument_span.clone(),
                    format!("the sample \"{id}\" stands on this page already"),
                    "show it once, and refer to it in words",
                );
            } else if !id.is_empty() && shelf.sample(id).is_none() {
                findings.error(
                    &page.file,
                    directive.argument_span.clone(),
                    format!("there is no sample \"{id}\""),
                    help(id),
                );
            }
        }
    }
    for file in &shelf.samples {
        let before = file
            .sample
            .as_ref()
            .and_then(|sample| sample.before.as_ref());
        if let Some(before) =
            before.filter(|id| shelf.sample(&id.value).is_none() || id.value == file.id)
        {
            findings.error(
                &file.file,
                before.span.clone(),
                format!("there is no other sample \"{}\"", before.value),
                help(&before.value),
            );
        }
    }
}
