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
            Form::Bundle => KitFormat::Zip,
            Form::Pdf | Form::SheetPdf(_) => KitFormat::Pdf,
            Form::Word | Form::SheetWord => KitFormat::Word,
            Form::Text => KitFormat::Text,
            Form::Mail => KitFormat::Mail,
            Form::CardPdf | Form::CardWord => KitFormat::Card,
            Form::StatementWord | Form::StatementText => KitFormat::Statement,
            Form::ContactsWord => KitFormat::Contacts,
        }
    }

    /// The ending of its name.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Form::Bundle => "zip",
            Form::Pdf | Form::CardPdf | Form::SheetPdf(_) => "pdf",
            Form::Word | Form::CardWord | Form::StatementWord | Form::ContactsWord => "docx",
            Form::SheetWord => "docx",
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
        }
    }
}
