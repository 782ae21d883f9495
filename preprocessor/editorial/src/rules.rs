//! The editorial standard, one rule a file.

mod checklist_print;
mod content_invalid;
mod directive_invalid;
mod figure_unknown;
mod heading_id_missing;
mod html_raw;
mod kit_name;
mod kit_unprintable;
mod lesson_objective;
mod lesson_plan;
mod lesson_slide;
mod link_broken;
mod link_include_outside;
mod link_orphan;
mod link_redirect_missing;
mod link_scheme;
mod mdbook_warning;
mod message_avoid;
mod message_length;
mod message_says_not_in_page;
mod number_undated;
mod proof_goal;
mod review_expired;
mod review_missing;
mod sample_evidence;
mod sample_pasted_output;
mod sample_unknown;
mod site_security_expired;
mod source_stale;
mod source_uncited_section;
mod source_unknown;
mod source_unverified;
mod summary_unlisted;
mod tone;
mod tone_absolute;
mod tone_antitrust;
mod tone_defensive;
mod tone_vendor_name;
mod waiver;
mod words_acronym;
mod words_grade;
mod words_length;
mod words_sentence_length;
mod words_spelling;

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::finding::{Finding, Severity};
use crate::page::Page;
use crate::passage::Reading;
use crate::shelf::Shelf;

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
enum Check {
    /// One page at a time.
    Page(fn(&Shelf, &Page, &mut Findings)),
    /// What is read in one file at a time: a page, a sample, the glossary.
    Reading(fn(&Shelf, &Reading<'_>, &mut Findings)),
    /// What is read in all files, for a rule that gets ready once for them all.
    Readings(fn(&Shelf, &[Reading<'_>], &mut Findings)),
    /// The whole shelf.
    Shelf(fn(&Shelf, &mut Findings)),
    /// One page at a time, then what the whole shelf draws on.
    PageAndShelf(fn(&Shelf, &Page, &mut Findings), fn(&Shelf, &mut Findings)),
    /// The build itself, when the scanners have run; nothing to check in the texts.
    Build,
}

/// One rule of the editorial standard.
#[derive(Debug)]
pub struct Rule {
    /// Its name, such as `words/length`. Names are never used again for something else.
    pub name: &'static str,
    /// What it wants, in one sentence.
    pub wants: &'static str,
    /// Why, and how to keep it, in a paragraph or two of Markdown.
    pub why: &'static str,
    /// Whether a page may be excused from it.
    pub can_be_waived: bool,
    check: Check,
}

impl Rule {
    /// What it finds on the shelf, of which `readings` is all that is read.
    fn findings(&'static self, shelf: &Shelf, readings: &[Reading<'_>]) -> Vec<Finding> {
        let mut findings = Findings::new(self);
        if let Check::Page(check) | Check::PageAndShelf(check, _) = self.check {
            for page in &shelf.pages {
                check(shelf, page, &mut findings);
            }
        }
        if let Check::Reading(check) = self.check {
            for reading in readings {
                check(shelf, reading, &mut findings);
            }
        }
        if let Check::Readings(check) = self.check {
            check(shelf, readings, &mut findings);
        }
        if let Check::Shelf(check) | Check::PageAndShelf(_, check) = self.check {
            check(shelf, &mut findings);
        }
        findings.found
    }

    /// Whether a page can be excused from it, as a sentence.
    pub fn waiver(&self) -> &'static str {
        match (self.can_be_waived, self.check) {
            (false, _) => "It cannot be waived.",
            (true, Check::Page(_) | Check::Shelf(_) | Check::Build) => {
                "A page can waive it, with a reason."
            }
            (true, Check::Reading(_) | Check::Readings(_) | Check::PageAndShelf(..)) => {
                "A page can waive it for its own text, with a reason; samples, figures, the \
                 checklist and the glossary cannot."
            }
        }
    }
}

/// Every rule, in the order of their names.
pub const RULES: [&Rule; 53] = [
    &checklist_print::RULE,
    &checklist_print::UNPRINTABLE,
    &content_invalid::RULE,
    &directive_invalid::RULE,
    &figure_unknown::RULE,
    &content_invalid::UNREADABLE,
    &content_invalid::FRONT_MATTER,
    &heading_id_missing::RULE,
    &html_raw::RULE,
    &kit_name::RULE,
    &kit_unprintable::RULE,
    &lesson_objective::RULE,
    &lesson_plan::RULE,
    &lesson_slide::RULE,
    &link_broken::RULE,
    &link_include_outside::RULE,
    &link_orphan::RULE,
    &link_redirect_missing::RULE,
    &link_scheme::RULE,
    &mdbook_warning::RULE,
    &message_avoid::RULE,
    &message_length::RULE,
    &message_says_not_in_page::RULE,
    &number_undated::RULE,
    &proof_goal::RULE,
    &proof_goal::TRIAL,
    &review_expired::RULE,
    &review_missing::RULE,
    &sample_evidence::CLAIM_FAILED,
    &sample_evidence::INVALID,
    &sample_evidence::NOT_RUN,
    &sample_evidence::NOTICE_LOST,
    &sample_pasted_output::RULE,
    &sample_evidence::RECORDING,
    &sample_unknown::RULE,
    &site_security_expired::RULE,
    &lesson_slide::OVERFLOW,
    &source_stale::RULE,
    &source_uncited_section::RULE,
    &source_unknown::RULE,
    &source_unverified::RULE,
    &summary_unlisted::TWICE,
    &summary_unlisted::RULE,
    &tone_absolute::RULE,
    &tone_antitrust::RULE,
    &tone_defensive::RULE,
    &tone_vendor_name::RULE,
    &waiver::UNNEEDED,
    &words_acronym::RULE,
    &words_grade::RULE,
    &words_length::RULE,
    &words_sentence_length::RULE,
    &words_spelling::RULE,
];

/// The rule with a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).copied()
}

/// Holds the shelf against every rule and gives all findings in the order of files and lines.
pub fn check(shelf: &Shelf) -> Vec<Finding> {
    let readings: Vec<_> = readings(shelf).collect();
    let mut all = side_by_side(|rule| rule.findings(shelf, &readings));
    waiver::excuse(shelf, &mut all);
    all.sort_by(|a, b| (&a.path, a.span.start, a.rule).cmp(&(&b.path, b.span.start, b.rule)));
    all
}

/// What every rule finds. Rules know nothing of each other, so several are asked at once; the order of
/// their findings is left open.
fn side_by_side(find: impl Fn(&'static Rule) -> Vec<Finding> + Sync) -> Vec<Finding> {
    let next = AtomicUsize::new(0);
    let mut rules = RULES;
    // What takes longest comes first, so that nobody waits for it at the end.
    rules.sort_by_key(|rule| !matches!(rule.check, Check::Readings(_)));
    let work = || {
        let mut found = Vec::new();
        while let Some(rule) = rules.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(find(rule));
        }
        found
    };
    std::thread::scope(|scope| {
        let helpers = std::thread::available_parallelism().map_or(0, |n| n.get() - 1);
        let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for helper in helpers {
            all.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    })
}

/// What [`check`] finds, on one thread, as a fuzzer wants it.
#[cfg(any(fuzzing, test))]
pub(crate) fn check_alone(shelf: &Shelf) -> Vec<Finding> {
    let readings: Vec<_> = readings(shelf).collect();
    let found = RULES
        .iter()
        .flat_map(|rule| rule.findings(shelf, &readings));
    let mut all: Vec<Finding> = found.collect();
    waiver::excuse(shelf, &mut all);
    all
}

/// Everything that is read on the shelf, file by file.
fn readings(shelf: &Shelf) -> impl Iterator<Item = Reading<'_>> {
    let pages = shelf.pages.iter().filter_map(Reading::of_page);
    let samples = shelf.samples.iter().filter_map(Reading::of_sample);
    let figures = shelf.figures.iter().filter_map(Reading::of_figure);
    let quizzes = shelf.quizzes.iter().filter_map(Reading::of_quiz);
    let labs = shelf.labs.iter().filter_map(Reading::of_lab);
    let files = pages
        .chain(samples)
        .chain(figures)
        .chain(quizzes)
        .chain(labs);
    files.chain([
        Reading::of_tasks(&shelf.checklist),
        Reading::of_changes(&shelf.changes),
        Reading::of_press(&shelf.press),
        Reading::of_goals(&shelf.goals),
        Reading::of_terms(&shelf.terms),
    ])
}

/// Holds one page against the rules for pages, after mdBook has put the files into it that it
/// includes. What an include brings in must keep the same rules as what is written in the page.
pub fn check_expanded(shelf: &Shelf, page: &Page) -> Vec<Finding> {
    let mut all = Vec::new();
    let reading: Vec<_> = Reading::of_page(page).into_iter().collect();
    for rule in RULES {
        let mut findings = Findings::new(rule);
        match rule.check {
            Check::Page(check) | Check::PageAndShelf(check, _) => {
                check(shelf, page, &mut findings);
            }
            Check::Reading(check) => {
                for reading in &reading {
                    check(shelf, reading, &mut findings);
                }
            }
            Check::Readings(check) => check(shelf, &reading, &mut findings),
            Check::Shelf(_) | Check::Build => {}
        }
        all.extend(findings.found);
    }
    let waivers = page.piece.iter().flat_map(|piece| &piece.waivers);
    for waiver in waivers {
        all.retain(|found| found.rule != waiver.rule.value);
    }
    all
}

/// Collects what one rule finds.
struct Findings {
    rule: &'static Rule,
    found: Vec<Finding>,
}

impl Findings {
    fn new(rule: &'static Rule) -> Self {
        Findings {
            rule,
            found: Vec::new(),
        }
    }

    /// An error about the bytes `span` of a file.
    fn error(
        &mut self,
        file: &crate::SourceText,
        span: std::ops::Range<usize>,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = file.finding(self.rule.name, Severity::Error, span, problem, help);
        self.found.push(finding);
    }

    /// A warning about the bytes `span` of a file.
    fn warning(
        &mut self,
        file: &crate::SourceText,
        span: std::ops::Range<usize>,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = file.finding(self.rule.name, Severity::Warning, span, problem, help);
        self.found.push(finding);
    }

    /// An error for each problem that reading a file left behind.
    fn misfits(&mut self, file: &crate::SourceText, misfits: &[crate::Misfit]) {
        let rule = self.rule.name;
        self.found
            .extend(misfits.iter().map(|misfit| file.misfit(rule, misfit)));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{RULES, rule};

    #[test]
    fn a_rule_that_reads_more_than_pages_says_who_can_waive_it() {
        for (name, wanted) in [
            ("words/length", "A page can waive it, with a reason."),
            (
                "message/says-not-in-page",
                "A page can waive it, with a reason.",
            ),
            ("number/undated", "for its own text"),
            ("tone/vendor-name", "for its own text"),
            ("words/spelling", "It cannot be waived."),
        ] {
            let waiver = rule(name).unwrap().waiver();
            assert!(waiver.contains(wanted), "{name}: {waiver}");
        }
    }

    #[test]
    fn rules_stand_in_the_order_of_their_names() {
        let names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:#?}");
    }

    #[test]
    fn a_rule_says_what_it_wants_in_one_sentence_and_why() {
        for rule in RULES {
            let is_plain = |c: char| c.is_ascii_lowercase() || c == '-' || c == '/';
            assert!(rule.name.chars().all(is_plain), "{}", rule.name);
            assert_eq!(rule.name.matches('/').count(), 1, "{}", rule.name);
            assert!(rule.wants.ends_with('.'), "{}", rule.name);
            assert!(rule.why.ends_with('.'), "{}", rule.name);
        }
    }
}
