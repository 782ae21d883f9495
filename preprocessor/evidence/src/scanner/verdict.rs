//! Saying what answered, by its first bytes and by how it ended.

use crate::dicom::stream::Ending;
use crate::facts::Peer;

/// The types of TLS records (RFC 8446 §5.1).
const TLS_RECORDS: std::ops::RangeInclusive<u8> = 20..=23;

/// The types of PDUs (PS3.8 §9.3.1).
const PDUS: std::ops::RangeInclusive<u8> = 1..=7;

/// What the first bytes look like, should nothing more be known.
pub(super) fn by_bytes(head: &[u8]) -> Peer {
    match head {
        [] => Peer::Silent,
        [kind, 3, ..] if TLS_RECORDS.contains(kind) => Peer::Tls,
        [b'H', b'T', b'T', b'P', b'/', ..] => Peer::Http,
        [b'S', b'S', b'H', b'-', ..] => Peer::Ssh,
        _ => Peer::Other,
    }
}

/// What answered, when clear text or decrypted bytes did not become a PDU.
pub(super) fn by_ending(head: &[u8], ending: &Ending) -> Peer {
    match (head, ending) {
        ([], Ending::Silence) => Peer::Silent,
        ([], Ending::Closed { .. }) => Peer::HungUp,
        // Our own limit, or an announcement beyond it. The second byte of a
        // PDU is reserved and zero; text that begins with a small control
        // character would announce absurd lengths too.
        ([_, 0, ..], Ending::TooMuch) => Peer::Endless,
        (head, Ending::TooMuch | Ending::Malformed) => by_bytes(head),
        (_, Ending::Silence | Ending::Closed { .. }) => Peer::CutOff,
        // Only a PDU can have undefined codes.
        (_, Ending::UndefinedRejection | Ending::UndefinedAbort) => Peer::Dicom,
    }
}

/// What answered a TLS hello with bytes that are not TLS.
pub(super) fn by_answer_to_hello(head: &[u8]) -> Peer {
    match head {
        [kind, 0, ..] if PDUS.contains(kind) => Peer::ClearDicom,
        _ => by_bytes(head),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell() {
        for (head, peer) in [
            (&b"\x15\x03\x03\x00\x02\x02\x46"[..], Peer::Tls),
            (b"HTTP/1.1 400", Peer::Http),
            (b"SSH-2.0-x", Peer::Ssh),
            (b"220 ftp", Peer::Other),
            (b"\x02garbage", Peer::Other),
            (b"", Peer::Silent),
        ] {
            assert_eq!(by_bytes(head), peer, "{head:?}");
        }
        let abort = b"\x07\0\0\0\0\x04\0\0\x02\x01";
        assert_eq!(by_answer_to_hello(abort), Peer::ClearDicom);
        assert_eq!(by_answer_to_hello(b"HTTP/1.1"), Peer::Http);
    }

    #[test]
    fn endings_tell() {
        let silence = Ending::Silence;
        assert_eq!(by_ending(b"\x02\0", &silence), Peer::CutOff);
        assert_eq!(by_ending(b"", &silence), Peer::Silent);
        let flood = b"\x02\0\xff\xff\xff\xff";
        assert_eq!(by_ending(flood, &Ending::TooMuch), Peer::Endless);
        assert_eq!(by_ending(b"\x02garb", &Ending::TooMuch), Peer::Other);
    }
}
