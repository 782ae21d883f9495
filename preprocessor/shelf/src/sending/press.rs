//! What `content/press.toml` says, as words with gaps to fill.

use editorial::{Shelf, Wording, Words, with_quotes};
use kit::document::Inline;

/// The words of the kit that stand on no page.
#[derive(Debug, Default)]
pub(super) struct Press {
    /// Who may speak.
    pub(super) speaks: Vec<Inline>,
    /// The paragraphs of a holding statement before its sentences.
    pub(super) before: Vec<Vec<Inline>>,
    /// Those after them.
    pub(super) after: Vec<Vec<Inline>>,
    /// What the contacts sheet begins with.
    pub(super) lead: Vec<Inline>,
    /// Who is on it, and what for.
    pub(super) rows: Vec<(Vec<Inline>, Vec<Inline>)>,
    /// The paragraphs of `README.txt`.
    pub(super) readme: Vec<Vec<Inline>>,
    /// Those of a lesson's.
    pub(super) lesson: Vec<Vec<Inline>>,
}

impl Press {
    pub(super) fn of(shelf: &Shelf) -> Press {
        let press = &shelf.press;
        let rows = press.contacts.iter();
        Press {
            speaks: press.speaks.as_ref().map(inlines).unwrap_or_default(),
            before: press.before.iter().map(inlines).collect(),
            after: press.after.iter().map(inlines).collect(),
            lead: press.lead.as_ref().map(inlines).unwrap_or_default(),
            rows: rows
                .map(|row| (inlines(&row.who), inlines(&row.why)))
                .collect(),
            readme: press.readme.iter().map(inlines).collect(),
            lesson: press.lesson.iter().map(inlines).collect(),
        }
    }
}

/// Back quotes mark what is typed, as in Markdown.
fn inlines(wording: &Wording) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for words in &wording.words {
        match words {
            Words::Gap(what) => inlines.push(Inline::Gap(what.clone())),
            Words::Text(text) => {
                let parts = text.split('`').enumerate();
                let parts = parts.filter(|(_, part)| !part.is_empty());
                inlines.extend(parts.map(|(at, part)| match at % 2 {
                    0 => Inline::text(with_quotes(part)),
                    _ => Inline::Code(part.to_owned()),
                }));
            }
        }
    }
    inlines
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::Placed;

    #[test]
    fn gaps_and_what_is_typed_keep_their_kind() {
        let wording = Wording {
            written: Placed {
                value: String::new(),
                span: 0..0,
            },
            words: vec![
                Words::Text("Type `ls` and \"read\" ".to_owned()),
                Words::Gap("name".to_owned()),
            ],
        };
        let wanted = [
            Inline::text("Type "),
            Inline::Code("ls".to_owned()),
            Inline::text(" and “read” "),
            Inline::Gap("name".to_owned()),
        ];
        assert_eq!(inlines(&wording), wanted);
    }
}
