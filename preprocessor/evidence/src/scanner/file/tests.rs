#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;

/// What an output means.
fn taken_for(stdout: &[u8]) -> Option<FileType> {
    let output = Output {
        stdout: stdout.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::File(kind) => kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn real_outputs() {
    use FileType::{Dicom, Other, Program};
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/file");
    for (name, kind) in [
        ("dicom", Some(Dicom)),
        ("dicom-all", Some(Dicom)),
        ("dicom-with-linux-preamble", Some(Program)),
        ("dicom-with-linux-preamble-all", Some(Program)),
        ("dicom-with-four-bytes-of-elf", Some(Program)),
        // Its finding for DICOM weighs more than the one for Windows.
        ("dicom-with-windows-preamble", Some(Dicom)),
        ("dicom-with-windows-preamble-all", Some(Program)),
        ("dicom-with-macos-preamble", Some(Program)),
        ("dicom-with-java-preamble", Some(Program)),
        ("dicom-with-shell-preamble", Some(Program)),
        ("dicom-with-python-preamble", Some(Dicom)),
        ("dicom-with-tiff-preamble", Some(Other)),
        ("dicom-with-pdf-preamble", Some(Other)),
        ("program", Some(Program)),
        ("script", Some(Program)),
        ("several", Some(Program)),
        ("text", Some(Other)),
        ("empty", Some(Other)),
        ("cut-off", Some(Other)),
        ("without-prefix", Some(Other)),
        ("missing", None),
        ("no-arguments", None),
    ] {
        assert_eq!(
            taken_for(&fs::read(corpus.join(name)).unwrap()),
            kind,
            "{name}"
        );
    }
    for entry in fs::read_dir(corpus).unwrap() {
        taken_for(&fs::read(entry.unwrap().path()).unwrap());
    }
}

#[test]
fn versions() {
    let answer = "file-5.44\nmagic file from /etc/magic:/usr/share/misc/magic\n";
    assert_eq!(version(answer).as_deref(), Some("5.44"));
    assert_eq!(version("file-\u{1b}[31m\n"), None);
    assert_eq!(version(""), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        taken_for(&bytes);
    }

    #[test]
    fn details_after_the_finding_change_nothing(
        details in prop_oneof![
            "[^\r\n\\\\]{0,100}",
            Just("\u{1b}[2J<script>{{#include}}\0\u{202e}".to_owned()),
            Just("A".repeat(200_000)),
        ],
    ) {
        let text = format!("x.dcm: ELF 64-bit LSB {details}\n");
        prop_assert_eq!(taken_for(text.as_bytes()), Some(FileType::Program));
    }
}
