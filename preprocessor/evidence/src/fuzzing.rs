//! A door for the fuzzer: any bytes, read as a program's output. It is open only
//! in builds for fuzzing and in tests.

use std::cell::OnceCell;

use crate::facts::Seen;
use crate::limits::Limits;
use crate::lines::Shaper;
use crate::scanner::{Context, Output, Scanner};

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
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    fn corpus() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
    }

    /// A program whose outputs nobody collected would not be fuzzed. `dcmconv` and
    /// `openssl req` write files, and nothing is read of what they say.
    #[test]
    fn every_program_has_a_corpus() {
        let writers = [Scanner::Dcmconv, Scanner::Req];
        let read = |scanner: &Scanner| scanner.tool().is_some() && !writers.contains(scanner);
        for scanner in Scanner::ALL.into_iter().filter(read) {
            let folder = corpus().join(scanner.to_string().replace('-', "_"));
            let files = fs::read_dir(&folder).map_or(0, Iterator::count);
            assert!(files >= 5, "{} has {files} files", folder.display());
        }
    }

    /// Real outputs and hostile ones, from which the fuzzer starts too.
    #[test]
    fn every_output_of_the_corpus_can_be_read() {
        for folder in fs::read_dir(corpus()).unwrap() {
            let folder = folder.unwrap().path();
            let name = folder.file_name().unwrap().to_string_lossy();
            let scanner: Scanner = name.replace('_', "-").parse().unwrap();
            let files: Vec<_> = fs::read_dir(&folder).unwrap().collect();
            assert!(files.len() >= 5, "{name}");
            for file in files {
                let bytes = fs::read(file.unwrap().path()).unwrap();
                // Each program's in a thread of its own, as in a fuzzer.
                std::thread::spawn(move || read(scanner, &bytes))
                    .join()
                    .unwrap();
            }
        }
    }
}
