//! A run of prose, with the way back from its words to the file.

use std::ops::Range;

/// What kind of prose a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, also one in a quotation.
    Paragraph,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// The words of a heading. They stand with the heading, not among the prose.
    Heading,
}

/// A run of words that a reader reads in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What kind of prose it is.
    pub kind: BlockKind,
    /// Its words, without marks, directives and soft hyphens.
    pub text: String,
    /// The runs that make up `text`, in order.
    runs: Vec<Run>,
    /// The parts of `text` that are code.
    code: Vec<Range<usize>>,
}

/// A part of a block's text that stands in the file without a mark inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    /// Where it starts in the block's text.
    start: usize,
    /// Its bytes in the file.
    span: Range<usize>,
    /// Whether those bytes are the text itself; not so for `&amp;` or the end of a line.
    is_verbatim: bool,
}

impl Block {
    pub(super) fn new(kind: BlockKind) -> Self {
        Block {
            kind,
            text: String::new(),
            runs: Vec::new(),
            code: Vec::new(),
        }
    }

    /// The byte of the file at which byte `at` of the block's text stands.
    pub fn place(&self, at: usize) -> usize {
        match self.run(at) {
            Some(run) if run.is_verbatim => (run.span.start + at - run.start).min(run.span.end),
            Some(run) if at >= self.text.len() => run.span.end,
            Some(run) => run.span.start,
            None => 0,
        }
    }

    /// Whether `range` of the text was written as one run, so that it can be found again as such.
    pub fn is_one_run(&self, range: &Range<usize>) -> bool {
        self.run(range.start)
            .is_some_and(|run| run.is_verbatim && range.end <= run.start + run.span.len())
    }

    /// The bytes of the file from the first character of `range` to its last, marks between them
    /// included.
    pub(crate) fn span(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        let Some((last, _)) = self.text[range.clone()].char_indices().next_back() else {
            return start..start;
        };
        let last = range.start + last;
        let end = match self.run(last) {
            Some(run) if run.is_verbatim => run.span.start + range.end - run.start,
            Some(run) => run.span.end,
            None => start,
        };
        start..end
    }

    /// The parts of the text that are code, in order.
    pub(crate) fn code(&self) -> &[Range<usize>] {
        &self.code
    }

    fn run(&self, at: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.start <= at);
        self.runs.get(after.checked_sub(1)?)
    }

    /// Notes that the text from byte `start` on is code.
    pub(super) fn mark_code(&mut self, start: usize) {
        self.code.push(start..self.text.len());
    }

    /// Adds words that stand at `span`.
    pub(super) fn push(&mut self, words: &str, span: Range<usize>, is_verbatim: bool) {
        let start = self.text.len();
        self.text.push_str(words);
        match self.runs.last_mut() {
            // The parser stops at every character that could have been a mark.
            Some(last) if last.is_verbatim && is_verbatim && last.span.end == span.start => {
                last.span.end = span.end;
            }
            _ => self.runs.push(Run {
                start,
                span,
                is_verbatim,
            }),
        }
    }
}
