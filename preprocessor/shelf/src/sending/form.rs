//! What a file of the kit is.

use kit::{ArticleKind, Paper};

use crate::cli::KitFormat;

/// What a file of the kit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Form {
    /// All that an incident needs, in one file.
    Bundle,
    /// The piece, to print and to attach.
    Pdf,
    /// The piece, to edit.
    Word,
    /// The piece, to paste anywhere.
    Text,
    /// The piece, to paste into an e-mail with its looks.
    Mail,
    /// The card for whoever speaks, to print.
    CardPdf,
    /// The same, to edit.
    CardWord,
    /// The statement for the first hours, to adapt.
    StatementWord,
    /// The same, to paste.
    StatementText,
    /// Whom to call, to fill in.
    ContactsWord,
    /// The checklist on one page.
    SheetPdf(Paper),
    /// The checklist, to edit.
    SheetWord,
    /// All of a lesson, in one file.
    Course,
    /// The slides of a lesson, to show.
    SlidesPdf,
    /// The slides with what the lecturer says, to print.
    NotesPdf,
    /// The tasks of a lesson's lab, to print.
    LabPdf,
    /// The same, to edit.
    LabWord,
    /// The questions of a lesson without the answers, to print for a class.
    QuizPdf,
    /// The questions of a lesson, as Moodle takes them in.
    QuizMoodle,
    /// The same, as most other learning-management systems do.
    QuizQti,
}

impl Form {
    /// The forms of a kind of piece, in the order in which they are listed.
    pub(super) fn of(kind: ArticleKind) -> impl Iterator<Item = Form> {
        let quoted = [
            Form::Pdf,
            Form::Word,
            Form::Text,
            Form::Mail,
            Form::CardPdf,
            Form::CardWord,
        ];
        let incident = [Form::StatementWord, Form::StatementText, Form::ContactsWord];
        let forms: Vec<Form> = match kind {
            ArticleKind::Answer | ArticleKind::Paper => quoted.to_vec(),
            ArticleKind::Incident => [&[Form::Bundle][..], &quoted, &incident].concat(),
            ArticleKind::Lesson => vec![
                Form::Course,
                Form::SlidesPdf,
                Form::NotesPdf,
                Form::Pdf,
                Form::Word,
                Form::Text,
                Form::LabPdf,
                Form::LabWord,
                Form::QuizPdf,
                Form::QuizMoodle,
                Form::QuizQti,
            ],
            ArticleKind::Checklist => Paper::ALL
                .map(Form::SheetPdf)
                .into_iter()
                .chain([Form::SheetWord])
                .collect(),
        };
        forms.into_iter().filter(|form| form.can_be_made())
    }

    /// Whether this program can make it: without its feature `pdf`, it makes none.
    fn can_be_made(self) -> bool {
        cfg!(feature = "pdf") || self.ending() != "pdf"
    }

    /// What somebody asks for who wants it.
    pub(crate) fn asked_for(self) -> KitFormat {
        match self {
            Form::Bundle | Form::Course => KitFormat::Zip,
            Form::SlidesPdf | Form::NotesPdf => KitFormat::Slides,
            Form::LabPdf | Form::LabWord => KitFormat::Lab,
            Form::QuizPdf | Form::QuizMoodle | Form::QuizQti => KitFormat::Quiz,
            Form::Pdf | Form::SheetPdf(_) => KitFormat::Pdf,
            Form::Word | Form::SheetWord => KitFormat::Word,
            Form::Text => KitFormat::Text,
            Form::Mail => KitFormat::Mail,
            Form::CardPdf | Form::CardWord => KitFormat::Card,
            Form::StatementWord | Form::StatementText => KitFormat::Statement,
            Form::ContactsWord => KitFormat::Contacts,
        }
    }

    /// What its name has behind that of its piece.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Form::Course => "-course",
            Form::SlidesPdf => "-slides",
            Form::NotesPdf => "-notes",
            Form::LabPdf | Form::LabWord => "-lab",
            Form::QuizPdf => "-quiz",
            Form::QuizMoodle => "-quiz-moodle",
            Form::QuizQti => "-quiz-qti",
            _ => "",
        }
    }

    /// The ending of its name.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Form::Bundle | Form::Course | Form::QuizQti => "zip",
            Form::Pdf | Form::CardPdf | Form::SheetPdf(_) => "pdf",
            Form::SlidesPdf | Form::NotesPdf | Form::LabPdf | Form::QuizPdf => "pdf",
            Form::Word | Form::CardWord | Form::StatementWord | Form::ContactsWord => "docx",
            Form::SheetWord | Form::LabWord => "docx",
            Form::QuizMoodle => "xml",
            Form::Text | Form::StatementText => "txt",
            Form::Mail => "html",
        }
    }

    /// How a link to it is called.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Form::Bundle => "Everything (zip)",
            Form::Pdf => "PDF",
            Form::Word => "Word",
            Form::Text => "Plain text",
            Form::Mail => "E-mail",
            Form::CardPdf => "Message card (PDF)",
            Form::CardWord => "Message card (Word)",
            Form::StatementWord => "Holding statement (Word)",
            Form::StatementText => "Holding statement (text)",
            Form::ContactsWord => "Contacts sheet (Word)",
            Form::SheetPdf(Paper::A4) => "A4",
            Form::SheetPdf(Paper::Letter) => "Letter",
            Form::SheetWord => "Word",
            Form::Course => "The whole lesson (zip)",
            Form::SlidesPdf => "Slides (PDF)",
            Form::NotesPdf => "Slides with notes (PDF)",
            Form::LabPdf => "Lab guide (PDF)",
            Form::LabWord => "Lab guide (Word)",
            Form::QuizPdf => "Quiz sheet (PDF)",
            Form::QuizMoodle => "Quiz (Moodle XML)",
            Form::QuizQti => "Quiz (QTI)",
        }
    }

    /// What it is, as `kit.json` says it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Form::Bundle => "bundle",
            Form::Pdf | Form::Word | Form::Text | Form::Mail => "piece",
            Form::CardPdf | Form::CardWord => "message-card",
            Form::StatementWord | Form::StatementText => "holding-statement",
            Form::ContactsWord => "contacts-sheet",
            Form::SheetPdf(_) | Form::SheetWord => "checklist",
            Form::Course => "course",
            Form::SlidesPdf => "slides",
            Form::NotesPdf => "speaker-notes",
            Form::LabPdf | Form::LabWord => "lab-guide",
            Form::QuizPdf | Form::QuizMoodle | Form::QuizQti => "quiz",
        }
    }
}
