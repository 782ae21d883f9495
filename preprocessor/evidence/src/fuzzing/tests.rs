//! Every committed input of the fuzzer, read with the stable compiler.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// The folders of a target: what the fuzzer starts from, and what once went wrong.
fn folders(target: &str) -> [PathBuf; 2] {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    ["corpus", "regressions"].map(|kind| fuzz.join(kind).join(target))
}

fn inputs(target: &str) -> Vec<PathBuf> {
    let files = folders(target)
        .into_iter()
        .filter_map(|folder| fs::read_dir(folder).ok());
    files.flatten().map(|file| file.unwrap().path()).collect()
}

fn read_all(target: &str, read: impl Fn(&[u8])) {
    let files = inputs(target);
    assert!(files.len() >= 5, "{target} has {} files", files.len());
    for file in files {
        read(&fs::read(file).unwrap());
    }
}

/// A program whose outputs nobody collected would not be fuzzed. `dcmconv` and
/// `openssl req` write files, and nothing is read of what they say.
#[test]
fn every_program_has_a_corpus_of_which_all_can_be_read() {
    let writers = [Scanner::Dcmconv, Scanner::Req];
    let is_read = |scanner: &Scanner| scanner.tool().is_some() && !writers.contains(scanner);
    for scanner in Scanner::ALL.into_iter().filter(is_read) {
        let target = scanner.to_string().replace('-', "_");
        // Each program's in a thread of its own, as in a fuzzer.
        let reading = move || read_all(&target, |bytes| read(scanner, bytes));
        std::thread::spawn(reading).join().unwrap();
    }
}

#[test]
fn every_word_of_a_peer_can_be_heard() {
    read_all("dicom", dicom);
    read_all("http", http);
}

#[test]
fn every_text_can_be_read() {
    read_all("scene", scene);
    read_all("recording", recording);
    read_all("redactor", redact);
    read_all("escape", escape);
}
