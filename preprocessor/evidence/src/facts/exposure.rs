//! How much a service could do if it were taken over.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The verdict of `systemd-analyze security`, from the best to the worst
/// (systemd-analyze(1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exposure {
    /// "PERFECT"
    Perfect,
    /// "SAFE"
    Safe,
    /// "OK"
    Ok,
    /// "MEDIUM"
    Medium,
    /// "EXPOSED"
    Exposed,
    /// "UNSAFE"
    Unsafe,
    /// "DANGEROUS"
    Dangerous,
}

impl fmt::Display for Exposure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Exposure::Perfect => "rated PERFECT",
            Exposure::Safe => "rated SAFE",
            Exposure::Ok => "rated OK",
            Exposure::Medium => "rated MEDIUM",
            Exposure::Exposed => "rated EXPOSED",
            Exposure::Unsafe => "rated UNSAFE",
            Exposure::Dangerous => "rated DANGEROUS",
        })
    }
}
