//! What mdBook itself warns of.

use super::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    name: "mdbook/warning",
    wants: "mdBook makes the website without a warning.",
    why: "mdBook goes on after a broken include or half an HTML tag, and the page shows the damage. \
          What it warns of is an error here.",
    can_be_waived: false,
    check: Check::Build,
};
