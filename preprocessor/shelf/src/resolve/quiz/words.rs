//! A sentence of a quiz, in which words between backquotes are those of a machine: code.

use editorial::with_quotes;
use evidence::Clean;

use super::super::escape::{code_and_words, html as inert_html, markdown as inert_markdown};

/// Stands for code while the quotation marks around it are set. It is of the private use area of Unicode; in a
/// sentence that holds one, backquotes are letters.
const CODE: char = '\u{e001}';
/// Far above any sentence; what is longer is cut with a visible mark.
const LONGEST: usize = 2_000;

/// As the website shows it: on one line, with every word inert.
pub(super) fn html(sentence: &str) -> String {
    written(sentence, with_quotes, inert_html, |code| {
        format!("<code>{}</code>", inert_html(code))
    })
}

/// As Markdown shows it: nothing means anything but the marks around code, and quotation marks are as typed.
pub(super) fn markdown(sentence: &str) -> String {
    written(sentence, str::to_owned, inert_markdown, |code| {
        format!("`{}`", letters(code))
    })
}

/// In letters alone.
pub(super) fn plain(sentence: &str) -> String {
    written(sentence, with_quotes, letters, letters)
}

fn letters(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    Clean::line(&words.join(" "), LONGEST)
        .as_plain()
        .into_owned()
}

/// The sentence with its words set, but not its code.
fn written(
    sentence: &str,
    set: impl Fn(&str) -> String,
    words: impl Fn(&str) -> String,
    code: impl Fn(&str) -> String,
) -> String {
    let (around, codes) = taken_out(sentence.trim());
    let mut codes = codes.into_iter();
    let mut out = String::new();
    for part in set(&around).split_inclusive(CODE) {
        let part_of_words = part.trim_end_matches(CODE);
        out.push_str(&between(part_of_words, &words));
        if part_of_words.len() < part.len() {
            out.extend(codes.next().map(&code));
        }
    }
    out
}

/// The words, with the spaces at their ends, which the forms of [`super::super::escape`] take away.
fn between(words: &str, form: impl Fn(&str) -> String) -> String {
    let space = |is_there: bool| if is_there { " " } else { "" };
    if words.trim().is_empty() {
        return space(!words.is_empty()).to_owned();
    }
    format!(
        "{}{}{}",
        space(words.starts_with(char::is_whitespace)),
        form(words),
        space(words.ends_with(char::is_whitespace))
    )
}

/// The sentence with a mark in the place of each code, and the codes.
fn taken_out(sentence: &str) -> (String, Vec<&str>) {
    if sentence.contains(CODE) {
        return (sentence.to_owned(), Vec::new());
    }
    let mut codes = Vec::new();
    let mut around = String::new();
    for (is_code, part) in code_and_words(sentence) {
        if is_code {
            around.push(CODE);
            codes.push(part);
        } else {
            around.push_str(part);
        }
    }
    (around, codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stands_out_and_quotation_marks_close_after_it() {
        let said = "\"`CONN-2`\" is  `a = \"b\"`, not *c*";
        assert_eq!(plain(said), "“CONN-2” is a = \"b\", not *c*");
        assert_eq!(markdown(said), "\"`CONN-2`\" is `a = \"b\"`, not \\*c\\*");
        assert_eq!(
            html("`a` is"),
            format!("<code>a</code> {}", inert_html("is"))
        );
    }

    #[test]
    fn nothing_in_code_acts() {
        assert_eq!(
            markdown("`{{#x}} \u{202e}`"),
            "`\\u{7b}\\u{7b}#x}} \\u{202e}`"
        );
        assert!(!html("`</code><script>`").contains("<script"));
    }

    #[test]
    fn a_backquote_without_its_partner_is_a_letter() {
        assert_eq!(plain("a ` b"), "a ` b");
        assert_eq!(markdown("a ` b"), "a \\` b");
        assert_eq!(plain("`a` ` b"), "a ` b");
        assert_eq!(plain("\u{e001} `a`").matches('`').count(), 2);
    }
}
