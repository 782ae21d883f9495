//! HTML in a page.

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "html/raw",
    wants: "Pages are Markdown, without HTML.",
    why: "The same text becomes a website, a PDF, a Word file and plain text; HTML survives only in \
          one of them. It is also the way in for scripts, which a security site does not take.",
    can_be_waived: false,
    check: Check::Page(check),
};

fn check(_: &Shelf, page: &Page, findings: &mut Findings) {
    for span in &page.outline.html {
        let written = page.file.text()[span.clone()].trim();
        let first: String = written.chars().take(40).collect();
        findings.error(
            &page.file,
            span.clone(),
            format!("this is HTML: {}", first.lines().next().unwrap_or_default()),
            "write Markdown; for the characters themselves, write `<` in back quotes or as \\<",
        );
    }
}
