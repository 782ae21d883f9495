//! `content/press.toml`: the words of the press kit that stand on no page, with gaps for what only
//! the reader's own organisation knows.

use std::ops::Range;

use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;
use crate::source_text::SourceText;

/// A part of a text that others adapt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// What stands in every organisation's text.
    Text(String),
    /// What each fills in: the words between `{` and `}`.
    Gap(String),
}

/// A text that others adapt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// As it stands in the file, braces and all.
    pub written: Placed<String>,
    /// Its parts, in order.
    pub words: Vec<Words>,
}

/// A line of the contacts sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Whom to reach.
    pub who: Wording,
    /// What for.
    pub why: Wording,
}

/// The words of the press kit; empty where the book has no such file.
#[derive(Debug, Clone)]
pub struct Press {
    /// The file as it lies on the disk.
    pub file: SourceText,
    /// Who may speak, for the message card.
    pub speaks: Option<Wording>,
    /// What a holding statement says before the sentences of an incident's page.
    pub before: Vec<Wording>,
    /// What it says after them.
    pub after: Vec<Wording>,
    /// What the contacts sheet says above its lines.
    pub lead: Option<Wording>,
    /// The lines of the contacts sheet.
    pub contacts: Vec<Contact>,
    /// The paragraphs of a kit's `README.txt`.
    pub readme: Vec<Wording>,
    /// Those of the `README.txt` of a lesson, where a book has lessons.
    pub lesson: Vec<Wording>,
    /// What could not be read.
    pub misfits: Vec<Misfit>,
}

impl Press {
    /// Reads the file. One without a word, which stands for a file that is not there, is in order.
    pub(crate) fn read(file: SourceText) -> Press {
        let mut press = Press {
            file,
            speaks: None,
            before: Vec::new(),
            after: Vec::new(),
            lead: None,
            contacts: Vec::new(),
            readme: Vec::new(),
            lesson: Vec::new(),
            misfits: Vec::new(),
        };
        let file = press.file.clone();
        if file.text().trim().is_empty() {
            return press;
        }
        let ((), misfits) = read_toml(file.text(), 0, |fields| {
            section(fields, "card", |fields| {
                const HELP: &str = "say who may speak: speaks = \"{name of the person}\"";
                press.speaks = required_wording(fields, "speaks", HELP);
            });
            section(fields, "statement", |fields| {
                const HELP: &str = "write a list of paragraphs";
                press.before = wordings(fields, "before", HELP);
                press.after = wordings(fields, "after", HELP);
            });
            section(fields, "contacts", |fields| {
                const HELP: &str = "say how to fill in the sheet";
                press.lead = required_wording(fields, "lead", HELP);
                let rows = fields.tables("row", read_contact);
                press.contacts = rows.into_iter().flatten().collect();
                if press.contacts.is_empty() {
                    fields.missing("row", "add [[contacts.row]] tables with `who` and `why`");
                }
            });
            section(fields, "readme", |fields| {
                const HELP: &str = "write a list of paragraphs";
                press.readme = wordings(fields, "text", HELP);
            });
            fields.table("lesson", |fields| {
                const HELP: &str = "write a list of paragraphs";
                press.lesson = wordings(fields, "text", HELP);
            });
        });
        press.misfits = misfits
            .into_iter()
            .chain(press.texts().flat_map(|text| slips(text, &file)))
            .collect();
        press
    }

    /// Everything that is read in the kit, in the file's order.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Wording> {
        let contacts = self.contacts.iter().flat_map(|line| [&line.who, &line.why]);
        let statement = self.before.iter().chain(&self.after);
        self.speaks
            .iter()
            .chain(statement)
            .chain(&self.lead)
            .chain(contacts)
            .chain(&self.readme)
            .chain(&self.lesson)
    }
}

/// A table that must be there.
fn section(fields: &mut Fields<'_>, key: &'static str, read: impl FnOnce(&mut Fields<'_>)) {
    if !fields.has(key) {
        fields.missing(key, "write the table; CONTRIBUTING.md shows its form");
    }
    fields.table(key, read);
}

fn read_contact(fields: &mut Fields<'_>) -> Option<Contact> {
    let who = required_wording(fields, "who", "say whom to reach");
    let why = required_wording(fields, "why", "say what for");
    Some(Contact {
        who: who?,
        why: why?,
    })
}

fn required_wording(fields: &mut Fields<'_>, key: &'static str, help: &str) -> Option<Wording> {
    fields.required_text(key, help).map(Wording::new)
}

fn wordings(fields: &mut Fields<'_>, key: &'static str, help: &str) -> Vec<Wording> {
    let texts = fields.required_texts(key, help).into_iter();
    texts.map(Wording::new).collect()
}

impl Wording {
    fn new(written: Placed<String>) -> Wording {
        let mut words = Vec::new();
        let mut rest = written.value.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            // A gap without an end is a finding; its words are kept as they stand.
            let Some((gap, after)) = after.split_once('}') else {
                break;
            };
            if !before.is_empty() {
                words.push(Words::Text(before.to_owned()));
            }
            words.push(Words::Gap(gap.trim().to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            words.push(Words::Text(rest.to_owned()));
        }
        Wording { written, words }
    }
}

/// What is wrong with the text and its braces, each at its place.
fn slips(wording: &Wording, file: &SourceText) -> Vec<Misfit> {
    let text = wording.written.value.as_str();
    let whole = wording.written.span.clone();
    let start = file.text()[whole.clone()].find(text);
    let place = |part: Range<usize>| match start {
        Some(before) => whole.start + before + part.start..whole.start + before + part.end,
        None => whole.clone(),
    };
    let mut found = Vec::new();
    let mut slip = |part, problem: &str, help: &str| {
        found.push(Misfit::new(place(part), problem, help));
    };
    let mut open: Option<usize> = None;
    for (at, mark) in text.match_indices(['{', '}']) {
        match (mark, open) {
            ("{", None) => open = Some(at),
            ("{", Some(_)) => slip(
                at..at + 1,
                "a gap opens inside a gap",
                "close the first one with }",
            ),
            (_, Some(start)) => {
                if text[start + 1..at].trim().is_empty() {
                    slip(
                        start..at + 1,
                        "this gap asks for nothing",
                        "say what to fill in: {name of the person}",
                    );
                }
                open = None;
            }
            (_, None) => slip(
                at..at + 1,
                "this } closes no gap",
                "open it with {, or take it away",
            ),
        }
    }
    if let Some(start) = open {
        slip(start..start + 1, "this gap has no end", "close it with }");
    }
    if text.trim().is_empty() {
        slip(
            0..text.len(),
            "this text is empty",
            "write it, or take it away",
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[card]\nspeaks = \"Only {name} speaks.\"\n\
                        [statement]\nbefore = [\"{ day }\", \"We know.\"]\nafter = [\"More on {day}.\"]\n\
                        [contacts]\nlead = \"Fill in.\"\n[[contacts.row]]\nwho = \"Counsel\"\nwhy = \"Law.\"\n\
                        [readme]\ntext = [\"Read.\"]\n";

    fn read(text: &str) -> Press {
        Press::read(SourceText::new("content/press.toml", text))
    }

    fn text(words: &str) -> Words {
        Words::Text(words.to_owned())
    }

    fn gap(words: &str) -> Words {
        Words::Gap(words.to_owned())
    }

    #[test]
    fn a_text_is_words_and_gaps() {
        let press = read(GOOD);
        assert_eq!(press.misfits, []);
        let speaks = press.speaks.map(|speaks| speaks.words);
        assert_eq!(
            speaks,
            Some(vec![text("Only "), gap("name"), text(" speaks.")])
        );
        let before: Vec<_> = press.before.into_iter().map(|part| part.words).collect();
        assert_eq!(before, [vec![gap("day")], vec![text("We know.")]]);
        assert_eq!(press.contacts.len(), 1);
    }

    #[test]
    fn every_text_is_read_by_the_rules_about_words() {
        let texts = read(GOOD);
        let texts: Vec<_> = texts
            .texts()
            .map(|text| text.written.value.as_str())
            .collect();
        let wanted = [
            "Only {name} speaks.",
            "{ day }",
            "We know.",
            "More on {day}.",
            "Fill in.",
            "Counsel",
            "Law.",
            "Read.",
        ];
        assert_eq!(texts, wanted);
    }

    #[test]
    fn a_book_without_the_file_is_in_order_and_a_file_without_a_table_is_not() {
        assert_eq!(read(" \n").misfits, []);
        assert_eq!(read("# nothing yet\n").misfits.len(), 4);
        for (from, to) in [
            ("[readme]\ntext = [\"Read.\"]\n", ""),
            ("who = \"Counsel\"\n", ""),
            ("why = \"Law.\"", "why = \" \""),
            ("[[contacts.row]]\nwho = \"Counsel\"\nwhy = \"Law.\"\n", ""),
            ("speaks", "speakers"),
            ("[\"Read.\"]", "[]"),
            ("[\"Read.\"]", "[\"\"]"),
        ] {
            let text = GOOD.replace(from, to);
            assert_ne!(text, GOOD);
            assert!(!read(&text).misfits.is_empty(), "{from} -> {to}");
        }
    }

    #[test]
    fn a_slip_of_the_braces_is_shown_where_it_stands() {
        for (slip, wrong) in [
            ("Only {name speaks.", "{"),
            ("Only name} speaks.", "}"),
            ("Only {the {name} speaks.", "{"),
            ("Only { } speaks.", "{ }"),
            ("Grüße, {", "{"),
            // A text that is not written as it reads is shown whole.
            (
                "Only \\\"{name\\\" speaks.",
                "\"Only \\\"{name\\\" speaks.\"",
            ),
        ] {
            let text = GOOD.replace("Only {name} speaks.", slip);
            let press = read(&text);
            let found = press.misfits.iter().map(|slip| &text[slip.span.clone()]);
            assert_eq!(found.collect::<Vec<_>>(), [wrong], "{slip}");
        }
    }
}
