//! Addresses that a reader should not be sent to.

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "link/scheme",
    wants: "A link goes to an https address, a mailto address, or a page of this book.",
    why: "Plain http can be altered on the way; `javascript:` and `data:` run in the reader's \
          browser; an address that starts with / or // depends on where the site happens to stand.",
    can_be_waived: false,
    check: Check::Page(check),
};

fn check(_: &Shelf, page: &Page, findings: &mut Findings) {
    for link in &page.outline.links {
        if let Some(problem) = problem(&link.destination) {
            findings.error(
                &page.file,
                link.span.clone(),
                problem,
                "use https://, mailto:, or the relative path of a page",
            );
        }
    }
}

/// An address as browsers see it: they drop control characters and spaces before they read it.
fn bare(destination: &str) -> String {
    destination
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect()
}

/// The scheme of an address, in lower case: what stands before the first colon, if a scheme can.
pub(super) fn scheme(destination: &str) -> Option<String> {
    let bare = bare(destination);
    let (scheme, _) = bare.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

fn problem(destination: &str) -> Option<String> {
    match scheme(destination).as_deref() {
        Some("https" | "mailto") => None,
        Some(scheme) => Some(format!("a link may not use `{scheme}:`")),
        None if bare(destination).starts_with(['/', '\\']) => {
            Some("a link may not start with a slash".to_owned())
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn only_https_mailto_and_relative_paths_pass() {
        for good in [
            "https://example.org",
            "mailto:a@example.org",
            "a.md#x",
            "#x",
            "../b/c.md",
            "",
        ] {
            assert_eq!(problem(good), None, "{good}");
        }
        for bad in [
            "http://example.org",
            "javascript:alert(1)",
            "JaVaScript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "//example.org",
            "/absolute",
            "\\\\host\\share",
            "file:///etc/passwd",
        ] {
            assert!(problem(bad).is_some(), "{bad}");
        }
    }
}
