//! The beginning of a file, looked at by ourselves (PS3.10 §7.1).

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use crate::clean::Clean;
use crate::facts::FileType;
use crate::transcript::Line;

/// How long the preamble is (PS3.10 §7.1).
const PREAMBLE: usize = 128;

/// The prefix that follows on it.
const PREFIX: &[u8] = b"DICM";

/// How much is looked at: the preamble and the prefix.
const START: usize = PREAMBLE + PREFIX.len();

/// The longest file that is read, in bytes; files here have some 800.
const LARGEST: u64 = 64 * 1024 * 1024;

/// How many hexadecimal digits of a digest are kept.
const DIGITS: usize = 16;

/// The width of the first column.
const WHAT: usize = 18;

/// The longest line, in characters.
const LONGEST: usize = 160;

/// What stands at the beginning of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FileStart {
    /// What the first 128 bytes are.
    pub preface: Preface,
    /// Whether `DICM` follows on them.
    pub dicm: bool,
    /// What that makes of the file: a program, if it begins like one, whatever
    /// follows; else DICOM, if `DICM` is there. The program `file` may see it
    /// otherwise: it takes a DICOM file that begins like a program of Windows
    /// for DICOM, and says the other only when told to keep looking.
    pub file_type: FileType,
    /// How many bytes follow on the first 128.
    pub length: u64,
    /// Those bytes' digest, the first 16 hexadecimal digits of SHA-256; nothing,
    /// if there are none. It is the same as long as nobody changed what follows
    /// on the preamble.
    pub rest: Option<String>,
}

/// What the first 128 bytes of a file are. Names of systems are those by which
/// the mark is known; nothing is said about whether anything could be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preface {
    /// Zeros: a preamble that is not used (PS3.10 §7.1).
    Zeros,
    /// `II` or `MM` and a number: TIFF, a form of pictures.
    Tiff,
    /// `MZ`: MS-DOS and Windows.
    WindowsProgram,
    /// `ELF`: Linux and others.
    LinuxProgram,
    /// The marks of Mach-O; one of them is also that of Java.
    MacProgram,
    /// `#!`: a text that another program carries out.
    Script,
    /// Something else.
    Other,
    /// The file ends before.
    CutOff,
}

/// A file whose beginning could not be looked at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileStartError {
    /// It is not there, or cannot be read.
    #[error("the file cannot be read")]
    Read(#[from] io::Error),
    /// It is a folder, a device or the like.
    #[error("this is no file")]
    NoFile,
    /// It is longer than anything that is laid ready here.
    #[error("the file has more than {} MiB, and is not one of ours", LARGEST / 1024 / 1024)]
    TooLong,
}

impl FileStart {
    /// Looks at a file: at the first 132 bytes, and at the digest of what follows
    /// on the first 128.
    ///
    /// # Errors
    /// It cannot be read, is no file, or has more than 64 MiB.
    pub fn read(path: &Path) -> Result<FileStart, FileStartError> {
        // A pipe would be waited for.
        if !std::fs::metadata(path)?.is_file() {
            return Err(FileStartError::NoFile);
        }
        FileStart::from_reader(File::open(path)?)
    }

    /// Looks at bytes in the same way.
    pub fn of(bytes: &[u8]) -> FileStart {
        let (start, rest) = bytes.split_at(bytes.len().min(PREAMBLE));
        let mut context = Context::new(&SHA256);
        context.update(rest);
        let dicm = rest.starts_with(PREFIX);
        FileStart::from_parts(start, dicm, rest.len() as u64, context)
    }

    fn from_reader(file: impl Read) -> Result<FileStart, FileStartError> {
        let mut file = file.take(LARGEST + 1);
        let mut start = Vec::with_capacity(START);
        file.by_ref().take(START as u64).read_to_end(&mut start)?;
        let (start, first) = start.split_at(start.len().min(PREAMBLE));
        let mut context = Context::new(&SHA256);
        context.update(first);
        let mut length = first.len() as u64;
        let mut piece = vec![0; 16 * 1024];
        loop {
            let count = match file.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            context.update(piece.get(..count).unwrap_or_default());
            length += count as u64;
        }
        if length + start.len() as u64 > LARGEST {
            return Err(FileStartError::TooLong);
        }
        Ok(FileStart::from_parts(
            start,
            first == PREFIX,
            length,
            context,
        ))
    }

    fn from_parts(start: &[u8], dicm: bool, length: u64, rest: Context) -> FileStart {
        let preface = Preface::of(start);
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let digest = rest.finish();
        let shown = digest.as_ref().get(..DIGITS / 2).unwrap_or_default();
        let rest = (length > 0).then(|| hex(shown));
        FileStart {
            preface,
            dicm,
            file_type: match (preface.is_program(), dicm) {
                (true, _) => FileType::Program,
                (false, true) => FileType::Dicom,
                (false, false) => FileType::Other,
            },
            length,
            rest,
        }
    }

    /// Whether what follows on the preamble is the same as in another file, or
    /// as it was before.
    pub fn same_data(&self, other: &FileStart) -> bool {
        (self.length, &self.rest) == (other.length, &other.rest)
    }

    /// What was seen, for people.
    pub fn lines(&self) -> Vec<Line> {
        let dicm = match self.dicm {
            true => "DICM, as in every DICOM file",
            false => "no DICM: this is no DICOM file",
        };
        let rest = match &self.rest {
            None => "there is nothing".to_owned(),
            Some(digest) => format!("{} bytes, SHA-256 {digest}…", self.length),
        };
        let rows = [
            ("first 128 bytes", self.preface.to_string()),
            ("after them", dicm.to_owned()),
            ("taken for", self.file_type.to_string()),
            ("the data", rest),
        ];
        let line = |(what, words)| Line {
            text: Clean::line(&format!("{what:WHAT$}{words}"), LONGEST),
            volatile: false,
        };
        rows.map(line).into()
    }
}

impl Preface {
    /// What these bytes are, at most the first 128 of a file.
    fn of(start: &[u8]) -> Preface {
        let begins = |marks: &[&[u8]]| marks.iter().any(|mark| start.starts_with(mark));
        if begins(&[b"MZ"]) {
            Preface::WindowsProgram
        } else if begins(&[b"\x7fELF"]) {
            Preface::LinuxProgram
        } else if begins(&[
            b"\xfe\xed\xfa\xce",
            b"\xfe\xed\xfa\xcf",
            b"\xce\xfa\xed\xfe",
            b"\xcf\xfa\xed\xfe",
            b"\xca\xfe\xba\xbe",
        ]) {
            Preface::MacProgram
        } else if begins(&[b"#!"]) {
            Preface::Script
        } else if begins(&[b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"]) {
            Preface::Tiff
        } else if start.len() < PREAMBLE {
            Preface::CutOff
        } else if start.iter().all(|byte| *byte == 0) {
            Preface::Zeros
        } else {
            Preface::Other
        }
    }

    /// Whether a system could take it for a program.
    pub fn is_program(self) -> bool {
        match self {
            Preface::WindowsProgram
            | Preface::LinuxProgram
            | Preface::MacProgram
            | Preface::Script => true,
            Preface::Zeros | Preface::Tiff | Preface::Other | Preface::CutOff => false,
        }
    }
}

impl fmt::Display for Preface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Preface::Zeros => "zeros: a blank preamble",
            Preface::Tiff => "the beginning of a TIFF picture",
            Preface::WindowsProgram => "MZ, the beginning of a Windows program",
            Preface::LinuxProgram => "ELF, the beginning of a Linux program",
            Preface::MacProgram => "the beginning of a macOS program, or of one in Java",
            Preface::Script => "#!, the beginning of a script",
            Preface::Other => "neither zeros nor anything that is known here",
            Preface::CutOff => "the file ends before",
        })
    }
}

#[cfg(test)]
mod tests;
