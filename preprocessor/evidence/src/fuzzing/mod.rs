//! A door for the fuzzer: any bytes, read as a program's output, as a peer's
//! words or as a file. It is open only in builds for fuzzing and in tests.
#![allow(clippy::unwrap_used)]

mod peers;
mod texts;

use std::cell::OnceCell;

use crate::facts::Seen;
use crate::limits::Limits;
use crate::lines::Shaper;
use crate::scanner::{Context, Output, Scanner};

pub use peers::{dicom, http};
pub use texts::{escape, recording, redact, scene};

/// Reads bytes as if the program had written them to each of its streams, and
/// panics if what comes out could not be stored and shown.
pub fn read(scanner: Scanner, bytes: &[u8]) {
    let Some(tool) = scanner.tool() else { return };
    let output = Output {
        stdout: bytes.to_vec(),
        stderr: bytes.to_vec(),
        report: bytes.to_vec(),
        exit: None,
    };
    let context = Context {
        names: &["SYNTHETIC^ALPHA", "SYNTHETIC^BRAVO"],
        ids: &["SYN-0001", "SYN-0002"],
    };
    let seen = (tool.read)(&output, &context);
    let json = serde_json::to_string(&seen).unwrap_or_default();
    let again: Option<Seen> = serde_json::from_str(&json).ok();
    assert_eq!(again.as_ref(), Some(&seen), "{json}");
    assert!(!json.chars().any(char::is_control), "{json}");

    let limits = Limits::default();
    let keep = ["SYNTHETIC".to_owned()];
    SHAPER.with(|shaper| {
        // A fuzzer reads one program's output, millions of times.
        let shaper = shaper.get_or_init(|| Shaper::of(tool));
        for keep in [&[][..], &keep] {
            let (lines, _) = shaper.lines(&output, keep, &limits);
            assert!(lines.len() <= limits.lines);
            for line in lines {
                let text = line.text.as_str();
                assert!(text.chars().count() <= limits.line_length, "{text}");
                assert!(!text.chars().any(char::is_control), "{text}");
            }
        }
    });
}

thread_local! {
    /// What makes lines of the program's output, made once.
    static SHAPER: OnceCell<Shaper> = const { OnceCell::new() };
}

#[cfg(test)]
mod tests;
