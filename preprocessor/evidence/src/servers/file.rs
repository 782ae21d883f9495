//! A DICOM file, and what its first 128 bytes can pretend to be.

use dicom_core::{Tag, VR};
use dicom_dictionary_std::{tags, uids};

use super::store::instance;
use crate::dicom::{IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME};
use crate::scene::Preamble;

/// How long the preamble is (PS3.10 §7.1).
const PREAMBLE: usize = 128;

/// Whose image the file is.
pub(crate) const PATIENT: (&str, &str) = ("SYNTHETIC^ALPHA", "SYN-0001");

/// The file (PS3.10 §7.1): preamble, prefix, File Meta Information, and the image
/// of an invented patient in Explicit VR Little Endian.
pub(crate) fn part10(preamble: Preamble) -> Vec<u8> {
    let (name, id) = PATIENT;
    let instance_uid = instance::uid("instance", id);
    let text = |tag, vr, text: &str| (tag, vr, instance::padded(vr, text.as_bytes()));
    let meta = [
        (tags::FILE_META_INFORMATION_VERSION, VR::OB, vec![0, 1]),
        text(tags::MEDIA_STORAGE_SOP_CLASS_UID, VR::UI, instance::CLASS),
        text(tags::MEDIA_STORAGE_SOP_INSTANCE_UID, VR::UI, &instance_uid),
        text(
            tags::TRANSFER_SYNTAX_UID,
            VR::UI,
            uids::EXPLICIT_VR_LITTLE_ENDIAN,
        ),
        text(
            tags::IMPLEMENTATION_CLASS_UID,
            VR::UI,
            IMPLEMENTATION_CLASS_UID,
        ),
        text(
            tags::IMPLEMENTATION_VERSION_NAME,
            VR::SH,
            IMPLEMENTATION_VERSION_NAME,
        ),
    ];
    let meta: Vec<u8> = meta.into_iter().flat_map(element).collect();
    let mut file = first_bytes(preamble);
    file.resize(PREAMBLE, 0);
    file.extend(b"DICM");
    let length = (meta.len() as u32).to_le_bytes().to_vec();
    file.extend(element((
        tags::FILE_META_INFORMATION_GROUP_LENGTH,
        VR::UL,
        length,
    )));
    file.extend(meta);
    file.extend(instance::elements(name, id).into_iter().flat_map(element));
    file
}

/// A small DICOM file: the image of an invented patient, two by two black
/// pixels, in Explicit VR Little Endian, and in its first 128 bytes what
/// `preamble` says (PS3.10 §7.1). About 800 bytes, always the same; what
/// pretends to be a program holds nothing that could be run.
pub fn small_file(preamble: Preamble) -> Vec<u8> {
    part10(preamble)
}

/// One element with its value representation written out (PS3.5 §7.1.2). Values
/// here are some dozen bytes long.
fn element((tag, vr, value): (Tag, VR, Vec<u8>)) -> Vec<u8> {
    let Tag(group, number) = tag;
    let mut bytes = [group.to_le_bytes(), number.to_le_bytes()].concat();
    bytes.extend(vr.to_bytes());
    match vr {
        VR::OB | VR::OW => {
            bytes.extend([0; 2]);
            bytes.extend((value.len() as u32).to_le_bytes());
        }
        _ => bytes.extend((value.len() as u16).to_le_bytes()),
    }
    bytes.extend(value);
    bytes
}

/// What the preamble begins with; zeros follow. Both programs are headers and
/// nothing else: no section, no segment, no code and no address at which to
/// begin, so there is nothing in them to be run.
fn first_bytes(preamble: Preamble) -> Vec<u8> {
    match preamble {
        Preamble::Empty => Vec::new(),
        Preamble::WindowsProgram => windows(),
        Preamble::LinuxProgram => linux(),
    }
}

/// The headers of a Windows program (Microsoft, "PE Format"). There is no room
/// for one behind the other: the second begins inside the first, in bytes that
/// only MS-DOS would read.
///
/// The program `file` takes 128 such bytes for "PE32 executable (console)". Of
/// the whole file it says "DICOM medical imaging data" first, and the other only
/// with `--keep-going`.
fn windows() -> Vec<u8> {
    /// Where the second header begins.
    const SECOND: u8 = 28;

    let mut bytes = vec![0; PREAMBLE];
    let mut put = |at: usize, value: &[u8]| {
        for (byte, new) in bytes.iter_mut().skip(at).zip(value) {
            *byte = *new;
        }
    };
    put(0, b"MZ");
    // Relocations of MS-DOS would begin behind 64 bytes, as in all newer
    // programs, and the second header begins there.
    put(24, &[64]);
    put(60, &[SECOND]);
    // COFF: the mark, for the 386; no sections, no date, no symbols.
    put(28, b"PE\0\0\x4c\x01");
    // The size of what follows, and "executable, 32 bit".
    put(48, &[0xE0, 0, 0x02, 0x01]);
    // The mark of PE32. What begins at 120 says "console".
    put(52, &[0x0B, 0x01]);
    put(120, &[3]);
    bytes
}

/// The header of a Linux program (System V ABI, "ELF Header"). Linux refuses to
/// run it: it has no segment.
fn linux() -> Vec<u8> {
    // The mark; 64 bit, little endian, version 1.
    let mut bytes = b"\x7fELF\x02\x01\x01".to_vec();
    bytes.resize(16, 0);
    // Executable, for x86-64, version 1.
    bytes.extend(2_u16.to_le_bytes());
    bytes.extend(62_u16.to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    // Point of entry, segments, sections, flags: none.
    bytes.extend([0; 28]);
    // The size of this header; segments and sections have none.
    bytes.extend(64_u16.to_le_bytes());
    bytes.resize(64, 0);
    bytes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn dicom_begins_behind_the_preamble() {
        for (preamble, mark) in [
            (Preamble::Empty, &b"\0\0\0\0"[..]),
            (Preamble::WindowsProgram, b"MZ"),
            (Preamble::LinuxProgram, b"\x7fELF"),
        ] {
            let file = part10(preamble);
            assert!(file.starts_with(mark), "{preamble:?}");
            assert_eq!(&file[128..132], b"DICM", "{preamble:?}");
            assert_eq!(file[132..], part10(Preamble::Empty)[132..]);
        }
    }

    #[test]
    fn the_group_length_leads_to_the_data_set() {
        let file = part10(Preamble::Empty);
        let length: [u8; 4] = file[140..144].try_into().unwrap();
        let after = 144 + u32::from_le_bytes(length) as usize;
        // SOP Class UID (0008,0016).
        assert_eq!(&file[after..after + 6], b"\x08\0\x16\0UI");
    }
}
