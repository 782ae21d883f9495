//! The DICOM that the lab and the scanners speak: PDUs on a stream, DIMSE
//! messages in PDUs, elements in messages.

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

pub(crate) mod elements;
pub(crate) mod message;
pub(crate) mod stream;

/// The name of this implementation in associations, at most 16 characters
/// (PS3.7 §D.3.3.2).
pub(crate) const IMPLEMENTATION_VERSION_NAME: &str = "SHELF_READY_LAB";

/// The UID of this implementation, made from a UUID (PS3.5 §B.2).
pub(crate) const IMPLEMENTATION_CLASS_UID: &str = "2.25.305828488182831875890203105390285383139";

/// The longest PDU body we ask a peer to send us (PS3.8 §D.1).
pub(crate) const MAX_PDU_OFFERED: u32 = 16_384;

/// The longest PDU body we read; more is refused when it is announced. The
/// answer to an association request has no negotiated limit (PS3.8 §D.1.1),
/// but four times what we offer is ample.
pub(crate) const MAX_PDU_READ: u32 = 65_536;
