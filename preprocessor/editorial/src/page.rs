//! One page: its front matter and its body.

use std::ops::Range;
use std::path::Path;

use crate::finding::Misfit;
use crate::outline::Outline;
use crate::piece::Piece;
use crate::source_text::SourceText;

const FENCE: &str = "+++";
/// What mdBook shows where an address leads nowhere. It renders this file by itself, without us.
const NOT_FOUND: &str = "src/404.md";
/// The mark that some editors put before the first character; mdBook drops it.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// One Markdown file of `src/`.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file as it lies on the disk.
    pub file: SourceText,
    /// Its front matter, where there is one and it could be read.
    pub piece: Option<Piece>,
    /// What is wrong in the front matter.
    pub misfits: Vec<Misfit>,
    /// The bytes of the file after the front matter.
    pub body: Range<usize>,
    /// What the body is made of.
    pub outline: Outline,
}

impl Page {
    /// Whether it shows the glossary.
    pub fn has_glossary(&self) -> bool {
        let mut directives = self.outline.directives.iter();
        directives.any(|found| found.name == "glossary" && found.is_ours())
    }

    /// Reads a page.
    pub fn read(file: SourceText) -> Page {
        let text = file.text();
        let (piece, misfits, start) = match front_matter(text) {
            FrontMatter::None => (None, late_front_matter(text).into_iter().collect(), 0),
            FrontMatter::Unclosed => (
                None,
                vec![Misfit::new(
                    first_fence(text),
                    "the front matter has no end",
                    "close it with a line of its own that says +++",
                )],
                text.len(),
            ),
            FrontMatter::Closed { toml, body } => {
                let (piece, misfits) = Piece::parse(&text[toml.clone()], toml.start);
                (piece, misfits, body)
            }
        };
        let outline = Outline::read(text, start);
        let body = start..text.len();
        Page {
            piece,
            misfits,
            body,
            outline,
            file,
        }
    }

    /// Where mdBook puts the page, as seen from the root of the site: `answers/decoys.html`. `None` for a
    /// file outside `src/`, and for the page about addresses that lead nowhere, which has none of its own.
    pub fn address(&self) -> Option<String> {
        let path = self.file.path().strip_prefix("src").ok()?;
        if self.is_not_found() {
            return None;
        }
        // mdBook takes `readme.md` for the page of a folder, too.
        let path = if path.file_stem()?.eq_ignore_ascii_case("README") {
            path.with_file_name("index.html")
        } else {
            path.with_extension("html")
        };
        // An address has forward slashes on every system.
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// Whether this is the page about addresses that lead nowhere, `src/404.md`.
    pub fn is_not_found(&self) -> bool {
        self.file.path() == Path::new(NOT_FOUND)
    }

    /// The words of the body as a reader counts them.
    pub fn word_count(&self) -> usize {
        crate::words::count(&self.outline.blocks)
    }
}

/// Where the front matter of a page stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrontMatter {
    /// The page has none.
    None,
    /// It begins and does not end.
    Unclosed,
    /// The bytes of its TOML, and the byte at which the body starts.
    Closed {
        /// The bytes between the fences.
        toml: Range<usize>,
        /// The first byte after the closing fence's line.
        body: usize,
    },
}

/// Finds the front matter: TOML between two lines `+++`, the first of them the first of the file.
pub fn front_matter(text: &str) -> FrontMatter {
    let bare = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mut lines = bare.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == FENCE) else {
        return FrontMatter::None;
    };
    let start = text.len() - bare.len() + first.len();
    let mut at = start;
    for line in lines {
        if line.trim_end() == FENCE {
            return FrontMatter::Closed {
                toml: start..at,
                body: at + line.len(),
            };
        }
        at += line.len();
    }
    FrontMatter::Unclosed
}

/// Where the first fence of a text stands.
fn first_fence(text: &str) -> Range<usize> {
    let at = text.find(FENCE).unwrap_or(0);
    at..(at + FENCE.len()).min(text.len())
}

/// Front matter that no program would find: something stands before it, or its fence is another.
/// Its TOML would be printed on the page, and every rule about it passed over.
fn late_front_matter(text: &str) -> Option<Misfit> {
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK);
    let start = text.len() - bare.len();
    let mut lines = bare.lines().map(str::trim_end);
    let first = lines.next()?;
    if first == FENCE {
        return Some(Misfit::new(
            first_fence(text),
            "the front matter does not start the file",
            "delete the empty lines and spaces before it",
        ));
    }
    let is_key = |line: &str| {
        let key = line.split('=').next().unwrap_or_default().trim();
        line.contains('=') && matches!(key, "kind" | "question" | "title" | "audience")
    };
    let is_a_fence = first.len() > 1 && first.chars().all(|c| c == '+' || c == '-');
    let is_meant = is_key(first) || (is_a_fence && lines.take(20).any(is_key));
    is_meant.then(|| {
        Misfit::new(
            start..start + first.len(),
            "this looks like front matter, but does not begin with +++",
            "put it between two lines that say +++",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_where_mdbook_puts_the_page() {
        for (path, wanted) in [
            ("src/a/b.md", Some("a/b.html")),
            ("src/README.md", Some("index.html")),
            ("src/a/readme.md", Some("a/index.html")),
            ("src/a/ReadMe.md", Some("a/index.html")),
            ("src/a/readme-first.md", Some("a/readme-first.html")),
            ("src/404.md", None),
            ("src/a/404.md", Some("a/404.html")),
            ("content/a.md", None),
        ] {
            let page = Page::read(SourceText::new(path, ""));
            assert_eq!(page.address().as_deref(), wanted);
        }
    }

    #[test]
    fn front_matter_ends_at_its_second_fence() {
        assert_eq!(front_matter("# A page\n"), FrontMatter::None);
        assert_eq!(front_matter("+++\nkind = 1\n"), FrontMatter::Unclosed);
        assert_eq!(
            front_matter("+++\na = 1\n+++\nbody\n+++\n"),
            FrontMatter::Closed {
                toml: 4..10,
                body: 14
            }
        );
        assert_eq!(
            front_matter("+++\r\na = 1\r\n+++\r\nbody"),
            FrontMatter::Closed {
                toml: 5..12,
                body: 17
            }
        );
        assert_eq!(
            front_matter("\u{feff}+++\na = 1\n+++\nbody"),
            FrontMatter::Closed {
                toml: 7..13,
                body: 17
            }
        );
    }

    #[test]
    fn every_problem_of_the_front_matter_is_reported_at_once() {
        let page = Page::read(SourceText::new(
            "src/a.md",
            "+++\nkind = \"anwser\"\nquestion = \"Why?\"\ntopic = [\"x\"]\naudience = [\"nobody\"]\nsays = 3\n[review]\nstatus = \"draft\"\nchecked = \"today\"\ndue = 2027-01-01\n+++\n",
        ));
        let mut places: Vec<_> = page
            .misfits
            .iter()
            .map(|misfit| page.file.line_and_column(misfit.span.start).0)
            .collect();
        places.sort_unstable();
        assert_eq!(places, [2, 2, 4, 5, 6, 9], "{:#?}", page.misfits);
    }
}
