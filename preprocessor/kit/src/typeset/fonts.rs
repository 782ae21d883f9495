//! The letters of the printed pages: Open Sans, which the website uses too. Its small letters are
//! tall, so that a sheet on a wall can be read from where its reader stands. What a machine prints is set
//! in DejaVu Sans Mono, which also has letters that Open Sans lacks.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// As the designer named it.
pub(crate) const FAMILY: &str = "Open Sans";
/// The letters of a terminal, which are all of one width.
pub(crate) const TERMINAL: &str = "DejaVu Sans Mono";

/// The faces, in the order in which the typesetter counts them.
pub(crate) static FACES: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../../fonts/OpenSans-Regular.ttf"),
        include_bytes!("../../fonts/OpenSans-Semibold.ttf"),
        include_bytes!("../../fonts/OpenSans-Italic.ttf"),
        include_bytes!("../../fonts/DejaVuSansMono.ttf"),
    ];
    let files = files.into_iter();
    files
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect()
});

/// What the typesetter knows about the faces before it opens one.
pub(crate) static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FACES.iter())));

/// Whether any face has a picture of the letter.
pub(crate) fn have(letter: char) -> bool {
    let mut faces = FACES.iter();
    matches!(letter, ' '..='~') || faces.any(|face| face.info().coverage.contains(letter.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faces_are_there() {
        let families: Vec<_> = FACES
            .iter()
            .map(|font| font.info().family.as_str())
            .collect();
        assert_eq!(families, [FAMILY, FAMILY, FAMILY, TERMINAL]);
    }

    #[test]
    fn letters_are_known_or_not() {
        for letter in " a~äΩЖع→✓".chars() {
            assert!(have(letter), "{letter}");
        }
        for letter in "漢\u{1F600}".chars() {
            assert!(!have(letter), "{letter}");
        }
    }
}
