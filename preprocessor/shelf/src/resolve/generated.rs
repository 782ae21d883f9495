//! Parts of pages that are made from the registry and from the rules.

use editorial::{RULES, Shelf};

use super::escape::markdown;

/// Every rule with what it wants and why: the same text as `cargo shelf explain`.
pub(super) fn rules() -> String {
    let mut page = String::new();
    for rule in RULES {
        let id = rule.name.replace('/', "-");
        page.push_str(&format!(
            "## `{}` {{#{id}}}\n\n**{}**\n\n{} {}\n\n",
            rule.name,
            rule.wants,
            rule.why,
            rule.waiver(),
        ));
    }
    page
}

/// Every term of the glossary in the order of the alphabet.
pub(super) fn glossary(shelf: &Shelf) -> String {
    let mut terms: Vec<_> = shelf.terms.entries.iter().collect();
    terms.sort_by_key(|term| term.term.value.to_lowercase());
    let mut page = String::new();
    for term in terms {
        page.push_str(&format!("**{}**", markdown(&term.term.value)));
        if let Some(expansion) = &term.expansion {
            page.push_str(&format!(" ({})", markdown(expansion)));
        }
        page.push_str(&format!("\n: {}\n\n", markdown(&term.plain.value)));
    }
    page
}
