//! What the build finds out about the checklist when it is printed.

use super::{Check, Rule};

pub(super) const UNPRINTABLE: Rule = Rule {
    name: "checklist/unprintable",
    wants: "The font of the printed checklist has every character that stands on it.",
    why: "The sheet carries its own font, so that it looks the same on every machine. A character \
          that the font does not have would be an empty box on paper.",
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
