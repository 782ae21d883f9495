//! `content/words.txt` and `content/addresses.txt`: lists of one entry a line, in order.

use std::cmp::Ordering;

use crate::fields::Placed;
use crate::finding::Misfit;

type Entries = (Vec<Placed<String>>, Vec<Misfit>);

/// Words that count as well spelt. Capitals do not matter to their order.
pub(crate) fn parse_words(text: &str) -> Entries {
    parse(text, |a, b| {
        (a.to_lowercase(), a).cmp(&(b.to_lowercase(), b))
    })
}

/// Addresses at which pages were published, such as `answers/decoys.html`.
pub(crate) fn parse_addresses(text: &str) -> Entries {
    let (entries, mut misfits) = parse(text, str::cmp);
    for entry in &entries {
        if !entry.value.ends_with(".html") || entry.value.starts_with('/') {
            misfits.push(Misfit::new(
                entry.span.clone(),
                format!("\"{}\" is not the address of a page", entry.value),
                "write it without the site before it, such as answers/decoys.html",
            ));
        }
    }
    (entries, misfits)
}

/// The lines that say something; one that begins with `#` is a comment.
fn parse(text: &str, order: impl Fn(&str, &str) -> Ordering) -> Entries {
    let mut entries: Vec<Placed<String>> = Vec::new();
    let mut misfits = Vec::new();
    // Some editors put a mark before the first character.
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut at = text.len() - bare.len();
    for line in bare.split_inclusive('\n') {
        let value = line.trim();
        let start = at + line.len() - line.trim_start().len();
        let span = start..start + value.len();
        at += line.len();
        if value.is_empty() || value.starts_with('#') {
            continue;
        }
        let mut misfit = |problem: String, help: &str| {
            misfits.push(Misfit::new(span.clone(), problem, help));
        };
        if value.contains(char::is_whitespace) {
            misfit(
                format!("\"{value}\" holds a space"),
                "write one entry a line",
            );
            continue;
        }
        match entries.last().map(|last| order(&last.value, value)) {
            Some(Ordering::Greater) => misfit(
                format!("\"{value}\" is out of order"),
                "keep the list in the order of the alphabet",
            ),
            Some(Ordering::Equal) => misfit(
                format!("\"{value}\" stands here for the second time"),
                "keep one entry",
            ),
            _ => {}
        }
        entries.push(Placed {
            value: value.to_owned(),
            span,
        });
    }
    (entries, misfits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_one_a_line_in_order_and_once() {
        let text = "# A comment\nArchive\n\n  beta\nAlpha\nAlpha\ntwo words\n";
        let (entries, misfits) = parse_words(text);
        let words: Vec<_> = entries.iter().map(|entry| entry.value.as_str()).collect();
        assert_eq!(words, ["Archive", "beta", "Alpha", "Alpha"]);
        assert_eq!(&text[entries[1].span.clone()], "beta");
        let wrong: Vec<_> = misfits
            .iter()
            .map(|misfit| &text[misfit.span.clone()])
            .collect();
        assert_eq!(wrong, ["Alpha", "Alpha", "two words"]);
    }

    #[test]
    fn an_address_is_that_of_a_page_of_this_site() {
        let (_, misfits) = parse_addresses("/index.html\nanswers/decoys.html\nanswers/shodan.md\n");
        assert_eq!(misfits.len(), 2, "{misfits:?}");
    }
}
