//! What people take along: pages of the book in the form of a file that can be sent or printed.
//!
//! A [`Document`] is one text to send; every format says the same words. A [`Sheet`] is the checklist as it
//! stands on paper: `Sheet::print` lays it out on a [`Paper`]; what comes out knows how many pages it has, and
//! becomes a PDF. A `Card` is the picture that other websites show beside a link to a page.

// What somebody wrote is no reason to panic; tests may.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::panic,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable
    )
)]

mod article;
mod deck;
pub mod document;
mod docx;
pub mod feed;
pub mod find;
mod gaps;
mod html;
mod inert;
mod mail;
mod markdown;
mod markup;
mod paper;
mod quiz;
mod sheet;
mod text;
#[cfg(feature = "pdf")]
mod typeset;
#[cfg(feature = "pdf")]
mod typography;

pub use article::{Article, ArticleKind, ArticleNote, ArticleReview, Version};
pub use deck::{Deck, DeckPage, Picture, Slide, SlideKind, deck_page};
pub use document::Document;
pub use docx::{DocxError, docx};
pub use find::{Findable, Finder, Match};
pub use gaps::{GapsError, open_gaps};
pub use html::{Fragment, fragment};
pub use mail::mail;
pub use markdown::markdown;
pub use paper::Paper;
pub use quiz::{Choice, QtiError, Question, Quiz, moodle_xml, qti};
pub use sheet::{Point, Sheet, left_out, sheet_document};
pub use text::text;
#[cfg(feature = "pdf")]
pub use typeset::{
    Card, KitError, Overflow, Pdf, Printed, SlidesPdf, TooMuch, notes_pdf, pdf, slides_fit,
    slides_pdf,
};
