//! The pictures that other websites show beside a link to a page.

use anyhow::{Context, Result};
use editorial::{Kind, Page, Shelf, Status};
use kit::Card;

use super::{Files, Imprint};
use crate::parallel;

/// The folder of the cards.
const FOLDER: &str = "cards";

/// Where the card of the page at `place` stands.
pub(super) fn place(page: &str) -> String {
    let stem = page.strip_suffix(".html").unwrap_or(page);
    format!("{FOLDER}/{stem}.png")
}

/// What the card of a page says; `None` for a page without front matter.
pub(super) fn card(page: &Page, imprint: &Imprint) -> Option<Card> {
    let piece = page.piece.as_ref()?;
    let state = piece.review.as_ref().map(|review| match review.status {
        Status::Draft => "Draft: reviewed by nobody but its writers",
        Status::Reviewed => "Reviewed",
        Status::Cleared => "Cleared",
    });
    let kind = match piece.kind {
        Kind::Answer => "Answer",
        Kind::Incident => "Incident sheet",
        Kind::Paper => "Paper",
        Kind::Checklist => "Checklist",
        Kind::Lesson => "Lesson",
        Kind::Page => "",
    };
    // The first page has the site's own title, which need not stand there twice.
    let site = Some(&imprint.title).filter(|site| **site != piece.title.value);
    Some(Card {
        site: site.cloned().unwrap_or_default(),
        title: piece.title.value.clone(),
        state: state.unwrap_or_default().to_owned(),
        kind: kind.to_owned(),
    })
}

/// What is to be read on a card, for those who do not see it.
pub(super) fn in_words(card: &Card) -> String {
    let words = [&card.title, &card.kind, &card.state];
    let words: Vec<&str> = words
        .into_iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(". ").replace("?. ", "? ")
}

/// The cards of all pages, drawn side by side.
pub(super) fn cards(shelf: &Shelf, imprint: &Imprint) -> Result<Files> {
    let wanted: Vec<(String, Card)> = shelf
        .pages
        .iter()
        .filter_map(|page| Some((place(&page.address()?), card(page, imprint)?)))
        .collect();
    let drawn = parallel::each(&wanted, |(place, card)| {
        let png = card.png().with_context(|| format!("cannot draw {place}"));
        png.map(|png| (place.clone(), png))
    });
    let mut files = drawn.into_iter().collect::<Result<Files>>()?;
    files.sort();
    Ok(files)
}
