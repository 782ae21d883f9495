//! The slides that the page of a lesson is made of.
//!
//! Every heading of level 2 is one. What stands below it, up to the directive `notes`, is what the room sees;
//! what follows is what the lecturer says.

use std::ops::Range;

use crate::directive::Directive;
use crate::fields::LARGEST;
use crate::figure::Figure;
use crate::outline::{Block, Heading};
use crate::page::Page;
use crate::sample::SampleFile;
use crate::shelf::Shelf;
use crate::words;

/// The directive that ends what the room sees, and says how many minutes it stays.
pub(crate) const NOTES: &str = "notes";

/// One slide of a lesson, as it stands on its page.
#[derive(Debug, Clone)]
pub struct Slide<'a> {
    /// Its heading.
    pub heading: &'a Heading,
    /// The bytes of what the room sees below the heading.
    pub face: Range<usize>,
    /// The bytes of what the lecturer says; empty where no directive begins it.
    pub says: Range<usize>,
    /// The directives that begin what the lecturer says: one, on a slide that is in order.
    pub notes: Vec<&'a Directive>,
    /// Everything from the heading to the next.
    pub span: Range<usize>,
}

/// The slides of a page, in order; none for a page that is no lesson.
pub fn slides(page: &Page) -> Vec<Slide<'_>> {
    let is_lesson = page
        .piece
        .as_ref()
        .is_some_and(|piece| piece.lesson.is_some());
    if !is_lesson {
        return Vec::new();
    }
    let sections = page.outline.sections(page.body.clone());
    let slides = sections.into_iter().filter_map(|(heading, span)| {
        let heading = heading?;
        let below = heading.span.end..span.end;
        let notes = page.outline.directives.iter();
        let notes: Vec<&Directive> = notes
            .filter(|found| found.is_ours() && found.name == NOTES)
            .filter(|found| span.contains(&found.span.start))
            .collect();
        let end = notes.first().map_or(below.end, |notes| notes.span.start);
        let after = notes.first().map_or(below.end, |notes| notes.span.end);
        Some(Slide {
            heading,
            face: below.start..end,
            says: after..below.end,
            notes,
            span,
        })
    });
    slides.collect()
}

impl Slide<'_> {
    /// How many minutes it stays; nothing where it does not say so.
    pub fn minutes(&self) -> Option<u64> {
        let [notes] = self.notes[..] else {
            return None;
        };
        let minutes: u64 = notes.argument.parse().ok()?;
        (1..=LARGEST).contains(&minutes).then_some(minutes)
    }

    /// The words that the room reads: heading, text and cells, and what the samples and tables say of
    /// themselves. What a scanner printed is no word of ours.
    pub fn word_count(&self, page: &Page, shelf: &Shelf) -> usize {
        let heading = words::words(&self.heading.words.text).count();
        let blocks = page.outline.blocks.iter();
        let blocks: Vec<Block> = blocks
            .filter(|block| self.face.contains(&block.place(0)))
            .cloned()
            .collect();
        let shown = |found: &&Directive| self.face.contains(&found.span.start);
        let samples = page.outline.samples().filter(shown);
        let samples: usize = samples
            .filter_map(|found| shelf.sample(&found.argument))
            .map(|sample| words_of_sample(sample, shelf))
            .sum();
        let figures = page.outline.figures().filter(shown);
        let figures: usize = figures
            .filter_map(|found| shelf.figure(&found.argument)?.figure.as_ref())
            .map(Figure::words_on_a_slide)
            .sum();
        heading + words::count(&blocks) + samples + figures
    }
}

/// The words of the notices, which stand beside the lines on a slide, and of those of the sample that
/// is shown before this one.
fn words_of_sample(file: &SampleFile, shelf: &Shelf) -> usize {
    let sample = file.sample.as_ref();
    let before = sample.and_then(|sample| shelf.sample(&sample.before.as_ref()?.value));
    let shown = sample
        .into_iter()
        .chain(before.and_then(|file| file.sample.as_ref()));
    let notices = shown.flat_map(|sample| &sample.notices);
    notices
        .map(|notice| words::words(&notice.says.value).count())
        .sum()
}
