//! Directives: `{{#name argument}}`.

use std::ops::Range;

/// The directives that this project resolves.
pub const OURS: [&str; 13] = [
    "sample",
    "figure",
    "changes",
    "checklist",
    "glossary",
    "lessons",
    "notes",
    "press-room",
    "proof",
    "questions",
    "rules",
    "sources",
    "versions",
];
/// The directives that mdBook's own preprocessor resolves before us.
pub const MDBOOKS: [&str; 4] = ["include", "rustdoc_include", "playground", "title"];

/// One directive as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The word after `{{#`.
    pub name: String,
    /// What follows the name.
    pub argument: String,
    /// All its bytes.
    pub span: Range<usize>,
    /// The bytes of the argument.
    pub argument_span: Range<usize>,
    /// Whether it stands in code, where ours mean nothing.
    pub in_code: bool,
    /// Whether it has a line to itself and starts it.
    pub stands_alone: bool,
    /// Whether `}}` follows on the same line.
    pub is_closed: bool,
    /// Whether a backslash before it was meant to make it plain text.
    pub is_escaped: bool,
}

impl Directive {
    /// Whether this project resolves it where it stands.
    pub fn is_ours(&self) -> bool {
        self.has_our_name() && !self.in_code && !self.is_escaped
    }

    /// Whether it has a name that this project resolves.
    pub(crate) fn has_our_name(&self) -> bool {
        OURS.contains(&self.name.as_str())
    }

    /// Whether mdBook replaces it by a file. mdBook does so in code too, and still reads the old
    /// name of `playground`.
    pub fn is_include(&self) -> bool {
        self.name != "title" && (MDBOOKS.contains(&self.name.as_str()) || self.name == "playpen")
    }
}

/// Every directive of `text` from byte `base` on; `inert` are the spans of code.
///
/// Like mdBook, this takes white space between the braces and the `#`. A backslash before the braces
/// makes a directive of mdBook's plain text, unless mdBook would read it all the same, because it
/// spans lines or has that white space. It does not help with ours: mdBook takes the backslash away
/// before we see the page, so such a directive is given here, marked as escaped.
pub(crate) fn find_directives(text: &str, base: usize, inert: &[Range<usize>]) -> Vec<Directive> {
    let mut found: Vec<Directive> = Vec::new();
    for (at, _) in text[base..].match_indices('#') {
        let hash = base + at;
        let before = text[base..hash].trim_end();
        if !before.ends_with("{{") {
            continue;
        }
        let start = base + before.len() - 2;
        if found.last().is_some_and(|last| start < last.span.end) {
            continue;
        }
        let directive = read_directive(text, start, hash, inert);
        let mdbook_sees_it = hash > start + 2 || !directive.is_closed;
        let is_live = !directive.is_escaped || directive.has_our_name();
        if is_live || (directive.is_include() && mdbook_sees_it) {
            found.push(directive);
        }
    }
    found
}

fn read_directive(text: &str, start: usize, hash: usize, inert: &[Range<usize>]) -> Directive {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[hash..].find('\n').map_or(text.len(), |at| hash + at);
    let close = text[hash..line_end].find("}}").map(|at| hash + at);
    let inside = hash + 1..close.unwrap_or(line_end);
    let inner = &text[inside.clone()];
    let name_length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let name_end = inside.start + name_length;
    let is_closed = close.is_some() && !text[start..hash].contains('\n');
    let end = close.map_or(line_end, |close| close + 2);
    let argument_span = match trimmed(text, name_end..inside.end) {
        // mdBook looks for the file of an include on the lines below, too.
        span if span.is_empty() && !is_closed => first_word(text, span.start),
        span => span,
    };
    Directive {
        name: inner[..name_length].to_owned(),
        argument: text[argument_span.clone()].to_owned(),
        span: start..end,
        argument_span,
        in_code: inert.iter().any(|code| code.contains(&start)),
        stands_alone: is_closed && line_start == start && text[end..line_end].trim().is_empty(),
        is_closed,
        is_escaped: text[..start].ends_with('\\'),
    }
}

/// `span` without the white space at its ends.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let rest = &text[span.clone()];
    let start = span.start + rest.len() - rest.trim_start().len();
    start..start + rest.trim().len()
}

/// The first word of a directive that is closed below its line, if it is.
fn first_word(text: &str, from: usize) -> Range<usize> {
    let rest = &text[from..];
    let Some(end) = rest.find('}').filter(|&end| rest[end..].starts_with("}}")) else {
        return from..from;
    };
    let span = trimmed(text, from..from + end);
    let word = text[span.clone()].split_whitespace().next();
    span.start..span.start + word.unwrap_or_default().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Directive {
        let mut found = find_directives(text, 0, &[]);
        assert_eq!(found.len(), 1, "{text}");
        found.remove(0)
    }

    #[test]
    fn name_argument_and_place_are_read() {
        let text = "a\n{{#sample  open-archive }}\nb";
        let directive = only(text);
        assert_eq!(directive.name, "sample");
        assert_eq!(&text[directive.argument_span.clone()], "open-archive");
        assert!(directive.stands_alone && directive.is_closed);
    }

    #[test]
    fn company_on_the_line_and_a_missing_end_are_noticed() {
        assert!(!only("see {{#sample a}}").stands_alone);
        assert!(!only("{{#sample a}} there").stands_alone);
        assert!(!only("{{#sample a\n}}").is_closed);
    }

    #[test]
    fn what_mdbook_reads_is_read() {
        for (text, name, argument) in [
            ("{{#include a.txt}}", "include", "a.txt"),
            ("{{ #include a.txt}}", "include", "a.txt"),
            ("{{\n#include a.txt}}", "include", "a.txt"),
            ("{{#include\na.txt\n}}", "include", "a.txt"),
            ("{{{#include a.txt}}", "include", "a.txt"),
            ("{{#playpen a.rs editable}}", "playpen", "a.rs editable"),
            ("\\{{ #include a.txt}}", "include", "a.txt"),
            ("\\{{#include\na.txt}}", "include", "a.txt"),
        ] {
            let directive = only(text);
            assert!(directive.is_include(), "{text}");
            assert_eq!(
                (directive.name.as_str(), directive.argument.as_str()),
                (name, argument),
                "{text}"
            );
            assert_eq!(&text[directive.argument_span.clone()], argument);
        }
    }

    #[test]
    fn one_without_an_end_leaves_the_next_alone() {
        let found = find_directives("{{#sample a\n\n{{#sample b}}\n", 0, &[]);
        let arguments: Vec<_> = found.iter().map(|found| found.argument.as_str()).collect();
        assert_eq!(arguments, ["a", "b"]);
    }

    #[test]
    fn a_backslash_makes_only_mdbooks_plain_text() {
        for text in ["\\{{#include a}}", "\\{{#unknown a}}", "\\{{#unknown a"] {
            assert!(find_directives(text, 0, &[]).is_empty(), "{text}");
        }
        assert!(only("\\{{#sample a}}").is_escaped);
    }
}
