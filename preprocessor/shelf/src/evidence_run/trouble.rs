//! What can be wrong with a sample, before it is known which pages show it.

use editorial::{Finding, Severity, Shelf};
use evidence::RunError;

use super::Shown;
use crate::experiments::findings_on_pages;
use crate::notices;
use crate::rules::{CLAIM_FAILED, NOT_RUN, NOTICE_LOST, RECORDING};

/// Something wrong with one sample.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    id: String,
    rule: &'static str,
    severity: Severity,
    problem: String,
    help: String,
}

impl Trouble {
    fn new(id: &str, rule: &'static str, problem: String, help: String) -> Self {
        Trouble {
            id: id.to_owned(),
            rule,
            severity: Severity::Error,
            problem,
            help,
        }
    }

    /// The sample it concerns.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The findings on the pages that show the sample.
    pub(super) fn on_pages(&self, shelf: &Shelf) -> Vec<Finding> {
        let Trouble {
            id,
            rule,
            severity,
            problem,
            help,
        } = self;
        findings_on_pages(shelf, id, rule, *severity, problem, help)
    }

    /// The sample could not be run, and nothing is shown in its place.
    pub(super) fn not_run(id: &str, error: &RunError) -> Self {
        let problem = format!("the sample \"{id}\" could not be run: {}", chain(error));
        let help = format!("try it alone: cargo shelf samples run {id}");
        Trouble::new(id, NOT_RUN, problem, help)
    }

    /// The sample could not be run on this machine, and its recording is shown.
    pub(super) fn recalled(id: &str, error: &RunError) -> Self {
        let problem = format!(
            "the sample \"{id}\" is shown from its recording: {}",
            chain(error)
        );
        let help = "the page says so; to make it an error, build with --samples require-live";
        Trouble {
            severity: Severity::Warning,
            ..Trouble::new(id, NOT_RUN, problem, help.to_owned())
        }
    }

    /// There is no recording to take the sample from.
    pub(super) fn unrecorded(id: &str) -> Self {
        let problem = format!("the sample \"{id}\" has no recording");
        Trouble::new(
            id,
            RECORDING,
            problem,
            format!("make one: cargo shelf samples record {id}"),
        )
    }

    /// The recording cannot stand for the sample as it is today.
    pub(super) fn misrecorded(id: &str, problem: impl std::fmt::Display) -> Self {
        let problem = format!("the recording of \"{id}\" no longer holds: {problem}");
        let help = format!("look at what changed, then: cargo shelf samples record {id}");
        Trouble::new(id, RECORDING, problem, help)
    }

    /// What the sample shows is not what it claims.
    pub(super) fn refuted_claims(shown: &Shown) -> Vec<Self> {
        let id = &shown.experiment.id;
        let help =
            format!("correct content/samples/{id}.toml and the text around it, or the scene");
        let refuted = shown.refuted().into_iter();
        refuted
            .map(|refuted| {
                let problem =
                    format!("the sample \"{id}\" does not show what it claims; {refuted}");
                Trouble::new(id, CLAIM_FAILED, problem, help.clone())
            })
            .collect()
    }

    /// Notices that point at no line, or at one that another notice has.
    pub(super) fn lost_notices(shelf: &Shelf, shown: &Shown) -> Vec<Self> {
        let id = &shown.experiment.id;
        let sample = shelf.sample(id).and_then(|file| file.sample.as_ref());
        let notices = sample.map_or(&[][..], |sample| &sample.notices);
        let lines = shown.steps.iter().flat_map(|step| &step.lines);
        let places = notices::place(notices, lines);
        let lost = notices
            .iter()
            .zip(places)
            .filter(|(_, place)| place.is_none());
        lost.map(|(notice, _)| {
            let words = &notice.line.value;
            let problem = format!("no line of the sample \"{id}\" is left that says \"{words}\"");
            let help = format!("choose words of a line of its own: cargo shelf samples run {id}");
            Trouble::new(id, NOTICE_LOST, problem, help)
        })
        .collect()
    }
}

/// An error with its causes, in one line.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    std::iter::once(error.to_string())
        .chain(causes.map(ToString::to_string))
        .collect::<Vec<_>>()
        .join(": ")
}
