//! What stands above a piece: the question, the answer in a sentence, and how far to trust it.

use editorial::{Page, Piece, Shelf};

use super::Form;
use super::escape::{html, markdown, prose};
use super::footer::IN_NINE_SECONDS;
use super::sources::{self, SOURCES};
use crate::announce::microdata;
use crate::progress::count;

/// Words an attentive reader reads in a minute.
const WORDS_A_MINUTE: usize = 230;

/// The title and the facts about a piece; nothing for a page without front matter.
pub(super) fn header(page: &Page, shelf: &Shelf, form: Form) -> String {
    let Some(piece) = &page.piece else {
        return String::new();
    };
    let title = format!("# {}\n\n", markdown(&piece.title.value));
    match form {
        Form::Html => format!(
            "{}{}{title}{}{}",
            microdata(page, shelf),
            state(piece),
            html_facts(page, piece, shelf),
            contents(page, piece)
        ),
        Form::Plain => format!("{title}{}", plain_facts(page, piece, shelf)),
    }
}

/// How far the review has come: the first line of the page, which stays in sight.
fn state(piece: &Piece) -> String {
    let Some(review) = &piece.review else {
        return String::new();
    };
    format!(
        "<p class=\"state {}\">{}</p>\n\n",
        review.status.word(),
        html(&review.in_words())
    )
}

fn html_facts(page: &Page, piece: &Piece, shelf: &Shelf) -> String {
    let mut facts = format!("<div class=\"piece-head kind-{}\">", piece.kind);
    if let Some(says) = &piece.says {
        facts.push_str(&format!("<p class=\"says\">{}</p>", prose(&says.value)));
    }
    facts.push_str(&format!(
        "<p class=\"facts\">{}</p>",
        html(&readers(page, piece, shelf).join(" "))
    ));
    if let Some(action) = &piece.action {
        facts.push_str(&format!(
            "<p class=\"action\"><strong>What to do</strong> {}</p>",
            prose(&action.value)
        ));
    }
    // What stands above is painted before the styles of what follows have come (see `dress::bundle`).
    facts.push_str("</div><!-- shelf:styles --><!-- /shelf:styles -->\n\n");
    facts
}

/// Fewer sections than this need no list of them.
const FEW: usize = 3;

/// The sections of a piece that may be quoted, as links. On a wide screen they stand beside the text.
fn contents(page: &Page, piece: &Piece) -> String {
    let headings = page.outline.headings.iter();
    let mut links: Vec<(&str, &str)> = headings
        .filter(|heading| heading.level == 2)
        .filter_map(|heading| Some((heading.id.as_deref()?, heading.words.text.as_str())))
        .collect();
    if !piece.kind.is_quoted() || links.len() < FEW {
        return String::new();
    }
    links.extend([(IN_NINE_SECONDS, "In nine seconds"), (SOURCES, "Sources")]);
    let items: String = links
        .into_iter()
        .map(|(id, words)| {
            format!(
                "<li><a href=\"#{}\">{}</a></li>",
                html(id),
                prose(words.trim())
            )
        })
        .collect();
    format!(
        "<nav class=\"contents\" aria-label=\"On this page\"><p aria-hidden=\"true\">On this page</p><ol role=\"list\">{items}</ol></nav>\n\n"
    )
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

/// How many minutes it takes to read the page; at least one.
pub(super) fn minutes(page: &Page) -> usize {
    let minutes = (page.word_count() + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE;
    minutes.max(1)
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
    if let Some(lesson) = &piece.lesson {
        let minutes = usize::try_from(lesson.minutes.value).unwrap_or_default();
        let number = lesson.number.value;
        sentences.push(format!("Lesson {number}, {}.", count(minutes, "minute")));
    }
    if let Some((last, others)) = piece.audience.split_last() {
        let audience = match others {
            [] => last.clone(),
            others => format!("{} and {last}", others.join(", ")),
        };
        sentences.push(format!("For {audience}."));
    }
    if piece.kind.is_quoted() {
        sentences.push(format!("{} to read.", count(minutes(page), "minute")));
    }
    sentences
}
