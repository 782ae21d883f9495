//! What happened, on a line of time.

use super::{Fact, read_sources, read_when};
use crate::fields::{Fields, Placed};
use crate::when::When;

/// One entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When it happened, or was published.
    pub when: Placed<When>,
    /// What happened, in one short sentence.
    pub what: Placed<String>,
    /// What kind of trouble it belongs to.
    pub kind: Trouble,
    /// The keys of the publications.
    pub sources: Vec<Placed<String>>,
}

/// A kind of trouble. Each has a mark of its own in a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Systems that strangers can reach.
    Exposure,
    /// Images that were changed or made up.
    Forgery,
    /// Programs hidden in images.
    Malware,
    /// Systems locked or switched off by an attack.
    Ransomware,
    /// Faults of products and protocols.
    Flaw,
}

/// The words of `kind`.
const KINDS: [(&str, Trouble); 5] = [
    ("exposure", Trouble::Exposure),
    ("forgery", Trouble::Forgery),
    ("malware", Trouble::Malware),
    ("ransomware", Trouble::Ransomware),
    ("flaw", Trouble::Flaw),
];

impl Trouble {
    /// Every kind, in the order in which a key lists them.
    pub const ALL: [Trouble; 5] = [
        Trouble::Exposure,
        Trouble::Forgery,
        Trouble::Malware,
        Trouble::Ransomware,
        Trouble::Flaw,
    ];

    /// As readers see it.
    pub fn in_words(self) -> &'static str {
        match self {
            Trouble::Exposure => "Exposure",
            Trouble::Forgery => "Forgery",
            Trouble::Malware => "Malware",
            Trouble::Ransomware => "Ransomware",
            Trouble::Flaw => "Flaw",
        }
    }
}

impl Event {
    pub(super) fn fact(&self) -> Fact<'_> {
        Fact {
            when: Some(&self.when),
            at: self.when.span.start,
            texts: vec![&self.what],
            numbers: Vec::new(),
            sources: &self.sources,
        }
    }

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Event> {
        let when = read_when(fields);
        let what = fields.required_text("what", "say what happened, in one short sentence");
        let kind = fields.choice("kind", &KINDS);
        let sources = read_sources(fields);
        Some(Event {
            when: when?,
            what: what?,
            kind: kind?.value,
            sources,
        })
    }
}
