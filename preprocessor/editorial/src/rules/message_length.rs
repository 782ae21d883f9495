//! Sentences for quotation that nobody could speak in nine seconds.

use super::{Check, Findings, Rule};
use crate::fields::Placed;
use crate::page::Page;
use crate::shelf::Shelf;
use crate::words::words;

/// Words a broadcast quotation holds: nine seconds of speech. Covello, "Message Mapping", 2002.
const LIMIT: usize = 27;
const MESSAGES: usize = 3;

pub(super) const RULE: Rule = Rule {
    name: "message/length",
    wants: "`says` has at most 27 words; `messages` are three, with at most 27 words together.",
    why: "Twenty-seven words take nine seconds to say, and that is what fits into a news item. \
          Whatever is longer gets cut by somebody else. An answer, an incident sheet and a paper \
          also name one `action` for the reader.",
    can_be_waived: true,
    check: Check::Page(check),
};

fn check(_: &Shelf, page: &Page, findings: &mut Findings) {
    let Some(piece) = page.piece.as_ref().filter(|piece| piece.kind.is_quoted()) else {
        return;
    };
    let top = piece.span.start..piece.span.start;
    let says_something = |text: &Placed<String>| words(&text.value).next().is_some();
    match piece.says.as_ref().filter(|says| says_something(says)) {
        None => findings.error(
            &page.file,
            top.clone(),
            "the piece has no sentence to quote",
            "add `says = \"…\"` with at most 27 words",
        ),
        Some(says) => {
            let length = words(&says.value).count();
            if length > LIMIT {
                findings.error(
                    &page.file,
                    says.span.clone(),
                    format!("the sentence to quote has {length} words"),
                    format!("cut it to {LIMIT}: nine seconds of speech"),
                );
            }
        }
    }
    let count = piece
        .messages
        .iter()
        .filter(|message| says_something(message))
        .count();
    if count != MESSAGES || piece.messages.len() != MESSAGES {
        let span = piece
            .messages
            .first()
            .map_or(top.clone(), |first| first.span.clone());
        findings.error(
            &page.file,
            span,
            format!("the piece states {count} instead of {MESSAGES} messages"),
            format!("write {MESSAGES}, with at most {LIMIT} words together"),
        );
    }
    let length: usize = piece
        .messages
        .iter()
        .map(|message| words(&message.value).count())
        .sum();
    if let Some(first) = piece.messages.first().filter(|_| length > LIMIT) {
        findings.error(
            &page.file,
            first.span.clone(),
            format!("the messages have {length} words together"),
            format!("cut them to {LIMIT}: nine seconds of speech"),
        );
    }
    if !piece.action.as_ref().is_some_and(says_something) {
        findings.error(
            &page.file,
            top,
            "the piece does not say what the reader should do",
            "add `action = \"…\"`",
        );
    }
}
