//! The papers that offices have.

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Paper {
    /// Both, in the order in which they are made and linked.
    pub const ALL: [Paper; 2] = [Paper::A4, Paper::Letter];

    /// As people say it.
    pub fn name(self) -> &'static str {
        match self {
            Paper::A4 => "A4",
            Paper::Letter => "Letter",
        }
    }

    /// The file of the checklist, beside the website's pages.
    pub fn checklist_file(self) -> &'static str {
        match self {
            Paper::A4 => "checklist-a4.pdf",
            Paper::Letter => "checklist-letter.pdf",
        }
    }

    /// As the typesetter knows it.
    #[cfg(feature = "pdf")]
    pub(crate) fn typesetters_name(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::Letter => "us-letter",
        }
    }
}
