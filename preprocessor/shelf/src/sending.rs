//! The kit: every file that somebody can send, made from the pieces of the book.
//!
//! What there is to make is known at once ([`Kit::items`]), so that pages can link to it. A file is made when
//! it is asked for, and once.

mod bundle;
mod course;
mod edited;
mod form;
mod manifest;
mod pdf;
mod press;
mod unprintable;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use editorial::{Finding, Shelf};
use kit::{Article, ArticleKind, Document, Paper, Sheet, Version};

use crate::announce::{Files, Imprint};
use crate::printing::Sheets;
use crate::site::Sent;
use crate::slides::{self, Beside};
pub(crate) use course::Course;
pub(crate) use edited::edited;
pub(crate) use form::Form;
use press::Press;

/// The folder of the kit in the website.
pub(crate) const FOLDER: &str = "kit";

/// A file of the kit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Item {
    /// The piece that it is about.
    pub(crate) slug: String,
    /// What it is.
    pub(crate) form: Form,
    /// Its name, which says so where it is a draft.
    pub(crate) name: String,
}

impl Item {
    /// Where it lies in the kit: a folder for each piece.
    pub(crate) fn path(&self) -> String {
        format!("{}/{}", self.slug, self.name)
    }

    /// Where it lies in the website.
    pub(crate) fn address(&self) -> String {
        format!("{FOLDER}/{}", self.path())
    }
}

/// Everything that files are made from, and what has been made of it.
#[derive(Debug, Default)]
pub(crate) struct Kit {
    book: String,
    /// The language of its pages.
    language: String,
    version: Version,
    articles: Vec<Article>,
    /// What lessons have beside their articles.
    courses: BTreeMap<String, Course>,
    /// The pieces to which each incident leads.
    behind: BTreeMap<String, Vec<String>>,
    press: Press,
    sheet: Option<Sheet>,
    paper: Paper,
    items: Vec<Item>,
    made: Mutex<BTreeMap<Item, Arc<[u8]>>>,
}

impl Kit {
    /// The kit of a book whose pieces are these. `paper` is what pieces are printed on; the checklist has a
    /// sheet for every paper.
    ///
    /// # Errors
    ///
    /// Two pieces with one name: their files would lie in one folder.
    pub(crate) fn new(
        shelf: &Shelf,
        (book, language): (&str, &str),
        version: Version,
        sent: Sent,
        paper: Paper,
    ) -> Result<Kit> {
        let Sent { articles, courses } = sent;
        for (index, article) in articles.iter().enumerate() {
            if let Some(other) = articles[..index]
                .iter()
                .find(|other| other.slug == article.slug)
            {
                bail!(
                    "{} and {} have the same name, and so would their files; rename one",
                    other.source,
                    article.source
                );
            }
        }
        let mut kit = Kit {
            behind: behind(shelf, &articles),
            press: Press::of(shelf),
            sheet: Sheet::of(shelf, book),
            book: book.to_owned(),
            language: language.to_owned(),
            version,
            articles,
            courses,
            paper,
            items: Vec::new(),
            made: Mutex::default(),
        };
        let articles = kit.articles.iter();
        kit.items = articles
            .flat_map(|article| {
                let forms = Form::of(article.kind);
                forms.filter_map(|form| kit.item(article, form))
            })
            .collect();
        Ok(kit)
    }

    /// Keeps the printed checklist, which was laid out when the book was checked.
    pub(crate) fn keep(&self, sheets: Sheets) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        for (paper, bytes) in sheets {
            let is_it = |item: &&Item| item.form == Form::SheetPdf(paper);
            if let Some(item) = self.items.iter().find(is_it) {
                made.insert(item.clone(), bytes.into());
            }
        }
    }

    /// Its pieces.
    pub(crate) fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// Every file.
    pub(crate) fn items(&self) -> &[Item] {
        &self.items
    }

    /// The files of a piece.
    pub(crate) fn items_of(&self, article: &Article) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.slug == article.slug)
    }

    /// A file of a piece; nothing where the piece has none of that form.
    fn item(&self, article: &Article, form: Form) -> Option<Item> {
        let mut properties = match form {
            // The name of the whole piece needs no document.
            Form::Pdf | Form::Word | Form::Text | Form::Mail | Form::Bundle => article.about(),
            form if !form.mark().is_empty() => {
                let course = self.courses.get(&article.slug)?;
                course.has(form).then(|| article.about())?
            }
            form => self.document(article, form)?.properties,
        };
        properties.name.push_str(form.mark());
        Some(Item {
            slug: article.slug.clone(),
            form,
            name: properties.file(form.ending()),
        })
    }

    /// What a file says; nothing for one that is no text.
    fn document(&self, article: &Article, form: Form) -> Option<Document> {
        match form {
            Form::Pdf | Form::Word | Form::Text | Form::Mail => Some(article.document()),
            Form::LabPdf | Form::LabWord => self.courses.get(&article.slug)?.lab.clone(),
            Form::QuizPdf => {
                let quiz = self.courses.get(&article.slug)?.quiz.as_ref()?;
                Some(course::sheet(quiz, article))
            }
            Form::Bundle
            | Form::Course
            | Form::SlidesPdf
            | Form::NotesPdf
            | Form::QuizMoodle
            | Form::QuizQti => None,
            Form::CardPdf | Form::CardWord => Some(article.message_card(&self.press.speaks)),
            Form::StatementWord | Form::StatementText => {
                article.holding_statement(&self.press.before, &self.press.after)
            }
            Form::ContactsWord => article.contacts_sheet(&self.press.lead, &self.press.rows),
            Form::SheetPdf(paper) => {
                let mut document =
                    kit::sheet_document(self.sheet.as_ref()?, &self.version.in_words());
                document.properties.name = paper.checklist_name().to_owned();
                Some(document)
            }
            Form::SheetWord => Some(kit::sheet_document(
                self.sheet.as_ref()?,
                &self.version.in_words(),
            )),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// A writer that fails, and a file of no piece.
    pub(crate) fn make(&self, item: &Item) -> Result<Arc<[u8]>> {
        let known = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = known().get(item) {
            return Ok(Arc::clone(made));
        }
        let made: Arc<[u8]> = self
            .write(item)
            .with_context(|| format!("cannot make {}", item.path()))?
            .into();
        known().insert(item.clone(), Arc::clone(&made));
        Ok(made)
    }

    fn write(&self, item: &Item) -> Result<Vec<u8>> {
        let article = self.article(&item.slug).context("there is no such piece")?;
        if item.form == Form::Bundle {
            return bundle::zip(self, article);
        }
        if let (Form::SheetPdf(paper), Some(sheet)) = (item.form, &self.sheet) {
            return pdf::sheet(sheet, paper);
        }
        if let Some(course) = self.courses.get(&item.slug)
            && let Some(bytes) = self.write_course(item.form, article, course)
        {
            return bytes;
        }
        let document = self
            .document(article, item.form)
            .context("the piece has no such file")?;
        Ok(match item.form {
            Form::Pdf | Form::CardPdf | Form::LabPdf | Form::QuizPdf => {
                pdf::document(&document, self.paper)?
            }
            Form::Text | Form::StatementText => kit::text(&document).into_bytes(),
            Form::Mail => kit::mail(&document).into_bytes(),
            _ => kit::docx(&document, self.paper)?,
        })
    }

    /// What a lesson has beside its text; nothing for forms that are texts.
    fn write_course(
        &self,
        form: Form,
        lesson: &Article,
        course: &Course,
    ) -> Option<Result<Vec<u8>>> {
        Some(match (form, &course.quiz) {
            (Form::Course, _) => course::zip(self, lesson, course),
            (Form::SlidesPdf, _) => pdf::slides(&course.deck),
            (Form::NotesPdf, _) => pdf::notes(&course.deck, self.paper),
            (Form::QuizMoodle, Some(quiz)) => Ok(kit::moodle_xml(quiz).into_bytes()),
            (Form::QuizQti, Some(quiz)) => kit::qti(quiz).map_err(Into::into),
            _ => return None,
        })
    }

    /// The slides of every lesson as pages of the website, with what they need.
    pub(crate) fn slides(&self, imprint: &Imprint) -> Files {
        let decks = self.courses.iter().filter_map(|(slug, course)| {
            let lesson = self.article(slug)?;
            let way = |form: Form| {
                let item = self.items_of(lesson).find(|item| item.form == form)?;
                Some(format!("../{}", item.address()))
            };
            let beside = Beside {
                lesson: Some(format!("../{}", lesson.page)),
                slides: way(Form::SlidesPdf),
                notes: way(Form::NotesPdf),
            };
            Some((&course.deck, beside))
        });
        slides::files(decks, imprint)
    }

    fn article(&self, slug: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.slug == slug)
    }

    /// The pieces to which an incident leads.
    fn behind(&self, slug: &str) -> impl Iterator<Item = &Article> {
        let slugs = self.behind.get(slug).into_iter().flatten();
        slugs.filter_map(|slug| self.article(slug))
    }

    /// Makes these files and lays them into `folder`, with the list of what they are. What cannot be printed is
    /// found, and then nothing is laid there.
    ///
    /// # Errors
    ///
    /// A file that cannot be made or written, and one that is there already.
    pub(crate) fn lay_into(
        &self,
        folder: &Path,
        items: &[Item],
        shelf: &Shelf,
    ) -> Result<Vec<Finding>> {
        let made = crate::parallel::each(items, |item| self.make(item));
        let findings = unprintable::findings(items, &made, self, shelf);
        if !findings.is_empty() {
            return Ok(findings);
        }
        let mut files = Vec::new();
        for (item, bytes) in items.iter().zip(made) {
            let bytes = bytes?;
            write_new(&folder.join(item.path()), &bytes)?;
            files.push((item.path(), item, bytes));
        }
        for (name, bytes) in manifest::files(self, &files, &[])? {
            write_new(&folder.join(name), &bytes)?;
        }
        Ok(findings)
    }
}

/// Writes a file where none may be: one that an editor has put there is not written over.
fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    let cannot = || format!("cannot write {}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(cannot)?;
    }
    std::fs::File::create_new(path)
        .and_then(|mut file| file.write_all(bytes))
        .with_context(|| match path.exists() {
            true => format!("{}; has an editor put a file in its place?", cannot()),
            false => cannot(),
        })
}

/// The pieces to which each incident leads, in the order of its text.
fn behind(shelf: &Shelf, articles: &[Article]) -> BTreeMap<String, Vec<String>> {
    let incidents = articles
        .iter()
        .filter(|article| article.kind == ArticleKind::Incident);
    let leads = incidents.filter_map(|incident| {
        let page = shelf.page(Path::new(&incident.source))?;
        let behind = crate::resolve::article::pieces_behind(page).into_iter();
        let slugs = behind.filter_map(|path| {
            let path = path.to_string_lossy().replace('\\', "/");
            let article = articles.iter().find(|article| article.source == path)?;
            let is_prose = !matches!(article.kind, ArticleKind::Checklist);
            is_prose.then(|| article.slug.clone())
        });
        Some((incident.slug.clone(), slugs.collect()))
    });
    leads.collect()
}
