//! The student's files, read with care: they may be anything.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use thiserror::Error;

/// The longest file that is read, in bytes. The longest scene has some 2,000.
const LONGEST: u64 = 1 << 20;

/// Why a student's file cannot be used.
#[derive(Debug, Error)]
pub(super) enum NoFile {
    /// It is not there.
    #[error("it is not there")]
    Missing,
    /// It is a folder, a link, a device.
    #[error("it is {0}, where a plain file belongs")]
    Other(&'static str),
    /// It is far too long.
    #[error("it has {:.1} MB, and nothing here is longer than 1 MB", *.0 as f64 / 1e6)]
    TooLong(u64),
    /// It is no text.
    #[error("it is no text in UTF-8")]
    NoText,
    /// The system does not let us.
    #[error("it cannot be read: {0}")]
    System(io::Error),
}

/// The bytes of a plain file. Links are not followed, and nothing is read that is far too long.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, NoFile> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => NoFile::Missing,
        _ => NoFile::System(error),
    };
    let kind = fs::symlink_metadata(path).map_err(failed)?;
    if kind.is_symlink() {
        return Err(NoFile::Other("a link"));
    }
    if kind.is_dir() {
        return Err(NoFile::Other("a folder"));
    }
    if !kind.is_file() {
        return Err(NoFile::Other("something special"));
    }
    if kind.len() > LONGEST {
        return Err(NoFile::TooLong(kind.len()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    match bytes.len() as u64 {
        length if length > LONGEST => Err(NoFile::TooLong(length)),
        _ => Ok(bytes),
    }
}

/// The text of a plain file.
pub(super) fn text(path: &Path) -> Result<String, NoFile> {
    String::from_utf8(bytes(path)?).map_err(|_| NoFile::NoText)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_texts_of_some_length_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let why = |name: &str| text(&path(name)).unwrap_err().to_string();
        fs::write(path("good"), "title").unwrap();
        assert_eq!(text(&path("good")).unwrap(), "title");
        assert_eq!(why("none"), "it is not there");
        assert_eq!(why("good/below"), "it is not there");
        fs::create_dir(path("folder")).unwrap();
        assert!(why("folder").contains("a folder"));
        fs::write(path("bytes"), [0xff, 0xfe]).unwrap();
        assert!(why("bytes").contains("no text"));
        File::create(path("long"))
            .unwrap()
            .set_len(100_000_000)
            .unwrap();
        assert!(why("long").contains("100.0 MB"), "{}", why("long"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(path("good"), path("link")).unwrap();
            assert!(why("link").contains("a link"));
        }
    }
}
