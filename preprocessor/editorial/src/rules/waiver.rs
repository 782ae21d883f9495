//! Waivers: a page may break a rule if it says why, for as long as it needs to.

use super::{Check, Rule, rule};
use crate::finding::{Finding, Severity};
use crate::shelf::Shelf;

pub(super) const UNNEEDED: Rule = Rule {
    name: "waiver/unneeded",
    wants: "A waiver names a rule that can be waived, gives a reason, and is still needed.",
    why: "An exception that outlives its cause would hide the next mistake. Write it in the front \
          matter: `[[waive]]` with `rule` and `reason`.",
    can_be_waived: false,
    check: Check::Build,
};

/// Takes out the findings that a page is excused from, and puts in what is wrong with its waivers.
pub(super) fn excuse(shelf: &Shelf, findings: &mut Vec<Finding>) {
    for page in &shelf.pages {
        for waiver in page.piece.iter().flat_map(|piece| &piece.waivers) {
            let name = waiver.rule.value.as_str();
            let trouble = match rule(name) {
                None => Some((
                    format!("there is no rule \"{name}\""),
                    "`cargo shelf explain` lists the rules",
                )),
                Some(rule) if !rule.can_be_waived => Some((
                    format!("nothing may be excused from {name}"),
                    "mend the page instead",
                )),
                Some(_) => {
                    let before = findings.len();
                    findings.retain(|found| found.rule != name || found.path != page.file.path());
                    (before == findings.len()).then(|| {
                        (
                            format!("the page keeps {name} without this waiver"),
                            "delete the waiver",
                        )
                    })
                }
            };
            if let Some((problem, help)) = trouble {
                let span = waiver.rule.span.clone();
                let found = page
                    .file
                    .finding(UNNEEDED.name, Severity::Error, span, problem, help);
                findings.push(found);
            }
        }
    }
}
