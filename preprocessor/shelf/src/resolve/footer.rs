//! What stands below a piece, before its sources.

use editorial::{NameClass, Page, Shelf, words};

use super::escape::markdown;

/// The id of the section with the three messages.
pub(super) const IN_NINE_SECONDS: &str = "in-nine-seconds";

/// The three messages for a reporter, and the note that tools are named as examples.
pub(super) fn footer(page: &Page, shelf: &Shelf) -> String {
    let mut footer = String::new();
    if let Some(piece) = page
        .piece
        .as_ref()
        .filter(|piece| !piece.messages.is_empty())
    {
        footer.push_str(&format!(
            "\n\n## In nine seconds {{#{IN_NINE_SECONDS}}}\n\n"
        ));
        for message in &piece.messages {
            footer.push_str(&format!("- {}\n", markdown(&message.value)));
        }
    }
    let examples = examples(page, shelf);
    if let Some((last, others)) = examples.split_last() {
        let names = match others {
            [] => markdown(last),
            others => format!("{} and {}", markdown(&others.join(", ")), markdown(last)),
        };
        let role = if others.is_empty() {
            "is named as an example"
        } else {
            "are named as examples"
        };
        footer.push_str(&format!(
            "\n\n*{names} {role}. Naming is no recommendation.*\n"
        ));
    }
    footer
}

/// The tools that the page names as illustrations.
fn examples(page: &Page, shelf: &Shelf) -> Vec<String> {
    let is_named = |name: &str| {
        page.outline
            .blocks
            .iter()
            .any(|block| words::whole_words(&block.text, name).next().is_some())
    };
    shelf
        .names
        .entries
        .iter()
        .filter(|name| name.class == NameClass::Illustration && is_named(&name.name.value))
        .map(|name| name.name.value.clone())
        .collect()
}
