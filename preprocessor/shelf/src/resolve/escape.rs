//! Text from the registry and from front matter, made inert for Markdown and for HTML.

use editorial::with_quotes;
use evidence::Clean;

/// Far above any sentence; what is longer is cut with a visible mark.
const LONGEST: usize = 2_000;

/// The text on one line, with every character that could act instead of being seen in visible form.
fn clean(text: &str) -> Clean {
    let words: Vec<&str> = text.split_whitespace().collect();
    Clean::line(&words.join(" "), LONGEST)
}

/// Text as Markdown shows it: no character of it means anything, and no line break is left.
pub(crate) fn markdown(text: &str) -> String {
    let text = clean(text);
    let text = text.as_plain();
    let mut escaped = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        // At the start of a line, these would open a list, a heading or a definition.
        let opens_a_block = match c {
            '-' | '+' | '=' | ':' => index == 0,
            '.' | ')' => text.starts_with(|first: char| first.is_ascii_digit()),
            _ => false,
        };
        if opens_a_block || means_something(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Whether a character means something to Markdown wherever it stands.
fn means_something(c: char) -> bool {
    c.is_ascii() && b"\\`*_{}[]<>#|~!&$^".contains(&(c as u8))
}

/// Text where no character means anything anyway: on one line, with the quotation marks of a printer.
pub(crate) fn plain(text: &str) -> String {
    with_quotes(&clean(text).as_plain())
}

/// A sentence of an editor as Markdown shows it: what stands between back quotes is code, and nothing else of it
/// means anything.
pub(crate) fn with_code(text: &str) -> String {
    let parts = code_and_words(text);
    let parts = parts.map(|(is_code, part)| match is_code {
        true => format!("`{}`", clean(part).as_plain()),
        // What opens a block at the start of a line opens none in its middle, and is escaped all the same.
        false => format!(
            "{}{}{}",
            space(part, 0),
            markdown(&with_quotes(part)),
            space(part, 1)
        ),
    });
    parts.collect::<String>().trim().to_owned()
}

/// The parts of a sentence, each with whether it stands between back quotes. A back quote without a second one
/// is a character like others.
pub(crate) fn code_and_words(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let marks = text.matches('`').count();
    let last = (marks % 2 == 1).then(|| text.rfind('`')).flatten();
    let (paired, rest) = text.split_at(last.unwrap_or(text.len()));
    let parts = paired.split('`').enumerate();
    let parts = parts.map(|(index, part)| (index % 2 == 1, part));
    parts
        .chain([(false, rest)])
        .filter(|(_, part)| !part.is_empty())
}

/// The space at the start (0) or the end (1) of a part, which stands beside code.
fn space(part: &str, end: usize) -> &'static str {
    let found = match end {
        0 => part.starts_with(char::is_whitespace),
        _ => part.ends_with(char::is_whitespace),
    };
    if found { " " } else { "" }
}

/// Text as HTML shows it, in an element or a quoted attribute, on one line.
pub(crate) fn html(text: &str) -> String {
    clean(text).as_html()
}

/// A sentence of an editor as HTML shows it: as [`html`], with the quotation marks of a printer.
pub(crate) fn prose(text: &str) -> String {
    html(&with_quotes(text))
}

/// Text as an XML file shows it, in an element or a quoted attribute, on one line.
pub(crate) fn xml(text: &str) -> String {
    let text = clean(text);
    let mut escaped = String::new();
    for c in text.as_plain().chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The text with a capital at its head.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_back_quotes_mean_something_in_a_sentence() {
        for (text, wanted) in [
            (
                "Type `look *now*`, then *wait*.",
                "Type `look *now*`, then \\*wait\\*.",
            ),
            ("One ` alone", "One \\` alone"),
            ("`a` and `b` and `c", "`a` and `b` and \\`c"),
            ("", ""),
        ] {
            assert_eq!(with_code(text), wanted);
        }
    }

    #[test]
    fn nothing_in_the_text_means_anything_to_markdown() {
        for (text, wanted) in [
            (
                "a *b* [c](d) <e> `f`",
                "a \\*b\\* \\[c\\](d) \\<e\\> \\`f\\`",
            ),
            ("two\n\n# lines", "two \\# lines"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            (": defined - as. such", "\\: defined - as. such"),
            // Braces of a directive stand in visible form, as in a transcript.
            ("{{#x}}", "\\\\u\\{7b\\}\\\\u\\{7b\\}\\#x\\}\\}"),
        ] {
            assert_eq!(markdown(text), wanted, "{text}");
        }
    }

    #[test]
    fn nothing_in_the_text_means_anything_to_xml() {
        assert_eq!(xml("<a b=\"c\">&\nd"), "&lt;a b=&quot;c&quot;&gt;&amp; d");
        assert!(!xml("a\u{1}b\u{202e}c").contains(['\u{1}', '\u{202e}']));
    }

    #[test]
    fn nothing_in_the_text_means_anything_to_html() {
        assert_eq!(html("<b>&'"), "&#60;b&#62;&#38;&#39;");
        assert_eq!(html("Größe"), "Gr&#246;&#223;e");
        assert_eq!(html("a\nb"), "a&#32;b");
    }
}
