//! With which letters the words of a text begin: most words that are looked for cannot stand in it, and
//! that is told without looking.

/// Pairs of bytes with which words of a text begin.
#[derive(Debug, Clone)]
pub(super) struct Beginnings([u64; 64]);

impl Beginnings {
    /// Those of a text: what follows its start, and what follows whatever is no letter or digit.
    pub(super) fn of(text: &str) -> Beginnings {
        let mut beginnings = Beginnings([0; 64]);
        let mut is_start = true;
        for (at, letter) in text.char_indices() {
            if is_start && let [first, second, ..] = text.as_bytes()[at..] {
                let (word, bit) = place(first, second);
                beginnings.0[word] |= bit;
            }
            is_start = !letter.is_alphanumeric();
        }
        beginnings
    }

    /// Whether a word of the text may begin as `needle` does, or as it does with a capital. Where that is
    /// not easily said, it may.
    pub(super) fn may_have(&self, needle: &str) -> bool {
        match needle.as_bytes() {
            [first, second, ..] if first.is_ascii() && second.is_ascii_alphanumeric() => {
                [*first, first.to_ascii_uppercase()].iter().any(|first| {
                    let (word, bit) = place(*first, *second);
                    self.0[word] & bit != 0
                })
            }
            _ => true,
        }
    }
}

/// Where a pair of bytes is kept. Some pairs share a place, which costs a look in vain.
fn place(first: u8, second: u8) -> (usize, u64) {
    (usize::from(first & 63), 1 << (second & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_is_never_missed() {
        let text = "Mutual TLS, ‘sslscan’ and (Größe) x-ray’s éa 9a";
        let beginnings = Beginnings::of(text);
        for needle in [
            "Mutual", "mutual", "TLS", "sslscan", "Größe", "x-ray", "ray", "éa", "9a", "a", "",
        ] {
            assert!(beginnings.may_have(needle), "{needle}");
        }
        for needle in ["utual", "LS", "scan", "zebra"] {
            assert!(!beginnings.may_have(needle), "{needle}");
        }
        assert!(!Beginnings::of("").may_have("word"));
    }
}
