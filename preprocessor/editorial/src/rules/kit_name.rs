//! Pieces whose files would lie in one place.

use std::collections::HashMap;

use super::{Check, Findings, Rule};
use crate::piece::Kind;
use crate::shelf::{Shelf, stem};

/// What lies in every kit beside the folders of the pieces.
const TAKEN: [&str; 4] = ["kit.json", "kit.schema.json", "readme.txt", "sha256sums"];

pub(super) const RULE: Rule = Rule {
    name: "kit/name",
    wants: "Every piece has a file name of its own, in whatever folder it lies.",
    why: "The files that are sent carry the name of the page and lie in a folder of that name. Two \
          pieces with one name would lie in one folder, and nobody could tell from a file which of \
          the two it is.",
    can_be_waived: false,
    check: Check::Shelf(check),
};

fn check(shelf: &Shelf, findings: &mut Findings) {
    let mut seen: HashMap<String, String> = HashMap::new();
    for page in &shelf.pages {
        let kind = page.piece.as_ref().map(|piece| piece.kind);
        let (Some(piece), Some(Kind::Answer | Kind::Incident | Kind::Paper | Kind::Checklist)) =
            (&page.piece, kind)
        else {
            continue;
        };
        let name = stem(page.file.path()).to_lowercase();
        let problem = match seen.get(&name) {
            Some(other) => format!("{other} has the same name, and so would its files"),
            None if TAKEN.contains(&name.as_str()) => {
                "every kit has a file of this name already".to_owned()
            }
            None => {
                seen.insert(name, page.file.path().display().to_string());
                continue;
            }
        };
        findings.error(
            &page.file,
            piece.title.span.clone(),
            problem,
            "rename this page, and leave a redirect where it was published",
        );
    }
}
