//! `file`: says what a file is by its first bytes.

use std::time::Duration;

use crate::facts::{FileType, Seen};

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool};

/// How to use it. With `-k` it goes on after its first finding: what is both
/// DICOM and a program is shown as both only then.
pub(super) const TOOL: Tool = Tool {
    program: "file",
    package: "file",
    version_args: &["--version"],
    version,
    options: &[Opt::Flag("-k"), Opt::Operand(Kind::File)],
    always: &[],
    report: None,
    shows: Stream::Out,
    input: Input::Nothing,
    varies: &[],
    patience: Duration::from_secs(10),
    read,
};

/// The version in `file-5.44`.
fn version(answer: &str) -> Option<String> {
    let number = answer.lines().next()?.strip_prefix("file-")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    (!number.is_empty() && number.len() <= 32 && number.chars().all(plain))
        .then(|| number.to_owned())
}

/// What its output means: a program, if one of the files is one by one of its
/// findings; else DICOM, if one is; nothing, if it could read none of them.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let text = output.out();
    let mut found = None;
    for line in text.lines() {
        // The name comes first; the names of files here hold no colon.
        let Some((_, findings)) = line.split_once(": ") else {
            continue;
        };
        for finding in findings.split("\\012- ") {
            match kind(finding.trim_start()) {
                Some(FileType::Program) => return Seen::File(Some(FileType::Program)),
                Some(FileType::Dicom) => found = Some(FileType::Dicom),
                other => found = found.or(other),
            }
        }
    }
    Seen::File(found)
}

/// What one finding says; nothing, if it is that the file could not be read. The
/// manual promises the word "executable" for
/// programs; other forms of them have it not.
fn kind(finding: &str) -> Option<FileType> {
    let starts = |names: &[&str]| names.iter().any(|name| finding.starts_with(name));
    if finding.is_empty() || starts(&["cannot open ", "cannot read ", "ERROR: "]) {
        return None;
    }
    Some(if finding.starts_with("DICOM medical imaging data") {
        FileType::Dicom
    } else if starts(&[
        "ELF ",
        "PE32",
        "Mach-O ",
        "MS-DOS executable",
        "compiled Java class",
    ]) || finding
        .split([' ', ','])
        .any(|word| matches!(word, "executable" | "script"))
    {
        FileType::Program
    } else {
        FileType::Other
    })
}

#[cfg(test)]
mod tests;
