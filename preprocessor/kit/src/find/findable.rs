//! What can be found: the pieces of a book.

use std::path::{Component, Path, PathBuf};

use editorial::{Kind, Page, Shelf};

/// A piece, as far as questions are compared with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findable {
    /// Its file name without ending.
    pub slug: String,
    /// The question or title.
    pub title: String,
    /// The sentence to quote.
    pub says: String,
    /// The three messages.
    pub messages: Vec<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Readers' own words for it.
    pub also: Vec<String>,
    /// Questions on other pages that lead to it, each with its answer.
    pub asked: Vec<String>,
    /// Its headings.
    pub headings: Vec<String>,
    /// Its text.
    pub text: String,
}

impl Findable {
    /// Every piece of a book that may be quoted, in the order of the files.
    pub fn all(shelf: &Shelf) -> Vec<Findable> {
        let quoted = shelf.pages.iter().filter(|page| is_quoted(page));
        let pieces = quoted.map(|page| (page, Findable::of(page)));
        let mut pieces: Vec<(&Page, Findable)> = pieces
            .filter_map(|(page, piece)| Some((page, piece?)))
            .collect();
        for (to, question) in shelf.pages.iter().flat_map(questions) {
            // The pages of a shelf are in the order of their paths.
            let found = pieces.binary_search_by(|(page, _)| page.file.path().cmp(to.as_path()));
            if let Some((_, piece)) = found.ok().and_then(|at| pieces.get_mut(at)) {
                piece.asked.push(question);
            }
        }
        pieces.into_iter().map(|(_, piece)| piece).collect()
    }

    /// A page by itself; nothing for one without front matter.
    pub fn of(page: &Page) -> Option<Findable> {
        let piece = page.piece.as_ref()?;
        let texts = |texts: &[editorial::Placed<String>]| {
            texts.iter().map(|text| text.value.clone()).collect()
        };
        let headings = page.outline.headings.iter();
        let blocks = page.outline.blocks.iter();
        let blocks: Vec<&str> = blocks.map(|block| block.text.as_str()).collect();
        Some(Findable {
            slug: page.file.path().file_stem()?.to_string_lossy().into_owned(),
            title: piece.title.value.clone(),
            says: piece
                .says
                .as_ref()
                .map_or(String::new(), |says| says.value.clone()),
            messages: texts(&piece.messages),
            topics: texts(&piece.topics),
            also: texts(&piece.also),
            asked: Vec::new(),
            headings: headings.map(|heading| heading.words.text.clone()).collect(),
            text: blocks.join("\n"),
        })
    }
}

fn is_quoted(page: &Page) -> bool {
    let piece = page.piece.as_ref();
    piece.is_some_and(|piece| piece.kind.is_quoted())
}

/// The questions on a page such as "What we are asked", each with its answer and the file that stands behind
/// it. Only the first link of a section counts, so that nothing is found by what it merely mentions.
fn questions(page: &Page) -> Vec<(PathBuf, String)> {
    let kind = page.piece.as_ref().map(|piece| piece.kind);
    if kind != Some(Kind::Page) {
        return Vec::new();
    }
    let outline = &page.outline;
    let ends = outline.headings.iter().skip(1).map(|next| next.span.start);
    let sections = outline.headings.iter().zip(ends.chain([page.body.end]));
    sections
        .filter(|(heading, _)| heading.words.text.trim_end().ends_with('?'))
        .filter_map(|(heading, end)| {
            let section = heading.span.start..end;
            let mut links = outline.links.iter();
            let link = links.find(|link| section.contains(&link.span.start))?;
            let mut blocks = outline.blocks.iter();
            let answer = blocks.find(|block| {
                let at = block.place(0);
                section.contains(&at) && at >= heading.span.end
            });
            let answer = answer.map_or("", |block| block.text.as_str());
            let to = file(page.file.path(), &link.destination)?;
            Some((to, format!("{}\n{answer}", heading.words.text)))
        })
        .collect()
}

/// The file to which a link leads from the file at `from`.
fn file(from: &Path, link: &str) -> Option<PathBuf> {
    let link = link.split('#').next().unwrap_or_default();
    let mut file = from.parent()?.to_owned();
    for part in Path::new(link).components() {
        match part {
            Component::Normal(part) => file.push(part),
            Component::ParentDir => {
                file.pop();
            }
            _ => {}
        }
    }
    Some(file)
}
