//! What stands above a piece: the question, the answer in a sentence, and how far to trust it.

use editorial::{Page, Piece, Shelf};

use super::escape::{html, markdown};
use super::{Form, sources};
use crate::progress::count;

/// Words an attentive reader reads in a minute.
const WORDS_A_MINUTE: usize = 230;

/// The title and the facts about a piece; nothing for a page without front matter.
pub(super) fn header(page: &Page, shelf: &Shelf, form: Form) -> String {
    let Some(piece) = &page.piece else {
        return String::new();
    };
    let title = format!("# {}\n\n", markdown(&piece.title.value));
    let facts = match form {
        Form::Html => html_facts(page, piece, shelf),
        Form::Plain => plain_facts(page, piece, shelf),
    };
    format!("{title}{facts}")
}

fn html_facts(page: &Page, piece: &Piece, shelf: &Shelf) -> String {
    let mut facts = String::from("<div class=\"piece-head\">");
    if let Some(says) = &piece.says {
        facts.push_str(&format!("<p class=\"says\">{}</p>", html(&says.value)));
    }
    if let Some(action) = &piece.action {
        facts.push_str(&format!(
            "<p class=\"action\"><strong>What to do:</strong> {}</p>",
            html(&action.value)
        ));
    }
    facts.push_str("<p class=\"facts\">");
    if let Some(review) = &piece.review {
        facts.push_str(&format!(
            "<strong class=\"state\">{}</strong> ",
            html(&review.in_words())
        ));
    }
    facts.push_str(&html(&readers(page, piece, shelf).join(" ")));
    facts.push_str("</p></div>\n\n");
    facts
}

fn plain_facts(page: &Page, piece: &Piece, shelf: &Shelf) -> String {
    let mut facts = String::new();
    if let Some(says) = &piece.says {
        facts.push_str(&format!("**{}**\n\n", markdown(&says.value)));
    }
    if let Some(action) = &piece.action {
        facts.push_str(&format!("What to do: {}\n\n", markdown(&action.value)));
    }
    let state = piece.review.as_ref().map(|review| review.in_words());
    let sentences: Vec<String> = state
        .into_iter()
        .chain(readers(page, piece, shelf))
        .collect();
    if !sentences.is_empty() {
        facts.push_str(&format!("{}\n\n", markdown(&sentences.join(" "))));
    }
    facts
}

fn readers(page: &Page, piece: &Piece, shelf: &Shelf) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(review) = &piece.review {
        // A page that cites nothing was read again, and compared with nothing.
        let cites = !sources::citations(page, shelf).is_empty();
        let checked = if !cites {
            "Checked"
        } else {
            "Compared with its sources"
        };
        let day = review.checked.value.in_words();
        sentences.push(format!("{checked} on {day}."));
    }
    if let Some((last, others)) = piece.audience.split_last() {
        let audience = match others {
            [] => last.clone(),
            others => format!("{} and {last}", others.join(", ")),
        };
        sentences.push(format!("For {audience}."));
    }
    if piece.kind.is_quoted() {
        let minutes = (page.word_count() + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE;
        sentences.push(format!("{} to read.", count(minutes.max(1), "minute")));
    }
    sentences
}
