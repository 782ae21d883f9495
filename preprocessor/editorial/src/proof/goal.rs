//! `content/proof.toml`: the numbers we want to reach.

use super::measure::{Case, Measure};
use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;

/// The figure that is held against a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Our figure as a multiple of the peer's.
    OursToPeer,
    /// The peer's figure as a multiple of ours.
    PeerToOurs,
    /// Our figure as it was measured.
    Ours,
    /// The exponent of our growth.
    Growth,
}

/// On which side of its number a goal is met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// At this number or below.
    AtMost(f64),
    /// At this number or above.
    AtLeast(f64),
}

impl Bound {
    /// Whether a figure keeps it.
    pub fn admits(self, figure: f64) -> bool {
        match self {
            Bound::AtMost(most) => figure <= most,
            Bound::AtLeast(least) => figure >= least,
        }
    }

    /// The figure that keeps it worst.
    fn worst(self, figures: impl Iterator<Item = f64>) -> Option<f64> {
        match self {
            Bound::AtMost(_) => figures.max_by(f64::total_cmp),
            Bound::AtLeast(_) => figures.min_by(f64::total_cmp),
        }
    }
}

/// What keeps a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeper {
    /// A measure of the bench, by its id, with the cases that count: all where none is named.
    Measure(Placed<String>, Vec<Placed<String>>),
    /// A test, by its file, without which nothing is published.
    Test(Placed<String>),
}

/// A number that we want to reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// Its name.
    pub id: Placed<String>,
    /// What should reach it.
    pub what: Placed<String>,
    /// The figure that counts.
    pub held: Held,
    /// What it should be.
    pub bound: Bound,
    /// The measure that shows it, or the test that holds it.
    pub keeper: Keeper,
    /// Why it is missed, in the words of a person.
    pub why: Option<Placed<String>>,
}

/// How things stand with a goal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing {
    /// A test holds it: where it fails, nothing is published.
    Tested,
    /// Nobody has measured it.
    Unmeasured,
    /// It was measured.
    Measured {
        /// What was seen, in the case that keeps the goal worst.
        figure: f64,
        /// Whether that is good enough.
        met: bool,
        /// Whether this was a trial of the bench, whose figures prove nothing.
        quick: bool,
    },
}

impl Goal {
    /// The id of its measure.
    pub fn measure(&self) -> Option<&str> {
        match &self.keeper {
            Keeper::Measure(id, _) => Some(&id.value),
            Keeper::Test(_) => None,
        }
    }

    /// The file of the test that holds it.
    pub fn test(&self) -> Option<&Placed<String>> {
        match &self.keeper {
            Keeper::Measure(..) => None,
            Keeper::Test(test) => Some(test),
        }
    }

    /// The cases of its measure that it names.
    pub fn cases(&self) -> &[Placed<String>] {
        match &self.keeper {
            Keeper::Measure(_, cases) => cases,
            Keeper::Test(_) => &[],
        }
    }

    /// How it stands, by its measure.
    pub fn standing(&self, measure: Option<&Measure>) -> Standing {
        if self.test().is_some() {
            return Standing::Tested;
        }
        let figure = measure.and_then(|measure| self.figure(measure));
        match (measure, figure) {
            (Some(measure), Some(figure)) => Standing::Measured {
                figure,
                met: self.bound.admits(figure),
                quick: measure.is_quick(),
            },
            _ => Standing::Unmeasured,
        }
    }

    /// The figure of the case that keeps it worst; none where a case is missing.
    fn figure(&self, measure: &Measure) -> Option<f64> {
        let names = self.cases();
        let is_named = |case: &&Case| names.iter().any(|name| name.value == case.name.value);
        let cases = measure.cases.iter();
        let cases: Vec<&Case> = cases
            .filter(|case| names.is_empty() || is_named(case))
            .collect();
        if cases.len() < names.len() {
            return None;
        }
        let figures: Option<Vec<f64>> = match self.held {
            Held::Growth => measure.growth().map(|growth| vec![growth]),
            Held::Ours => Some(cases.iter().map(|case| case.ours.median()).collect()),
            Held::OursToPeer => cases.iter().map(|case| case.to_peer()).collect(),
            Held::PeerToOurs => cases
                .iter()
                .map(|case| case.to_peer().map(f64::recip))
                .collect(),
        };
        self.bound.worst(figures?.into_iter())
    }

    pub(crate) fn parse_all(text: &str) -> (Vec<Goal>, Vec<Misfit>) {
        let (entries, mut misfits) = read_toml(text, 0, |fields| {
            let goals = fields.tables("goal", read_goal);
            goals.into_iter().flatten().collect::<Vec<_>>()
        });
        let ids = entries.iter().map(|goal| &goal.id);
        crate::registry::refuse_twins(ids, &mut misfits);
        (entries, misfits)
    }
}

const FIGURES: [(&str, Held); 4] = [
    ("ours-to-peer", Held::OursToPeer),
    ("peer-to-ours", Held::PeerToOurs),
    ("ours", Held::Ours),
    ("growth", Held::Growth),
];

fn read_goal(fields: &mut Fields<'_>) -> Option<Goal> {
    let id = fields.required_text("id", "give the goal a name");
    let what = fields.required_text("what", "say in plain words what should reach it");
    let held = fields.choice("figure", &FIGURES);
    let bound = read_bound(fields);
    let keeper = read_keeper(fields);
    let why = fields.text("why");
    Some(Goal {
        id: id?,
        what: what?,
        held: held?.value,
        bound: bound?,
        keeper: keeper?,
        why,
    })
}

fn read_bound(fields: &mut Fields<'_>) -> Option<Bound> {
    let most = fields.number("at-most");
    let least = fields.number("at-least");
    match (most, least) {
        (Some(most), None) => Some(Bound::AtMost(most.value)),
        (None, Some(least)) => Some(Bound::AtLeast(least.value)),
        _ => {
            let problem = "a goal has one number: `at-most` or `at-least`";
            fields.misfit(fields.span(), problem, "write one of both");
            None
        }
    }
}

fn read_keeper(fields: &mut Fields<'_>) -> Option<Keeper> {
    let measure = fields.text("measure");
    let cases = fields.texts("cases");
    let test = fields.text("test");
    match (measure, test) {
        (Some(measure), None) => Some(Keeper::Measure(measure, cases)),
        (None, Some(test)) => Some(Keeper::Test(test)),
        _ => {
            let problem = "a goal is shown by a `measure` of the bench, or held by a `test`";
            fields.misfit(fields.span(), problem, "name one of both");
            None
        }
    }
}
