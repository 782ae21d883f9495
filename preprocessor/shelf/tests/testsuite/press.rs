//! What the site's own pages and registry give to a press kit.

use std::path::Path;

use editorial::{Day, Shelf, Words};

fn real() -> Shelf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Shelf::read(&root, Day::parse("2026-11-22").unwrap()).unwrap()
}

#[test]
fn every_quoted_piece_warns_of_two_or_three_sentences() {
    let shelf = real();
    let pieces = shelf.pages.iter().filter_map(|page| page.piece.as_ref());
    let quoted: Vec<_> = pieces.filter(|piece| piece.kind.is_quoted()).collect();
    assert!(!quoted.is_empty());
    for piece in quoted {
        let count = piece.avoid.len();
        assert!((2..=3).contains(&count), "{}: {count}", piece.title.value);
    }
}

#[test]
fn no_two_pieces_warn_of_the_same_sentence() {
    let shelf = real();
    let pieces = shelf.pages.iter().filter_map(|page| page.piece.as_ref());
    let mut all: Vec<_> = pieces
        .flat_map(|piece| &piece.avoid)
        .filter_map(|avoid| avoid.value.split('"').nth(1))
        .collect();
    let before = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), before);
}

#[test]
fn the_words_of_the_kit_are_there_and_leave_gaps() {
    let press = real().press;
    let has_a_gap = |text: &editorial::Wording| {
        let mut words = text.words.iter();
        words.any(|part| matches!(part, Words::Gap(_)))
    };
    assert!(press.speaks.as_ref().is_some_and(has_a_gap));
    assert!(press.before.iter().any(has_a_gap) && press.after.iter().any(has_a_gap));
    assert!(press.lead.is_some() && !press.contacts.is_empty() && !press.readme.is_empty());
    assert!(
        !press.readme.iter().any(has_a_gap),
        "nobody fills in a README"
    );
}
