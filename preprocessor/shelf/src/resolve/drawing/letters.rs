//! How wide a text is, so that lines can be broken before a browser sees them.

/// The widths of the letters from space to `~`, in thousandths of the size: those of Open Sans
/// Semibold, taken from its table `hmtx`. The regular face is narrower, so that both fit.
const WIDTHS: [u16; 95] = [
    260, 276, 436, 646, 571, 862, 740, 243, 317, 317, 548, 571, 267, 322, 275, 390, 571, 571, 571,
    571, 571, 571, 571, 571, 571, 571, 275, 278, 571, 571, 571, 453, 898, 661, 660, 634, 734, 558,
    532, 726, 751, 305, 299, 639, 542, 923, 783, 787, 615, 787, 639, 550, 566, 742, 622, 946, 622,
    592, 575, 330, 390, 330, 537, 429, 592, 580, 623, 495, 623, 576, 363, 556, 635, 279, 279, 572,
    279, 956, 635, 611, 623, 623, 431, 487, 393, 635, 535, 817, 551, 536, 478, 386, 551, 371, 571,
];

/// What another letter may take: as much as the widest of those above.
const OTHER: u16 = 956;

/// The width of a line of text in letters of a size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let letters = text.chars().map(|letter| {
        let index = u32::from(letter).checked_sub(32);
        let index = index.and_then(|index| usize::try_from(index).ok());
        let width = index.and_then(|index| WIDTHS.get(index)).unwrap_or(&OTHER);
        f64::from(*width)
    });
    letters.sum::<f64>() * size / 1_000.0
}

/// Breaks a text into lines that fit; a word that is wider stands on a line of its own.
pub(super) fn lines(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut()
            && width(line, size) + width(" ", size) + width(word, size) <= room
        {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        lines.push(word.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        assert!((width("A a", 10.0) - (6.61 + 2.6 + 5.8)).abs() < 0.001);
        assert!((width("ß", 10.0) - 9.56).abs() < 0.001);
    }

    #[test]
    fn lines_break_at_words_and_keep_all_of_them() {
        let text = "An archive  that answers\nanyone";
        assert_eq!(
            lines(text, 10.0, 1_000.0),
            ["An archive that answers anyone"]
        );
        assert_eq!(
            lines(text, 10.0, 70.0),
            ["An archive", "that answers", "anyone"]
        );
        assert_eq!(lines("unbreakable", 10.0, 1.0), ["unbreakable"]);
        assert!(lines(" ", 10.0, 1.0).is_empty());
    }
}
