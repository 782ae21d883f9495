//! SHA-256 of things that are compared later.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A SHA-256 digest, written `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The digest of nothing yet: it stands where one belongs while the rest
    /// is digested.
    pub(crate) fn blank() -> Digest {
        Digest(String::new())
    }

    /// The digest of a value's JSON form, so that it depends on what a text
    /// means and not on how somebody laid it out.
    pub fn of(value: &impl Serialize) -> Digest {
        // Our types always have a JSON form. Were one to lose it, its digest
        // would be that of the error, and no recording would fit: fail closed.
        let bytes = serde_json::to_vec(value).unwrap_or_else(|error| error.to_string().into());
        Digest::of_bytes(&bytes)
    }

    /// The digest of bytes as they are.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Digest {
        let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
        let mut text = String::from("sha256:");
        for byte in digest.as_ref() {
            text.push_str(&format!("{byte:02x}"));
        }
        Digest(text)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
