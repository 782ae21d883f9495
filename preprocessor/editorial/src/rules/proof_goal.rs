//! Numbers we want to reach: each measured or tested, and none missed in silence.

use super::{Check, Findings, Rule};
use crate::nearest::did_you_mean;
use crate::page::Page;
use crate::proof::{Goal, Measure, Standing};
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "proof/goal",
    wants: "Every goal of content/proof.toml is shown by a measure or held by a test, and one that is missed says why.",
    why: "A goal that is missed in silence is worth nothing, and neither is an excuse for one that was met. The \
          bench writes the figures (`cargo bench -p shelf --bench proof`) and never touches `why`, which is the \
          word of a person.",
    can_be_waived: false,
    check: Check::PageAndShelf(check_page, check),
};

pub(super) const TRIAL: Rule = Rule {
    name: "proof/trial",
    wants: "Figures come from a full measurement, and not from a trial of the bench.",
    why: "With `--quick` the bench makes few runs on small books, to see whether it works. The page calls such \
          figures a trial. Measure again without it, on a machine that does nothing else.",
    can_be_waived: false,
    check: Check::Shelf(check_trials),
};

fn check_page(shelf: &Shelf, page: &Page, findings: &mut Findings) {
    let directives = page.outline.directives.iter();
    let shown = directives.filter(|found| found.is_ours() && found.name == "proof");
    for directive in shown.filter(|found| !found.argument.is_empty()) {
        let id = directive.argument.as_str();
        // One that a goal waits for has its warning there.
        if !shelf.measures.iter().any(|measure| measure.id == id) && !shelf.awaits(id) {
            let ids = shelf.measures.iter().map(|measure| measure.id.as_str());
            findings.error(
                &page.file,
                directive.argument_span.clone(),
                format!("there is no measure \"{id}\""),
                did_you_mean(id, ids, "let the bench write it to content/proof"),
            );
        }
    }
}

fn check(shelf: &Shelf, findings: &mut Findings) {
    for goal in &shelf.goals.entries {
        if let Some(test) = goal.test()
            && !shelf.root.join(&test.value).is_file()
        {
            findings.error(
                &shelf.goals.file,
                test.span.clone(),
                format!("there is no test {}", test.value),
                "name its file, as seen from the book's folder",
            );
        }
        check_cases(shelf, goal, findings);
        check_why(shelf, goal, findings);
    }
}

fn check_cases(shelf: &Shelf, goal: &Goal, findings: &mut Findings) {
    let Some(measure) = goal.measure().and_then(|id| shelf.measure(id)) else {
        return;
    };
    // A trial leaves out the large cases.
    for name in goal.cases().iter().filter(|_| !measure.is_quick()) {
        if measure.case(&name.value).is_none() {
            let known = measure.cases.iter().map(|case| case.name.value.as_str());
            findings.error(
                &shelf.goals.file,
                name.span.clone(),
                format!("the measure has no case \"{}\"", name.value),
                did_you_mean(&name.value, known, "name one of its cases"),
            );
        }
    }
}

fn check_why(shelf: &Shelf, goal: &Goal, findings: &mut Findings) {
    let measure = goal.measure().and_then(|id| shelf.measure(id));
    let is_missed = match goal.standing(measure) {
        Standing::Measured { quick: true, .. } => return,
        // A trial leaves out the large cases, and is a finding of its own.
        Standing::Unmeasured if measure.is_some_and(Measure::is_quick) => return,
        Standing::Measured { met, .. } => Some(!met),
        Standing::Tested => Some(false),
        Standing::Unmeasured => None,
    };
    let file = &shelf.goals.file;
    let place = goal.id.span.clone();
    let id = &goal.id.value;
    match (is_missed, &goal.why) {
        (Some(true), None) => findings.error(
            file,
            place,
            format!("the goal \"{id}\" is missed, and nothing says why"),
            "write `why`: the cause, and what was tried",
        ),
        (Some(false), Some(why)) => findings.error(
            file,
            why.span.clone(),
            format!("the goal \"{id}\" is met, and this says why it is missed"),
            "take `why` away",
        ),
        (None, _) => findings.warning(
            file,
            place,
            format!("nobody has measured the goal \"{id}\""),
            "run the bench: cargo bench -p shelf --bench proof",
        ),
        _ => {}
    }
}

fn check_trials(shelf: &Shelf, findings: &mut Findings) {
    for file in &shelf.measures {
        let quick = file.measure.as_ref().and_then(|found| found.quick.as_ref());
        if let Some(quick) = quick.filter(|quick| quick.value) {
            findings.warning(
                &file.file,
                quick.span.clone(),
                format!(
                    "the figures of \"{}\" are from a trial of the bench",
                    file.id
                ),
                "measure again without --quick, and with nothing else running",
            );
        }
    }
}
