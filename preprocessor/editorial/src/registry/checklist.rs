//! `content/checklist.toml`: what an administrator does, one task an item.

use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;

/// Whose papers a task needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// What can be done on the DICOM side alone.
    Dicom,
    /// What needs the makers' papers as well.
    DicomWithMita,
}

impl Tag {
    /// Both, in the order of the legend.
    pub const ALL: [Tag; 2] = [Tag::Dicom, Tag::DicomWithMita];

    /// As it is written and shown.
    pub fn name(self) -> &'static str {
        match self {
            Tag::Dicom => "DICOM",
            Tag::DicomWithMita => "DICOM with MITA",
        }
    }

    /// What it means, for the legend.
    pub fn meaning(self) -> &'static str {
        match self {
            Tag::Dicom => "it can be done on the DICOM side alone, with its settings and profiles.",
            Tag::DicomWithMita => "it needs the makers' papers as well, such as the MDS2.",
        }
    }
}

/// A milestone of the Manageable Network Plan of the National Security Agency of the USA, edition 2.2
/// of 5 April 2012.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milestone(u8);

impl Milestone {
    /// What the numbers belong to, for the legend.
    pub const PLAN: &'static str =
        "The milestones are the eight of the NSA's Manageable Network Plan of 2012";
    /// All eight, in order.
    pub const ALL: [Milestone; 8] = [
        Milestone(1),
        Milestone(2),
        Milestone(3),
        Milestone(4),
        Milestone(5),
        Milestone(6),
        Milestone(7),
        Milestone(8),
    ];
    const TITLES: [&'static str; 8] = [
        "Prepare to document",
        "Map your network",
        "Protect your network",
        "Reach your network",
        "Control your network",
        "Manage your network I, patches",
        "Manage your network II, baseline",
        "Document your network",
    ];

    /// `Milestone 2: Map your network`
    pub fn in_words(self) -> String {
        format!("Milestone {}: {}", self.number(), self.title())
    }

    /// The milestone with a number, 1 to 8.
    pub fn new(number: u64) -> Option<Milestone> {
        let number = u8::try_from(number).ok()?;
        (1..=8).contains(&number).then_some(Milestone(number))
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Its name in the plan, in short.
    pub fn title(self) -> &'static str {
        Milestone::TITLES[usize::from(self.0 - 1)]
    }
}

/// One task of the checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Keeps a reader's ticks and notes; never used again for another task.
    pub id: Placed<String>,
    /// What to do.
    pub task: Placed<String>,
    /// Why, in a sentence.
    pub why: Placed<String>,
    /// Whose papers it needs.
    pub tag: Tag,
    /// Where it stands in the Manageable Network Plan.
    pub milestone: Milestone,
    /// The page that explains it, as seen from `src/`; an anchor may follow.
    pub answer: Placed<String>,
    /// The keys of the publications it rests on.
    pub sources: Vec<Placed<String>>,
}

impl Task {
    /// The page of its answer, relative to the book's root, without an anchor.
    pub fn answer_path(&self) -> std::path::PathBuf {
        let file = self.answer.value.split('#').next().unwrap_or_default();
        std::path::Path::new("src").join(file)
    }

    pub(crate) fn parse_all(text: &str) -> (Vec<Task>, Vec<Misfit>) {
        let (entries, mut misfits) = read_toml(text, 0, |fields| {
            let items = fields.tables("item", read_task);
            items.into_iter().flatten().collect::<Vec<_>>()
        });
        super::refuse_twins(entries.iter().map(|task| &task.id), &mut misfits);
        (entries, misfits)
    }
}

fn read_task(fields: &mut Fields<'_>) -> Option<Task> {
    let id = fields.required_text("id", "give it an id that keeps the ticks of its readers");
    if let Some(id) = &id {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.value.chars().all(is_plain) {
            fields.misfit(
                id.span.clone(),
                format!("the id \"{}\" would not survive a link", id.value),
                "use lower-case letters, digits and hyphens",
            );
        }
    }
    let task = fields.required_text("task", "say what to do");
    let why = fields.required_text("why", "say why, in one sentence");
    let tag = fields.choice("tag", &Tag::ALL.map(|tag| (tag.name(), tag)));
    let milestone = read_milestone(fields);
    let answer = fields.required_text(
        "answer",
        "name the page that explains it, such as \"answers/am-i-exposed.md\"",
    );
    let sources = fields.texts("sources");
    if !fields.has("sources") {
        fields.missing(
            "sources",
            "name what it rests on by the keys of content/sources.toml: sources = [\"key\"]",
        );
    }
    Some(Task {
        id: id?,
        task: task?,
        why: why?,
        tag: tag?.value,
        milestone: milestone?,
        answer: answer?,
        sources,
    })
}

fn read_milestone(fields: &mut Fields<'_>) -> Option<Milestone> {
    const HELP: &str = "give a milestone of the Manageable Network Plan, 1 to 8";
    if !fields.has("milestone") {
        fields.missing("milestone", HELP);
    }
    let number = fields.whole_number("milestone")?;
    let milestone = Milestone::new(number.value);
    if milestone.is_none() {
        fields.misfit(
            number.span,
            format!("there is no milestone {}", number.value),
            HELP,
        );
    }
    milestone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_has_eight_milestones() {
        assert_eq!(Milestone::new(0), None);
        assert_eq!(Milestone::new(9), None);
        assert_eq!(Milestone::new(257), None);
        let counted: Vec<_> = (1..=8).filter_map(Milestone::new).collect();
        assert_eq!(counted, Milestone::ALL);
        let titles: Vec<_> = counted.into_iter().map(Milestone::title).collect();
        assert_eq!(titles, Milestone::TITLES);
    }

    #[test]
    fn an_answer_is_a_page_with_or_without_an_anchor() {
        let text = "[[item]]\nid = \"a\"\ntask = \"T.\"\nwhy = \"W.\"\ntag = \"DICOM\"\nmilestone = 1\nanswer = \"answers/a.md#b\"\nsources = []\n";
        let (tasks, misfits) = Task::parse_all(text);
        assert_eq!(misfits, []);
        assert_eq!(
            tasks[0].answer_path(),
            std::path::Path::new("src/answers/a.md")
        );
    }
}
