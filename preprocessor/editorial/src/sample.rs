//! `content/samples/ID.toml`: what an editor says about a piece of evidence.
//!
//! The claims and the scanner's arguments are kept as written; the crate `evidence` knows what they mean.

use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;
use crate::source_text::SourceText;

/// What the reader should notice in one line of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Words that the line contains.
    pub line: Placed<String>,
    /// What the line means, in one plain sentence.
    pub says: Placed<String>,
}

/// One call of one scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleStep {
    /// The scanner's name.
    pub scanner: Placed<String>,
    /// The server of the scene to look at; the only one where absent.
    pub server: Option<Placed<String>>,
    /// Its arguments, one text each, never a shell string.
    pub args: Vec<Placed<String>>,
    /// Words of the lines to show; all lines where none is named.
    pub keep: Vec<Placed<String>>,
}

/// One sample: a scene, scanners, what must hold and what to notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// What stands above the output.
    pub title: Placed<String>,
    /// The scene's file name without its ending.
    pub scene: Placed<String>,
    /// The calls, in order: the `[[step]]` tables, or the one that is written
    /// without a table of its own.
    pub steps: Vec<SampleStep>,
    /// What a lay reader should take away.
    pub plain: Placed<String>,
    /// The sample that is shown beside this one as its "before".
    pub before: Option<Placed<String>>,
    /// What must hold, as written.
    pub claims: Vec<Placed<toml::Table>>,
    /// What to notice.
    pub notices: Vec<Notice>,
}

/// A sample's file: its id, its text, what it says, and what is wrong in it.
#[derive(Debug, Clone)]
pub struct SampleFile {
    /// The file's name without its ending.
    pub id: String,
    /// The file as it lies on the disk.
    pub file: SourceText,
    /// What it says, where it could be read.
    pub sample: Option<Sample>,
    /// What could not be read.
    pub misfits: Vec<Misfit>,
}

impl SampleFile {
    pub(crate) fn read(id: String, file: SourceText) -> Self {
        let (sample, misfits) = read_toml(file.text(), 0, read_sample);
        SampleFile {
            id,
            file,
            sample,
            misfits,
        }
    }
}

fn read_sample(fields: &mut Fields<'_>) -> Option<Sample> {
    let title = fields.required_text("title", "say what the sample shows");
    let scene = fields.required_text("scene", "name a file of content/scenes");
    let several = fields.tables("step", read_step);
    let steps = if several.is_empty() {
        vec![read_step(fields)]
    } else {
        several
    };
    let plain = fields.required_text("plain", "say what a lay reader should take away");
    let before = fields.text("before");
    let claims = fields.raw_tables("claim");
    let notices = fields.tables("notice", read_notice);
    if claims.is_empty() {
        fields.missing(
            "claim",
            "state at least one thing that must hold, or the sample could stop being true unseen",
        );
    }
    Some(Sample {
        title: title?,
        scene: scene?,
        steps: steps.into_iter().collect::<Option<_>>()?,
        plain: plain?,
        before,
        claims,
        notices: notices.into_iter().flatten().collect(),
    })
}

fn read_step(fields: &mut Fields<'_>) -> Option<SampleStep> {
    let scanner = fields.required_text("scanner", "name the scanner, such as \"probe\"");
    let server = fields.text("server");
    let args = fields.texts("args");
    let keep = fields.texts("keep");
    Some(SampleStep {
        scanner: scanner?,
        server,
        args,
        keep,
    })
}

fn read_notice(fields: &mut Fields<'_>) -> Option<Notice> {
    let line = fields.required_text("line", "quote words of the line to notice");
    let says = fields.required_text("says", "say what that line means");
    Some(Notice {
        line: line?,
        says: says?,
    })
}
