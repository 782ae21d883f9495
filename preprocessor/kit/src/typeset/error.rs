//! What keeps a file from being made.

use thiserror::Error;
use typst::diag::SourceDiagnostic;

/// Why a file could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KitError {
    /// The template and the typesetter do not agree. No text of an editor can cause it, but for a title
    /// that no card has room for.
    #[error("the typesetter could not lay it out: {0}")]
    Layout(String),
    /// The picture could not be written.
    #[error("the picture could not be written: {0}")]
    Picture(String),
    /// The typesetter would not write the PDF.
    #[error("the PDF could not be written: {0}")]
    Export(String),
}

/// What the typesetter says, in a line.
pub(crate) fn said(diagnostics: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = diagnostics
        .iter()
        .map(|found| found.message.as_str())
        .collect();
    messages.join("; ")
}
