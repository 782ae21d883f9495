//! The slides as a page of their own: a document that reads from top to bottom, and that the script of
//! `theme/slides` shows one slide at a time.
//!
//! Nothing here depends on the script. What it needs (buttons, the lecturer's desk) is hidden until it runs.

mod dress;
mod face;
mod notes;
mod picture;

use super::{Deck, Slide, SlideKind};
use crate::markup::{escaped, inlines};
use dress::OnFace;

/// What the website knows about the page with the slides. Addresses are relative to that page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckPage {
    /// The language of the words: `en`.
    pub language: String,
    /// Lines of the head that are HTML already: the policy, the description. The policy comes before all
    /// that it rules.
    pub head: String,
    /// The style sheet: `deck.css`. It names the fonts.
    pub style: String,
    /// The script: `deck.js`.
    pub script: String,
    /// The picture of the tab.
    pub icon: Option<String>,
    /// The page of the lesson to read: `../lessons/lesson-1.html`.
    pub lesson: Option<String>,
    /// The slides as a PDF.
    pub pdf: Option<String>,
    /// The lecturer's notes as a PDF.
    pub notes: Option<String>,
}

/// The buttons, the dialogue, and what the lecturer's window shows beside the slides.
const CONTROLS: &str = include_str!("html/controls.html");

/// The slides and what the lecturer says, as a whole page.
pub fn deck_page(deck: &Deck, page: &DeckPage) -> String {
    let properties = &deck.properties;
    let title = escaped(&properties.title);
    let (lesson, book) = (escaped(&deck.lesson), escaped(&properties.book));
    let icon = page.icon.as_deref().map_or(String::new(), |icon| {
        format!("<link rel=\"icon\" href=\"{}\">\n", escaped(icon))
    });
    let first = deck.slides.first().map_or("", |slide| &slide.id);
    let slides: String = (0..deck.slides.len())
        .map(|index| slide(deck, index))
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" data-deck=\"{name}\">\n<head>\n<meta charset=\"utf-8\">\n{head}\n\
         <title>{title}: slides | {lesson} | {book}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{icon}\
         <link rel=\"stylesheet\" href=\"{style}\">\n<script src=\"{script}\" defer></script>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#{first}\">Skip to the slides</a>\n\
         <header>\n<h1 class=\"heard\">{title}: slides</h1>\n<div class=\"about\">\n<p>{lesson}, {book}: slides and notes, {minutes}. {state}</p>\n{links}</div>\n</header>\n\
         <main>\n{slides}</main>\n{controls}</body>\n</html>\n",
        language = escaped(&page.language),
        name = escaped(&properties.name),
        head = page.head.trim_end(),
        style = escaped(&page.style),
        script = escaped(&page.script),
        first = escaped(first),
        minutes = minutes(deck.minutes),
        state = escaped(&properties.state),
        links = links(page),
        controls = CONTROLS.replace("<!-- links -->\n", &links(page)),
    )
}

/// Where else the lesson is to be had.
fn links(page: &DeckPage) -> String {
    let all = [
        (&page.lesson, "The lesson to read"),
        (&page.pdf, "The slides as PDF"),
        (&page.notes, "The notes as PDF"),
    ];
    let links: String = all
        .iter()
        .filter_map(|(to, words)| {
            let to = to.as_deref()?;
            Some(format!(
                "<li><a href=\"{}\">{words}</a></li>\n",
                escaped(to)
            ))
        })
        .collect();
    if links.is_empty() {
        return links;
    }
    format!("<ul class=\"elsewhere\">\n{links}</ul>\n")
}

/// A slide, with what is said about it.
fn slide(deck: &Deck, index: usize) -> String {
    let slide = &deck.slides[index];
    let id = escaped(&slide.id);
    let kind = kind(slide.kind);
    let part = slide.part.as_deref().map_or(String::new(), |part| {
        format!(" data-part=\"{}\"", escaped(part))
    });
    format!(
        "<section class=\"slide {kind}\" id=\"{id}\" role=\"group\" aria-roledescription=\"slide\" \
         aria-label=\"{number} of {all}\" data-minutes=\"{minutes}\"{part}>\n\
         <div class=\"face\">\n{face}{foot}</div>\n{notes}</section>\n",
        number = index + 1,
        all = deck.slides.len(),
        minutes = slide.minutes,
        face = face::face(deck, slide),
        foot = foot(deck, index + 1),
        notes = notes::notes(deck, slide),
    )
}

/// The line below every slide.
fn foot(deck: &Deck, number: usize) -> String {
    let draft = if deck.properties.is_draft {
        " <span class=\"draft\">Draft</span>"
    } else {
        ""
    };
    format!(
        "<p class=\"foot\"><span class=\"from\">{} · {}</span>{draft} <span class=\"number\">{number} / {}</span></p>\n",
        escaped(&deck.properties.book),
        escaped(&deck.lesson),
        deck.slides.len(),
    )
}

fn kind(kind: SlideKind) -> &'static str {
    match kind {
        SlideKind::Title => "title",
        SlideKind::Objectives => "objectives",
        SlideKind::Text => "text",
        SlideKind::Lab => "lab",
        SlideKind::Quiz => "quiz",
        SlideKind::End => "end",
    }
}

fn minutes(minutes: u32) -> String {
    match minutes {
        1 => "1 minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

/// The heading of a slide. It takes the focus when the slide is shown.
fn heading(deck: &Deck, slide: &Slide) -> String {
    let words = inlines(&slide.title, &mut OnFace::new(deck, slide));
    format!(
        "<h2 tabindex=\"-1\">{words}</h2>
"
    )
}

#[cfg(test)]
mod tests;
