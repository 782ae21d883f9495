//! Everything that a reader reads in one file, with the way back to the file.

use std::ops::Range;
use std::sync::OnceLock;

use crate::fields::Placed;
use crate::figure::FigureFile;
use crate::lab::LabFile;
use crate::lesson::Lesson;
use crate::outline::{Block, BlockKind};
use crate::page::Page;
use crate::phrases::{self, Token};
use crate::proof::Goal;
use crate::quiz::QuizFile;
use crate::registry::{Change, Press, Registry, Task, Term};
use crate::sample::SampleFile;
use crate::source_text::SourceText;
use crate::words::Searched;

/// What part a passage plays in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The question or the title of a page.
    Title,
    /// The sentence to quote.
    Says,
    /// One of the messages.
    Message,
    /// What the reader should do.
    Action,
    /// What not to say to a reporter.
    Avoid,
    /// A heading.
    Heading,
    /// A run of prose.
    Prose,
    /// A cell of a table.
    Cell,
    /// What stands around a figure, or explains a term.
    Caption,
    /// A part of a figure of dated facts, whose date stands beside it.
    Row,
    /// A wrong option of a quiz, which nobody claims.
    Wrong,
}

/// A text that a reader reads in one go.
#[derive(Debug)]
pub(crate) struct Passage<'a> {
    /// What part it plays.
    pub(crate) role: Role,
    /// Its words.
    pub(crate) text: &'a str,
    place: Place<'a>,
    /// Its words one by one, when a rule has asked for them.
    tokens: OnceLock<Vec<Token<'a>>>,
    /// Itself, ready to be searched, when a rule has asked for it.
    searched: OnceLock<Searched<'a>>,
}

#[derive(Debug)]
enum Place<'a> {
    /// Prose of a page.
    Block(&'a Block),
    /// A text of a TOML file: its bytes, and how many of them stand before the first word. `None`
    /// where the text is not written as it reads.
    Toml(Range<usize>, Option<usize>),
}

impl<'a> Passage<'a> {
    fn new(role: Role, text: &'a str, place: Place<'a>) -> Self {
        let (tokens, searched) = (OnceLock::new(), OnceLock::new());
        Passage {
            role,
            text,
            place,
            tokens,
            searched,
        }
    }

    fn of_block(role: Role, block: &'a Block) -> Self {
        Passage::new(role, &block.text, Place::Block(block))
    }

    fn of_toml(role: Role, text: &'a Placed<String>, file: &SourceText) -> Self {
        let written = &file.text()[text.span.clone()];
        let place = Place::Toml(text.span.clone(), written.find(&text.value));
        Passage::new(role, &text.value, place)
    }

    /// Its words, as [`phrases::tokens`] tells them apart.
    pub(crate) fn tokens(&self) -> &[Token<'a>] {
        self.tokens.get_or_init(|| phrases::tokens(self.text))
    }

    /// Its text, in which many words are looked for.
    pub(crate) fn searched(&self) -> &Searched<'a> {
        self.searched.get_or_init(|| Searched::new(self.text))
    }

    /// The bytes of the file at which a part of the text stands.
    pub(crate) fn span(&self, part: Range<usize>) -> Range<usize> {
        match &self.place {
            Place::Block(block) => block.span(part),
            Place::Toml(whole, Some(before)) => {
                let start = whole.start + before;
                start + part.start..start + part.end
            }
            Place::Toml(whole, None) => whole.clone(),
        }
    }

    /// The parts of the text that are code.
    pub(crate) fn code(&self) -> Vec<Range<usize>> {
        match &self.place {
            Place::Block(block) => block.code().to_vec(),
            Place::Toml(..) => between(self.text, |c| c == '`'),
        }
    }

    /// The parts of the text that stand in quotation marks, and so are somebody else's words.
    pub(crate) fn quotations(&self) -> Vec<Range<usize>> {
        quotations(self.text)
    }
}

/// The parts of a text from a mark that opens a quotation to the next mark. One opens at the start,
/// or after a space or a bracket; the mark in `a 24" screen` opens none.
pub(crate) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let may_open = before.is_whitespace() || matches!(before, '(' | '[' | '{');
        if matches!(letter, '"' | '“' | '”') {
            match open.take() {
                Some(start) => found.push(start..at),
                None => open = may_open.then_some(at),
            }
        }
        before = letter;
    }
    found
}

/// The parts of a text between the first mark and the second, the third and the fourth, and so on.
fn between(text: &str, is_mark: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let marks: Vec<usize> = text
        .char_indices()
        .filter(|&(_, c)| is_mark(c))
        .map(|(at, _)| at)
        .collect();
    marks
        .chunks_exact(2)
        .filter_map(|pair| Some(*pair.first()?..*pair.last()?))
        .collect()
}

/// Whether two ranges share a byte.
pub(crate) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Everything that readers read in one file.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// The file.
    pub(crate) file: &'a SourceText,
    /// Its texts: those of the front matter, then the headings, then the prose.
    pub(crate) passages: Vec<Passage<'a>>,
}

impl<'a> Reading<'a> {
    /// What is read of a page. A page without front matter is none of ours.
    pub(crate) fn of_page(page: &'a Page) -> Option<Self> {
        let piece = page.piece.as_ref()?;
        let written = |role, text| Passage::of_toml(role, text, &page.file);
        let mut passages = vec![written(Role::Title, &piece.title)];
        passages.extend(piece.says.iter().map(|says| written(Role::Says, says)));
        let messages = piece.messages.iter();
        passages.extend(messages.map(|message| written(Role::Message, message)));
        passages.extend(piece.action.iter().map(|text| written(Role::Action, text)));
        passages.extend(piece.avoid.iter().map(|text| written(Role::Avoid, text)));
        let lesson = piece.lesson.iter().flat_map(Lesson::texts);
        passages.extend(lesson.map(|text| written(Role::Caption, text)));
        let headings = page.outline.headings.iter();
        passages.extend(headings.map(|heading| Passage::of_block(Role::Heading, &heading.words)));
        let blocks = page.outline.blocks.iter();
        passages.extend(blocks.map(|block| match block.kind {
            BlockKind::Cell => Passage::of_block(Role::Cell, block),
            _ => Passage::of_block(Role::Prose, block),
        }));
        Some(Reading {
            file: &page.file,
            passages,
        })
    }

    /// What is read of a sample beside its output.
    pub(crate) fn of_sample(file: &'a SampleFile) -> Option<Self> {
        let sample = file.sample.as_ref()?;
        let notices = sample.notices.iter().map(|notice| &notice.says);
        let texts = [&sample.title, &sample.plain].into_iter().chain(notices);
        let passages = texts.map(|text| Passage::of_toml(Role::Caption, text, &file.file));
        Some(Reading {
            file: &file.file,
            passages: passages.collect(),
        })
    }

    /// What is read of a figure. Each dated row has its own date and source; what stands around the
    /// rows has none beside it.
    pub(crate) fn of_figure(file: &'a FigureFile) -> Option<Self> {
        let figure = file.figure.as_ref()?;
        let written = |role| move |text| Passage::of_toml(role, text, &file.file);
        let around = [&figure.title, &figure.plain].into_iter();
        let rows = figure.row_texts().into_iter();
        let row = if figure.is_dated() {
            Role::Row
        } else {
            Role::Caption
        };
        let passages = around.map(written(Role::Caption));
        Some(Reading {
            file: &file.file,
            passages: passages.chain(rows.map(written(row))).collect(),
        })
    }

    /// What is read of a quiz.
    pub(crate) fn of_quiz(file: &'a QuizFile) -> Option<Self> {
        let quiz = file.quiz.as_ref()?;
        let written = |role| move |text| Passage::of_toml(role, text, &file.file);
        let passages = quiz.questions.iter().flat_map(|question| {
            let options = question.options.iter().flat_map(move |option| {
                let role = if option.is_right {
                    Role::Caption
                } else {
                    Role::Wrong
                };
                let because = option.because.iter().map(written(Role::Caption));
                [written(role)(&option.says)].into_iter().chain(because)
            });
            let asks = [written(Role::Caption)(&question.asks)].into_iter();
            asks.chain(options)
                .chain([written(Role::Caption)(&question.why)])
        });
        Some(Reading {
            file: &file.file,
            passages: passages.collect(),
        })
    }

    /// What students read in a lab, beside what scanners print.
    pub(crate) fn of_lab(file: &'a LabFile) -> Option<Self> {
        let texts = file.lab.as_ref()?.texts();
        let passages = texts.map(|text| Passage::of_toml(Role::Caption, text, &file.file));
        Some(Reading {
            file: &file.file,
            passages: passages.collect(),
        })
    }

    /// What is read of the checklist.
    pub(crate) fn of_tasks(tasks: &'a Registry<Task>) -> Self {
        let texts = tasks
            .entries
            .iter()
            .flat_map(|task| [&task.task, &task.why]);
        Reading {
            file: &tasks.file,
            passages: texts
                .map(|text| Passage::of_toml(Role::Caption, text, &tasks.file))
                .collect(),
        }
    }

    /// What is read of the list of changes, each of which has its date beside it.
    pub(crate) fn of_changes(changes: &'a Registry<Change>) -> Self {
        let sentences = changes.entries.iter().map(|change| &change.what);
        Reading {
            file: &changes.file,
            passages: sentences
                .map(|text| Passage::of_toml(Role::Row, text, &changes.file))
                .collect(),
        }
    }

    /// What is read of the numbers we want to reach.
    pub(crate) fn of_goals(goals: &'a Registry<Goal>) -> Self {
        let texts = goals.entries.iter();
        let texts = texts.flat_map(|goal| [&goal.what].into_iter().chain(&goal.why));
        Reading {
            file: &goals.file,
            passages: texts
                .map(|text| Passage::of_toml(Role::Row, text, &goals.file))
                .collect(),
        }
    }

    /// What is read of the words of the press kit.
    pub(crate) fn of_press(press: &'a Press) -> Self {
        let texts = press.texts().map(|wording| &wording.written);
        Reading {
            file: &press.file,
            passages: texts
                .map(|text| Passage::of_toml(Role::Caption, text, &press.file))
                .collect(),
        }
    }

    /// What is read of the glossary beside the terms.
    pub(crate) fn of_terms(terms: &'a Registry<Term>) -> Self {
        let plain = terms.entries.iter().map(|term| &term.plain);
        Reading {
            file: &terms.file,
            passages: plain
                .map(|text| Passage::of_toml(Role::Caption, text, &terms.file))
                .collect(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PAGE: &str = "+++\nkind = \"page\"\ntitle = \"Grün ist es\"\nsays = \"a \\\"b\\\" c\"\n\
                        audience = [\"press\"]\ntopics = [\"x\"]\n+++\n\n## Ein `Kopf` *hier* {#k}\n\n\
                        Er sagt \"so *nicht*\" und `das`.\n";

    fn part<'a>(reading: &Reading<'a>, passage: &Passage<'_>, word: &str) -> &'a str {
        let at = passage.text.find(word).unwrap();
        &reading.file.text()[passage.span(at..at + word.len())]
    }

    #[test]
    fn a_word_leads_back_to_its_place() {
        let page = Page::read(SourceText::new("src/a.md", PAGE));
        let reading = Reading::of_page(&page).unwrap();
        let roles: Vec<_> = reading.passages.iter().map(|found| found.role).collect();
        assert_eq!(roles, [Role::Title, Role::Says, Role::Heading, Role::Prose]);
        for (index, word, wanted) in [
            (0, "ist", "ist"),
            // An escaped text cannot be followed, so all of it is shown.
            (1, "b", "\"a \\\"b\\\" c\""),
            (2, "hier", "hier"),
            (3, "nicht", "nicht"),
        ] {
            assert_eq!(part(&reading, &reading.passages[index], word), wanted);
        }
    }

    #[test]
    fn code_and_quotations_are_known() {
        let page = Page::read(SourceText::new("src/a.md", PAGE));
        let reading = Reading::of_page(&page).unwrap();
        let said = |passage: &Passage<'_>, parts: Vec<Range<usize>>| {
            let words: Vec<_> = parts.into_iter().map(|part| &passage.text[part]).collect();
            words.join("|")
        };
        let (heading, prose) = (&reading.passages[2], &reading.passages[3]);
        assert_eq!(said(heading, heading.code()), "Kopf");
        assert_eq!(said(prose, prose.code()), "das");
        assert_eq!(said(prose, prose.quotations()), "\"so nicht");
        assert_eq!(between("a `b", |c| c == '`'), []);
    }

    #[test]
    fn an_inch_mark_opens_no_quotation() {
        for (text, wanted) in [
            ("\"a\" b (“c”)", &["\"a", "“c"][..]),
            ("a 24\" screen and a 27\" one", &[]),
            ("a 24\" screen is \"large\"", &["\"large"]),
            ("it says \"so", &[]),
        ] {
            let found: Vec<_> = quotations(text)
                .into_iter()
                .map(|part| &text[part])
                .collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
