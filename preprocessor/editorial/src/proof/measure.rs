//! `content/proof/ID.toml`: what the bench measured, run by run. Nobody writes such a file by hand.

use super::series::{Series, exponent};
use crate::day::Day;
use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;
use crate::source_text::SourceText;

/// What the figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Time on a clock.
    Seconds,
    /// Thousands of bytes.
    Kilobytes,
    /// How many there are.
    Count,
}

impl Unit {
    const WORDS: [(&'static str, Unit); 3] = [
        ("seconds", Unit::Seconds),
        ("kilobytes", Unit::Kilobytes),
        ("count", Unit::Count),
    ];
}

/// The machine on which something was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computer {
    /// The name that its processor gives itself.
    pub processor: String,
    /// How many threads it runs at once.
    pub cores: u64,
    /// Its memory, in MiB.
    pub memory: u64,
    /// The kernel with its version.
    pub kernel: String,
    /// The version of the compiler.
    pub rust: String,
}

/// One thing that was measured, on both sides where there is a peer.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What was measured, such as `100 pages`.
    pub name: Placed<String>,
    /// How large it is, where cases differ by size alone.
    pub size: Option<u64>,
    /// Our figures.
    pub ours: Series,
    /// Those of the peer, in the same run.
    pub peer: Option<Series>,
    /// The most memory that one of our processes held, in MB.
    pub our_memory: Option<u64>,
    /// The same of the peer.
    pub peer_memory: Option<u64>,
}

impl Case {
    /// How many times the peer's figure ours is.
    pub fn to_peer(&self) -> Option<f64> {
        let peer = self.peer.as_ref()?.median();
        (peer > 0.0).then(|| self.ours.median() / peer)
    }
}

/// What was measured, by whom and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What stands above it.
    pub title: Placed<String>,
    /// What was done on both sides, in a sentence or two.
    pub plain: Placed<String>,
    /// What ran on our side.
    pub ours: Placed<String>,
    /// What ran on the other, with its version.
    pub peer: Option<Placed<String>>,
    /// What is counted.
    pub unit: Unit,
    /// Whether this was a trial of the bench, whose figures prove nothing.
    pub quick: Option<Placed<bool>>,
    /// The day.
    pub date: Day,
    /// The commit that was measured; with a plus sign where files differed from it.
    pub commit: String,
    /// Where.
    pub machine: Computer,
    /// What else has to be known.
    pub conditions: Vec<Placed<String>>,
    /// What was measured, in order.
    pub cases: Vec<Case>,
}

impl Measure {
    /// Whether this was a trial of the bench.
    pub fn is_quick(&self) -> bool {
        self.quick.as_ref().is_some_and(|quick| quick.value)
    }

    /// The case with a name.
    pub fn case(&self, name: &str) -> Option<&Case> {
        self.cases.iter().find(|case| case.name.value == name)
    }

    /// How our figures grow with the size of the cases.
    pub fn growth(&self) -> Option<f64> {
        growth(self.cases.iter().map(|case| (case.size, Some(&case.ours))))
    }

    /// How the peer's grow.
    pub fn peer_growth(&self) -> Option<f64> {
        growth(
            self.cases
                .iter()
                .map(|case| (case.size, case.peer.as_ref())),
        )
    }
}

fn growth<'a>(cases: impl Iterator<Item = (Option<u64>, Option<&'a Series>)>) -> Option<f64> {
    let points = cases.filter_map(|(size, series)| Some((size? as f64, series?.median())));
    exponent(&points.collect::<Vec<_>>())
}

/// A measure's file: its id, its text, what it says, and what is wrong in it.
#[derive(Debug, Clone)]
pub struct MeasureFile {
    /// The file's name without its ending.
    pub id: String,
    /// The file as it lies on the disk.
    pub file: SourceText,
    /// What it says, where it could be read.
    pub measure: Option<Measure>,
    /// What could not be read.
    pub misfits: Vec<Misfit>,
}

const BENCH: &str = "leave such files to the bench: cargo bench -p shelf --bench proof";

impl MeasureFile {
    pub(crate) fn read(id: String, file: SourceText) -> Self {
        let (measure, misfits) = read_toml(file.text(), 0, read_measure);
        MeasureFile {
            id,
            file,
            measure,
            misfits,
        }
    }
}

fn read_measure(fields: &mut Fields<'_>) -> Option<Measure> {
    let title = fields.required_text("title", BENCH);
    let plain = fields.required_text("plain", BENCH);
    let ours = fields.required_text("ours", BENCH);
    let peer = fields.text("peer");
    let unit = fields.choice("unit", &Unit::WORDS);
    let quick = fields.truth("quick");
    let date = fields.day("date");
    if !fields.has("date") {
        fields.missing("date", BENCH);
    }
    let commit = fields.required_text("commit", BENCH);
    let machine = fields.table("machine", read_machine);
    if !fields.has("machine") {
        fields.missing("machine", BENCH);
    }
    let conditions = fields.texts("conditions");
    let with_peer = peer.is_some();
    let cases = fields.tables("case", |case| read_case(case, with_peer));
    if cases.is_empty() {
        fields.missing("case", BENCH);
    }
    Some(Measure {
        title: title?,
        plain: plain?,
        ours: ours?,
        peer,
        unit: unit?.value,
        quick,
        date: date?.value,
        commit: commit?.value,
        machine: machine??,
        conditions,
        cases: cases.into_iter().collect::<Option<Vec<_>>>()?,
    })
}

fn read_machine(fields: &mut Fields<'_>) -> Option<Computer> {
    let processor = fields.required_text("processor", BENCH);
    let cores = fields.whole_number("cores");
    let memory = fields.whole_number("memory");
    let kernel = fields.required_text("kernel", BENCH);
    let rust = fields.required_text("rust", BENCH);
    for key in ["cores", "memory"] {
        if !fields.has(key) {
            fields.missing(key, BENCH);
        }
    }
    Some(Computer {
        processor: processor?.value,
        cores: cores?.value,
        memory: memory?.value,
        kernel: kernel?.value,
        rust: rust?.value,
    })
}

fn read_case(fields: &mut Fields<'_>, with_peer: bool) -> Option<Case> {
    let name = fields.required_text("name", BENCH);
    let size = fields.whole_number("size").map(|size| size.value);
    let ours = read_series(fields, "ours", true);
    let peer = read_series(fields, "peer", with_peer);
    let our_memory = fields.whole_number("our-memory").map(|found| found.value);
    let peer_memory = fields.whole_number("peer-memory").map(|found| found.value);
    Some(Case {
        name: name?,
        size,
        ours: ours?,
        peer,
        our_memory,
        peer_memory,
    })
}

fn read_series(fields: &mut Fields<'_>, key: &'static str, required: bool) -> Option<Series> {
    if !fields.has(key) {
        if required {
            fields.missing(key, BENCH);
        }
        return None;
    }
    let figures = fields.numbers(key)?;
    let series = Series::new(figures.value);
    if series.is_none() {
        let problem = format!("`{key}` is no list of measured figures");
        fields.misfit(figures.span, problem, BENCH);
    }
    series
}
