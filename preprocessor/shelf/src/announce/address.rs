//! Where the website stands on the web.

use std::fmt;

use serde::Deserialize;
use thiserror::Error;

/// Names that belong to nobody, and never will (RFC 2606, RFC 6761).
const RESERVED: [&str; 7] = [
    "example",
    "example.com",
    "example.net",
    "example.org",
    "invalid",
    "localhost",
    "test",
];

/// The address of the website: `https`, a host, and a folder, which ends in `/`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Address {
    /// The host, and the port where it is not the usual one.
    host: String,
    /// The folder, from `/` to `/`.
    folder: String,
}

/// Why a text is no address for a website.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "\"{given}\" cannot be the website's address: {problem}; write it like https://shelf.example.org/ or https://example.org/shelf/"
)]
pub struct AddressError {
    given: String,
    problem: &'static str,
}

impl Address {
    /// Reads an address.
    pub(crate) fn parse(text: &str) -> Result<Address, AddressError> {
        let refuse = |problem| AddressError {
            given: text.to_owned(),
            problem,
        };
        let Some(rest) = text.strip_prefix("https://") else {
            return Err(refuse("it does not begin with https://"));
        };
        let Some(slash) = rest.find('/') else {
            return Err(refuse("it does not end in /"));
        };
        let (host, folder) = rest.split_at(slash);
        if !is_host(host) {
            return Err(refuse("its host is not a plain name in small letters"));
        }
        if !folder.ends_with('/') {
            return Err(refuse("it does not end in /"));
        }
        let parts = folder.trim_matches('/').split('/');
        if folder != "/" && !parts.into_iter().all(is_part) {
            return Err(refuse(
                "its path holds more than letters, digits, hyphens, dots and _",
            ));
        }
        Ok(Address {
            host: host.to_owned(),
            folder: folder.to_owned(),
        })
    }

    /// The folder in which the website stands, from `/` to `/`.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    /// The same host, with the website at its root.
    pub(crate) fn at_root(&self) -> Address {
        Address {
            folder: "/".to_owned(),
            ..self.clone()
        }
    }

    /// The host's name, without its port.
    pub(crate) fn host(&self) -> &str {
        self.host.split(':').next().unwrap_or_default()
    }

    /// Whether the host has a name that belongs to nobody.
    pub(crate) fn is_placeholder(&self) -> bool {
        let host = self.host();
        RESERVED.iter().any(|name| {
            let rest = host.strip_suffix(name);
            rest.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    }

    /// The whole address of a file of the website. The page of a folder goes by the folder's name.
    pub(crate) fn of(&self, place: &str) -> String {
        let place = match place.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => place,
        };
        format!("{self}{}", encoded(place))
    }
}

impl Default for Address {
    /// A name that belongs to nobody, for a website that has no home yet.
    fn default() -> Address {
        Address {
            host: "shelf-ready.example".to_owned(),
            folder: "/".to_owned(),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}{}", self.host, self.folder)
    }
}

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Address, AddressError> {
        Address::parse(text)
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Address, AddressError> {
        Address::parse(&text)
    }
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(is_letter)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.split('.').all(is_label) && port.parse::<u16>().is_ok()
}

fn is_part(part: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    !matches!(part, "" | "." | "..") && part.chars().all(is_plain)
}

/// A path with everything but letters, digits, `-._~` and `/` in the form that addresses have for it
/// (RFC 3986, section 2).
pub(super) fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_folder_of_a_host() {
        for (text, folder) in [
            ("https://shelf.example.org/", "/"),
            ("https://example.org:8443/a/b-c_d.e/", "/a/b-c_d.e/"),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(address.folder(), folder);
            assert_eq!(address.to_string(), text);
        }
        for (text, problem) in [
            ("http://example.org/", "begin with https"),
            ("example.org", "begin with https"),
            ("https://example.org", "end in /"),
            ("https://example.org/a", "end in /"),
            ("https:///", "host"),
            ("https://user@example.org/", "host"),
            ("https://Example.org/", "host"),
            ("https://exa mple.org/", "host"),
            ("https://example.org:port/", "host"),
            ("https://-a.org/", "host"),
            ("https://example.org/a//b/", "path"),
            ("https://example.org/../", "path"),
            ("https://example.org/?a/", "path"),
            ("https://example.org/\"/", "path"),
            ("https://example.org/a\n/", "path"),
        ] {
            let error = Address::parse(text).unwrap_err().to_string();
            assert!(error.contains(problem), "{text}: {error}");
        }
    }

    #[test]
    fn names_that_belong_to_nobody_are_placeholders() {
        for (text, is_placeholder) in [
            ("https://shelf-ready.example/", true),
            ("https://example.org/shelf/", true),
            ("https://www.example.com/", true),
            ("https://localhost:8000/", true),
            ("https://notexample.org/", false),
            ("https://example.org.de/", false),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(address.is_placeholder(), is_placeholder, "{text}");
        }
        assert!(Address::default().is_placeholder());
    }

    #[test]
    fn a_page_of_a_folder_goes_by_the_folders_name() {
        let address = Address::parse("https://example.org/shelf/").unwrap();
        for (place, wanted) in [
            ("index.html", "https://example.org/shelf/"),
            ("a/index.html", "https://example.org/shelf/a/"),
            ("a/myindex.html", "https://example.org/shelf/a/myindex.html"),
            (
                "Größe 1.html",
                "https://example.org/shelf/Gr%C3%B6%C3%9Fe%201.html",
            ),
        ] {
            assert_eq!(address.of(place), wanted);
        }
    }
}
