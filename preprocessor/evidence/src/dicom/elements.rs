//! Flat lists of elements in Implicit VR Little Endian.
//!
//! Command sets are always encoded so (PS3.7 §6.3.1), and the lab's data sets
//! too: every application has to offer it (PS3.5 §10.1). The codec for element
//! headers is dicom-encoding's. The values are read here and not by
//! dicom-object, because that makes room for whatever length an element
//! announces, 4 GB included, and descends into sequences without a limit;
//! a stranger's message must be able to do neither.

use std::io;

use dicom_core::dictionary::stub::StubDataDictionary;
use dicom_core::header::{DataElementHeader, HasLength, Header};
use dicom_core::{Length, Tag, VR};
use dicom_encoding::decode::Decode;
use dicom_encoding::decode::implicit_le::ImplicitVRLittleEndianDecoder;
use dicom_encoding::encode::Encode;
use dicom_encoding::encode::implicit_le::ImplicitVRLittleEndianEncoder;

/// Elements by rising tag, with their values as bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Elements {
    list: Vec<(Tag, Vec<u8>)>,
    /// Whether the reading stopped, so that more may have followed.
    cut: bool,
}

/// The bytes are not a flat list of elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotElements;

impl Elements {
    /// Reads all elements. The values' sizes add up to at most `bytes.len()`.
    ///
    /// A value of undefined length, i.e. a sequence, ends the reading without
    /// an error, and what follows is not known: see [`is_whole`](Self::is_whole).
    pub(crate) fn read(bytes: &[u8]) -> Result<Elements, NotElements> {
        let decoder = ImplicitVRLittleEndianDecoder::with_dict(StubDataDictionary);
        let mut elements = Elements::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (header, _) = decoder.decode_header(&mut rest).map_err(|_| NotElements)?;
            let Some(length) = header.length().get() else {
                elements.cut = true;
                break;
            };
            let length = usize::try_from(length).map_err(|_| NotElements)?;
            let (value, after) = rest.split_at_checked(length).ok_or(NotElements)?;
            elements.put(header.tag(), value.to_vec());
            rest = after;
        }
        Ok(elements)
    }

    /// Writes all elements.
    pub(crate) fn write(&self) -> io::Result<Vec<u8>> {
        let encoder = ImplicitVRLittleEndianEncoder::default();
        let mut bytes = Vec::new();
        for (tag, value) in &self.list {
            let length = u32::try_from(value.len()).map_err(io::Error::other)?;
            let header = DataElementHeader::new(*tag, VR::UN, Length(length));
            encoder
                .encode_element_header(&mut bytes, header)
                .map_err(io::Error::other)?;
            bytes.extend_from_slice(value);
        }
        Ok(bytes)
    }

    /// Sets an element to bytes, which must be of even length already.
    pub(crate) fn put(&mut self, tag: Tag, value: Vec<u8>) {
        match self.list.binary_search_by_key(&tag, |(tag, _)| *tag) {
            Ok(index) => {
                if let Some(element) = self.list.get_mut(index) {
                    element.1 = value;
                }
            }
            Err(index) => self.list.insert(index, (tag, value)),
        }
    }

    /// Sets an element to a 16-bit number (value representation US).
    pub(crate) fn put_number(&mut self, tag: Tag, number: u16) {
        self.put(tag, number.to_le_bytes().to_vec());
    }

    /// Sets an element to a 32-bit number (value representation UL).
    pub(crate) fn put_long(&mut self, tag: Tag, number: u32) {
        self.put(tag, number.to_le_bytes().to_vec());
    }

    /// Sets an element to text, padded with a space to even length
    /// (PS3.5 §6.2).
    pub(crate) fn put_text(&mut self, tag: Tag, text: &str) {
        self.put_padded(tag, text, b' ');
    }

    /// Sets an element to a UID, padded with a NUL to even length
    /// (PS3.5 §9.1).
    pub(crate) fn put_uid(&mut self, tag: Tag, uid: &str) {
        self.put_padded(tag, uid, 0);
    }

    fn put_padded(&mut self, tag: Tag, text: &str, padding: u8) {
        let mut value = text.as_bytes().to_vec();
        if value.len() % 2 == 1 {
            value.push(padding);
        }
        self.put(tag, value);
    }

    /// An element's bytes.
    pub(crate) fn bytes(&self, tag: Tag) -> Option<&[u8]> {
        let place = self.list.binary_search_by_key(&tag, |(tag, _)| *tag);
        let (_, value) = self.list.get(place.ok()?)?;
        Some(value)
    }

    /// An element as a 16-bit number.
    pub(crate) fn number(&self, tag: Tag) -> Option<u16> {
        let bytes = self.bytes(tag)?.try_into().ok()?;
        Some(u16::from_le_bytes(bytes))
    }

    /// An element as text without padding; other than ASCII is replaced.
    pub(crate) fn text(&self, tag: Tag) -> Option<String> {
        let text = String::from_utf8_lossy(self.bytes(tag)?).into_owned();
        Some(text.trim_matches([' ', '\0']).to_owned())
    }

    /// The tags in rising order.
    pub(crate) fn tags(&self) -> impl Iterator<Item = Tag> + '_ {
        self.list.iter().map(|(tag, _)| *tag)
    }

    /// Whether everything was read; otherwise a missing element may have
    /// stood behind a sequence.
    pub(crate) fn is_whole(&self) -> bool {
        !self.cut
    }

    /// Whether there was no element at all, read or not.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty() && !self.cut
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use dicom_dictionary_std::tags;

    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let mut elements = Elements::default();
        elements.put_text(tags::PATIENT_NAME, "SYNTHETIC^ALPHA");
        elements.put_number(tags::STATUS, 0xFF00);
        elements.put_uid(tags::AFFECTED_SOP_CLASS_UID, "1.2.3");
        let bytes = elements.write().unwrap();
        assert_eq!(bytes.len() % 2, 0);
        let again = Elements::read(&bytes).unwrap();
        assert_eq!(again, elements);
        assert_eq!(again.number(tags::STATUS), Some(0xFF00));
        assert_eq!(again.text(tags::PATIENT_NAME).unwrap(), "SYNTHETIC^ALPHA");
        let order: Vec<_> = again.tags().collect();
        assert!(order.is_sorted());
    }

    #[test]
    fn a_length_beyond_the_message_is_refused_without_making_room() {
        let mut bytes = vec![0x10, 0, 0x10, 0];
        bytes.extend_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
        bytes.extend_from_slice(b"abc");
        assert_eq!(Elements::read(&bytes), Err(NotElements));
        assert_eq!(Elements::read(&bytes[..5]), Err(NotElements));
    }

    #[test]
    fn what_stands_behind_a_sequence_is_known_to_be_unknown() {
        let mut bytes = Vec::new();
        bytes.extend_from_slice(b"\x08\0\x52\0\x08\0\0\0PATIENT ");
        let whole = Elements::read(&bytes).unwrap();
        assert!(whole.is_whole() && !whole.is_empty());
        // A sequence of undefined length, and a name behind it.
        bytes.extend_from_slice(b"\x08\0\x20\x11\xff\xff\xff\xff\xfe\xff\xdd\xe0\0\0\0\0");
        bytes.extend_from_slice(b"\x10\0\x10\0\x06\0\0\0NOBODY");
        let cut = Elements::read(&bytes).unwrap();
        assert!(!cut.is_whole());
        assert_eq!(cut.text(tags::QUERY_RETRIEVE_LEVEL).unwrap(), "PATIENT");
        assert!(Elements::read(b"").unwrap().is_empty());
    }

    #[test]
    fn a_tower_of_sequences_is_not_climbed() {
        let mut bytes = Vec::new();
        for _ in 0..10_000 {
            bytes.extend_from_slice(&[0x40, 0, 0x00, 0x01, 0xFF, 0xFF, 0xFF, 0xFF]);
            bytes.extend_from_slice(&[0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF]);
        }
        let elements = Elements::read(&bytes).unwrap();
        assert_eq!(elements.tags().count(), 0);
        assert!(!elements.is_whole() && !elements.is_empty());
    }
}
