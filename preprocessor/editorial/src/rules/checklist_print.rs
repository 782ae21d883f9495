//! What the build finds out about the checklist when it is printed.

use super::{Check, Rule};

pub(super) const UNPRINTABLE: Rule = Rule {
    name: "checklist/unprintable",
    wants: "Everything on the printed checklist can be printed as it stands.",
    why: "The sheet carries its own font, so that it looks the same on every machine. A character \
          that the font does not have would be an empty box on paper. Above the list the sheet has \
          paragraphs alone; a list, a table or an include there would be missing from it.",
    can_be_waived: false,
    check: Check::Build,
};

pub(super) const RULE: Rule = Rule {
    name: "checklist/one-page",
    wants: "The checklist fits on one printed page, on A4 and on Letter.",
    why: "A checklist is pinned to a wall or carried to a machine; a second page is left in the \
          printer. The build prints it on both papers and counts. The letters do not shrink: where \
          the page is full, cut a task or its words.",
    can_be_waived: false,
    check: Check::Build,
};
