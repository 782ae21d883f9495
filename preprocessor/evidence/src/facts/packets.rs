//! What a capture of the network shows.

use serde::{Deserialize, Serialize};

/// What `tshark` shows of a capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Packets {
    /// Whether anything was printed at all. Where nothing passed, that no name
    /// was read says nothing.
    pub any: bool,
    /// How many times a name of one of the scene's patients stands in it.
    pub names: u32,
    /// Whether it recognized DICOM.
    pub dicom: bool,
    /// Whether it recognized TLS.
    pub tls: bool,
}
