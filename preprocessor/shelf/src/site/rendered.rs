//! What mdBook made of each page the last time, for a server that makes the same website again and again:
//! a page whose words and neighbours are the same is not rendered once more.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use mdbook_renderer::book::Chapter;
use mdbook_renderer::config::Config;
use mdbook_renderer::{RenderContext, errors};

use super::sheaves::{page, templates};

/// How many bytes of pages are kept. Of a book with more, every page is rendered every time.
const MOST: usize = 64 << 20;

/// The pages of the last website of this process.
#[derive(Debug, Default)]
pub(crate) struct Rendered(Mutex<Last>);

/// What a website was made with, and each of its pages with what that was made of.
#[derive(Debug, Default)]
pub(super) struct Last {
    frame: Option<Frame>,
    pages: HashMap<PathBuf, (Input, Arc<[u8]>)>,
}

/// What all pages share, but for the files of the theme that they name.
#[derive(Debug, PartialEq)]
struct Frame {
    config: Config,
    templates: [Option<String>; 3],
}

impl Frame {
    fn of(whole: &RenderContext) -> Frame {
        let mut config = whole.config.clone();
        // Every website has a folder of its own.
        config.build.build_dir = PathBuf::new();
        let html = config.html_config().unwrap_or_default();
        let templates = templates(&whole.root, &html).map(|place| fs::read_to_string(place).ok());
        Frame { config, templates }
    }
}

/// What a page is made of: its chapter, and the one before and after, to which it leads.
#[derive(Debug, PartialEq)]
pub(super) struct Input {
    /// Where the page stands in the website; nothing of a draft.
    pub(super) place: Option<PathBuf>,
    content: String,
    parents: Vec<String>,
    /// The chapter before, itself, and the one after.
    names: [Option<Name>; 3],
}

/// The name of a chapter, its file and its number.
type Name = (String, Option<PathBuf>, Option<String>);

impl Input {
    pub(super) fn of(chapters: &[&Chapter], index: usize) -> Input {
        let around = [index.checked_sub(1), Some(index), index.checked_add(1)];
        let chapter = chapters.get(index);
        let name = |index: Option<usize>| {
            let chapter = chapters.get(index?)?;
            let number = chapter.number.as_ref().map(ToString::to_string);
            Some((chapter.name.clone(), chapter.path.clone(), number))
        };
        Input {
            place: chapter.and_then(|chapter| page(chapter)),
            content: chapter.map_or_else(String::new, |chapter| chapter.content.clone()),
            parents: chapter.map_or_else(Vec::new, |chapter| chapter.parent_names.clone()),
            names: around.map(name),
        }
    }
}

impl Rendered {
    /// What is known for a website like `whole`; nothing for one with another template or other settings.
    pub(super) fn for_one_like(&self, whole: &RenderContext) -> MutexGuard<'_, Last> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let frame = Some(Frame::of(whole));
        if last.frame != frame {
            last.forget();
            last.frame = frame;
        }
        last
    }
}

impl Last {
    /// Forgets every page.
    pub(super) fn forget(&mut self) {
        self.pages.clear();
    }

    /// The page that was made of the same.
    pub(super) fn page(&self, input: &Input) -> Option<Arc<[u8]>> {
        let (made_of, page) = self.pages.get(input.place.as_ref()?)?;
        (made_of == input).then(|| Arc::clone(page))
    }

    /// Keeps the pages of the folder `site`, `known` ones without reading them. Those that cannot be read, and
    /// all of a very large website, will be rendered again.
    pub(super) fn keep(&mut self, site: &Path, inputs: Vec<Input>, known: Vec<Option<Arc<[u8]>>>) {
        self.forget();
        let mut bytes = 0;
        for (input, known) in inputs.into_iter().zip(known) {
            let Some(place) = input.place.clone() else {
                continue;
            };
            let read = || fs::read(site.join(&place)).ok().map(Arc::from);
            let Some(page) = known.or_else(read) else {
                continue;
            };
            bytes += page.len();
            if bytes > MOST {
                return self.forget();
            }
            self.pages.insert(place, (input, page));
        }
    }
}

/// Lays known pages into the folder `site`, but for the `rendered` ones, which are there. Whether each of those
/// that are known came out as before.
pub(super) fn lay(
    site: &Path,
    inputs: &[Input],
    known: &[Option<Arc<[u8]>>],
    rendered: &[usize],
) -> errors::Result<bool> {
    for (index, (input, known)) in inputs.iter().zip(known).enumerate() {
        let (Some(place), Some(known)) = (&input.place, known) else {
            continue;
        };
        let file = site.join(place);
        if rendered.binary_search(&index).is_ok() {
            if fs::read(&file).ok().as_deref() != Some(known) {
                return Ok(false);
            }
            continue;
        }
        let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
        folder
            .and_then(|()| fs::write(&file, known))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(true)
}
