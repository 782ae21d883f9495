#![allow(clippy::unwrap_used)]

use super::*;

fn card(title: &str) -> Card {
    Card {
        site: "DICOM security, in plain words".to_owned(),
        title: title.to_owned(),
        state: "Draft".to_owned(),
        kind: "Answer".to_owned(),
    }
}

/// The pixels of a PNG as numbers of its palette, and that of the paper, in the upper right corner.
fn pixels(file: &[u8]) -> (Vec<u8>, u8, png::Info<'static>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    // A palette is spread out into colours where nothing else is asked for.
    let info = reader.info().clone();
    let paper = pixels[info.width as usize - 1];
    (pixels, paper, info)
}

#[test]
fn titles_of_any_length_fit_and_leave_a_margin() {
    let long = "Überfällige Prüfung: are archives, größere modalities and viewers of hospitals safe to \
                scan while patients are on the table, and who answers for it if not?";
    assert!(long.chars().count() >= 150, "{}", long.chars().count());
    for title in ["DICOM?", "Why doesn't DICOM mandate security?", long] {
        let file = card(title).png().unwrap();
        assert!(file.len() <= 60_000, "{title}: {} bytes", file.len());
        let (pixels, paper, info) = pixels(&file);
        assert_eq!((info.width, info.height), (Card::WIDTH, Card::HEIGHT));
        let width = info.width as usize;
        let is_blank = |line: &[u8]| line[60..].iter().all(|pixel| *pixel == paper);
        let lines: Vec<_> = pixels.chunks_exact(width).collect();
        assert!(
            lines[..60]
                .iter()
                .chain(&lines[570..])
                .all(|line| is_blank(line)),
            "{title}"
        );
        let right = lines
            .iter()
            .all(|line| line[width - 60..].iter().all(|pixel| *pixel == paper));
        assert!(right, "{title} runs out of its card");
        assert!(
            !lines[200..430].iter().all(|line| is_blank(line)),
            "{title} is not there"
        );
    }
}

#[test]
fn a_title_beyond_reason_is_refused() {
    let title = "word ".repeat(400);
    assert!(matches!(card(&title).png(), Err(KitError::Layout(_))));
}

#[test]
fn the_same_words_make_the_same_bytes() {
    let one = card("Größe?").png().unwrap();
    assert_eq!(one, card("Größe?").png().unwrap());
    assert_ne!(one, card("Grösse?").png().unwrap());
}

#[test]
fn words_of_a_card_are_never_code() {
    card("#panic(1) $x$ [a] *b* \\ `c`").png().unwrap();
}
