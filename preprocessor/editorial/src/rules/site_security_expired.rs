//! A website that names nobody to whom a hole in it could be told.

use super::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    name: "site/security-expired",
    wants: "The day `security-expires` in book.toml lies ahead.",
    why: "security.txt says to whom to tell a hole in the website, and until when that can be relied on. \
          RFC 9116 tells its readers to trust none that has run out, and its writers to look less than a \
          year ahead.",
    can_be_waived: false,
    check: Check::Build,
};
