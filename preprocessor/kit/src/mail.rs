//! A text as an e-mail: one HTML file that a mail program sends, or that somebody opens and copies.
//!
//! Styles stand on each element, because mail programs keep nothing else. Among them are only those that
//! Word knows, which Outlook shows mails with. Most words have no colour of their own, so that a dark
//! mail program may choose; where a ground has a colour, its words have one too. The file does not offer
//! a dark appearance itself: white words, copied from there, would be lost on the white of a mail.

use crate::document::{Document, Properties, Role};
use crate::markup::{Dress, Part, blocks, escaped, inlines};

/// The letters of a mail: those of the system, or else Arial.
const LETTERS: &str = "font-family:'Segoe UI',Arial,Helvetica,sans-serif";
/// The letters of a machine.
const MACHINE: &str = "font-family:Consolas,Menlo,'Courier New',monospace";
/// A ground with the ink that can be read on it, for lines of a terminal and for gaps.
const SCREEN: &str = "background:#eef1f4;color:#16191d";
const PALE: &str = "background:#fff1b8;color:#16191d";
/// Lines that are seen on white and on black.
const LINE: &str = "#7a8794";

/// A text as one HTML file that a mail program takes.
pub fn mail(document: &Document) -> String {
    let properties = &document.properties;
    let mut dress = Mail;
    let mut text = letterhead(properties);
    text.push_str(&blocks(&document.blocks, &mut dress));
    if !document.notes.is_empty() {
        let heading = dress.attributes(Part::Heading(2));
        text.push_str(&format!("<h2{heading}>Sources</h2>\n"));
        text.push_str(&format!("<ol{}>\n", dress.attributes(Part::List)));
        for note in &document.notes {
            let item = dress.attributes(Part::Item);
            text.push_str(&format!("<li{item}>{}</li>\n", inlines(note, &mut dress)));
        }
        text.push_str("</ol>\n");
    }
    let draft = draft(properties);
    let title = escaped(&properties.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{draft}{title}</title>\n</head>\n\
         <body style=\"margin:0\">\n<div style=\"max-width:640px;margin:16px auto;padding:0 16px;{LETTERS};font-size:15px;line-height:1.5\">\n\
         {text}</div>\n</body>\n</html>\n"
    )
}

fn draft(properties: &Properties) -> String {
    if properties.is_draft {
        format!("{}: ", Properties::DRAFT)
    } else {
        String::new()
    }
}

/// Who says this, how far it can be trusted, when it was checked, and which version it is.
fn letterhead(properties: &Properties) -> String {
    let draft = if properties.is_draft {
        format!("<strong>{}</strong>. ", Properties::DRAFT)
    } else {
        String::new()
    };
    format!(
        "<p style=\"margin:0 0 24px 0;{LETTERS};font-size:13px;line-height:1.4\"><strong>{}</strong><br>{draft}{}. Checked on {}.<br>{}</p>\n",
        escaped(&properties.book),
        escaped(&properties.kind),
        properties.checked.in_words(),
        escaped(&properties.version),
    )
}

/// The dress of a mail.
struct Mail;

impl Dress for Mail {
    const SAMPLE: (&'static str, &'static str) = ("div", "div");

    fn attributes(&self, part: Part) -> String {
        let style = match part {
            Part::Heading(1) => format!(
                "margin:0 0 12px 0;{LETTERS};font-size:26px;line-height:1.25;font-weight:bold"
            ),
            Part::Heading(2) => format!(
                "margin:28px 0 8px 0;{LETTERS};font-size:19px;line-height:1.3;font-weight:bold"
            ),
            Part::Heading(_) => format!(
                "margin:20px 0 6px 0;{LETTERS};font-size:16px;line-height:1.4;font-weight:bold"
            ),
            Part::Paragraph(Role::Text) => {
                format!("margin:0 0 12px 0;{LETTERS};font-size:15px;line-height:1.5")
            }
            Part::Paragraph(Role::Says) => format!(
                "margin:0 0 12px 0;{LETTERS};font-size:18px;line-height:1.45;font-weight:bold"
            ),
            Part::Paragraph(Role::State | Role::Action) => format!(
                "margin:0 0 12px 0;{LETTERS};font-size:15px;line-height:1.5;font-weight:bold"
            ),
            Part::Paragraph(Role::Facts | Role::Small) => {
                format!("margin:0 0 12px 0;{LETTERS};font-size:13px;line-height:1.45")
            }
            // Its words stand in <small>.
            Part::Provenance => {
                format!("margin:0 0 12px 0;{LETTERS};font-size:15px;line-height:1.4")
            }
            Part::List => format!(
                "margin:0 0 12px 0;padding:0 0 0 28px;{LETTERS};font-size:15px;line-height:1.5"
            ),
            Part::Item => format!("margin:0 0 6px 0;{LETTERS};font-size:15px;line-height:1.5"),
            Part::Quotation => {
                format!("margin:0 0 12px 0;padding:0 0 0 14px;border-left:3px solid {LINE}")
            }
            Part::Lines => format!(
                "margin:0 0 12px 0;padding:10px 12px;{SCREEN};{MACHINE};font-size:13px;line-height:1.4;white-space:pre-wrap;word-wrap:break-word"
            ),
            Part::Code => MACHINE.to_owned(),
            Part::Gap => format!("{PALE};font-weight:bold"),
            Part::Table => format!(
                "margin:0 0 16px 0;border-collapse:collapse;{LETTERS};font-size:14px;line-height:1.4"
            ),
            Part::Head => format!(
                "border:1px solid {LINE};padding:6px 8px;text-align:left;vertical-align:top;{LETTERS};font-size:14px;font-weight:bold"
            ),
            Part::Cell => format!(
                "border:1px solid {LINE};padding:6px 8px;text-align:left;vertical-align:top;{LETTERS};font-size:14px"
            ),
            Part::Sample => {
                format!("margin:20px 0;padding:0 0 0 14px;border-left:3px solid {LINE}")
            }
            Part::Title => format!(
                "margin:0 0 2px 0;{LETTERS};font-size:15px;line-height:1.5;font-weight:bold"
            ),
            Part::Plain => format!("margin:0 0 8px 0;{LETTERS};font-size:15px;line-height:1.5"),
            Part::Notices => format!(
                "margin:0 0 8px 0;padding:0 0 0 28px;{LETTERS};font-size:14px;line-height:1.45"
            ),
            Part::Caption | Part::Link => return String::new(),
        };
        format!(" style=\"{style}\"")
    }

    fn level(&mut self, level: u8) -> u8 {
        level.clamp(1, 6)
    }

    /// Mail programs rename ids, and lose the links to them.
    fn id(&mut self, _: &str) -> String {
        String::new()
    }

    fn note(&mut self, number: usize) -> String {
        format!("<sup style=\"font-size:11px;line-height:1\">[{number}]</sup>")
    }
}

#[cfg(test)]
mod tests;
