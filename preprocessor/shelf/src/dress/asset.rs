//! A file that pages refer to, with proof of its content.

use std::path::Path;

use anyhow::{Context, Result};
use data_encoding::{BASE64, HEXLOWER};
use ring::digest::{SHA384, digest};

/// A file of the site that pages refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asset {
    /// Where it lies, from the root of the site.
    pub(crate) address: String,
    /// Its digest as an `integrity` attribute holds it (W3C, Subresource Integrity).
    pub(crate) integrity: String,
}

impl Asset {
    /// Writes `content` into the site as `folder/name-DIGEST.ending`: another content has another
    /// name, so that a browser may keep it for ever.
    pub(super) fn write(site: &Path, stem: &str, ending: &str, content: &str) -> Result<Asset> {
        let digest = digest(&SHA384, content.as_bytes());
        let short = HEXLOWER.encode(&digest.as_ref()[..4]);
        let address = format!("{stem}-{short}.{ending}");
        let file = site.join(&address);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        std::fs::write(&file, content)
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Asset {
            address,
            integrity: format!("sha384-{}", BASE64.encode(digest.as_ref())),
        })
    }
}
