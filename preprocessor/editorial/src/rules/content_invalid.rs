//! Files that do not say what their form wants them to say.

use super::{Check, Findings, Rule};
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "content/invalid",
    wants: "Every file in content/ is TOML with the keys of its form, and no others.",
    why: "A misspelt key would be passed over in silence, and with it a source or a claim. The form \
          of each file stands in CONTRIBUTING.md.",
    can_be_waived: false,
    check: Check::Shelf(check_content),
};

pub(super) const FRONT_MATTER: Rule = Rule {
    name: "front-matter/invalid",
    wants: "A page's front matter is TOML between two lines `+++`, with the keys of its form.",
    why: "The front matter says what kind of piece a page is, for whom, and when it was checked. \
          Every output is made from it, so a misspelt key is an error and not a surprise later.",
    can_be_waived: false,
    check: Check::Shelf(check_front_matter),
};

fn check_content(shelf: &Shelf, findings: &mut Findings) {
    findings.misfits(&shelf.sources.file, &shelf.sources.misfits);
    findings.misfits(&shelf.terms.file, &shelf.terms.misfits);
    findings.misfits(&shelf.names.file, &shelf.names.misfits);
    for sample in &shelf.samples {
        findings.misfits(&sample.file, &sample.misfits);
    }
}

fn check_front_matter(shelf: &Shelf, findings: &mut Findings) {
    for page in &shelf.pages {
        findings.misfits(&page.file, &page.misfits);
    }
}
