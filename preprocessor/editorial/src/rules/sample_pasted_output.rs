//! Output that was typed instead of produced.

use super::{Check, Findings, Rule};
use crate::page::Page;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "sample/pasted-output",
    wants: "What a page shows as output comes from a sample, never from the keyboard.",
    why: "A typed transcript is true on the day it is typed, if then. A command for the reader may \
          stand in a block marked `sh`, without a prompt and without what it prints.",
    can_be_waived: true,
    check: Check::Page(check),
};

const SESSIONS: [&str; 9] = [
    "console",
    "text",
    "txt",
    "plaintext",
    "log",
    "shell-session",
    "terminal",
    "output",
    "session",
];

fn check(_: &Shelf, page: &Page, findings: &mut Findings) {
    for code in &page.outline.code_blocks {
        let word = code.info.split([' ', ',', '{']).next().unwrap_or_default();
        let word = word.to_lowercase();
        let is_markdown = matches!(word.as_str(), "markdown" | "md");
        let problem = if SESSIONS.contains(&word.as_str()) {
            Some(format!(
                "a block marked `{word}` is output that somebody typed"
            ))
        } else if !is_markdown && code.text.lines().any(looks_like_a_prompt) {
            Some("a prompt with what followed it was typed here".to_owned())
        } else if word.is_empty() {
            Some("nobody can tell whether this block is a command or its output".to_owned())
        } else {
            None
        };
        if let Some(problem) = problem {
            findings.error(
                &page.file,
                code.span.clone(),
                problem,
                "make it a sample; a command alone goes into a block marked `sh`, without a prompt",
            );
        }
    }
}

fn looks_like_a_prompt(line: &str) -> bool {
    let line = line.trim_start();
    // `# ` is left out: in a block of commands it starts a comment.
    ["$ ", "> ", "% ", "PS C:\\"]
        .iter()
        .any(|prompt| line.starts_with(prompt))
}
