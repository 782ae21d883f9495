//! What the room sees of a slide.

use super::dress::OnFace;
use super::{heading, picture};
use crate::deck::{Deck, Slide, SlideKind};
use crate::document::{Block, Line, Role, Sample};
use crate::inert::{entities, inert_line};
use crate::markup::{blocks, escaped};

/// The heading and all that stands below it, but for the line at the foot.
pub(super) fn face(deck: &Deck, slide: &Slide) -> String {
    let is_title = slide.kind == SlideKind::Title;
    let mut html = heading(deck, slide);
    html.push_str("<div class=\"body\">\n");
    for block in &slide.face {
        match block {
            Block::Sample(sample) => html.push_str(&self::sample(sample)),
            block => html.push_str(&blocks(
                std::slice::from_ref(block),
                &mut OnFace::new(deck, slide),
            )),
        }
    }
    if let Some(picture) = &slide.picture {
        html.push_str(&picture::inline(picture));
    }
    if is_title && !says_state(slide, &deck.properties.state) {
        let state = Block::says(Role::State, &deck.properties.state);
        html.push_str(&blocks(&[state], &mut OnFace::new(deck, slide)));
    }
    html.push_str("</div>\n");
    html
}

/// Whether the slide tells the state of the review already.
fn says_state(slide: &Slide, state: &str) -> bool {
    state.is_empty()
        || slide.face.iter().any(|block| {
            matches!(
                block,
                Block::Paragraph {
                    role: Role::State,
                    ..
                }
            )
        })
}

/// A sample, without where it comes from: that stands in the notes.
fn sample(sample: &Sample) -> String {
    let lines: String = sample.lines.iter().map(line).collect();
    let caption = format!("{}{}", title(sample), escaped(&sample.plain));
    let caption = match caption.is_empty() {
        true => caption,
        false => format!("<figcaption>{caption}</figcaption>\n"),
    };
    let mut html = format!(
        "<figure class=\"sample{}\" aria-label=\"{}\">\n{caption}<pre>{lines}</pre>\n",
        room(sample),
        escaped(&sample.title),
    );
    if !sample.notices.is_empty() {
        html.push_str("<ol class=\"notices\">\n");
        for notice in &sample.notices {
            html.push_str(&format!("<li>{}</li>\n", escaped(notice)));
        }
        html.push_str("</ol>\n");
    }
    html.push_str("</figure>\n");
    html
}

/// How large its letters can be: short lines, and few of them, leave room.
fn room(sample: &Sample) -> &'static str {
    if sample.when.is_some() {
        return "";
    }
    let columns = sample.lines.iter().map(|line| line.text.chars().count());
    match (columns.max().unwrap_or(0), sample.lines.len()) {
        (0..=56, 0..=9) => " large",
        (0..=65, 0..=11) => " roomy",
        _ => "",
    }
}

/// Of two that are compared, which one it is. The title of the sample is left to the heading of the slide.
fn title(sample: &Sample) -> String {
    let when = sample.when.as_deref();
    when.map_or(String::new(), |when| {
        format!("<strong class=\"when\">{}</strong> ", escaped(when))
    })
}

/// A line, with the number of its notice before it.
fn line(line: &Line) -> String {
    let mut classes = "line".to_owned();
    if line.is_command {
        classes.push_str(" command");
    }
    let mark = line.notice.map_or(String::new(), |number| {
        classes.push_str(" noticed");
        format!("<b class=\"mark\"><span class=\"heard\">Note </span>{number}</b>")
    });
    let text = inert_line(&line.text);
    let words = match text.strip_prefix("$ ").filter(|_| line.is_command) {
        Some(command) => format!(
            "<span class=\"prompt\">$ </span><kbd>{}</kbd>",
            entities(command)
        ),
        None => format!("<samp>{}</samp>", entities(&text)),
    };
    format!("<span class=\"{classes}\">{mark}{words}\n</span>")
}
