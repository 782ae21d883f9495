//! The papers that offices have.

/// A size of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Paper {
    /// 210 by 297 mm.
    #[default]
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

    /// The name of the checklist's file on it, without its ending.
    pub fn checklist_name(self) -> &'static str {
        match self {
            Paper::A4 => "checklist-a4",
            Paper::Letter => "checklist-letter",
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
