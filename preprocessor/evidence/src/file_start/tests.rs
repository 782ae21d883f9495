#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::scene::Preamble;
use crate::servers::small_file;

#[test]
fn what_is_laid_ready_is_seen_as_what_it_is() {
    for (word, preface, file_type) in [
        ("empty", Preface::Zeros, FileType::Dicom),
        (
            "windows-program",
            Preface::WindowsProgram,
            FileType::Program,
        ),
        ("linux-program", Preface::LinuxProgram, FileType::Program),
    ] {
        let start = FileStart::of(&small_file(word.parse().unwrap()));
        assert_eq!((start.preface, start.file_type), (preface, file_type));
        assert!(start.dicm, "{word}");
        assert!(start.same_data(&FileStart::of(&small_file(Preamble::Empty))));
    }
    assert_eq!("windows".parse::<Preamble>(), Err(()));
}

#[test]
fn every_mark_is_known() {
    let file = small_file(Preamble::Empty);
    for (mark, preface) in [
        (&b"MZ\x90\0"[..], Preface::WindowsProgram),
        (b"\x7fELF\x02", Preface::LinuxProgram),
        (b"\xcf\xfa\xed\xfe", Preface::MacProgram),
        (b"\xca\xfe\xba\xbe", Preface::MacProgram),
        (b"#!/bin/sh\n", Preface::Script),
        (b"II*\0", Preface::Tiff),
        (b"MM\0*", Preface::Tiff),
        (b"%PDF-1.4", Preface::Other),
        (b"\0\0\0\0\0\0\0\x01", Preface::Other),
    ] {
        let mut marked = file.clone();
        marked[..mark.len()].copy_from_slice(mark);
        let start = FileStart::of(&marked);
        assert_eq!(start.preface, preface);
        let expected = match preface.is_program() {
            true => FileType::Program,
            false => FileType::Dicom,
        };
        assert_eq!(start.file_type, expected);
        assert!(start.same_data(&FileStart::of(&file)));
    }
}

#[test]
fn a_changed_byte_after_the_preamble_is_noticed() {
    let file = small_file(Preamble::Empty);
    let before = FileStart::of(&file);
    for at in [128, 131, 132, file.len() - 1] {
        let mut changed = file.clone();
        changed[at] ^= 1;
        let after = FileStart::of(&changed);
        assert!(!after.same_data(&before), "{at}");
        assert_eq!(after.dicm, at >= 132);
    }
    assert!(!FileStart::of(&file[..file.len() - 1]).same_data(&before));
    assert!(!FileStart::of(&file[..100]).same_data(&before));
}

#[test]
fn a_file_that_ends_too_soon_says_so() {
    for (bytes, preface, file_type) in [
        (&b""[..], Preface::CutOff, FileType::Other),
        (&[0; 127], Preface::CutOff, FileType::Other),
        (&[0; 128], Preface::Zeros, FileType::Other),
        (b"#!/bin/sh\n", Preface::Script, FileType::Program),
    ] {
        let start = FileStart::of(bytes);
        assert_eq!((start.preface, start.file_type), (preface, file_type));
        assert_eq!((start.dicm, start.rest), (false, None));
    }
}

#[test]
fn lines_say_what_was_seen() {
    let start = FileStart::of(&small_file(Preamble::LinuxProgram));
    let lines: Vec<String> = start
        .lines()
        .iter()
        .map(|line| line.text.as_plain().into_owned())
        .collect();
    assert_eq!(
        lines[..3],
        [
            "first 128 bytes   ELF, the beginning of a Linux program",
            "after them        DICM, as in every DICOM file",
            "taken for         a program",
        ]
    );
    let digest = start.rest.unwrap();
    assert_eq!(digest.len(), DIGITS);
    assert!(lines[3].contains(&digest), "{lines:?}");
}

#[test]
fn only_files_of_a_sensible_size_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let none = FileStart::read(&folder.join("no-such-file.dcm"));
    assert!(matches!(none, Err(FileStartError::Read(_))));
    assert!(matches!(
        FileStart::read(folder),
        Err(FileStartError::NoFile)
    ));
    let endless = FileStart::from_reader(io::repeat(0));
    assert!(matches!(endless, Err(FileStartError::TooLong)));
    let manifest = FileStart::read(&folder.join("Cargo.toml")).unwrap();
    assert_eq!(manifest.file_type, FileType::Other);
}

proptest! {
    #[test]
    fn a_file_is_seen_as_its_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let start = FileStart::of(&bytes);
        let again = FileStart::from_reader(bytes.as_slice()).unwrap();
        prop_assert_eq!(&start, &again);
        prop_assert_eq!(start.lines().len(), 4);
        let json = serde_json::to_string(&start).unwrap();
        prop_assert_eq!(serde_json::from_str::<FileStart>(&json).unwrap(), start);
    }
}
