//! Generated books: the words of the real answers in new pages, the same every time.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The headings of a page below its title.
const SECTIONS: usize = 6;
/// About as many words as an answer has.
const WORDS: usize = 700;

/// Whom a book is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Our build: front matter, and one recorded sample a page.
    Us,
    /// Stock mdBook: the same words without samples.
    Mdbook,
    /// mdBook with mdbook-cmdrun: the same words, and a command a page that prints what the sample printed.
    Cmdrun,
}

/// What the real pages supply.
#[derive(Debug)]
pub(crate) struct Stock {
    root: PathBuf,
    sections: Vec<String>,
    /// Samples with what they printed.
    samples: Vec<(String, String)>,
}

impl Stock {
    pub(crate) fn of(root: &Path) -> Result<Stock> {
        let mut sections = Vec::new();
        for path in sorted(&root.join("src/answers"))? {
            let text = fs::read_to_string(&path)?;
            sections.extend(text.split("\n## ").skip(1).filter_map(section));
        }
        ensure!(
            sections.len() > SECTIONS * 3,
            "src/answers has too few sections"
        );
        let mut samples = Vec::new();
        for path in sorted(&root.join("content/recordings"))? {
            let recording: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
            let id = editorial::stem(&path);
            if root.join(format!("content/samples/{id}.toml")).is_file() {
                samples.push((id, printed(&recording)));
            }
        }
        ensure!(!samples.is_empty(), "content/recordings is empty");
        Ok(Stock {
            root: root.to_owned(),
            sections,
            samples,
        })
    }

    /// Writes a book of so many pages.
    pub(crate) fn write(&self, book: &Path, pages: usize, whom: For) -> Result<()> {
        fs::create_dir_all(book.join("src/pages"))?;
        let mut summary = String::from("# Summary\n\n");
        for page in 1..=pages {
            summary.push_str(&format!("- [Page {page}](pages/{})\n", name(page)));
            let path = book.join("src/pages").join(name(page));
            fs::write(path, self.page(page, pages, whom))?;
        }
        fs::write(book.join("src/SUMMARY.md"), summary)?;
        match whom {
            For::Us => self.furnish(book)?,
            For::Mdbook => fs::write(book.join("book.toml"), STOCK)?,
            For::Cmdrun => {
                fs::write(
                    book.join("book.toml"),
                    format!("{STOCK}\n[preprocessor.cmdrun]\n"),
                )?;
                fs::create_dir(book.join("printed"))?;
                for (id, text) in &self.samples {
                    fs::write(book.join(format!("printed/{id}.txt")), text)?;
                }
            }
        }
        Ok(())
    }

    /// Our registries, samples, recordings and theme.
    fn furnish(&self, book: &Path) -> Result<()> {
        let settings = fs::read_to_string(self.root.join("book.toml"))?;
        ensure!(
            settings.contains("samples = \"live\""),
            "book.toml has no line `samples = \"live\"`"
        );
        let settings = settings.replace("samples = \"live\"", "samples = \"recorded\"");
        fs::write(book.join("book.toml"), settings)?;
        for folder in ["samples", "scenes", "recordings"] {
            copy(
                &self.root.join("content").join(folder),
                &book.join("content").join(folder),
            )?;
        }
        for file in ["sources.toml", "terms.toml", "names.toml", "words.txt"] {
            fs::copy(
                self.root.join("content").join(file),
                book.join("content").join(file),
            )?;
        }
        for entry in fs::read_dir(self.root.join("theme"))? {
            let entry = entry?;
            let to = book.join("theme").join(entry.file_name());
            match entry.file_type()?.is_dir() {
                // Tests are no part of a theme.
                true if entry.file_name() == "tests" => {}
                true => copy(&entry.path(), &to)?,
                false => {
                    fs::create_dir_all(book.join("theme"))?;
                    fs::copy(entry.path(), to)?;
                }
            }
        }
        Ok(())
    }

    fn page(&self, page: usize, pages: usize, whom: For) -> String {
        let (id, _) = &self.samples[page % self.samples.len()];
        let (mut text, sample) = match whom {
            For::Us => (
                FRONT_MATTER.replace("{page}", &page.to_string()),
                format!("{{{{#sample {id}}}}}\n\n"),
            ),
            For::Mdbook => (format!("# Page {page}\n\n"), String::new()),
            For::Cmdrun => (
                format!("# Page {page}\n\n"),
                format!("```text\n<!-- cmdrun cat ../../printed/{id}.txt -->\n```\n\n"),
            ),
        };
        text.push_str(&format!(
            "This page is made of parts of other pages. Its neighbour is [the next one]({}).\n\n",
            name(page % pages + 1)
        ));
        let mut words = 0;
        for index in 0..SECTIONS {
            // Neighbouring pages share no section, and a page has none twice.
            let stride = self.sections.len() / SECTIONS;
            let section =
                &self.sections[(index * stride + page * 5 % stride) % self.sections.len()];
            text.push_str(&format!("## Part {} {{#part-{index}}}\n\n", index + 1));
            if index == 1 {
                text.push_str(&sample);
            }
            let room = (WORDS - words).min(WORDS * (index + 1) / SECTIONS - words + 20);
            let part = first_words(section, room);
            words += part.split_whitespace().count();
            text.push_str(&part);
            text.push('\n');
        }
        text
    }
}

const FRONT_MATTER: &str = "+++\nkind     = \"page\"\ntitle    = \"Generated page {page}\"\naudience = [\"editor\"]\n\
    topics   = [\"generated\"]\n[review]\nstatus   = \"draft\"\nchecked  = 2026-11-22\ndue      = 2100-01-01\n+++\n\n";

const STOCK: &str =
    "[book]\ntitle = \"Generated\"\nlanguage = \"en\"\n\n[output.html.search]\nenable = true\n";

fn name(page: usize) -> String {
    format!("page-{page:05}.md")
}

/// The paragraphs of a section, without its heading, its directives and its links.
fn section(text: &str) -> Option<String> {
    let (_, body) = text.split_once('\n')?;
    let paragraphs = body.split("\n\n").map(str::trim);
    let is_prose = |text: &&str| text.starts_with(|c: char| c.is_ascii_uppercase());
    let paragraphs: Vec<String> = paragraphs.filter(is_prose).map(without_links).collect();
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n") + "\n")
}

/// `[words](address)` as `words`; citations stay.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        plain.push_str(before);
        let inside = link
            .split_once("](")
            .filter(|(words, _)| !words.contains(['[', ']']));
        match inside.and_then(|(words, after)| Some((words, after.split_once(')')?.1))) {
            Some((words, after)) if !link.starts_with('^') => {
                plain.push_str(words);
                rest = after;
            }
            _ => {
                plain.push('[');
                rest = link;
            }
        }
    }
    plain + rest
}

/// Whole sentences up to about so many words.
fn first_words(section: &str, most: usize) -> String {
    let mut words = 0;
    let mut text = String::new();
    for paragraph in section.split("\n\n") {
        if words > 0 && words + paragraph.split_whitespace().count() > most {
            break;
        }
        words += paragraph.split_whitespace().count();
        text.push_str(paragraph.trim());
        text.push_str("\n\n");
    }
    text
}

/// The lines of a recording.
fn printed(recording: &Value) -> String {
    let steps = recording["steps"].as_array().into_iter().flatten();
    let lines = steps.flat_map(|step| step["lines"].as_array().into_iter().flatten());
    let lines: Vec<&str> = lines.filter_map(|line| line["text"].as_str()).collect();
    lines.join("\n") + "\n"
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for path in sorted(from)? {
        let to = to.join(path.file_name().unwrap_or_default());
        match path.is_dir() {
            true => copy(&path, &to)?,
            false => drop(fs::copy(&path, to)?),
        }
    }
    Ok(())
}
