//! A range of first letters, by which a long index is divided among pages.

/// `0-F`: titles that begin with a digit or with a letter up to F.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters {
    first: char,
    last: char,
}

impl Letters {
    /// Reads `0-F`; an empty argument means all of them.
    pub fn parse(argument: &str) -> Option<Letters> {
        if argument.is_empty() {
            return Some(Letters {
                first: char::MIN,
                last: char::MAX,
            });
        }
        let (first, last) = argument.split_once('-')?;
        let only = |text: &str| {
            let mut letters = text.chars();
            let letter = letters.next().filter(char::is_ascii_alphanumeric)?;
            letters
                .next()
                .is_none()
                .then(|| letter.to_ascii_lowercase())
        };
        let (first, last) = (only(first)?, only(last)?);
        (first <= last).then_some(Letters { first, last })
    }

    /// Whether a title stands here, by its first letter or digit. One without any stands in all.
    pub fn hold(self, title: &str) -> bool {
        let letter = title.chars().find(|letter| letter.is_alphanumeric());
        letter
            .and_then(|letter| letter.to_lowercase().next())
            .is_none_or(|letter| (self.first..=self.last).contains(&letter))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_the_titles_that_begin_in_it() {
        let letters = Letters::parse("0-F").unwrap();
        for (title, held) in [
            ("45 CFR 164.308", true),
            ("A billion images", true),
            ("“Fax” in quotation marks", true),
            ("Greetings", false),
        ] {
            assert_eq!(letters.hold(title), held, "{title}");
        }
        assert!(Letters::parse("").unwrap().hold("Anything"));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for argument in ["a", "F-0", "aa-f", "-", "a-", "a-é", "all"] {
            assert_eq!(Letters::parse(argument), None, "{argument}");
        }
    }
}
