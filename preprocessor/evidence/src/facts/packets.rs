//! What a capture of the network shows.

use serde::{Deserialize, Serialize};

/// What `tshark` shows of a capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Packets {
    /// Whether it shows a packet, or a stream with bytes in it. The heading of
    /// a stream that is empty, or not there, does not count.
    pub any: bool,
    /// Whether it shows every byte of a stream, and there are some. Summaries
    /// and details of packets leave out or cut short what they do not
    /// understand: that no name stands there says nothing.
    #[serde(default)]
    pub bytes: bool,
    /// How many times a name of one of the scene's patients stands in it.
    pub names: u32,
    /// Whether it recognized DICOM.
    pub dicom: bool,
    /// Whether it recognized TLS.
    pub tls: bool,
}
