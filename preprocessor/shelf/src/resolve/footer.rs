//! What stands below a piece, before its sources.

use editorial::words::Searched;
use editorial::{NameClass, Page, Shelf};

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
    if let Some(examples) = examples(page, shelf) {
        footer.push_str(&format!("\n\n*{}*\n", markdown(&examples)));
    }
    footer
}

/// That the tools that a page names are examples; nothing where it names none.
pub(super) fn examples(page: &Page, shelf: &Shelf) -> Option<String> {
    let tools = tools(page, shelf);
    let (last, others) = tools.split_last()?;
    let (names, role) = match others {
        [] => (last.clone(), "is named as an example"),
        others => (
            format!("{} and {last}", others.join(", ")),
            "are named as examples",
        ),
    };
    Some(format!("{names} {role}. Naming is no recommendation."))
}

/// The tools that the page names as illustrations.
fn tools(page: &Page, shelf: &Shelf) -> Vec<String> {
    let blocks = page.outline.blocks.iter();
    let texts: Vec<_> = blocks.map(|block| Searched::new(&block.text)).collect();
    let is_named = |name: &str| {
        let mut texts = texts.iter();
        texts.any(|text| !text.whole_words(name).is_empty())
    };
    shelf
        .names
        .entries
        .iter()
        .filter(|name| name.class == NameClass::Illustration && is_named(&name.name.value))
        .map(|name| name.name.value.clone())
        .collect()
}
