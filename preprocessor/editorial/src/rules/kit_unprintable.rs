//! What the build finds out about the files to send when it makes them.

use super::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    name: "kit/unprintable",
    wants: "Everything in a piece can be printed as it stands.",
    why: "The PDF of a piece carries its own fonts, so that it looks the same on every machine. A \
          character that none of them has would be an empty box on paper, and a reporter would \
          read a gap. It may stand on the page, in the entry of a source, or in what a sample shows.",
    can_be_waived: false,
    check: Check::Build,
};
