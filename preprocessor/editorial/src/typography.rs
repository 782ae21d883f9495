//! Quotation marks and apostrophes as printers set them.

/// The text with the marks that a printer would use, for texts that are not Markdown.
pub fn with_quotes(text: &str) -> String {
    let mut set = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        let c = match c {
            '"' if opens_after(before) => '“',
            '"' => '”',
            '\'' if opens_after(before) => '‘',
            '\'' => '’',
            c => c,
        };
        set.push(c);
        before = c;
    }
    set
}

/// Whether a mark after this character opens a quotation.
fn opens_after(before: char) -> bool {
    before.is_whitespace() || matches!(before, '(' | '[' | '{' | '–' | '—' | '-' | '“' | '‘')
}

#[cfg(test)]
mod tests {
    use super::with_quotes;

    #[test]
    fn marks_open_and_close() {
        for (typed, set) in [
            ("DICOM's", "DICOM’s"),
            ("\"are you there?\"", "“are you there?”"),
            ("(\"a\") 'b'", "(“a”) ‘b’"),
            ("“done” already", "“done” already"),
        ] {
            assert_eq!(with_quotes(typed), set);
        }
    }
}
