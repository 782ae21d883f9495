//! What lies in a kit: for people, for programs, and for whoever checks that nothing was changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;
use data_encoding::HEXLOWER;
use kit::document::{Block, Document, Properties, Role};
use kit::{Article, ArticleKind, Version};
use ring::digest::{SHA256, digest};
use serde::Serialize;

use super::{Item, Kit};

/// The form of `kit.json`; a reader refuses a number that it does not know.
const VERSION: u32 = 1;
/// The schema of `kit.json`, which lies beside it.
const SCHEMA: &str = include_str!("../../../kit/schemas/kit.schema.json");
const SCHEMA_FILE: &str = "kit.schema.json";
/// The list of digests.
pub(super) const SUMS: &str = "SHA256SUMS";
/// What every kit says of itself.
const NOTE: &str = "A draft is marked DRAFT in its name, its text and its properties: nobody but its writers has reviewed it.";

/// A file: where it lies, what it is, its bytes.
pub(super) type Laid<'a> = (String, &'a Item, Arc<[u8]>);

#[derive(Debug, Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    version: u32,
    book: &'a str,
    note: &'static str,
    commit: Option<&'a str>,
    day: Option<String>,
    changed_since_commit: bool,
    pieces: Vec<PieceEntry<'a>>,
    files: Vec<FileEntry<'a>>,
}

#[derive(Debug, Serialize)]
struct PieceEntry<'a> {
    id: &'a str,
    kind: &'static str,
    title: &'a str,
    address: Option<&'a str>,
    state: State<'a>,
    checked: String,
    due: String,
    sources: Vec<SourceEntry<'a>>,
}

#[derive(Debug, Serialize)]
struct State<'a> {
    status: &'static str,
    words: &'a str,
}

#[derive(Debug, Serialize)]
struct SourceEntry<'a> {
    key: &'a str,
    title: &'a str,
    address: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct FileEntry<'a> {
    path: &'a str,
    piece: &'a str,
    what: &'static str,
    bytes: usize,
    sha256: String,
}

/// `README.txt`, `kit.json` with its schema, and `SHA256SUMS` over all of them but itself, and over what lies
/// `beside` them.
pub(super) fn files(
    kit: &Kit,
    laid: &[Laid<'_>],
    beside: &[(String, Vec<u8>)],
) -> Result<Vec<(String, Vec<u8>)>> {
    let mut json = serde_json::to_vec_pretty(&manifest(kit, laid))?;
    json.push(b'\n');
    let mut files = vec![
        ("README.txt".to_owned(), readme(kit, laid).into_bytes()),
        ("kit.json".to_owned(), json),
        (SCHEMA_FILE.to_owned(), SCHEMA.as_bytes().to_vec()),
    ];
    let listed = files
        .iter()
        .chain(beside)
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let made = laid
        .iter()
        .map(|(path, _, bytes)| (path.as_str(), &bytes[..]));
    let mut sums: Vec<String> = listed
        .chain(made)
        .map(|(path, bytes)| sum(path, bytes))
        .collect();
    sums.sort_by(|a, b| a[64..].cmp(&b[64..]));
    files.push((SUMS.to_owned(), sums.concat().into_bytes()));
    Ok(files)
}

/// As `sha256sum --check` reads it.
fn sum(path: &str, bytes: &[u8]) -> String {
    format!("{}  {path}\n", hexadecimal(bytes))
}

/// The SHA-256 digest of bytes, as lists have it.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest(&SHA256, bytes).as_ref())
}

fn manifest<'a>(kit: &'a Kit, laid: &'a [Laid<'_>]) -> Manifest<'a> {
    let Version {
        commit,
        day,
        is_changed,
    } = &kit.version;
    let files = laid.iter().map(|(path, item, bytes)| FileEntry {
        path,
        piece: &item.slug,
        what: item.form.word(),
        bytes: bytes.len(),
        sha256: hexadecimal(bytes),
    });
    Manifest {
        schema: SCHEMA_FILE,
        version: VERSION,
        book: &kit.book,
        note: NOTE,
        commit: commit.as_deref(),
        day: day.map(|day| day.to_string()),
        changed_since_commit: *is_changed,
        pieces: pieces(kit, laid).map(piece).collect(),
        files: files.collect(),
    }
}

/// The pieces whose files these are, in the order of the book.
fn pieces<'a>(kit: &'a Kit, laid: &[Laid<'_>]) -> impl Iterator<Item = &'a Article> {
    let slugs: BTreeSet<String> = laid.iter().map(|(_, item, _)| item.slug.clone()).collect();
    let articles = kit.articles().iter();
    articles.filter(move |article| slugs.contains(&article.slug))
}

fn piece(article: &Article) -> PieceEntry<'_> {
    let sources = article.notes.iter().map(|note| SourceEntry {
        key: &note.key,
        title: &note.title,
        address: note.url.as_deref(),
    });
    PieceEntry {
        id: &article.slug,
        kind: article.kind.word(),
        title: &article.title,
        address: article.address.as_deref(),
        state: State {
            status: article.review.status,
            words: &article.review.in_words,
        },
        checked: article.review.checked.to_string(),
        due: article.review.due.to_string(),
        sources: sources.collect(),
    }
}

/// What is here and how to use it, as a text of the kit.
fn readme(kit: &Kit, laid: &[Laid<'_>]) -> String {
    let pieces: Vec<&Article> = pieces(kit, laid).collect();
    let mut blocks = vec![Block::heading(1, "What is in this folder")];
    let is_draft = pieces.iter().any(|article| article.review.is_draft);
    let state = if is_draft {
        NOTE
    } else {
        "Every piece here has been reviewed."
    };
    blocks.push(Block::says(Role::State, state));
    let are_lessons = pieces
        .iter()
        .all(|article| article.kind == ArticleKind::Lesson);
    let words = match are_lessons {
        true => &kit.press.lesson,
        false => &kit.press.readme,
    };
    blocks.extend(words.iter().cloned().map(Block::text));
    for article in &pieces {
        blocks.push(Block::heading(2, &article.title));
        blocks.push(Block::says(
            Role::Text,
            format!(
                "{} {}",
                article.review.in_words,
                article.review.checked_in_words()
            ),
        ));
        let files = laid.iter().filter(|(_, item, _)| item.slug == article.slug);
        blocks.push(Block::list(files.map(|(path, item, _)| {
            vec![kit::document::Inline::text(format!(
                "{path}: {}",
                item.form.label()
            ))]
        })));
    }
    let checked = pieces.iter().map(|article| article.review.checked).max();
    kit::text(&Document {
        properties: Properties {
            name: "README".to_owned(),
            title: "What is in this folder".to_owned(),
            book: kit.book.clone(),
            kind: "Kit".to_owned(),
            keywords: Vec::new(),
            state: state.to_owned(),
            is_draft,
            checked: checked.unwrap_or(editorial::Day::new(1, 1, 1)),
            version: kit.version.in_words(),
        },
        blocks,
        notes: Vec::new(),
    })
}
