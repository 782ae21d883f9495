//! mdBook's own renderer, given a sheaf of pages at a time, and several sheaves side by side.
//!
//! mdBook 0.5 copies what a template may ask for, with the list of all chapters, for each page that it renders
//! (`render_chapter` in mdbook-html). So its time grows with the square of the pages, and it renders one page
//! after the other. A template that never asks for that list shows the same page whether mdBook knows of all
//! chapters or of three: this one, and its two neighbours, to which it leads.

use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::book::{Book, BookItem, Chapter};
use mdbook_renderer::config::HtmlConfig;
use mdbook_renderer::{RenderContext, Renderer, errors};
use tempfile::TempDir;

use super::rendered::{Input, Last, Rendered, lay};
use crate::{mdbook_log, parallel};

/// How many pages a sheaf has at most. With each, mdBook lays the files of the theme beside the pages once more,
/// which costs as much as a few pages.
const MOST: usize = 64;
/// The parts of a page's template, below the folder of the theme.
const TEMPLATES: [&str; 3] = ["index.hbs", "head.hbs", "header.hbs"];
/// What a template calls the list of chapters, and the helper that reads it.
const LISTS: [&str; 2] = ["chapters", "toc"];

/// Takes the place of mdBook's renderer, and gives the same website.
pub(super) struct Sheaves {
    /// The pages of the website before, where there may be one.
    pub(super) before: Option<Arc<Rendered>>,
}

impl Renderer for Sheaves {
    /// As mdBook's, whose place it takes.
    fn name(&self) -> &str {
        "html"
    }

    fn render(&self, whole: &RenderContext) -> errors::Result<()> {
        let chapters: Vec<&Chapter> = whole.book.chapters().collect();
        if chapters.is_empty() || !can_be_parted(whole, &chapters) {
            return HtmlHandlebars::new().render(whole);
        }
        match &self.before {
            Some(before) => render_changes(whole, &chapters, &mut before.for_one_like(whole)),
            None => render(whole, &chapters, &Vec::from_iter(0..chapters.len())).map(|_| ()),
        }
    }
}

/// Renders what is not as it was, and lays the other pages beside it.
fn render_changes(
    whole: &RenderContext,
    chapters: &[&Chapter],
    before: &mut Last,
) -> errors::Result<()> {
    let all: Vec<usize> = (0..chapters.len()).collect();
    let inputs = all.iter().map(|index| Input::of(chapters, *index));
    let inputs: Vec<Input> = inputs.collect();
    let mut known: Vec<Option<Arc<[u8]>>> = inputs.iter().map(|input| before.page(input)).collect();
    // The first page brings everything that is no page. One that is known is rendered all the same: it shows
    // whether the theme has other files now, which every page names.
    let witness = known.iter().position(Option::is_some);
    let is_wanted = |index: &usize| {
        let is_known = known.get(*index).is_some_and(Option::is_some);
        *index == 0 || Some(*index) == witness || !is_known
    };
    let wanted: Vec<usize> = all.iter().copied().filter(is_wanted).collect();
    let mut has_said = render(whole, chapters, &wanted)?;
    if !lay(&whole.destination, &inputs, &known, &wanted)? {
        known.fill(None);
        has_said = render(whole, chapters, &all)?;
    }
    // What mdBook has to say of a page it says only when it renders it.
    if has_said {
        before.forget();
    } else {
        before.keep(&whole.destination, inputs, known);
    }
    Ok(())
}

/// Renders some of the chapters, the first of them among these, and tells whether mdBook had something to say.
fn render(whole: &RenderContext, chapters: &[&Chapter], wanted: &[usize]) -> errors::Result<bool> {
    let sheaves = sheaves(wanted);
    let beside = whole.destination.parent().unwrap_or(&whole.root);
    let cannot_write = || format!("cannot write into {}", beside.display());
    let folder = TempDir::new_in(beside).with_context(cannot_write)?;
    let rendered = parallel::each(&sheaves, |sheaf| {
        // The first one lays down everything that is no page.
        let (config, site) = match sheaf.start {
            0 => (whole.config.clone(), whole.destination.clone()),
            start => (
                bare(whole, folder.path())?,
                folder.path().join(start.to_string()),
            ),
        };
        let mut part = RenderContext::new(&whole.root, part(chapters, sheaf), config, site);
        part.chapter_titles.clone_from(&whole.chapter_titles);
        let (result, said) = mdbook_log::listen(|| HtmlHandlebars::new().render(&part));
        result.map(|()| (part.destination, said))
    });
    let mut heard = HashSet::new();
    for (sheaf, rendered) in sheaves.iter().zip(rendered) {
        let (site, said) = rendered?;
        // What mdBook says of the settings it says once for each sheaf.
        for said in said {
            if heard.insert(said.clone()) {
                tracing::warn!("{said}");
            }
        }
        if sheaf.start > 0 {
            let pages = chapters.get(sheaf.clone()).unwrap_or_default();
            move_pages(pages, &site, &whole.destination)?;
        }
    }
    Ok(!heard.is_empty())
}

/// The chapters that are wanted, in runs: as many for each as the machine's processors can share, at most
/// [`MOST`].
fn sheaves(wanted: &[usize]) -> Vec<Range<usize>> {
    let hands = std::thread::available_parallelism().map_or(1, |hands| hands.get());
    let size = wanted.len().div_ceil(hands).clamp(1, MOST);
    let mut sheaves: Vec<Range<usize>> = Vec::new();
    for &index in wanted {
        match sheaves.last_mut() {
            Some(last) if last.end == index && last.len() < size => last.end += 1,
            _ => sheaves.push(index..index + 1),
        }
    }
    sheaves
}

/// Whether a page is the same where mdBook knows only of its neighbours.
fn can_be_parted(whole: &RenderContext, chapters: &[&Chapter]) -> bool {
    let config = whole.config.html_config().unwrap_or_default();
    let mut places = HashSet::new();
    let stand_apart = chapters.iter().all(|chapter| places.insert(&chapter.path));
    stand_apart && !config.print.enable && !asks_for_chapters(&whole.root, &config)
}

/// Whether a template may ask for the list of chapters. mdBook's own does.
fn asks_for_chapters(root: &Path, config: &HtmlConfig) -> bool {
    let templates = templates(root, config).map(|place| fs::read_to_string(place).ok());
    let [index, ..] = &templates;
    let mut read = templates.iter().flatten();
    index.is_none() || read.any(|text| asks(text))
}

/// Where the parts of a page's template stand, of which only the first has to be there.
pub(super) fn templates(root: &Path, config: &HtmlConfig) -> [PathBuf; 3] {
    let folder = config.theme.as_deref().unwrap_or(Path::new("theme"));
    let folder = root.join(folder);
    TEMPLATES.map(|name| folder.join(name))
}

fn asks(template: &str) -> bool {
    let tags = template.split("{{").skip(1);
    let mut tags = tags.map(|tag| tag.split("}}").next().unwrap_or_default());
    let is_list = |word: &str| LISTS.contains(&word) || word.starts_with('>');
    tags.any(|tag| {
        tag.split(|c: char| !(c.is_alphanumeric() || "_->".contains(c)))
            .any(is_list)
    })
}

/// The settings for every sheaf but the first: no page for lost readers, and no files to copy.
fn bare(whole: &RenderContext, folder: &Path) -> errors::Result<mdbook_renderer::config::Config> {
    let mut config = whole.config.clone();
    config.set("output.html.input-404", "")?;
    // A link to edit a page names the folder of the texts.
    if config
        .html_config()
        .is_none_or(|html| html.edit_url_template.is_none())
    {
        config.book.src = folder.join("nothing");
        fs::create_dir_all(&config.book.src)
            .with_context(|| format!("cannot write into {}", folder.display()))?;
    }
    Ok(config)
}

/// The chapters of a sheaf, with an empty one before and after, where there is one.
fn part(chapters: &[&Chapter], sheaf: &Range<usize>) -> Book {
    let around = sheaf.start.saturating_sub(1)..(sheaf.end + 1).min(chapters.len());
    let items = around.filter_map(|index| {
        let chapter = chapters.get(index)?;
        let content = match sheaf.contains(&index) {
            true => chapter.content.clone(),
            false => String::new(),
        };
        let mut alone = Chapter::new(&chapter.name, content, "", chapter.parent_names.clone());
        alone.number.clone_from(&chapter.number);
        alone.path.clone_from(&chapter.path);
        alone.source_path.clone_from(&chapter.source_path);
        Some(BookItem::Chapter(alone))
    });
    Book::new_with_items(items.collect())
}

/// Moves the pages that were made in one folder to their places in another.
fn move_pages(chapters: &[&Chapter], from: &Path, to: &Path) -> errors::Result<()> {
    let paths = chapters.iter().filter_map(|chapter| page(chapter));
    for path in paths {
        let place = to.join(&path);
        let moved = place.parent().map_or(Ok(()), fs::create_dir_all);
        moved
            .and_then(|()| fs::rename(from.join(&path), &place))
            .with_context(|| format!("cannot write {}", place.display()))?;
    }
    Ok(())
}

/// Where the page of a chapter stands in the website; nothing of a draft.
pub(super) fn page(chapter: &Chapter) -> Option<PathBuf> {
    let path = chapter.path.as_ref()?;
    Some(path.with_extension("html"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use mdbook_driver::MDBook;

    use super::*;

    /// Every file of a folder, by its path.
    fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let paths = crate::dress::files(folder).unwrap();
        let files = paths.into_iter();
        files
            .map(|path| (path.clone(), fs::read(folder.join(path)).unwrap()))
            .collect()
    }

    /// A book of so many pages, some of them below others, in the theme of this project or in that of mdBook.
    fn book(root: &Path, pages: usize, template: Option<&str>) {
        fs::create_dir_all(root.join("src/deep")).unwrap();
        fs::create_dir_all(root.join("theme")).unwrap();
        let mut summary = "# Summary\n\n[Start](start.md)\n\n# A part\n\n".to_owned();
        for page in 0..pages {
            let path = match page % 3 {
                0 => format!("page-{page}.md"),
                _ => format!("deep/page-{page}.md"),
            };
            let indent = if page % 3 == 0 { "" } else { "  " };
            summary.push_str(&format!("{indent}- [Page {page}]({path})\n"));
            let text =
                format!("# Page *{page}*\n\n[Start](/start.md) &amp; `x`[^1]\n\n[^1]: Note.\n");
            fs::write(root.join("src").join(path), text).unwrap();
        }
        summary.push_str("- [A draft]()\n");
        fs::write(root.join("src/SUMMARY.md"), summary).unwrap();
        fs::write(root.join("src/start.md"), "# Start\n").unwrap();
        fs::write(root.join("src/picture.svg"), "<svg/>").unwrap();
        if let Some(template) = template {
            fs::write(root.join("theme/index.hbs"), template).unwrap();
        }
        let settings = "[book]\ntitle = \"T\"\n[output.html]\nprint.enable = false\n[output.html.redirect]\n\"/old.html\" = \"start.html\"\n";
        fs::write(root.join("book.toml"), settings).unwrap();
    }

    /// The two files that list the chapters are of no use to a template that does not ask for them.
    fn without_lists(mut files: Vec<(PathBuf, Vec<u8>)>) -> Vec<(PathBuf, Vec<u8>)> {
        files.retain(|(path, _)| !path.to_string_lossy().starts_with("toc"));
        files
    }

    fn build(root: &Path, site: &Path, in_sheaves: bool) -> Vec<(PathBuf, Vec<u8>)> {
        let mut mdbook = MDBook::load(root).unwrap();
        mdbook.config.build.build_dir = site.to_owned();
        if in_sheaves {
            mdbook.with_renderer(Sheaves { before: None });
        }
        mdbook.build().unwrap();
        files(site)
    }

    #[test]
    fn sheaves_make_the_website_that_mdbook_makes() {
        let ours = include_str!("../../../../theme/index.hbs");
        for (template, pages) in [(Some(ours), 200), (Some(ours), 3), (None, 150)] {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("book");
            book(&root, pages, template);
            let whole = build(&root, &folder.path().join("whole"), false);
            let parted = build(&root, &folder.path().join("parted"), true);
            let paths = |files: &[(PathBuf, Vec<u8>)]| -> Vec<PathBuf> {
                files.iter().map(|(path, _)| path.clone()).collect()
            };
            assert!(whole.len() > pages);
            let (whole, parted) = match template {
                Some(_) => (without_lists(whole), without_lists(parted)),
                None => (whole, parted),
            };
            assert_eq!(paths(&parted), paths(&whole));
            for ((path, ours), (_, theirs)) in parted.iter().zip(&whole) {
                assert!(ours == theirs, "{} differs", path.display());
            }
        }
    }

    /// Builds with what was rendered before.
    fn build_again(root: &Path, before: &Arc<Rendered>, site: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut mdbook = MDBook::load(root).unwrap();
        mdbook.config.build.build_dir = site.to_owned();
        let before = Some(Arc::clone(before));
        mdbook.with_renderer(Sheaves { before });
        mdbook.build().unwrap();
        files(site)
    }

    #[test]
    fn what_did_not_change_is_as_if_it_was_rendered_again() {
        let ours = include_str!("../../../../theme/index.hbs");
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("book");
        book(&root, 40, Some(ours));
        let change = |path: &str, text: &str| fs::write(root.join(path), text).unwrap();
        type Step = fn(&dyn Fn(&str, &str));
        let nothing: Step = |_| {};
        let before = Arc::default();
        for (index, step) in [
            nothing,
            nothing,
            |change| change("src/page-0.md", "# Another\n"),
            |change| change("src/start.md", "# The start\n"),
            |change| change("src/deep/page-38.md", "# Deep\n\n[^1]\n\n[^1]: Note.\n"),
            |change| change("src/picture.svg", "<svg></svg>"),
            |change| change("theme/favicon.svg", "<svg></svg>"),
            |change| {
                change(
                    "src/SUMMARY.md",
                    "# Summary\n\n[Begin](start.md)\n- [Page 3](page-3.md)\n- [Page 0](page-0.md)\n",
                )
            },
            |change| change("theme/index.hbs", "<p>{{ title }}</p>{{{ content }}}"),
            |change| change("book.toml", "[book]\ntitle = \"U\"\n[output.html]\nprint.enable = false\n"),
            nothing,
        ]
        .into_iter()
        .enumerate()
        {
            step(&change);
            let fresh = build(&root, &folder.path().join(format!("fresh-{index}")), true);
            let again = build_again(&root, &before, &folder.path().join(format!("again-{index}")));
            let (fresh, again) = (without_lists(fresh), without_lists(again));
            assert_eq!(fresh.len(), again.len(), "step {index}");
            for ((path, fresh), (other, again)) in fresh.iter().zip(&again) {
                assert_eq!(path, other, "step {index}");
                assert!(fresh == again, "{} differs after step {index}", path.display());
            }
        }
    }

    #[test]
    fn a_page_that_did_not_change_is_not_rendered_again() {
        let ours = include_str!("../../../../theme/index.hbs");
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("book");
        book(&root, 10, Some(ours));
        let mdbook = MDBook::load(&root).unwrap();
        let site = folder.path().join("site");
        let whole = RenderContext::new(&root, mdbook.book.clone(), mdbook.config.clone(), &site);
        let chapters: Vec<&Chapter> = whole.book.chapters().collect();
        let before = Rendered::default();
        render_changes(&whole, &chapters, &mut before.for_one_like(&whole)).unwrap();
        let known = |content: &str| {
            let mut other = chapters[4].clone();
            other.content = content.to_owned();
            let mut chapters = chapters.clone();
            chapters[4] = &other;
            let last = before.for_one_like(&whole);
            let inputs = (0..chapters.len()).map(|index| Input::of(&chapters, index));
            let known = inputs.map(|input| last.page(&input).is_some());
            known.collect::<Vec<_>>()
        };
        assert_eq!(known(&chapters[4].content), [true; 11]);
        let mut all_but_one = [true; 11];
        all_but_one[4] = false;
        assert_eq!(known("# Another"), all_but_one);
    }

    #[test]
    fn a_template_that_lists_chapters_is_noticed() {
        for (template, wanted) in [
            ("{{#each chapters}}{{/each}}", true),
            ("<nav>{{#toc}}{{/toc}}</nav>", true),
            ("{{> header}}", true),
            ("stock of chapters {{ title }}{{#if tocsin}}{{/if}}", false),
        ] {
            assert_eq!(asks(template), wanted, "{template}");
        }
        assert!(!asks(include_str!("../../../../theme/index.hbs")));
    }

    #[test]
    fn every_page_is_in_one_sheaf() {
        for pages in [0, 1, 2, 63, 64, 65, 1000] {
            let sheaves = sheaves(&Vec::from_iter(0..pages));
            assert!(
                sheaves
                    .iter()
                    .all(|sheaf| sheaf.len() <= MOST && !sheaf.is_empty())
            );
            let all: Vec<usize> = sheaves.into_iter().flatten().collect();
            assert_eq!(all, (0..pages).collect::<Vec<_>>());
        }
    }
}
