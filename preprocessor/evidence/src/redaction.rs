//! Named, visible replacements.

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

use std::cmp::Reverse;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::loopback::Loopback;
use crate::scene::ShownAs;

/// A replacement that was made in a transcript. What stood there is not kept:
/// it is another in every run, and it concerns nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Redaction {
    /// What was replaced, in words a reader understands.
    pub what: String,
    /// What stands there now.
    pub shown: String,
}

/// Replaces the addresses of a scene, and proves that none is left.
#[derive(Debug, Default)]
pub(crate) struct Redactor {
    addresses: Vec<(Loopback, ShownAs)>,
}

impl Redactor {
    /// From now on, `shown` stands for `real`.
    pub(crate) fn hide(&mut self, real: Loopback, shown: ShownAs) {
        self.addresses.push((real, shown));
        // One port can be the beginning of another: the longest goes first.
        self.addresses
            .sort_by_key(|(real, _)| Reverse(real.to_string().len()));
    }

    /// Whether readers are shown another address in place of this one.
    pub(crate) fn hides(&self, real: Loopback) -> bool {
        self.addresses.iter().any(|(hidden, _)| *hidden == real)
    }

    /// Replaces every real address with the one that is shown.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (real, shown) in &self.addresses {
            text = text.replace(&real.to_string(), &shown.to_string());
        }
        text
    }

    /// The part of a text that betrays where the scene really stood: a
    /// loopback address, or a port of the scene as a number of its own.
    pub(crate) fn betrayed<'t>(&self, text: &'t str) -> Option<&'t str> {
        let address = words(text, |c| c.is_ascii_hexdigit() || ".:".contains(c))
            .find(|word| is_loopback(word));
        let port = || {
            words(text, |c| c.is_ascii_alphanumeric() || c == '.').find(|word| {
                let number = word.parse::<u16>();
                self.addresses
                    .iter()
                    .any(|(real, _)| number == Ok(real.port()))
            })
        };
        address.or_else(port)
    }
}

/// The runs of characters that belong together.
fn words(text: &str, belongs: fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !belongs(c))
        .filter(|word| !word.is_empty())
}

/// Whether a run of digits, dots and colons is a loopback address, with or
/// without a port.
fn is_loopback(word: &str) -> bool {
    let word = word.trim_matches('.');
    let loopback = |text: &str| text.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let before_port = word.rsplit_once(':').map_or("", |(ip, _)| ip);
    loopback(word) || loopback(before_port) || loopback(word.trim_end_matches(':'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn redactor() -> Redactor {
        let mut redactor = Redactor::default();
        redactor.hide(
            "127.0.0.1:40213".parse().unwrap(),
            "192.0.2.10:104".parse().unwrap(),
        );
        redactor
    }

    #[test]
    fn the_shown_address_takes_the_place_of_the_real_one() {
        let text = redactor().apply("at 127.0.0.1:40213, again 127.0.0.1:40213");
        assert_eq!(text, "at 192.0.2.10:104, again 192.0.2.10:104");
        assert_eq!(redactor().betrayed(&text), None);
    }

    #[test]
    fn a_port_that_begins_another_is_not_mistaken_for_it() {
        let mut redactor = redactor();
        redactor.hide(
            "127.0.0.1:4021".parse().unwrap(),
            "192.0.2.11:104".parse().unwrap(),
        );
        let text = redactor.apply("127.0.0.1:40213 and 127.0.0.1:4021");
        assert_eq!(text, "192.0.2.10:104 and 192.0.2.11:104");
    }

    #[test]
    fn what_betrays_the_scene_is_found() {
        for text in [
            "at 127.0.0.1",
            "at 127.0.0.1.",
            "(127.9.8.7:104)",
            "to [::1]:104",
            "port 40213",
            "port=40213",
        ] {
            assert!(redactor().betrayed(text).is_some(), "{text}");
        }
        for text in [
            "192.0.2.10:104",
            "2.25.127.0.0.1.40213",
            "402130 bytes",
            "DICOM::Upper",
            "version 1.27.0.0",
            "127 patients",
        ] {
            assert_eq!(redactor().betrayed(text), None, "{text}");
        }
    }
}
