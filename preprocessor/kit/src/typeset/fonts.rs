//! The letters of the printed pages: Open Sans, which the website uses too. Its small letters are
//! tall, so that a sheet on a wall can be read from where its reader stands.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::Font;

/// As the designer named it.
pub(crate) const FAMILY: &str = "Open Sans";

/// The faces, in the order in which the typesetter counts them.
pub(crate) static FACES: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 2] = [
        include_bytes!("../../fonts/OpenSans-Regular.ttf"),
        include_bytes!("../../fonts/OpenSans-Semibold.ttf"),
    ];
    let files = files.into_iter();
    files
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_are_there() {
        let families: Vec<_> = FACES
            .iter()
            .map(|font| font.info().family.as_str())
            .collect();
        assert_eq!(families, [FAMILY, FAMILY]);
    }
}
