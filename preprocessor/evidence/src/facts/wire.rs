//! What somebody on the network path can read.

use serde::{Deserialize, Serialize};

/// What an eavesdropper found in the bytes that passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Wire {
    /// How many times a patient's name stood there, readable by anybody.
    pub names: u32,
    /// How many bytes passed, both directions together; left out of findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<usize>,
}
