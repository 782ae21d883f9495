//! Findings as workflow commands, which GitHub shows beside the lines of a pull request.

use std::io::{self, Write};

use editorial::Finding;

pub(super) fn print(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    for finding in findings {
        writeln!(
            out,
            "::{} file={},line={},col={},title={}::{} — {}",
            finding.severity,
            property(&finding.path.to_string_lossy()),
            finding.line,
            finding.column,
            property(finding.rule),
            message(&finding.problem),
            message(&finding.help),
        )?;
    }
    Ok(())
}

/// A message: percent signs and line ends would end it early.
pub(crate) fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property: colons and commas would end it too.
pub(crate) fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_command_early() {
        assert_eq!(message("50 %\nor more"), "50 %25%0Aor more");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
