//! What a page's Markdown is made of, with the place of each part.
//!
//! The parser and its options are mdBook's own, so that a rule sees what will be rendered.

mod block;

use std::collections::BTreeSet;
use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use crate::directive::{Directive, find_directives};

pub use block::{Block, BlockKind};

/// Where a word may be broken; a reader does not see it.
const SOFT_HYPHEN: char = '\u{ad}';

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The id given as `{#id}`.
    pub id: Option<String>,
    /// Its words.
    pub words: Block,
    /// The bytes of the heading.
    pub span: Range<usize>,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it points.
    pub destination: String,
    /// The bytes of the destination, or of the whole link where it stands elsewhere.
    pub span: Range<usize>,
}

/// A citation `[^key]`, or the key of a footnote that the page defines itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The key.
    pub key: String,
    /// Its bytes, brackets included.
    pub span: Range<usize>,
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The words after the fence; empty for indented code.
    pub info: String,
    /// The code.
    pub text: String,
    /// The bytes of the block.
    pub span: Range<usize>,
}

/// The parts of one page's body. Every place counts from the start of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Links and images, in order.
    pub links: Vec<Link>,
    /// Citations, in order.
    pub citations: Vec<Citation>,
    /// Footnotes that the page defines itself.
    pub definitions: Vec<Citation>,
    /// Raw HTML.
    pub html: Vec<Range<usize>>,
    /// Blocks of code.
    pub code_blocks: Vec<CodeBlock>,
    /// Directives, those in code included.
    pub directives: Vec<Directive>,
    /// Prose.
    pub blocks: Vec<Block>,
    /// Everything in which a word is not prose: code, headings, links, HTML.
    pub not_prose: Vec<Range<usize>>,
}

impl Outline {
    /// Reads the body of a page: `text` from byte `base` on.
    pub fn read(text: &str, base: usize) -> Outline {
        let body = &text[base..];
        // A reference counts only where its definition stands. The definitions come from the
        // registry when the page is resolved; stand-ins let the parser find the references now.
        let mut defined = body.to_owned();
        for key in citation_candidates(body) {
            defined.push_str(&format!("\n\n[^{key}]: -\n"));
        }
        let mut reader = Reader {
            text,
            base,
            not_words: find_directives(text, base, &[])
                .into_iter()
                .map(|directive| directive.span)
                .collect(),
            outline: Outline::default(),
            block: None,
            muted: 0,
            code: None,
            heading: None,
            inert: Vec::new(),
        };
        let mut options = MarkdownOptions::default();
        options.smart_punctuation = false;
        for (event, span) in new_cmark_parser(&defined, &options).into_offset_iter() {
            if span.start >= body.len() {
                continue;
            }
            // A fence that nobody closed takes in the stand-ins too.
            let event = match event {
                Event::Text(words) if span.end > body.len() => {
                    let kept = words.len().saturating_sub(span.end - body.len());
                    Event::Text(words.get(..kept).unwrap_or_default().to_owned().into())
                }
                other => other,
            };
            let span = base + span.start..base + span.end.min(body.len());
            reader.take(event, span);
        }
        let mut outline = reader.outline;
        outline.directives = find_directives(text, base, &reader.inert);
        outline
    }

    /// The directives that mdBook replaces by a file, in code or not.
    pub fn includes(&self) -> impl Iterator<Item = &Directive> {
        self.directives.iter().filter(|found| found.is_include())
    }

    /// The directives that show a sample.
    pub fn samples(&self) -> impl Iterator<Item = &Directive> {
        self.ours("sample")
    }

    /// The directives that show a figure.
    pub fn figures(&self) -> impl Iterator<Item = &Directive> {
        self.ours("figure")
    }

    fn ours(&self, name: &str) -> impl Iterator<Item = &Directive> {
        self.directives
            .iter()
            .filter(move |directive| directive.is_ours() && directive.name == name)
    }

    /// The directives that show the checklist.
    pub fn checklists(&self) -> impl Iterator<Item = &Directive> {
        self.directives
            .iter()
            .filter(|directive| directive.is_ours() && directive.name == "checklist")
    }

    /// The sections of the page: the lead, then one for each heading of level 2. Each is its
    /// heading, if it has one, and its bytes.
    pub fn sections(&self, body: Range<usize>) -> Vec<(Option<&Heading>, Range<usize>)> {
        let mut sections = Vec::new();
        let mut heading = None;
        let mut start = body.start;
        for next in self.headings.iter().filter(|heading| heading.level <= 2) {
            sections.push((heading, start..next.span.start));
            heading = Some(next);
            start = next.span.start;
        }
        sections.push((heading, start..body.end));
        sections
    }
}

/// Every text between `[^` and `]`, in code or not.
fn citation_candidates(body: &str) -> BTreeSet<&str> {
    body.match_indices("[^")
        .filter_map(|(at, _)| {
            let rest = &body[at + 2..];
            let end = rest.find([']', '\n'])?;
            let key = &rest[..end];
            (rest[end..].starts_with(']') && !key.trim().is_empty()).then_some(key)
        })
        .collect()
}

struct Reader<'t> {
    text: &'t str,
    base: usize,
    /// Directives, in order: the parser takes them for words.
    not_words: Vec<Range<usize>>,
    outline: Outline,
    block: Option<Block>,
    /// Depth of parts whose words are not the reader's: image texts, footnote definitions.
    muted: usize,
    code: Option<CodeBlock>,
    heading: Option<Heading>,
    inert: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.text(&words, span),
            Event::Code(words) => {
                self.inert.push(span.clone());
                self.outline.not_prose.push(span.clone());
                let span = self.inside_back_quotes(&words, span);
                let start = self.read().map_or(0, |block| block.text.len());
                self.words(&words, span);
                if let Some(block) = self.read() {
                    block.mark_code(start);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.words(" ", span),
            Event::InlineHtml(_) => self.html(span),
            Event::FootnoteReference(key) => self.outline.citations.push(Citation {
                key: key.into_string(),
                span,
            }),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_block(BlockKind::Paragraph),
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.open_block(BlockKind::Item);
            }
            Tag::TableCell => self.open_block(BlockKind::Cell),
            Tag::List(_) => self.close_block(),
            Tag::Heading { level, id, .. } => {
                self.close_block();
                self.outline.not_prose.push(span.clone());
                self.heading = Some(Heading {
                    level: level as u8,
                    id: id.map(|id| id.into_string()),
                    words: Block::new(BlockKind::Heading),
                    span,
                });
            }
            Tag::CodeBlock(kind) => {
                self.close_block();
                self.inert.push(span.clone());
                self.outline.not_prose.push(span.clone());
                self.code = Some(CodeBlock {
                    info: match kind {
                        CodeBlockKind::Fenced(info) => info.into_string(),
                        CodeBlockKind::Indented => String::new(),
                    },
                    text: String::new(),
                    span,
                });
            }
            Tag::HtmlBlock => {
                self.close_block();
                self.html(span);
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                self.outline.not_prose.push(span.clone());
                let scheme = if link_type == LinkType::Email {
                    "mailto:"
                } else {
                    ""
                };
                self.link(scheme, &dest_url, span);
            }
            Tag::Image { dest_url, .. } => {
                self.muted += 1;
                self.link("", &dest_url, span);
            }
            Tag::FootnoteDefinition(key) => {
                self.close_block();
                self.muted += 1;
                self.outline.definitions.push(Citation {
                    key: key.into_string(),
                    span,
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::TableCell => self.close_block(),
            TagEnd::Heading(_) => self.outline.headings.extend(self.heading.take()),
            TagEnd::CodeBlock => self.outline.code_blocks.extend(self.code.take()),
            TagEnd::Image | TagEnd::FootnoteDefinition => {
                self.muted = self.muted.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn html(&mut self, span: Range<usize>) {
        self.outline.not_prose.push(span.clone());
        self.outline.html.push(span);
    }

    /// Text in which a directive may stand.
    fn text(&mut self, words: &str, span: Range<usize>) {
        let first = self.not_words.partition_point(|not| not.end <= span.start);
        let cuts: Vec<_> = self.not_words[first..]
            .iter()
            .take_while(|not| not.start < span.end)
            .cloned()
            .collect();
        if cuts.is_empty() || self.block.is_none() || self.text[span.clone()] != *words {
            self.words(words, span);
            return;
        }
        let mut at = span.start;
        for cut in cuts {
            self.verbatim(at..cut.start.max(at));
            at = cut.end.min(span.end);
        }
        self.verbatim(at..span.end);
    }

    fn verbatim(&mut self, span: Range<usize>) {
        let text = self.text;
        if !span.is_empty() {
            self.words(&text[span.clone()], span);
        }
    }

    fn words(&mut self, words: &str, span: Range<usize>) {
        if let Some(code) = &mut self.code {
            code.text.push_str(words);
            return;
        }
        if self.heading.is_none() && self.muted > 0 {
            return;
        }
        let is_verbatim = self.text[span.clone()] == *words;
        let block = match &mut self.heading {
            Some(heading) => &mut heading.words,
            // In a tight list, words may follow a block of code or an inner list without a tag.
            None => self
                .block
                .get_or_insert_with(|| Block::new(BlockKind::Item)),
        };
        if !words.contains(SOFT_HYPHEN) {
            block.push(words, span, is_verbatim);
        } else if is_verbatim {
            let mut at = span.start;
            for part in words.split_inclusive(SOFT_HYPHEN) {
                let shown = part.trim_end_matches(SOFT_HYPHEN);
                block.push(shown, at..at + shown.len(), true);
                at += part.len();
            }
        }
    }

    /// The run of words that is being read.
    fn read(&mut self) -> Option<&mut Block> {
        match &mut self.heading {
            Some(heading) => Some(&mut heading.words),
            None => self.block.as_mut(),
        }
    }

    /// The bytes of inline code without its back quotes.
    fn inside_back_quotes(&self, words: &str, span: Range<usize>) -> Range<usize> {
        let written = &self.text[span.clone()];
        let quotes = written.len() - written.trim_start_matches('`').len();
        match written[quotes..].find(words) {
            Some(at) => {
                let start = span.start + quotes + at;
                start..start + words.len()
            }
            None => span,
        }
    }

    fn open_block(&mut self, kind: BlockKind) {
        self.close_block();
        self.block = Some(Block::new(kind));
    }

    fn close_block(&mut self) {
        let block = self.block.take();
        self.outline
            .blocks
            .extend(block.filter(|block| !block.text.trim().is_empty()));
    }

    fn link(&mut self, scheme: &str, destination: &str, span: Range<usize>) {
        let written = &self.text[span.clone()];
        // A title or the link's own words may say the same as its destination.
        let place = written
            .match_indices(destination)
            .map(|(at, _)| at)
            .filter(|_| !destination.is_empty())
            .filter(|&at| {
                let before = written[..at].trim_end().trim_end_matches('<').trim_end();
                before.is_empty() || before.ends_with("](")
            })
            .last();
        debug_assert!(span.start >= self.base);
        self.outline.links.push(Link {
            destination: format!("{scheme}{destination}"),
            span: match place {
                Some(at) => span.start + at..span.start + at + destination.len(),
                None => span,
            },
        });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
