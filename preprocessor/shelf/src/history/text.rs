//! One version of a piece as a plain text, for somebody who looks for an old statement.

use editorial::{Page, SourceText};
use evidence::Clean;
use kit::{ArticleReview, Version};

/// How a source is named in a text.
const CITATION: &str = "[^";

/// How the text of a page was: its head in plain lines, then its Markdown as it was written.
pub(super) fn text(path: &str, written: &str, version: &Version) -> String {
    let page = Page::read(SourceText::new(path, written));
    let mut head = Vec::new();
    let body = written.get(page.body.clone()).unwrap_or_default().trim();
    let body = &body.replace("\r\n", "\n");
    let piece = page.piece.as_ref();
    head.push(piece.map_or(path.to_owned(), |piece| piece.title.value.clone()));
    head.push(version.in_words());
    if let Some(piece) = piece {
        if let Some(review) = &piece.review {
            let review = ArticleReview::of(review, body.contains(CITATION));
            head.push(format!("{} {}", review.in_words, review.checked_in_words()));
        }
        let says = piece.says.as_ref();
        head.extend(says.map(|says| format!("To quote: {}", says.value)));
        if !piece.messages.is_empty() {
            let messages = piece.messages.iter();
            let lines = messages.map(|said| format!("\n- {}", said.value));
            head.push(format!("Messages:{}", lines.collect::<String>()));
        }
        let action = piece.action.as_ref();
        head.extend(action.map(|action| format!("What to do: {}", action.value)));
    }
    head.push(format!(
        "The text follows as its writers wrote it.{}",
        marks(body)
    ));
    inert(&format!("{}\n\n----\n\n{body}\n", head.join("\n\n")))
}

/// The text with every character that steers, and is not seen, in visible form.
fn inert(text: &str) -> String {
    let mut inert = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\n' | '\t' | ' ') || c.is_ascii_graphic() {
            inert.push(c);
        } else {
            inert.push_str(&Clean::line(c.encode_utf8(&mut [0; 4]), 20).as_plain());
        }
    }
    inert
}

/// What the marks in a text stand for, where it has some.
fn marks(body: &str) -> String {
    let mut said = String::new();
    if body.contains(CITATION) {
        said.push_str(" [^…] names a source.");
    }
    if body.contains("{{#") {
        said.push_str(
            " What a build puts in the place of {{#…}}, such as a sample or a figure, is not kept.",
        );
    }
    said
}

#[cfg(test)]
mod tests {
    use editorial::Day;

    use super::*;

    #[test]
    fn a_version_begins_with_its_head_in_plain_lines() {
        let written = "+++\nkind = \"answer\"\nquestion = \"Why?\"\naudience = [\"press\"]\ntopics = [\"a\"]\nsays = \"So.\"\nmessages = [\"One.\", \"Two.\"]\naction = \"Ask.\"\n[review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n\nBecause.[^a]\n\n{{#sample s}}\n";
        let version = Version {
            commit: Some("0123456789abcdef".to_owned()),
            day: Some(Day::new(2026, 11, 22)),
            is_changed: false,
        };
        assert_eq!(
            text("src/a.md", written, &version),
            "Why?\n\nVersion 0123456789 of 22 November 2026.\n\n\
             Draft: nobody but its writers has reviewed this text. Compared with its sources on 22 November 2026.\n\n\
             To quote: So.\n\nMessages:\n- One.\n- Two.\n\nWhat to do: Ask.\n\n\
             The text follows as its writers wrote it. [^…] names a source. What a build puts in the \
             place of {{#…}}, such as a sample or a figure, is not kept.\n\n----\n\n\
             Because.[^a]\n\n{{#sample s}}\n"
        );
    }

    #[test]
    fn a_page_that_cannot_be_read_any_more_is_shown_under_its_name() {
        let shown = text("src/a.md", "+++\nbroken\n+++\nText.\n", &Version::default());
        assert!(shown.starts_with("src/a.md\n\n"), "{shown}");
        assert!(shown.ends_with("----\n\nText.\n"), "{shown}");
    }

    #[test]
    fn nothing_in_an_old_text_steers_who_reads_it() {
        let written = "One \u{1b}[31mred\u{202e}desrever\u{0} größe\r\n\t{{#sample s}}\r\n";
        let shown = text("src/a.md", written, &Version::default());
        let (_, body) = shown.split_once("----\n\n").unwrap_or_default();
        assert_eq!(
            body,
            "One \\u{1b}[31mred\\u{202e}desrever\\u{0} größe\n\t{{#sample s}}\n"
        );
    }
}
