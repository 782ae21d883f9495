//! What a student types.

use std::io::{self, BufRead, Read};

use tokio::sync::mpsc::{self, Receiver};

/// The longest line that is read, in bytes; whatever follows in it is passed over.
const LONGEST: usize = 400;

/// A line that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// Words.
    Words(String),
    /// More than anybody types here.
    TooLong,
    /// Something that is no text.
    NoText,
}

/// Reads standard input, line by line, for as long as it lasts. A thread of its own does so, because
/// reading cannot be interrupted; it ends with the program.
pub(super) fn lines() -> Receiver<Typed> {
    let (tell, told) = mpsc::channel(16);
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Some(line) = next(&mut input) {
            if tell.blocking_send(line).is_err() {
                return;
            }
        }
    });
    told
}

/// The next line; nothing, when the input has ended or cannot be read.
fn next(input: &mut impl BufRead) -> Option<Typed> {
    let mut line = Vec::new();
    let room = LONGEST as u64 + 1;
    let read = input.by_ref().take(room).read_until(b'\n', &mut line);
    if read.ok()? == 0 {
        return None;
    }
    if line.last() != Some(&b'\n') && line.len() > LONGEST {
        skip_line(input)?;
        return Some(Typed::TooLong);
    }
    let Ok(text) = String::from_utf8(line) else {
        return Some(Typed::NoText);
    };
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Some(Typed::NoText);
    }
    Some(Typed::Words(text.to_owned()))
}

/// Passes over the rest of a line, however long it is, without keeping it.
fn skip_line(input: &mut impl BufRead) -> Option<()> {
    loop {
        let piece = match input.fill_buf() {
            Ok(piece) => piece,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return None,
        };
        if piece.is_empty() {
            return Some(());
        }
        let (length, ended) = match piece.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (piece.len(), false),
        };
        input.consume(length);
        if ended {
            return Some(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_becomes_lines() {
        let mut bytes = b"look\n  3  \n\xff\xfe\n\x1b[A\n".to_vec();
        bytes.extend(vec![b'x'; 100_000]);
        bytes.extend(b"\nquit");
        let mut input = io::Cursor::new(bytes);
        let words = |text: &str| Some(Typed::Words(text.to_owned()));
        assert_eq!(next(&mut input), words("look"));
        assert_eq!(next(&mut input), words("3"));
        assert_eq!(next(&mut input), Some(Typed::NoText));
        assert_eq!(next(&mut input), Some(Typed::NoText));
        assert_eq!(next(&mut input), Some(Typed::TooLong));
        assert_eq!(next(&mut input), words("quit"));
        assert_eq!(next(&mut input), None);
    }
}
