//! The image of an invented patient.

use dicom_core::{Tag, VR};
use dicom_dictionary_std::{tags, uids};
use ring::digest::{SHA256, digest};

/// What the image is: any picture that was not taken by a device (PS3.4 §B.5,
/// PS3.3 §A.8).
pub(in crate::servers) const CLASS: &str = uids::SECONDARY_CAPTURE_IMAGE_STORAGE;

/// The day of every study.
pub(crate) const DAY: &str = "20260102";

/// The time of every study.
pub(crate) const TIME: &str = "090000";

/// All elements of the image by rising tag, padded to even length (PS3.5 §6.2):
/// two by two black pixels, and what PS3.3 §A.8.1 asks for. The same patient
/// has the same image in every run.
pub(in crate::servers) fn elements(name: &str, id: &str) -> Vec<(Tag, VR, Vec<u8>)> {
    let instance = uid("instance", id);
    let study = uid("study", id);
    let series = uid("series", id);
    let texts = [
        (tags::SOP_CLASS_UID, VR::UI, CLASS),
        (tags::SOP_INSTANCE_UID, VR::UI, &instance),
        (tags::STUDY_DATE, VR::DA, DAY),
        (tags::STUDY_TIME, VR::TM, TIME),
        (tags::ACCESSION_NUMBER, VR::SH, ""),
        (tags::MODALITY, VR::CS, "OT"),
        // Made on a workstation.
        (tags::CONVERSION_TYPE, VR::CS, "WSD"),
        (tags::MANUFACTURER, VR::LO, ""),
        (tags::REFERRING_PHYSICIAN_NAME, VR::PN, ""),
        (tags::PATIENT_NAME, VR::PN, name),
        (tags::PATIENT_ID, VR::LO, id),
        (tags::PATIENT_BIRTH_DATE, VR::DA, ""),
        (tags::PATIENT_SEX, VR::CS, ""),
        (tags::STUDY_INSTANCE_UID, VR::UI, &study),
        (tags::SERIES_INSTANCE_UID, VR::UI, &series),
        (tags::STUDY_ID, VR::SH, "1"),
        (tags::SERIES_NUMBER, VR::IS, "1"),
        (tags::INSTANCE_NUMBER, VR::IS, "1"),
        (tags::PATIENT_ORIENTATION, VR::CS, ""),
        (tags::PHOTOMETRIC_INTERPRETATION, VR::CS, "MONOCHROME2"),
    ];
    let numbers = [
        (tags::SAMPLES_PER_PIXEL, 1_u16),
        (tags::ROWS, 2),
        (tags::COLUMNS, 2),
        (tags::BITS_ALLOCATED, 8),
        (tags::BITS_STORED, 8),
        (tags::HIGH_BIT, 7),
        (tags::PIXEL_REPRESENTATION, 0),
    ];
    let texts = texts.map(|(tag, vr, text)| (tag, vr, padded(vr, text.as_bytes())));
    let numbers = numbers.map(|(tag, number)| (tag, VR::US, number.to_le_bytes().to_vec()));
    let pixels = (tags::PIXEL_DATA, VR::OW, vec![0; 4]);
    let mut all: Vec<_> = texts.into_iter().chain(numbers).chain([pixels]).collect();
    all.sort_by_key(|(tag, ..)| *tag);
    all
}

/// A value of even length: UIDs end in a NUL, other text in a space (PS3.5 §9.1,
/// §6.2).
pub(in crate::servers) fn padded(vr: VR, value: &[u8]) -> Vec<u8> {
    let mut value = value.to_vec();
    if value.len() % 2 == 1 {
        value.push(if vr == VR::UI { 0 } else { b' ' });
    }
    value
}

/// A UID that is always the same for the same patient: a UUID made from the
/// digest of what it is for (RFC 9562 §5.8, version 8), as a number (PS3.5 §B.2).
pub(crate) fn uid(what: &str, id: &str) -> String {
    let digest = digest(&SHA256, format!("{what} {id}").as_bytes());
    let bytes = digest.as_ref().iter().take(16);
    let number = bytes.fold(0, |number: u128, byte| number << 8 | u128::from(*byte));
    let rest = !(0xF << 76 | 0b11 << 62);
    let uuid = number & rest | 8 << 76 | 0b10 << 62;
    format!("2.25.{uuid}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn elements_rise_and_are_even() {
        let elements = elements("SYNTHETIC^ALPHA", "SYN-0001");
        assert!(elements.is_sorted_by_key(|(tag, ..)| *tag));
        for (tag, _, value) in elements {
            assert_eq!(value.len() % 2, 0, "{tag}");
        }
    }

    #[test]
    fn a_patient_keeps_its_uids() {
        let one = uid("study", "SYN-0001");
        assert_eq!(one, uid("study", "SYN-0001"));
        assert_ne!(one, uid("study", "SYN-0002"));
        assert_ne!(one, uid("series", "SYN-0001"));
        assert!(one.len() <= 64, "{one}");
        let uuid: u128 = one.strip_prefix("2.25.").unwrap().parse().unwrap();
        assert_eq!((uuid >> 76 & 0xF, uuid >> 62 & 0b11), (8, 0b10));
    }
}
