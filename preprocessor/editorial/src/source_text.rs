//! A file of the book as it lies on the disk.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::finding::{Finding, Misfit, Severity};

/// A text file of the book, with the place of its lines.
#[derive(Debug, Clone)]
pub struct SourceText {
    path: PathBuf,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceText {
    /// Takes the text of the file at `path`, which is relative to the book's root.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        SourceText {
            path: path.into(),
            text,
            line_starts,
        }
    }

    /// The file's path, relative to the book's root.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte, both counted from 1; the column counts characters, as editors do.
    pub fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.line_starts.partition_point(|&start| start <= byte);
        let start = self.line_starts[line - 1];
        (line, self.text[start..byte].chars().count() + 1)
    }

    /// A finding of `rule` about the bytes `span` of this file.
    pub fn finding(
        &self,
        rule: &'static str,
        severity: Severity,
        span: Range<usize>,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        let (line, column) = self.line_and_column(span.start);
        Finding {
            rule,
            severity,
            path: self.path.clone(),
            span,
            line,
            column,
            problem: problem.into(),
            help: help.into(),
        }
    }

    /// The finding that a misfit in this file makes.
    pub fn misfit(&self, rule: &'static str, misfit: &Misfit) -> Finding {
        self.finding(
            rule,
            Severity::Error,
            misfit.span.clone(),
            misfit.problem.clone(),
            misfit.help.clone(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = SourceText::new("a.md", "eins\nzwei ü drei\n\nvier");
        assert_eq!(text.line_and_column(0), (1, 1));
        assert_eq!(text.line_and_column(5), (2, 1));
        assert_eq!(text.line_and_column(10), (2, 6));
        assert_eq!(text.line_and_column(13), (2, 8));
        assert_eq!(text.line_and_column(18), (3, 1));
        assert_eq!(text.line_and_column(999), (4, 5));
    }
}
