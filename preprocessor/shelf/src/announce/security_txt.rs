//! `.well-known/security.txt`: to whom to tell a hole in the website (RFC 9116).

use std::fmt;

use editorial::Day;
use serde::Deserialize;
use thiserror::Error;

use super::Imprint;
use super::address::Address;

/// Where it stands. On a host that has other websites too, whoever runs the host has to put it there.
pub(super) const PLACE: &str = ".well-known/security.txt";

/// The two fields that the RFC wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Security {
    /// Whom to tell.
    pub(crate) contact: Contact,
    /// The day from which nobody may rely on it.
    pub(crate) expires: Day,
}

/// An address at which somebody can be told: `mailto:`, `https:` or `tel:`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Contact(String);

/// A text that nobody can write or call to.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "\"{0}\" is no contact for security.txt; write it like mailto:security@example.org, https://example.org/contact or tel:+1-201-555-0123"
)]
pub(crate) struct ContactError(String);

impl Contact {
    /// Whether it lies under a name that belongs to nobody.
    pub(crate) fn is_placeholder(&self) -> bool {
        let (_, rest) = self.0.split_once(':').unwrap_or_default();
        let host = match rest.strip_prefix("//") {
            Some(rest) => rest.split(['/', '?', '#']).next(),
            None => rest.rsplit_once('@').map(|(_, host)| host),
        };
        let address = host.and_then(|host| Address::parse(&format!("https://{host}/")).ok());
        address.is_some_and(|address| address.is_placeholder())
    }
}

impl TryFrom<String> for Contact {
    type Error = ContactError;

    fn try_from(text: String) -> Result<Contact, ContactError> {
        let is_plain = text.chars().all(|c| c.is_ascii_graphic());
        let is_contact = match text.split_once(':') {
            Some(("mailto", rest)) => rest
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
            Some(("https", rest)) => rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty()),
            Some(("tel", rest)) => rest.starts_with('+'),
            _ => false,
        };
        if is_plain && is_contact {
            Ok(Contact(text))
        } else {
            Err(ContactError(text))
        }
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A day as TOML writes it. mdBook hands its settings to stock preprocessors as JSON, in which
/// `toml` has a form of its own for days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
pub(crate) struct Expiry(Day);

impl Expiry {
    /// The day.
    pub(crate) fn day(self) -> Day {
        self.0
    }
}

impl TryFrom<toml::value::Datetime> for Expiry {
    type Error = &'static str;

    fn try_from(written: toml::value::Datetime) -> Result<Expiry, &'static str> {
        match (written.date, written.time) {
            (Some(date), None) => Ok(Expiry(Day::new(date.year, date.month, date.day))),
            _ => Err("write a day such as 2027-05-22, without a time"),
        }
    }
}

/// The file, where somebody can be told.
pub(super) fn security_txt(imprint: &Imprint) -> Option<String> {
    let Security { contact, expires } = imprint.security.as_ref()?;
    Some(format!(
        "Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: {}\nCanonical: {}\n",
        imprint.language,
        imprint.address.of(PLACE)
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::announce::tests::imprint;

    #[test]
    fn a_contact_is_an_address_somebody_can_write_or_call_to() {
        for (text, is_placeholder) in [
            ("mailto:security@shelf-ready.example", true),
            ("mailto:security@hospital.org", false),
            ("https://www.example.com/contact?x", true),
            ("https://hospital.org/contact", false),
            ("tel:+1-201-555-0123", false),
        ] {
            let contact = Contact::try_from(text.to_owned()).unwrap();
            assert_eq!(contact.is_placeholder(), is_placeholder, "{text}");
        }
        for text in [
            "",
            "security@example.org",
            "mailto:security",
            "http://example.org",
            "https:example.org",
            "tel:555",
            "mailto:a@b\nExpires: never",
        ] {
            assert!(Contact::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn the_file_has_the_fields_that_the_rfc_wants() {
        let text = security_txt(&imprint("https://a.org/")).unwrap();
        assert_eq!(
            text,
            "Contact: mailto:security@a.org\nExpires: 2027-05-22T00:00:00Z\nPreferred-Languages: en\nCanonical: https://a.org/.well-known/security.txt\n"
        );
        let nobody = Imprint {
            security: None,
            has_cards: true,
            ..imprint("https://a.org/")
        };
        assert_eq!(security_txt(&nobody), None);
    }

    #[test]
    fn an_expiry_is_a_day_in_toml_and_in_what_mdbook_makes_of_it() {
        #[derive(Deserialize)]
        struct Table {
            expires: Expiry,
        }
        let toml: toml::Value = toml::from_str("expires = 2027-05-22").unwrap();
        let json = serde_json::to_string(&toml).unwrap();
        let again: toml::Value = serde_json::from_str(&json).unwrap();
        for value in [toml, again] {
            let table: Table = value.try_into().unwrap();
            assert_eq!(table.expires.day(), Day::new(2027, 5, 22));
        }
        for text in ["expires = \"soon\"", "expires = 2027-05-22T00:00:00Z"] {
            assert!(toml::from_str::<Table>(text).is_err(), "{text}");
        }
    }
}
